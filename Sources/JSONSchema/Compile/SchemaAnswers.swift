import Diagnostics

/// What a store was asked before: as many entries at most as the documents have schemas.
///
/// Nothing in here holds the store, which holds this.
struct SchemaAnswers {
    struct Compiled: @unchecked Sendable {
        // The node lives as long as the store and is never changed once it is handed out.
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
    /// The schemas and all that they apply to the same value.
    var branches = BoundedAnswers<[SchemaView.Parts]>()
}

/// Answers by the schema that was asked about; of a document with very many schemas not all are remembered.
struct BoundedAnswers<Answer: Sendable>: Sendable {
    private static var mostAnswers: Int { 8_192 }

    private var known: [SchemaSource: Answer] = [:]

    subscript(source: SchemaSource) -> Answer? {
        get { known[source] }
        set { if known.count < Self.mostAnswers { known[source] = newValue } }
    }
}
