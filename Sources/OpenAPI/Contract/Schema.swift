public import Diagnostics
internal import JSONDocument
public import JSONSchema

/// A schema of the contract: where it stands, and the way to its compiled form.
public struct Schema: Sendable {
    /// The document and pointer.
    public let place: SchemaPlace
    /// Where the schema starts.
    public let location: SourceLocation

    private let store: SchemaStore

    /// The schema at `place`, if there is a value.
    init?(place: SchemaPlace, store: SchemaStore) {
        guard let location = store.location(of: place) else { return nil }
        self.place = place
        self.location = location
        self.store = store
    }

    /// The schema at another place of the same documents.
    func other(_ place: SchemaPlace) -> Schema? {
        Schema(place: place, store: store)
    }

    /// The compiled schema; compiled on the first call and kept.
    public func compiled() throws(SchemaCompilationError) -> CompiledSchema {
        try store.compiled(place)
    }

    /// What the schema says about values; `nil` when its reference leads nowhere.
    public var view: SchemaView? {
        store.view(place)
    }
}
