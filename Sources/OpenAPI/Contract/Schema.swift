public import Diagnostics
internal import JSONDocument
public import JSONSchema
internal import Synchronization

/// A schema of the contract: its place, and access to its compiled form.
public final class Schema: Sendable {
    /// Contracts contain far more schemas than are ever located.
    private enum Origin {
        case place(SchemaPlace)
        case value(DocumentNode, uri: String)
    }

    private let origin: Origin
    private let store: SchemaStore
    /// Cached results: a lookup by place costs more than many validations. Most schemas are never used.
    private let known = Mutex<Known?>(nil)

    private struct Known {
        var place: SchemaPlace?
        var compiled: CompiledSchema?
        /// The cached view, which may be nil.
        var view: SchemaView??
    }

    /// The document and pointer.
    public var place: SchemaPlace {
        switch origin {
        case .place(let place): return place
        case .value(let value, let uri):
            if let place = known.withLock({ $0?.place }) { return place }
            let place = SchemaPlace(uri: uri, pointer: value.pointer)
            keep { $0.place = place }
            return place
        }
    }

    /// The location of the schema.
    public var location: SourceLocation {
        store.location(of: place) ?? SourceLocation(file: place.uri, line: 1, column: 1)
    }

    /// Creates the schema at `place`, if there is a value.
    init?(place: SchemaPlace, store: SchemaStore) {
        guard store.location(of: place) != nil else { return nil }
        origin = .place(place)
        self.store = store
    }

    /// Creates the schema at `value`, in the document with the URI `uri`.
    init(_ value: DocumentNode, uri: String, store: SchemaStore) {
        origin = .value(value, uri: uri)
        self.store = store
    }

    /// The schema at another place of the same documents.
    func other(_ place: SchemaPlace) -> Schema? {
        Schema(place: place, store: store)
    }

    /// The schema at another place of the same documents, such as a place from a view.
    public func other(at place: SchemaPlace) -> Schema? {
        other(place)
    }

    /// The compiled schema; compiled on the first call and kept.
    public func compiled() throws(SchemaCompilationError) -> CompiledSchema {
        if let compiled = known.withLock({ $0?.compiled }) { return compiled }
        let compiled = try store.compiled(place)
        keep { $0.compiled = compiled }
        return compiled
    }

    /// The view of the schema; `nil` if its reference cannot be resolved.
    public var view: SchemaView? {
        if let view = known.withLock({ $0?.view }) { return view }
        let view = store.view(place)
        keep { $0.view = .some(view) }
        return view
    }

    private func keep(_ change: (inout Known) -> Void) {
        known.withLock { known in
            var kept = known ?? Known()
            change(&kept)
            known = kept
        }
    }
}
