package import JSONDocument
package import JSONSchema
package import OpenAPI
internal import Primitives
package import Scenarios

/// Writes items of `set` and `check` cells.
package enum ItemWriter {
    /// `path=value` in the form that the schema at the path reads as `value`; `nil` if a cell cannot contain it.
    package static func item(_ path: String, _ value: JSONValue, for view: SchemaView?) -> String? {
        let kinds = view?.kinds
        switch value {
        case .string(let text):
            guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else { return nil }
            return "\(path)=\(kinds?.contains(.string) == true && isPlain(text) ? text : quoted(text))"
        case .number(let number) where kinds?.contains(.number) == true && kinds?.contains(.string) == false:
            return "\(path)=\(number.lexeme)"
        case .boolean(let flag) where kinds?.contains(.boolean) == true && kinds?.contains(.string) == false:
            return "\(path)=\(flag)"
        default:
            let text = value.text
            guard !holdsBraces(text), text.unicodeScalars.allSatisfy({ $0.value >= 0x20 }) else { return nil }
            return text.utf8.contains(UInt8(ascii: ";")) ? "\(path):=\(doubled(text))" : "\(path):=\(text)"
        }
    }

    /// Escapes `{{` in a JSON string of a body file, where it would start a template.
    static func escaped(_ text: String) -> String {
        holdsBraces(text) ? text.replacing("{{", with: "{{'{{'}}") : text
    }

    /// The path of a parameter: only its name, if the name is unique.
    package static func path(_ parameter: Parameter, of operation: Operation, body: SchemaView?) -> String {
        let isAlone = operation.parameters.count { $0.isNamed(parameter.name) && !$0.isIgnored } == 1
        if isAlone, isSimple(parameter.name), body?.property(parameter.name) == nil { return parameter.name }
        return ItemPath(root(parameter)).text
    }

    /// The path of a value in the body.
    package static func path(_ segments: [ItemPath.Segment], of operation: Operation, isDeclared: Bool = true) -> String
    {
        guard case .name(let name)? = segments.first, isDeclared, isSimple(name),
            !operation.parameters.contains(where: { $0.isNamed(name) && !$0.isIgnored })
        else { return ItemPath(.body, segments).text }
        return ItemPath(.body, segments, isBare: true).text
    }

    /// `{{step.member}}`, depending on the place of the value in the exchange of a step.
    static func reference(_ step: String, _ source: ResourceLinks.Source) -> String {
        let path: ItemPath =
            switch source {
            case .responseBody(let names):
                ItemPath(.body, segments(names), isBare: names.first.map(isSimple) ?? false)
            case .responseHeader(let name): ItemPath(.header(name))
            case .requestBody(let names): ItemPath(.body, segments(names), isRequest: true)
            case .requestPath(let name): ItemPath(.path(name), isRequest: true)
            case .requestQuery(let name): ItemPath(.query(name), isRequest: true)
            }
        return "{{\(step).\(path.text)}}"
    }

    /// The names of a JSON pointer as segments of a body path; digits alone are an index.
    private static func segments(_ names: [String]) -> [ItemPath.Segment] {
        names.map { name in
            let isIndex = !name.isEmpty && name.utf8.allSatisfy(\.isASCIIDigit)
            return isIndex ? Int(name).map { .index($0) } ?? .name(name) : .name(name)
        }
    }

    /// A member of the response in the syntax of `check`.
    static func member(_ name: String) -> String { bodyPath([.name(name)]).text }

    /// A place of a response body, without `body.` where its first name has no other meaning.
    static func bodyPath(_ segments: [ItemPath.Segment]) -> ItemPath {
        guard case .name(let name)? = segments.first else { return ItemPath(.body, segments) }
        return ItemPath(.body, segments, isBare: isSimple(name))
    }

    private static func root(_ parameter: Parameter) -> ItemPath.Root {
        switch parameter.place {
        case .path: .path(parameter.name)
        case .query, .querystring: .query(parameter.name)
        case .header: .header(parameter.name)
        case .cookie: .cookie(parameter.name)
        }
    }

    /// Whether a name needs no quotes because it has no special meaning in the format.
    private static func isSimple(_ name: String) -> Bool {
        let words = ["status", "time", "header", "query", "path", "cookie", "body", "req", "operation", "tag"]
        guard let first = name.utf8.first, !words.contains(name.lowercased()) else { return false }
        let letters = (0x41...0x5A).contains(first) || (0x61...0x7A).contains(first) || first == UInt8(ascii: "_")
        return letters
            && name.utf8.allSatisfy { byte in
                byte.isASCIIAlphanumeric
                    || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
            }
    }

    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last, first != 0x20, last != 0x20, text != "null" else {
            return false
        }
        return text.utf8.allSatisfy { (0x20...0x7E).contains($0) && !";'{".utf8.contains($0) }
    }

    private static func quoted(_ text: String) -> String { doubled(escaped(text)) }

    private static func doubled(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }

    private static func holdsBraces(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.indices.dropLast().contains { bytes[$0] == UInt8(ascii: "{") && bytes[$0 + 1] == bytes[$0] }
    }
}
