import Diagnostics
import JSONDocument

/// A schema or document with its own URI, and the anchors that can follow its `#`.
struct SchemaResource {
    /// The absolute URI, without a fragment: the base of references inside.
    var uri: String
    /// Its root schema or document.
    var root: SchemaSource
    /// The dialect of its schemas.
    var dialect: ResourceDialect
    /// Schemas by `$anchor` and `$dynamicAnchor`.
    var anchors: [JSONNameKey: SchemaSource] = [:]
    /// Schemas by `$dynamicAnchor` alone.
    var dynamicAnchors: [JSONNameKey: SchemaSource] = [:]
    /// The resource whose URI and anchors this one shares; only the dialect differs.
    var owner: Int?
    /// Diagnostics for the identifiers and the dialect of the resource.
    var problems: [Diagnostic] = []
}

/// The role of a value in a document, for references.
enum DocumentRole: UInt8 {
    /// Not reached by any known keyword.
    case unknown
    /// A schema.
    case schema
    /// An OpenAPI object, a map of them, or another value that is not a schema.
    case other
}
