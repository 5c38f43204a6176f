public import Diagnostics
public import JSONDocument

/// A schema that is ready to validate values. Cheap to copy; may be used from several threads at once.
public struct CompiledSchema: @unchecked Sendable {
    // The node lives as long as the store and never changes after it has been returned.
    let node: NodeReference
    let store: SchemaStore
    private let tracksScopes: Bool
    /// The marks of all schemas that validation can reach.
    private let marks: SchemaNode.Access

    /// The place of the schema.
    public let place: SchemaPlace
    /// The file, line and column of the schema.
    public let location: SourceLocation
    /// Diagnostics for the schema and the schemas reachable from it: unusable keywords, unknown formats and keywords, a
    /// minimum above its maximum, a keyword that does not apply to the type.
    public let notes: [Diagnostic]
    /// Keywords that cannot be used. They are errors in the document, or references to other hosts (the rule
    /// `schema.remote`). They are ignored; every other keyword is still checked.
    public let unusable: [Diagnostic]

    init(place: SchemaPlace, _ compiled: SchemaAnswers.Compiled, store: SchemaStore) {
        self.place = place
        node = compiled.node
        notes = compiled.notes
        unusable = compiled.unusable
        marks = compiled.marks
        self.store = store
        tracksScopes = store.tracksScopes
        location = store.index.location(of: nil, at: compiled.node.pointee.source)
    }

    /// Whether the schema cannot fail any value because none of its deciding keywords can be used.
    public var isUnusable: Bool {
        let node = node.pointee.alias ?? node
        guard node.pointee.kinds == .all, node.pointee.rules.isEmpty, !node.pointee.applicators.isEmpty
        else { return false }
        return node.pointee.applicators.array.allSatisfy { if case .unusable = $0 { true } else { false } }
    }

    /// Whether every string is valid, so that no string has to be validated.
    public var acceptsEveryString: Bool {
        let node = node.pointee.alias ?? node
        switch node.pointee.constant {
        case .always: return true
        case .never: return false
        case .depends:
            return node.pointee.kinds.contains(.string) && node.pointee.rules.strings == nil
                && node.pointee.rules.values == nil
                && node.pointee.applicators.isEmpty
        }
    }

    /// Whether a value is valid; fast, without reporting why not.
    public func isValid(_ node: JSONNode, _ options: ValidationOptions = ValidationOptions()) -> SchemaOutcome {
        node.withTape { tape, entry in
            var checker = checker(tape, options)
            let verdict = checker.check(self.node, entry)
            guard verdict != .invalid, checker.met.refused else { return verdict.outcome }
            var search = AnnotationSearch(checker: self.checker(tape, options), seeking: .refused)
            search.run(from: entry, by: self.node)
            if !search.refused.isEmpty { return .invalid }
            return search.isComplete ? verdict.outcome : .undecided
        }
    }

    /// Validates a value and reports everything that is wrong with it.
    public func validate(_ node: JSONNode, _ options: ValidationOptions = ValidationOptions()) -> SchemaReport {
        node.withTape { tape, entry in
            var checker = checker(tape, options)
            let verdict = checker.check(self.node, entry)
            let isFine = verdict == .valid || verdict == .unjudged
            if isFine, !checker.met.undeclared, !checker.met.refused, !checker.met.misnamed {
                return SchemaReport(outcome: .valid, issues: [], undeclared: [])
            }
            var reporter = Reporter(
                instance: node, schema: self.node, options: options, checker: self.checker(tape, options),
                index: store.index)
            var report = SchemaReport(outcome: .valid, issues: [], undeclared: [])
            if !isFine { report = reporter.report(verdict) }
            var search = AnnotationSearch(checker: self.checker(tape, options), seeking: isFine ? [] : .all)
            if checker.met.undeclared { search.seeking.insert(.undeclared) }
            if checker.met.refused { search.seeking.insert(.refused) }
            if checker.met.misnamed { search.seeking.insert(.misnamed) }
            search.run(from: entry, by: self.node)
            report.undeclared = search.undeclared
            reporter.add(search, to: &report)
            return report
        }
    }

    private func checker(_ tape: JSONTape, _ options: ValidationOptions) -> Checker {
        Checker(tape: tape, options: options, tracksScopes: tracksScopes, marks: marks)
    }
}
