import JSONDocument
import JSONSchema
import OpenAPI

/// Values that a server has to know already, such as an owner that no operation creates: each is given once, in `vars`
/// of the configuration, and every row that needs it says `{{var.owner}}`.
struct DraftVariables {
    /// The variables of a configuration that is kept as it is; `nil` where the draft writes its own.
    let given: [String: String]?
    /// The variables that the draft needs, in the order of first use.
    private(set) var made: [(name: String, value: String)] = []

    init(given: [String: String]?) {
        self.given = given
    }

    /// Names that mean something only beside the name of the collection: `{id}` below `/books` is `book_id`.
    private static let general: Set<String> = [
        "id", "key", "name", "uuid", "guid", "slug", "code", "number", "no", "type", "value", "sid", "ref", "reference",
        "identifier", "resource", "item", "hash", "token", "path", "index", "version", "object",
    ]

    /// `{{var.name}}` for a path parameter; `nil` where the configuration has no such variable.
    ///
    /// - Parameters:
    ///   - value: What the parameter has where nothing better is known.
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

    /// Whether a value may differ from server to server: not one of a few, a truth value or a date.
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

    /// Names to try: the parameter's own where it says what it is of, else with the collection's in front.
    private static func names(for parameter: String, in path: String) -> [String] {
        let own = plain(parameter)
        let segments = path.split(separator: "/")
        let place = segments.firstIndex { $0.contains("{\(parameter)}") } ?? segments.count
        let collection = segments[..<place].last { !$0.utf8.contains(UInt8(ascii: "{")) }.map(String.init) ?? ""
        let thing = Names.singular(Names.slug(collection)).replacing("-", with: "_")
        let isSame = ResourceLinks.folded(thing).utf8.elementsEqual(ResourceLinks.folded(own).utf8)
        let long = thing.isEmpty || isSame ? own : "\(thing)_\(own)"
        let isGeneral = general.contains(ResourceLinks.folded(parameter))
        return (isGeneral ? [long] : [own, long]) + (2...99).map { "\(long)_\($0)" }
    }

    /// A name with nothing in it that ends a template.
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
