import JSONDocument
import JSONSchema
import OpenAPI
import Primitives

/// Values that a server must already have, such as an owner that no operation creates. Each is defined once, in `vars`
/// of the configuration, and rows refer to it as `{{var.owner}}`.
struct DraftVariables {
    /// The variables of an existing configuration; `nil` if the draft writes a new one.
    let given: [String: String]?
    /// The variables that the draft needs, in the order of first use.
    private(set) var made: [(name: String, value: String)] = []

    init(given: [String: String]?) {
        self.given = given
    }

    /// Names that are meaningful only together with the name of the collection: `{id}` below `/books` is `book_id`.
    private static let general: Set<String> = [
        "id", "key", "name", "uuid", "guid", "slug", "code", "number", "no", "type", "value", "sid", "ref", "reference",
        "identifier", "resource", "item", "hash", "token", "path", "index", "version", "object",
    ]

    /// `{{var.name}}` for a path parameter; `nil` if the configuration has no such variable.
    ///
    /// - Parameters:
    ///   - value: The parameter's default value.
    ///   - accepts: Whether the parameter allows the text of a variable.
    mutating func reference(
        to parameter: String, in path: String, value: JSONValue, accepts: (String) -> Bool
    ) -> String? {
        guard let text = Self.text(of: value) else { return nil }
        for name in Self.names(for: parameter, in: path) {
            if let given {
                guard let value = given[name], accepts(value) else { continue }
                return "{{var.\(name)}}"
            }
            guard let known = made.first(where: { $0.name == name }) else {
                made.append((name, text))
                return "{{var.\(name)}}"
            }
            if accepts(known.value) { return "{{var.\(name)}}" }
        }
        return nil
    }

    /// Whether a value may differ between servers: not an enumeration, a boolean or a date.
    static func isOpen(_ view: SchemaView?) -> Bool {
        guard let view else { return true }
        guard view.enumeration.isEmpty, view.keyword("const") == nil, view.defaultValue == nil else { return false }
        if let format = view.format, ["date", "date-time", "time"].contains(format) { return false }
        return view.allows(.string) || view.allows(.number)
    }

    private static func text(of value: JSONValue) -> String? {
        switch value {
        case .string(let text):
            guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else { return nil }
            return text.isEmpty ? nil : text
        case .number(let number): return number.lexeme
        default: return nil
        }
    }

    /// Candidate names: the parameter's own name if it is specific, otherwise with the collection's name in front.
    private static func names(for parameter: String, in path: String) -> [String] {
        let own = plain(parameter)
        let segments = path.split(separator: "/")
        let place = segments.firstIndex { $0.contains("{\(parameter)}") } ?? segments.count
        let collection = segments[..<place].last { !$0.utf8.contains(UInt8(ascii: "{")) }.map(String.init) ?? ""
        let thing = Names.singular(Names.slug(collection)).replacing("-", with: "_")
        let isSame = ResourceLinks.folded(thing).isSame(as: ResourceLinks.folded(own))
        let long = thing.isEmpty || isSame ? own : "\(thing)_\(own)"
        let isGeneral = general.contains(ResourceLinks.folded(parameter))
        return (isGeneral ? [long] : [own, long]) + (2...99).map { "\(long)_\($0)" }
    }

    /// A name without characters that end a template.
    private static func plain(_ name: String) -> String {
        let text = String(
            decoding: name.utf8.map { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): byte
                default: UInt8(ascii: "_")
                }
            }, as: UTF8.self)
        return text.isEmpty ? "value" : text
    }
}
