public import Diagnostics
import JSONDocument
import Synchronization

/// Compiles schemas when they are first used and keeps them. Safe to use from several threads.
///
/// One store belongs to one contract: the documents are fixed when it is made.
public final class SchemaStore: @unchecked Sendable {
    // The lock guards the compiler and its index. Compiled nodes are never changed once they are handed out.
    private let lock = Mutex(())
    private let compiler: SchemaCompiler
    /// What was asked before. The documents never change, so the answers do not either.
    private let answers = Mutex(SchemaAnswers())

    /// Makes a store over documents. Identifiers (`$id`, `$anchor`) of all of them are read now, schemas later.
    public init(_ documents: SchemaDocuments) {
        compiler = SchemaCompiler(documents)
    }

    /// The compiled schema at a place.
    ///
    /// A keyword that cannot be used leaves the others usable; ``CompiledSchema/unusable`` lists such keywords.
    ///
    /// - Throws: ``SchemaCompilationError`` when no schema stands at the place.
    public func compiled(_ place: SchemaPlace) throws(SchemaCompilationError) -> CompiledSchema {
        if let known = answers.withLock({ $0.compiled[place] }) {
            return CompiledSchema(place: place, known, store: self)
        }
        let compiled = try lock.withLock { _ throws(SchemaCompilationError) in try compile(place) }
        answers.withLock { $0.compiled[place] = compiled }
        return CompiledSchema(place: place, compiled, store: self)
    }

    /// What the documents say about the value at a place, with references followed; `nil` when there is no schema.
    public func view(_ place: SchemaPlace) -> SchemaView? {
        if let known = answers.withLock({ $0.views[place] }) { return SchemaView(known, store: self) }
        guard let source = compiler.index.source(place), let view = view(of: source) else { return nil }
        answers.withLock { $0.views[place] = view.parts }
        return view
    }

    /// The kinds that a schema allows: worked out once.
    func allowedKinds(of source: SchemaSource, _ workOut: () -> AllowedKinds) -> AllowedKinds {
        if let known = answers.withLock({ $0.kinds[source] }) { return known }
        let kinds = workOut()
        answers.withLock { $0.kinds[source] = kinds }
        return kinds
    }

    /// The view of a schema: worked out once, unless there is none.
    func view(of source: SchemaSource) -> SchemaView? {
        if let known = answers.withLock({ $0.viewsBySource[source] }) { return SchemaView(known, store: self) }
        guard let view = workOutView(of: source) else { return nil }
        answers.withLock { $0.viewsBySource[source] = view.parts }
        return view
    }

    /// A schema and all that it applies to the same value, in order, each once: worked out once.
    func branches(of view: SchemaView) -> [SchemaView] {
        if let known = answers.withLock({ $0.branches[view.source] }) {
            return known.map { SchemaView($0, store: self) }
        }
        let branches = branches(of: view, under: ["$ref", "$dynamicRef", "allOf", "oneOf", "anyOf"])
        answers.withLock { $0.branches[view.source] = branches.map(\.parts) }
        return branches
    }

    /// File, line and column of a place; `nil` when there is no such value.
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

    /// Whether judging has to remember the scopes passed through.
    var tracksScopes: Bool { compiler.hasDynamicReferences }

    /// The identifiers; only for reading what does not change after the store was made, or inside `withIndex`.
    var index: SchemaIndex { compiler.index }

    /// Calls `body` with the identifiers while no other thread uses them.
    func withIndex<Result: Sendable>(_ body: (SchemaIndex) -> Result) -> Result {
        lock.withLock { _ in body(compiler.index) }
    }
}
