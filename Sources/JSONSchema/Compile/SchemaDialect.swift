/// The rules for reading a schema.
public enum SchemaDialect: Sendable, Hashable {
    /// The Schema Object of OpenAPI 3.0, as specified in 3.0.4.
    case openAPI30
    /// JSON Schema 2020-12, as OpenAPI 3.1 and 3.2 use it.
    case draft202012
}
