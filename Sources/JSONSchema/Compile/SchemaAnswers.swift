import Diagnostics

/// A cache of earlier results, with at most as many entries as the documents have schemas.
///
/// It must not retain the store, which retains it.
struct SchemaAnswers {
    struct Compiled: @unchecked Sendable {
        // The node lives as long as the store and never changes after it has been returned.
        var node: NodeReference
        var notes: [Diagnostic]
        var unusable: [Diagnostic]
        var marks: SchemaNode.Access
    }

    var compiled: [SchemaPlace: Compiled] = [:]
    var views: [SchemaPlace: SchemaView.Parts] = [:]
    var kinds: [SchemaSource: AllowedKinds] = [:]
    /// The views of schemas, with references followed.
    var viewsBySource = BoundedAnswers<SchemaView.Parts>()
    /// Schemas with all schemas that they apply to the same value.
    var branches = BoundedAnswers<[SchemaView.Parts]>()
}

/// Results by schema; for a document with very many schemas, only some are kept.
struct BoundedAnswers<Answer: Sendable>: Sendable {
    private static var mostAnswers: Int { 8_192 }

    private var known: [SchemaSource: Answer] = [:]

    subscript(source: SchemaSource) -> Answer? {
        get { known[source] }
        set { if known.count < Self.mostAnswers { known[source] = newValue } }
    }
}
