import Generation
public import JSONDocument
public import JSONSchema
public import OpenAPI

/// A value for a member or parameter that a table does not give one.
public enum RequiredValue {
    /// The schema's default, else its example, else its first listed value, else a generated one: the first of these
    /// that the schema accepts. `nil` when there is none.
    public static func value(for view: SchemaView, in contract: Contract) -> JSONValue? {
        let generator = ValueGenerator(
            schemas: contract.schemas, seed: "assay", direction: .request, style: .required)
        let written = [view.defaultValue, view.example, view.enumeration.first].compactMap { $0?.value }
        return written.first { generator.accepts($0, by: view.place) } ?? generator.value(for: view)
    }
}
