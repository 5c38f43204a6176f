package import Diagnostics

/// A kind of finding: its stable id, severity, meaning and source.
///
/// Ids of the form `body.*` and `header.*` end in the schema keyword that was violated, `request.*` and
/// `webhook.*` in the keyword or part of the request, `transport.*` in the class of the failure.
package struct Rule: Sendable, Hashable {
    /// The id that reports and baselines use; never changes once shipped.
    package let id: String
    /// The severity of its findings, unless a policy changes it.
    package let severity: Severity
    /// A description of the mistake, in one line.
    package let summary: String
    /// The specification or file on which it is based.
    package let source: String

    init(_ id: String, _ severity: Severity, _ summary: String, source: String) {
        self.id = id
        self.severity = severity
        self.summary = summary
        self.source = source
    }

    init(_ id: String, _ summary: String, source: String) {
        self.init(id, .error, summary, source: source)
    }
}

extension Rule {
    /// Every rule, by group.
    package static let all: [Rule] =
        answerRules + bodyRules + headerRules + requestRules + promiseRules + moneyRules + raceRules + tableRules
        + webhookRules + receiverRules + awaitRules + runRules

    /// The rule of findings with this id, which may end in a keyword.
    package static func named(_ id: String) -> Rule? {
        if let exact = all.first(where: { $0.id == id }) { return exact }
        return all.first { $0.id.hasSuffix(".*") && id.hasPrefix($0.id.dropLast()) }
    }

    /// Whether `--strict` makes its findings errors: no document forbids them, but clients may rely on them.
    var isStrictness: Bool {
        [.bodyUndeclared, .headerUndeclared, .rateLimitMissing, .requirementNotExercised].contains(self)
    }
}
