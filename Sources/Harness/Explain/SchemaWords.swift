import JSONDocument
import JSONSchema

extension SchemaView {
    /// What the schema says of a value in a few words: `string (uuid)`, `integer`, `one of A, B`.
    var words: String {
        let values = enumeration.map { $0.string ?? $0.spelling }
        if !values.isEmpty {
            let shown = values.prefix(4).joined(separator: ", ") + (values.count > 4 ? ", …" : "")
            return values.count == 1 ? "always \(shown)" : "one of \(shown)"
        }
        guard let kinds else { return "any value" }
        let names = JSONKind.allCases.filter { kinds.contains($0) && $0 != .null }.map { kind in
            kind == .number && integerOnly ? "integer" : kind.name
        }
        let type = names.isEmpty ? "null" : names.joined(separator: " or ")
        return type + (format.map { " (\($0))" } ?? "") + (isNullable && !names.isEmpty ? " or null" : "")
    }
}
