public import Diagnostics
import JSONDocument
import Synchronization

/// Compiles schemas on first use and keeps them. Safe to use from several threads.
///
/// One store belongs to one contract: its documents do not change.
public final class SchemaStore: @unchecked Sendable {
    // The lock guards the compiler and its index. Compiled nodes never change after they have been returned.
    private let lock = Mutex(())
    private let compiler: SchemaCompiler
    /// A cache of earlier results. The documents never change, so the results do not either.
    private let answers = Mutex(SchemaAnswers())

    /// Creates a store of documents. Identifiers (`$id`, `$anchor`) of all documents are read now, schemas later.
    public init(_ documents: SchemaDocuments) {
        compiler = SchemaCompiler(documents)
    }

    /// Returns the compiled schema at a place.
    ///
    /// If a keyword cannot be used, the others still can; ``CompiledSchema/unusable`` lists such keywords.
    ///
    /// - Throws: ``SchemaCompilationError`` if there is no schema at the place.
    public func compiled(_ place: SchemaPlace) throws(SchemaCompilationError) -> CompiledSchema {
        if let known = answers.withLock({ $0.compiled[place] }) {
            return CompiledSchema(place: place, known, store: self)
        }
        let compiled = try lock.withLock { _ throws(SchemaCompilationError) in try compile(place) }
        answers.withLock { $0.compiled[place] = compiled }
        return CompiledSchema(place: place, compiled, store: self)
    }

    /// The view of the schema at a place, with references followed; `nil` if there is no schema.
    public func view(_ place: SchemaPlace) -> SchemaView? {
        if let known = answers.withLock({ $0.views[place] }) { return SchemaView(known, store: self) }
        guard let source = compiler.index.source(place), let view = view(of: source) else { return nil }
        answers.withLock { $0.views[place] = view.parts }
        return view
    }

    /// The kinds that a schema allows, computed once.
    func allowedKinds(of source: SchemaSource, _ workOut: () -> AllowedKinds) -> AllowedKinds {
        if let known = answers.withLock({ $0.kinds[source] }) { return known }
        let kinds = workOut()
        answers.withLock { $0.kinds[source] = kinds }
        return kinds
    }

    /// The view of a schema, computed once; `nil` if there is none.
    func view(of source: SchemaSource) -> SchemaView? {
        if let known = answers.withLock({ $0.viewsBySource[source] }) { return SchemaView(known, store: self) }
        guard let view = workOutView(of: source) else { return nil }
        answers.withLock { $0.viewsBySource[source] = view.parts }
        return view
    }

    /// The keywords that apply schemas to the same value.
    static let branchKeywords = ["$ref", "$dynamicRef", "allOf", "oneOf", "anyOf"]

    /// A schema and all schemas that it applies to the same value, in order, each once; computed once.
    func branches(of view: SchemaView) -> [SchemaView] {
        if let known = answers.withLock({ $0.branches[view.source] }) {
            return known.map { SchemaView($0, store: self) }
        }
        let branches = branches(of: view, under: Self.branchKeywords)
        answers.withLock { $0.branches[view.source] = branches.map(\.parts) }
        return branches
    }

    /// File, line and column of a place; `nil` if there is no such value.
    public func location(of place: SchemaPlace) -> SourceLocation? {
        guard let source = compiler.index.source(place) else { return nil }
        return compiler.index.location(of: nil, at: source)
    }

    private func compile(_ place: SchemaPlace) throws(SchemaCompilationError) -> SchemaAnswers.Compiled {
        let index = compiler.index
        guard let source = index.source(place) else {
            throw SchemaCompilationError([Diagnostic("schema.reference", .error, Messages.noSuchPlace(place))])
        }
        let json = index.node(source)
        let allowsBoolean = index.documents.entries[source.document].dialect != .openAPI30
        guard json.kind == .object || (json.kind == .boolean && allowsBoolean) else {
            let problem = Diagnostic(
                "schema.keyword", .error, Messages.noSchema(json, allowsBoolean: allowsBoolean),
                at: index.location(of: nil, at: source), place: place.pointer.description)
            throw SchemaCompilationError([problem])
        }
        let node = compiler.compile(source)
        let (problems, marks) = compiler.summary(from: node)
        let unusable = problems.filter { $0.severity == .error && $0.rule != SchemaCompiler.discriminatorRule }
        return SchemaAnswers.Compiled(node: node, notes: problems, unusable: unusable, marks: marks)
    }

    // MARK: For judging and looking

    /// Whether validation must record the scopes it passes through.
    var tracksScopes: Bool { compiler.hasDynamicReferences }

    /// The identifiers. Use it only for data that does not change after `init`, or inside `withIndex`.
    var index: SchemaIndex { compiler.index }

    /// Calls `body` with the identifiers while no other thread uses them.
    func withIndex<Result: Sendable>(_ body: (SchemaIndex) -> Result) -> Result {
        lock.withLock { _ in body(compiler.index) }
    }
}

/// Why a schema cannot be used: all errors of the schema and of the schemas that it refers to.
public struct SchemaCompilationError: Error, Sendable, Hashable {
    /// The diagnostics, each with its file, line and column, by location.
    public let diagnostics: [Diagnostic]

    init(_ diagnostics: [Diagnostic]) {
        self.diagnostics = Diagnostics(diagnostics).sorted
    }
}

/// The rules for reading a schema.
public enum SchemaDialect: Sendable, Hashable {
    /// The Schema Object of OpenAPI 3.0, as specified in 3.0.4.
    case openAPI30
    /// JSON Schema 2020-12, as OpenAPI 3.1 and 3.2 use it.
    case draft202012
}

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

/// Results by schema; for a document with very many schemas, only the latest are kept. If the first were kept, all others
/// would be computed each time.
struct BoundedAnswers<Answer: Sendable>: Sendable {
    private static var mostAnswers: Int { 8_192 }

    private var known: [SchemaSource: Answer] = [:]

    subscript(source: SchemaSource) -> Answer? {
        get { known[source] }
        set {
            if known.count >= Self.mostAnswers { known.removeAll(keepingCapacity: true) }
            known[source] = newValue
        }
    }
}
