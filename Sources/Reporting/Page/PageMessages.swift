import Conformance
import Diagnostics
import Exchanges
import JSONDocument
import Primitives

/// The messages of an exchange in the data of a page, with the places of findings in the body of the response.
struct PageMessages {
    /// The most bytes of one body.
    private static let longestBody = 48 << 10
    /// The most header lines of one message.
    private static let mostHeaders = 100

    private let redactor: Redactor
    private let lines: ReproductionLine

    init(redactor: Redactor, lines: ReproductionLine) {
        self.redactor = redactor
        self.lines = lines
    }

    /// Request and response with secrets masked.
    ///
    /// - Parameter findings: The findings of the step.
    func value(_ exchange: Exchange, findings: [Finding]) -> JSONValue {
        // The journal's masks move the text, so places are searched in the masked body.
        let shown = redactor.redact(exchange)
        let own = findings.filter { $0.exchange == exchange.sequence }
        let isReceived = exchange.request.isReceived
        return .members([
            ("request", request(shown.request, isReceived ? own : [])),
            ("response", shown.response.map { response($0, isReceived ? [] : own) }),
            ("curl", isReceived ? nil : .string(truncated(lines.text(exchange.request), to: 8_000))),
        ])
    }

    /// A lower bound of the size of an exchange's messages in the data, in bytes; it is known without writing them.
    static func leastSize(of exchange: Exchange) -> Int {
        let bodies = [exchange.request.body?.count ?? 0, exchange.response?.body.count ?? 0]
        return exchange.request.url.utf8.count + bodies.reduce(0) { $0 + min($1, longestBody / 2) }
    }

    private func request(_ request: RequestMessage, _ findings: [Finding]) -> JSONValue {
        let marks = marks(in: request.body ?? [], findings)
        return .members(
            [
                ("line", .string(truncated("\(request.method) \(lines.url(request.url))", to: 2_000))),
                ("headers", headers(request.headers)),
            ] + body(request.body ?? [], request.cut) + [("marks", marks.isEmpty ? nil : .array(marks))])
    }

    private func response(_ response: ResponseMessage, _ findings: [Finding]) -> JSONValue {
        let marks = marks(in: response.body, findings)
        return .members(
            [
                ("line", .string("\(response.version) \(response.status)")),
                ("headers", response.headers.isEmpty ? nil : headers(response.headers)),
            ] + body(response.body, response.cut) + [("marks", marks.isEmpty ? nil : .array(marks))])
    }

    private func headers(_ headers: [HeaderField]) -> JSONValue {
        .array(
            headers.prefix(Self.mostHeaders).map {
                .array([.string(truncated($0.name, to: 200)), .string(truncated($0.value, to: 2_000))])
            })
    }

    /// The beginning of a body, and its length where it is not complete or not text.
    private func body(_ body: [UInt8], _ cut: BodyCut?) -> [(String, JSONValue?)] {
        guard !body.isEmpty || cut != nil else { return [] }
        if cut == .unrecorded { return [("unrecorded", true)] }
        let length = cut?.length ?? body.count
        var shown = body.prefix(Self.longestBody)
        if shown.count < length {
            // A character is not cut in two.
            while let last = shown.last, last & 0xC0 == 0x80 { shown.removeLast() }
            if let last = shown.last, last >= 0xC0 { shown.removeLast() }
        }
        guard let text = String(validating: shown, as: UTF8.self) else { return [("binary", .integer(length))] }
        return [("body", .string(text)), ("cut", shown.count < length ? .integer(length) : nil)]
    }

    /// The places of findings as `[start, length]` in UTF-16 code units, the unit of JavaScript.
    private func marks(in body: [UInt8], _ findings: [Finding]) -> [JSONValue] {
        let pointers = findings.compactMap { finding -> [JSONPointer]? in
            guard finding.severity > .note, case .body(let pointer, _)? = finding.response else { return nil }
            return [pointer] + finding.differences.prefix(50).map(\.pointer)
        }.flatMap { $0 }
        guard !pointers.isEmpty, body.count <= Self.longestBody, let root = try? JSONDocument(parsing: body).root else {
            return []
        }
        var known: Set<Int> = []
        return pointers.compactMap { pointer in
            var place: JSONPointer? = pointer
            while let current = place, root.node(at: current) == nil { place = current.parent }
            guard let node = place.flatMap(root.node), node.position.offset >= 0,
                known.insert(node.position.offset).inserted
            else { return nil }
            let start = String(decoding: body[..<node.position.offset], as: UTF8.self).utf16.count
            let isWhole = place == pointer && node.kind != .object && node.kind != .array
            return .array([.integer(start), .integer(isWhole ? node.spelling.utf16.count : 1)])
        }
    }
}
