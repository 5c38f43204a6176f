internal import Diagnostics
internal import JSONDocument
internal import JSONSchema

extension Schema {
    /// The issues of `node`, a part of a request, for this schema.
    func requestIssues(in node: JSONNode, at place: (JSONPointer) -> RequestIssue.Place) -> [RequestIssue] {
        func undecided(_ problem: Diagnostic?) -> [RequestIssue] {
            let reason = problem?.message ?? "no reason is known"
            let isRemote = problem?.rule == "schema.remote"
            return [
                RequestIssue(
                    place(.root),
                    isRemote ? "unread" : "schema",
                    (isRemote ? "is not judged: " : "cannot be judged, because the schema is unusable: ") + reason,
                    at: problem?.location ?? location,
                    isUndecided: true
                )
            ]
        }
        let compiled: CompiledSchema
        do {
            compiled = try self.compiled()
        } catch {
            return undecided(error.diagnostics.first)
        }
        if compiled.isUnusable { return undecided(compiled.unusable.first) }
        // Undecided keywords are reported as well; all others are checked.
        let open = compiled.unusable.prefix(20).flatMap { undecided($0) }
        var options = ValidationOptions()
        options.direction = .request
        if compiled.isValid(node, options) == .valid { return open }
        return open
            + compiled.validate(node, options).issues.map { issue in
                let place = place(issue.pointer)
                // Only bodies have inner places; elsewhere the message names the part.
                let isInside = if case .body = place { true } else { issue.pointer.tokens.isEmpty }
                return RequestIssue(
                    place,
                    issue.keyword,
                    isInside ? issue.message : "\(issue.pointer) \(issue.message)",
                    at: issue.location,
                    expected: issue.expected,
                    actual: issue.actual,
                    isUndecided: issue.kind == .undecided
                )
            }
    }
}
