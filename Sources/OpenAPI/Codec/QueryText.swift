internal import JSONDocument
internal import JSONSchema
internal import Primitives

/// The styles of query parameters: form, spaceDelimited, pipeDelimited and deepObject.
enum QueryText {
    static func text(of value: JSONValue, _ parameter: Parameter) throws(ParameterError) -> String {
        let name = PercentEncoding.encoded(parameter.name)
        switch (parameter.style, value) {
        case (.deepObject, .object(let object)):
            let pairs = try ScalarText.pairs(of: object)
            if let member = pairs.first(where: { $0.name.utf8.contains { "[]".utf8.contains($0) } })?.name {
                throw ParameterError(
                    "the name '\(Reference.excerpt(member))' of a member cannot contain brackets in the style deepObject"
                )
            }
            return
                pairs
                .map { "\(name)%5B\(PercentEncoding.encoded($0.name))%5D=" + PercentEncoding.encoded($0.text) }
                .joined(separator: "&")
        case (.deepObject, _):
            throw ParameterError("the style deepObject supports only objects")
        case (.spaceDelimited, .array), (.spaceDelimited, .object), (.pipeDelimited, .array), (.pipeDelimited, .object):
            return try delimited(value, parameter, name)
        case (.spaceDelimited, _), (.pipeDelimited, _):
            throw ParameterError("the style \(parameter.style.rawValue) supports only lists and objects")
        case (_, .array(let elements)):
            let texts = try ScalarText.texts(of: elements)
            guard !texts.isEmpty else { return "" }
            guard !parameter.explode else {
                return texts.map { "\(name)=" + encoded($0, parameter) }.joined(separator: "&")
            }
            return "\(name)=" + texts.map { encoded($0, parameter, isItem: true) }.joined(separator: ",")
        case (_, .object(let object)):
            let pairs = try ScalarText.pairs(of: object)
            guard !pairs.isEmpty else { return "" }
            guard !parameter.explode else {
                return pairs.map { PercentEncoding.encoded($0.name) + "=" + encoded($0.text, parameter) }
                    .joined(separator: "&")
            }
            return "\(name)="
                + pairs.flatMap { [$0.name, $0.text] }.map { encoded($0, parameter, isItem: true) }
                .joined(separator: ",")
        default:
            return "\(name)=" + encoded(try ScalarText.text(of: value), parameter)
        }
    }

    private static func delimited(
        _ value: JSONValue,
        _ parameter: Parameter,
        _ name: String
    ) throws(ParameterError) -> String {
        guard !parameter.explode else {
            throw ParameterError("the style \(parameter.style.rawValue) has no exploded form")
        }
        let (sign, escape) = parameter.style == .spaceDelimited ? (" ", "%20") : ("|", "%7C")
        var texts: [String] = []
        switch value {
        case .array(let elements): texts = try ScalarText.texts(of: elements)
        case .object(let object): texts = try ScalarText.pairs(of: object).flatMap { [$0.name, $0.text] }
        default: break
        }
        for text in texts where text.unicodeScalars.contains(where: { $0 == sign.unicodeScalars.first }) {
            throw ParameterError("an item of a list in the style \(parameter.style.rawValue) cannot contain '\(sign)'")
        }
        guard !texts.isEmpty else { return "" }
        return "\(name)=" + texts.map { PercentEncoding.encoded($0) }.joined(separator: escape)
    }

    /// Reserved characters that `allowReserved` leaves unescaped. The others are invalid in a query, or would end or
    /// change the value (OpenAPI 3.1.1, section 4.8.12.2.2).
    private static let reserved = "!$'()*,;:@/?="

    private static func encoded(_ text: String, _ parameter: Parameter, isItem: Bool = false) -> String {
        guard parameter.serialization.allowReserved else { return PercentEncoding.encoded(text) }
        return PercentEncoding.encodedKeepingEscapes(text, keeping: isItem ? "!$'()*;:@/?=" : reserved)
    }

    /// The pairs of a query string, decoded like forms (`+` means a space).
    struct Pairs {
        private(set) var pairs: [(name: String, value: ArraySlice<UInt8>)] = []

        /// Splits a query; `nil` if a name is not percent-encoded text.
        init?(_ query: String) { self.init(Array(query.utf8)) }

        /// Splits the bytes of a form or query; `nil` if a name is not percent-encoded text.
        init?(_ bytes: [UInt8]) {
            for part in bytes.split(separator: UInt8(ascii: "&")) {
                let name = part.prefix { $0 != UInt8(ascii: "=") }
                guard let text = PercentEncoding.text(name, plusIsBlank: true) else { return nil }
                pairs.append((text, part.dropFirst(name.count + 1)))
            }
        }

        private init(pairs: [(name: String, value: ArraySlice<UInt8>)]) { self.pairs = pairs }

        func values(of name: String) -> [ArraySlice<UInt8>] {
            pairs.filter { $0.name.isSame(as: name) }.map(\.value)
        }

        /// The pairs whose names pass a test, and the others.
        func divided(by isOwn: (String) -> Bool) -> (own: Pairs, rest: Pairs) {
            var own: [(name: String, value: ArraySlice<UInt8>)] = []
            var rest: [(name: String, value: ArraySlice<UInt8>)] = []
            for pair in pairs {
                if isOwn(pair.name) { own.append(pair) } else { rest.append(pair) }
            }
            return (Pairs(pairs: own), Pairs(pairs: rest))
        }
    }

