import JSONDocument
import Primitives

/// Reports annotations of schemas, which do not affect validity.
extension Reporter {
    /// Adds the results of a search: values that must not be sent in this direction are issues, and discriminators that
    /// name an alternative that does not match are remarks.
    mutating func add(_ search: AnnotationSearch, to report: inout SchemaReport) {
        issues = []
        room = max(0, options.maximumIssues - report.issues.count)
        let isWriteOnly = options.direction == .response
        for refused in search.refused {
            path = refused.path
            add(
                isWriteOnly ? "writeOnly" : "readOnly", refused.node, refused.entry,
                isWriteOnly ? Messages.writeOnlyInResponse : Messages.readOnlyInRequest, expected: Messages.noMember,
                property: refused.path.last)
        }
        if !issues.isEmpty { report.outcome = .invalid }
        report.issues += issues
        issues = []
        room = max(1, options.maximumIssues)
        for misnamed in search.misnamed { add(misnamed) }
        report.remarks = issues
        if search.isComplete || report.outcome == .invalid || !search.seeking.contains(.refused) { return }
        report.outcome = .undecided
        if report.issues.isEmpty {
            (issues, path) = ([], [])
            addUndecided(isWriteOnly ? "writeOnly" : "readOnly", at: instance.tapeIndex, schema)
            report.issues = issues
        }
    }

    private mutating func add(_ misnamed: AnnotationSearch.Misnamed) {
        let key = misnamed.discriminator.pointee.property.pointee
        guard let value = tape.value(of: misnamed.entry, named: key) else { return }
        path = misnamed.path + [key.name]
        let fitting = misnamed.fitting.map { name(of: $0, in: misnamed.discriminator) }
        let expected = listed(Array(fitting.prefix(6)), "or")
        let message: String
        if case .schema(let target) = misnamed.discriminator.pointee.choice(tape, misnamed.entry) {
            message = Messages.namesOther(
                tape.excerpt(value), name(of: target, in: misnamed.discriminator), expected)
        } else {
            message = Messages.namesNone(tape.excerpt(value), expected)
        }
        add("discriminator", misnamed.node, value, message, expected: expected, actual: tape.excerpt(value))
    }

    /// The name of an alternative in messages: the name of the component, or its number in the list.
    private func name(of node: NodeReference, in discriminator: UnsafePointer<Discriminator>) -> String {
        let target = node.pointee.alias ?? node
        let tokens = index.place(target.pointee.source).pointer.tokens
        if let name = tokens.last, tokens.dropLast().last == "schemas" || tokens.dropLast().last == "$defs" {
            return Messages.cut(name, 100)
        }
        let number = discriminator.pointee.branches.array.firstIndex(of: node)
        return number.map { "alternative \($0 + 1)" } ?? "another schema"
    }
}
