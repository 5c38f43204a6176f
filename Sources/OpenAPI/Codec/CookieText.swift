internal import JSONDocument
internal import JSONSchema
internal import Primitives

/// The styles of cookie parameters: form and, since OpenAPI 3.2, cookie.
enum CookieText {
    static func text(of value: JSONValue, _ parameter: Parameter) throws(ParameterError) -> String {
        let isPlain = parameter.style == .cookie
        switch value {
        case .array(let elements):
            let texts = try ScalarText.texts(of: elements)
            if parameter.explode {
                guard isPlain else { throw spreadForm }
                return try texts.map { text throws(ParameterError) in try pair(parameter.name, text, isPlain) }
                    .joined(separator: "; ")
            }
            return try list(texts, of: parameter, isPlain)
        case .object(let object):
            let pairs = try ScalarText.pairs(of: object)
            if parameter.explode {
                guard isPlain else { throw spreadForm }
                return try pairs.map { member throws(ParameterError) in try pair(member.name, member.text, isPlain) }
                    .joined(separator: "; ")
            }
            return try list(pairs.flatMap { [$0.name, $0.text] }, of: parameter, isPlain)
        default:
            return try pair(parameter.name, try ScalarText.text(of: value), isPlain)
        }
    }

    private static let spreadForm = ParameterError(
        "the style form separates cookie values with '&', which servers do not parse; set `explode: false`"
    )

    private static func list(
        _ texts: [String],
        of parameter: Parameter,
        _ isPlain: Bool
    ) throws(ParameterError) -> String {
        var items: [String] = []
        for text in texts {
            guard !isPlain || !text.utf8.contains(UInt8(ascii: ",")) else {
                throw ParameterError("an item of a list in a cookie cannot contain a comma")
            }
            items.append(try encoded(text, isPlain))
        }
        return parameter.name + "=" + items.joined(separator: ",")
    }

    private static func pair(_ name: String, _ text: String, _ isPlain: Bool) throws(ParameterError) -> String {
        name + "=" + (try encoded(text, isPlain))
    }

    /// The text, percent-encoded; in style cookie unchanged, if it is valid in a cookie (RFC 6265, section 4.1.1).
    private static func encoded(_ text: String, _ isPlain: Bool) throws(ParameterError) -> String {
        guard isPlain else { return PercentEncoding.encoded(text) }
        if text.utf8.contains(where: { $0 <= 0x20 || $0 >= 0x7F || "\";\\".utf8.contains($0) }) {
            throw ParameterError("a cookie cannot contain spaces, control or non-ASCII characters, or any of \" ; \\")
        }
        return text
    }

    /// The pairs of a Cookie header (RFC 6265, section 4.2.1).
    struct Pairs {
        private(set) var pairs: [(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)] = []

        init(_ cookie: String) {
            for part in Array(cookie.utf8).split(separator: UInt8(ascii: ";")) {
                var part = part.drop { $0 == 0x20 || $0 == 0x09 }
                while let last = part.last, last == 0x20 || last == 0x09 { part.removeLast() }
                let name = part.prefix { $0 != UInt8(ascii: "=") }
                guard name.count < part.count else { continue }
                pairs.append((name, part.dropFirst(name.count + 1)))
            }
        }

        func values(of name: String) -> [ArraySlice<UInt8>] {
            pairs.filter { $0.name.elementsEqual(name.utf8) }.map(\.value)
        }
    }

    static func reading(_ pairs: Pairs, _ parameter: Parameter, _ shape: ValueShape) -> ShapedText {
        let isPlain = parameter.style == .cookie
        let decode: (ArraySlice<UInt8>) -> String? = { bytes in
            isPlain ? String(validating: bytes, as: UTF8.self) : PercentEncoding.text(bytes)
        }
        if parameter.explode, shape != .scalar {
            guard isPlain else { return .undefined("the style form has no exploded form in cookies") }
            return spread(pairs, parameter, shape, decode)
        }
        // The first of several values wins: it is undefined which one a server uses (RFC 6265, section 4.2.2).
        guard let value = pairs.values(of: parameter.name).first else { return .absent }
        let items = value.isEmpty ? [] : value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        switch shape {
        case .scalar: return decode(value).map { .text($0) } ?? .notText
        case .list: return .list(items.map(decode))
        case .object: return .alternating(items.map(decode))
        }
    }

    private static func spread(
        _ pairs: Pairs,
        _ parameter: Parameter,
        _ shape: ValueShape,
        _ decode: (ArraySlice<UInt8>) -> String?
    ) -> ShapedText {
        if shape == .list {
            let values = pairs.values(of: parameter.name)
            return values.isEmpty ? .absent : .list(values.map(decode))
        }
        let names = parameter.schema?.view?.propertyNames ?? []
        var members: [(String, String)] = []
        for pair in pairs.pairs {
            guard let name = names.first(where: { pair.name.elementsEqual($0.utf8) }) else { continue }
            guard let text = decode(pair.value) else { return .notText }
            members.append((name, text))
        }
        return members.isEmpty ? .absent : .pairs(members)
    }
}
