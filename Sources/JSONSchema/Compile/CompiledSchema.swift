public import Diagnostics
public import JSONDocument

/// A schema that is ready to judge values. Cheap to copy; may be used from several threads at once.
public struct CompiledSchema: @unchecked Sendable {
    // The node lives as long as the store and is never changed once it is handed out.
    let node: NodeReference
    let store: SchemaStore
    private let tracksScopes: Bool

    /// Where the schema stands.
    public let place: SchemaPlace
    /// The file, line and column of the schema.
    public let location: SourceLocation
    /// What is odd but usable in the schema and the schemas it leads to: unknown formats and keywords, a minimum
    /// above its maximum, a keyword that does not speak about the type.
    public let notes: [Diagnostic]

    init(place: SchemaPlace, node: NodeReference, notes: [Diagnostic], store: SchemaStore) {
        self.place = place
        self.node = node
        self.notes = notes
        self.store = store
        tracksScopes = store.tracksScopes
        location = store.index.location(of: nil, at: node.pointee.source)
    }

    /// Whether every string satisfies the schema, so that none need be judged.
    public var acceptsEveryString: Bool {
        let node = node.pointee.alias ?? node
        switch node.pointee.constant {
        case .always: return true
        case .never: return false
        case .depends:
            return node.pointee.kinds.contains(.string) && node.pointee.strings == nil && node.pointee.values == nil
                && node.pointee.applicators.isEmpty
        }
    }

    /// Whether a value satisfies the schema: the quick way, without saying why not.
    public func isValid(_ node: JSONNode, _ options: ValidationOptions = ValidationOptions()) -> SchemaOutcome {
        node.withTape { tape, entry in
            var checker = Checker(tape: tape, options: options, tracksScopes: tracksScopes)
            return checker.check(self.node, entry).outcome
        }
    }

    /// Judges a value and says everything that is wrong with it.
    public func validate(_ node: JSONNode, _ options: ValidationOptions = ValidationOptions()) -> SchemaReport {
        node.withTape { tape, entry in
            var checker = Checker(tape: tape, options: options, tracksScopes: tracksScopes)
            let verdict = checker.check(self.node, entry)
            if verdict == .valid, !checker.metUndeclared {
                return SchemaReport(outcome: .valid, issues: [], undeclared: [])
            }
            var report = SchemaReport(outcome: verdict.outcome, issues: [], undeclared: [])
            if verdict != .valid {
                var reporter = Reporter(
                    instance: node, tape: tape, schema: self.node, options: options, tracksScopes: tracksScopes,
                    index: store.index)
                report = reporter.report(verdict)
            }
            var search = UndeclaredSearch(
                checker: Checker(tape: tape, options: options, tracksScopes: tracksScopes))
            report.undeclared = search.members(of: entry, by: self.node)
            return report
        }
    }
}
