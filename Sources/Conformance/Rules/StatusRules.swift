import Diagnostics
import Exchanges
import OpenAPI
import Scenarios

/// The status line against the contract and against the row.
enum StatusRules {
    /// At most one finding: the rule that names the cause best.
    ///
    /// A refusal that did not come is named by what should have been refused; a status that the contract does not
    /// know is named so even when the row expected another; then failures of the server; then the row's expectation.
    static func findings(_ subject: Subject) -> [Finding] {
        let status = subject.message.status
        let expected = expectedText(subject)
        let isExpected = accepts(subject)
        if !isExpected, subject.expectsRefusal, (200...299).contains(status) || hasLookedPast(subject) {
            return [notRefused(subject)]
        }
        if let operation = subject.operation, subject.declared == nil {
            let documented = operation.responses.map(\.statusKey).joined(separator: ", ")
            return [
                subject.finding(
                    .statusUndocumented,
                    "status \(status) is not documented for \(operation.name)",
                    at: .status,
                    contract: operation.location,
                    table: subject.step.expect.location,
                    clause: String(status),
                    expected: isExpected ? documented : "\(expected) (documented: \(documented))",
                    actual: String(status)
                )
            ]
        }
        guard !isExpected else { return [] }
        if status >= 500 {
            return [unexpected(subject, .serverError, "the server failed with status \(status); expected \(expected)")]
        }
        if case .requirement(let requirement) = subject.step.auth, status == 401 || status == 403 {
            let schemes = requirement.schemes.isEmpty ? "(none)" : requirement.schemes.joined(separator: " + ")
            return [
                subject.finding(
                    .securityRefused,
                    "the documented credentials \(schemes) were rejected",
                    at: .status,
                    contract: requirement.location,
                    table: subject.step.expect.location,
                    expected: expected,
                    actual: String(status)
                )
            ]
        }
        return [unexpected(subject, .statusUnexpected, "expected status \(expected), received \(status)")]
    }

    /// Whether the answer is about the thing and not about the credentials that the row left out or spoiled: who is
    /// told that something is unknown or taken has been let in.
    private static func hasLookedPast(_ subject: Subject) -> Bool {
        guard subject.lacksCredentials, [404, 409, 410, 412, 422].contains(subject.message.status) else { return false }
        return subject.step.expect.accepts(401) || subject.step.expect.accepts(403)
    }

    /// Whether the row accepts the status.
    static func accepts(_ subject: Subject) -> Bool {
        let status = subject.message.status
        // A row that says nothing but that it must be refused takes any refusal.
        if isPlainRefusal(subject) { return (400...499).contains(status) }
        // An answer of 2xx to an invalid request is right only when the row names that very status.
        if subject.step.options.isInvalid, (200...299).contains(status) { return subject.step.expect.names(status) }
        return subject.step.expect.accepts(status)
    }

    private static func expectedText(_ subject: Subject) -> String {
        isPlainRefusal(subject) ? "4xx" : subject.step.expect.text
    }

    private static func isPlainRefusal(_ subject: Subject) -> Bool {
        subject.expectsRefusal && subject.step.expect.isDefault
    }

    private static func unexpected(_ subject: Subject, _ rule: Rule, _ message: String) -> Finding {
        subject.finding(
            rule,
            message,
            at: .status,
            contract: subject.declared?.location,
            table: subject.step.expect.location,
            expected: expectedText(subject),
            actual: String(subject.message.status)
        )
    }

    private static func notRefused(_ subject: Subject) -> Finding {
        func finding(_ rule: Rule, _ message: String, details: [String] = []) -> Finding {
            subject.finding(
                rule,
                message,
                at: .status,
                contract: rule == .securityNotEnforced
                    ? requirement(subject)?.location : subject.operation?.location ?? subject.declared?.location,
                table: subject.step.expect.location,
                expected: expectedText(subject),
                actual: String(subject.message.status),
                details: details
            )
        }
        guard subject.lacksCredentials else {
            let broken = RequestRules.breaches(subject).map { "\($0.place) \($0.message)" }
            return finding(.negativeAccepted, "a request that violates the contract was accepted", details: broken)
        }
        let what =
            switch subject.step.auth {
            case .none: "without credentials"
            case .incomplete(_, let scheme): "without \(scheme)"
            default: "with wrong credentials"
            }
        let verb = (200...299).contains(subject.message.status) ? "accepted" : "processed"
        return finding(.securityNotEnforced, "a request \(what) was \(verb)")
    }

    /// The requirement that was not met.
    private static func requirement(_ subject: Subject) -> SecurityRequirement? {
        if case .incomplete(let requirement, _) = subject.step.auth { return requirement }
        return subject.operation?.security.first
    }
}
