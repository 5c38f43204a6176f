import Exchanges
import JSONDocument
import OpenAPI
import Primitives

/// A value of a behaviour file that gives what a server sent in every sample.
struct ValueGuess {
    /// The longest token that the mock makes.
    private static let longestToken = 40

    let operation: OpenAPI.Operation?
    /// The server's values, each with its request; at least one.
    let samples: [(value: JSONValue, request: RequestMessage)]

    /// The value; `nil` if no notation gives all samples.
    ///
    /// - Parameter name: The name of the member or header, which a member of the request may share.
    func value(named name: String) -> JSONValue? {
        guard let first = samples.first?.value else { return nil }
        if let reference = reference(named: name) { return .string("{{\(reference)}}") }
        if samples.allSatisfy({ $0.value == first }) { return Self.literal(first) }
        let texts = samples.compactMap(\.value.string)
        guard texts.count == samples.count else {
            let numbers = samples.compactMap { $0.value.number?.description }
            return numbers.count == samples.count ? digits(numbers) : nil
        }
        if let pattern = patternWithPathValue(texts) { return .string(pattern) }
        if texts.allSatisfy({ Instant($0) != nil }) { return "{{now}}" }
        if let digits = digits(texts) { return digits }
        let lengths = Set(texts.map(\.utf8.count))
        let isToken = texts.allSatisfy { text in
            text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
        }
        guard isToken, lengths.count == 1, let length = lengths.first, (1...Self.longestToken).contains(length),
            Set(texts).count == texts.count
        else { return nil }
        return .string("{{token:\(length)}}")
    }

    /// The part of the request that has the value in every sample: the member of the same name, a path parameter, or a
    /// header of the same name.
    private func reference(named name: String) -> String? {
        guard Self.isName(name) else { return nil }
        let body = samples.allSatisfy { sample in
            guard let bytes = sample.request.body, let document = try? JSONDocument(parsing: bytes) else {
                return false
            }
            return document.root.value[name] == sample.value
        }
        if body { return "request.body.\(name)" }
        let header = samples.allSatisfy { sample in
            guard let text = sample.value.string, let sent = sample.request.header(name).first else { return false }
            return sent.isSame(as: text)
        }
        if header { return "request.header.\(name.lowercased())" }
        let path = pathNames.first { parameter in
            samples.allSatisfy { sample in
                guard let text = sample.value.string else { return false }
                return pathValue(parameter, sample.request)?.isSame(as: text) == true
            }
        }
        return path.map { "request.path.\($0)" }
    }

    /// The common text of the samples with a path parameter in place of its value.
    private func patternWithPathValue(_ texts: [String]) -> String? {
        for parameter in pathNames {
            let patterns = zip(texts, samples).compactMap { text, sample -> String? in
                guard let value = pathValue(parameter, sample.request), value.utf8.count >= 3, text.contains(value)
                else {
                    return nil
                }
                return Self.escaped(text.replacing(value, with: "\u{0}"))
                    .replacing("\u{0}", with: "{{request.path.\(parameter)}}")
            }
            if patterns.count == texts.count, let first = patterns.first, patterns.allSatisfy({ $0 == first }) {
                return first
            }
        }
        return nil
    }

    private var pathNames: [String] {
        (samples.first.flatMap { operation?.pathValues(inTailOf: $0.request.path) } ?? []).map(\.name)
            .filter(Self.isName)
    }

    private func pathValue(_ name: String, _ request: RequestMessage) -> String? {
        operation?.pathValues(inTailOf: request.path)?.first { $0.name.isSame(as: name) }
            .map { PercentEncoding.decodedLeniently(Substring($0.text)) }
    }

    private func digits(_ texts: [String]) -> JSONValue? {
        let lengths = Set(texts.map(\.utf8.count))
        guard lengths.count == 1, let length = lengths.first, (1...18).contains(length), Set(texts).count > 1,
            texts.allSatisfy({ text in text.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        let isText = samples.first?.value.string != nil
        return isText ? ["$text": .string("{{digits:\(length)}}")] : .string("{{digits:\(length)}}")
    }

    private static func isName(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_")
                    || $0 == UInt8(ascii: "-")
            }
    }

    /// A value as behaviour files write it, without references.
    static func literal(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): .string(escaped(text))
        case .array(let elements): .array(elements.map(literal))
        case .object(let object):
            .object(
                JSONObject(
                    object.members.map { member in
                        (
                            member.name.utf8.first == UInt8(ascii: "$") ? "$" + member.name : member.name,
                            literal(member.value)
                        )
                    }))
        case .null, .boolean, .number: value
        }
    }

    private static func escaped(_ text: String) -> String { text.replacing("{{", with: "{{'{{'}}") }
}
