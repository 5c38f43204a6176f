import Conformance
import Diagnostics
import Exchanges
import JSONDocument
import Primitives

/// The part of a response that explains a finding: its status, the headers that matter, and the body around the wrong
/// place, which is underlined.
struct ResponseExcerpt {
    /// The characters around a line of the body: indentation, and an ellipsis on either side.
    private static let margin = 10
    /// The most lines of a body without a wrong place.
    private static let longest = 3
    /// Headers that help to find a response in the logs of a server, or explain a refusal.
    private static let usual = ["location", "retry-after", "www-authenticate"]
    private static let traces = ["request-id", "trace-id", "correlation-id", "requestid", "traceid"]

    private let style: TextStyle
    private let redactor: Redactor

    /// The most characters of a line of the body.
    private var width: Int { style.width - Self.margin }

    init(style: TextStyle, redactor: Redactor) {
        self.style = style
        self.redactor = redactor
    }

    /// The lines of the excerpt without indentation; the first one is the status line.
    ///
    /// - Parameter place: The wrong place; `nil` for the response as a whole.
    func lines(of response: ResponseMessage, at place: ResponsePlace?) -> [String] {
        let response = redactor.redact(response)
        return [head(response)] + headers(response, place) + body(response, place)
    }

    private func head(_ response: ResponseMessage) -> String {
        let type = response.header("content-type").first.map { ", \($0)" } ?? ""
        let length = response.cut?.length ?? response.body.count
        return shown("\(response.version) \(response.status)\(type), \(plural(length, "byte"))")
    }

    private func headers(_ response: ResponseMessage, _ place: ResponsePlace?) -> [String] {
        response.headers.filter { header in
            if header.isNamed("content-type") || header.value.isEmpty { return false }
            if case .header(let name)? = place, header.isNamed(name) { return true }
            let name = header.name.lowercasedASCII
            // A wrong place in the body is not explained by a header.
            if Self.usual.contains(name) {
                if case .body? = place { return false }
                return true
            }
            return Self.traces.contains { name.contains($0) }
        }
        .prefix(4).map { shown("\($0.name): \($0.value)") }
    }

    private func body(_ response: ResponseMessage, _ place: ResponsePlace?) -> [String] {
        guard !response.body.isEmpty else { return [] }
        guard let text = String(validating: response.body, as: UTF8.self) else {
            return response.cut == nil ? ["(a body that is not text)"] : beginning(response.body)
        }
        if case .body(let pointer, _)? = place, !pointer.tokens.isEmpty,
            let excerpt = Self.excerpt(of: response.body, at: pointer)
        {
            return UnderlinedText(style: style, width: width, keepsWhole: true).lines(excerpt)
        }
        return beginning(text)
    }

    /// The beginning of a body that was cut, possibly inside of a character.
    private func beginning(_ body: [UInt8]) -> [String] {
        beginning(String(decoding: body.prefix(1_000), as: UTF8.self))
    }

    private func beginning(_ text: String) -> [String] {
        let lines = text.split(whereSeparator: \.isNewline)
        let shown = lines.prefix(Self.longest).map { self.shown(String($0)) }
        return shown + (lines.count > shown.count ? ["…"] : [])
    }

    private func shown(_ text: String) -> String { truncated(visibleText(text), to: width) }

    /// The line of a JSON body with the value at `pointer`, or with the innermost value that should contain it.
    ///
    /// The place is searched in the masked body, because masks move the text.
    private static func excerpt(of body: [UInt8], at pointer: JSONPointer) -> Diagnostic.Excerpt? {
        guard let root = try? JSONDocument(parsing: body).root else { return nil }
        var place: JSONPointer? = pointer
        while let current = place, root.node(at: current) == nil { place = current.parent }
        guard let node = place.flatMap(root.node), node.position.offset >= 0 else { return nil }
        let start = body[..<node.position.offset].lastIndex { $0 == 0x0A || $0 == 0x0D }.map { $0 + 1 } ?? 0
        let end = body[node.position.offset...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? body.endIndex
        let line = String(decoding: body[start..<end], as: UTF8.self)
        let before = String(decoding: body[start..<node.position.offset], as: UTF8.self)
        let isWhole = place == pointer && node.kind != .object && node.kind != .array
        return Diagnostic.Excerpt(
            line, offset: before.unicodeScalars.count, length: isWhole ? node.spelling.unicodeScalars.count : 1)
    }
}