    static func reading(
        _ pairs: Pairs,
        _ parameter: Parameter,
        _ shape: ValueShape,
        besides others: [String]
    ) -> ShapedText {
        switch parameter.style {
        case .deepObject:
            return deepObject(pairs, parameter, shape)
        case .spaceDelimited, .pipeDelimited:
            guard !parameter.explode else {
                return .undefined("the style \(parameter.style.rawValue) has no exploded form")
            }
            guard shape != .scalar else {
                return .undefined("the style \(parameter.style.rawValue) supports only lists and objects")
            }
            let separators: [String] = parameter.style == .spaceDelimited ? ["%20", "+", " "] : ["%7C", "%7c", "|"]
            return items(pairs, parameter, shape) { split($0, at: separators) }
        default:
            if parameter.explode, shape == .object { return spread(pairs, parameter, besides: others) }
            if parameter.explode, shape == .list {
                let values = pairs.values(of: parameter.name)
                return values.isEmpty ? .absent : .list(values.map(decoded))
            }
            return items(pairs, parameter, shape) {
                $0.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            }
        }
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String? {
        PercentEncoding.text(bytes, plusIsBlank: true)
    }

    private static func items(
        _ pairs: Pairs,
        _ parameter: Parameter,
        _ shape: ValueShape,
        split: (ArraySlice<UInt8>) -> [ArraySlice<UInt8>]
    ) -> ShapedText {
        let values = pairs.values(of: parameter.name)
        guard let value = values.first else { return .absent }
        if parameter.serialization.allowEmptyValue, value.isEmpty, values.count == 1, shape != .scalar {
            return .absent
        }
        guard values.count == 1 else { return .invalid("occurs \(values.count) times") }
        switch shape {
        case .scalar: return decoded(value).map { .text($0) } ?? .notText
        case .list: return .list(value.isEmpty ? [] : split(value).map(decoded))
        case .object: return .alternating(value.isEmpty ? [] : split(value).map(decoded))
        }
    }

    /// Reads an exploded object, whose members are separate parameters.
    private static func spread(_ pairs: Pairs, _ parameter: Parameter, besides others: [String]) -> ShapedText {
        let view = parameter.schema?.view
        let declared = view?.propertyNames ?? []
        let isOpen = view?.additional != nil || declared.isEmpty && view?.allowsAdditional ?? true
        let found = pairs.pairs.filter { pair in
            if declared.contains(where: { $0.isSame(as: pair.name) }) { return true }
            return isOpen && !others.contains { $0.isSame(as: pair.name) }
        }
        guard !found.isEmpty else { return .absent }
        var members: [(String, String)] = []
        for pair in found {
            guard let text = decoded(pair.value) else { return .notText }
            members.append((pair.name, text))
        }
        return .pairs(members)
    }

    private static func deepObject(_ pairs: Pairs, _ parameter: Parameter, _ shape: ValueShape) -> ShapedText {
        guard shape == .object else { return .undefined("the style deepObject supports only objects") }
        guard parameter.explode || parameter.serialization.explodesDeepObjects else {
            return .undefined("the style deepObject has only an exploded form")
        }
        guard pairs.values(of: parameter.name).isEmpty else {
            return .invalid("has a value of its own, but only members in brackets are allowed")
        }
        var members: [(String, String)] = []
        for pair in pairs.pairs {
            guard pair.name.utf8.starts(with: (parameter.name + "[").utf8) else { continue }
            let rest = pair.name.utf8.dropFirst(parameter.name.utf8.count + 1)
            guard rest.last == UInt8(ascii: "]") else { return .invalid("has an unclosed bracket") }
            let key = rest.dropLast()
            guard !key.contains(UInt8(ascii: "[")), !key.contains(UInt8(ascii: "]")) else {
                return .undefined("nested members have no defined form")
            }
            guard let text = decoded(pair.value) else { return .notText }
            members.append((String(Substring(key)), text))
        }
        return members.isEmpty ? .absent : .pairs(members)
    }

    private static func split(_ bytes: ArraySlice<UInt8>, at separators: [String]) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var start = bytes.startIndex
        var index = bytes.startIndex
        while index < bytes.endIndex {
            if let sign = separators.first(where: { bytes[index...].starts(with: $0.utf8) }) {
                parts.append(bytes[start..<index])
                index += sign.utf8.count
                start = index
            } else {
                index += 1
            }
        }
        return parts + [bytes[start...]]
    }

    /// Parses the query string as one value (OpenAPI 3.2, `in: querystring`).
    static func whole(_ query: String?, as content: MediaType) -> ParameterCodec.Parsed {
        guard let query, !query.utf8.isEmpty else { return .absent }
        guard content.range.isForm else {
            return ContentText.parsed(PercentEncoding.text(Array(query.utf8)[...]), as: content)
        }
        return form(query, as: content)
    }

    /// Parses a form that is the value of a parameter.
    static func form(_ text: String, as content: MediaType) -> ParameterCodec.Parsed {
        guard let pairs = Pairs(text) else { return .invalid("the form is not percent-encoded UTF-8") }
        return ShapeReader.read(content.schema) { shape in
            guard shape == .object else { return .undefined("a form must be an object") }
            var members: [(String, String)] = []
            for pair in pairs.pairs {
                guard let text = decoded(pair.value) else { return .notText }
                members.append((pair.name, text))
            }
            return .pairs(members)
        }
    }
}
