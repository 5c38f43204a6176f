import Diagnostics

/// What a store was asked before: as many entries at most as the documents have schemas.
///
/// Nothing in here holds the store, which holds this.
struct SchemaAnswers {
    struct Compiled: @unchecked Sendable {
        // The node lives as long as the store and is never changed once it is handed out.
        var node: NodeReference
        var notes: [Diagnostic]
    }

    var compiled: [SchemaPlace: Compiled] = [:]
    var views: [SchemaPlace: SchemaView.Parts] = [:]
    var kinds: [SchemaSource: AllowedKinds] = [:]
}
