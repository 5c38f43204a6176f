import Diagnostics
import JSONDocument

/// A schema or document with a URI of its own, and the names that can be used after its `#`.
struct SchemaResource {
    /// The absolute URI, without a fragment: the base of references inside.
    var uri: String
    /// Where it starts.
    var root: SchemaSource
    /// How its schemas are read.
    var dialect: ResourceDialect
    /// Places by `$anchor` and `$dynamicAnchor`.
    var anchors: [JSONNameKey: SchemaSource] = [:]
    /// Places by `$dynamicAnchor` alone.
    var dynamicAnchors: [JSONNameKey: SchemaSource] = [:]
    /// The resource whose URI and anchors this one shares: it differs from that one only in its dialect.
    var owner: Int?
    /// What is wrong with the identifiers and the dialect of the resource.
    var problems: [Diagnostic] = []
}

/// What a value of a document is, as far as references are concerned.
enum DocumentRole: UInt8 {
    /// Not reached by any known keyword.
    case unknown
    /// A schema.
    case schema
    /// An OpenAPI object, a map of them, or another value that is no schema.
    case other
}
