import Generation
public import JSONDocument
public import JSONSchema
public import OpenAPI

/// A value for a member or parameter that a table does not set.
public enum RequiredValue {
    /// The schema's default, its example, its first enumerated value, or a generated value: the first of these that the
    /// schema accepts. `nil` if there is none.
    public static func value(for view: SchemaView, in contract: Contract) -> JSONValue? {
        let generator = ValueGenerator(
            schemas: contract.schemas, seed: "assay", direction: .request, style: .required)
        let written = [view.defaultValue, view.example, view.enumeration.first].compactMap { $0?.value }
        return written.first { generator.accepts($0, by: view.place) } ?? generator.value(for: view)
    }
}
