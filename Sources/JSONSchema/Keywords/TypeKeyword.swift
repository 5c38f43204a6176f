import Diagnostics
import JSONDocument

extension SchemaCompiler {
    /// Reads `type`, and `nullable` of OpenAPI 3.0.
    func readType(_ schema: inout KeywordReader, into node: NodeReference) {
        guard schema.vocabularies.contains(.validation) else { return }
        if schema.family == .openAPI30 {
            let isNullable = schema.boolean("nullable") ?? false
            guard let name = schema.string("type") else {
                // `nullable` only extends the `type` next to it (OpenAPI 3.0.4, section 4.7.24.1).
                if isNullable, schema.node["type"] == nil {
                    schema.note("nullable", .warning, Messages.nullableWithoutType)
                }
                return
            }
            guard let (kinds, integerOnly) = Self.kinds([name]), name != "null" else {
                schema.complain("type", Messages.unknownType(name, Self.names30))
                return
            }
            node.pointee.kinds = isNullable ? kinds.union(.null) : kinds
            node.pointee.integerOnly = integerOnly
            return
        }
        guard let keyword = schema.node["type"] else { return }
        guard let names = keyword.string.map({ [$0] }) ?? typeNames(keyword) else {
            schema.complain("type", Messages.wrongValue("type", "a type name or an array of type names", keyword))
            return
        }
        guard let (kinds, integerOnly) = Self.kinds(names) else {
            let unknown = names.first { Self.kinds([$0]) == nil } ?? ""
            schema.complain("type", Messages.unknownType(unknown, Self.names))
            return
        }
        if names.isEmpty { schema.note("type", .warning, Messages.emptyTypeList) }
        node.pointee.kinds = kinds
        node.pointee.integerOnly = integerOnly
    }

    private func typeNames(_ keyword: JSONNode) -> [String]? {
        guard keyword.kind == .array else { return nil }
        let names = keyword.elements.compactMap(\.string)
        return names.count == keyword.count ? names : nil
    }

    private static let names30 = ["boolean", "object", "array", "number", "string", "integer"]
    private static let names = names30 + ["null"]

    /// The kinds that the type names allow, and whether numbers must be integers; `nil` for an unknown name.
    static func kinds(_ names: [String]) -> (KindSet, integerOnly: Bool)? {
        var kinds: KindSet = []
        for name in names {
            guard let kind = KindSet(typeName: name) else { return nil }
            kinds.formUnion(kind)
        }
        return (kinds, names.contains("integer") && !names.contains("number"))
    }
}
