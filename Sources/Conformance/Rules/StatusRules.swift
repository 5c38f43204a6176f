import Diagnostics
import Exchanges
import OpenAPI
import Scenarios

/// The status against the contract and against the row.
enum StatusRules {
    /// The finding about a status that the contract does not document for the operation.
    static func undocumented(_ response: ResponseSubject) -> Finding? {
        guard let operation = response.operation, response.declared == nil else { return nil }
        let status = response.message.status
        return response.finding(
            .statusUndocumented,
            "status \(status) is not documented for \(operation.name)",
            at: .status,
            contract: operation.location,
            clause: String(status),
            expected: operation.responses.map(\.statusKey).joined(separator: ", "),
            actual: String(status)
        )
    }

    /// At most one finding: the rule that names the cause best.
    ///
    /// A rejection that is missing is named after what should have been rejected. An undocumented status is reported
    /// even when the row expected another one. Then come failures of the server, then the row's expectation.
    static func findings(_ subject: StepSubject) -> [Finding] {
        let status = subject.message.status
        let isExpected = accepts(subject)
        if !isExpected, subject.expectsRefusal, (200...299).contains(status) || wasProcessed(subject) {
            return [notRefused(subject)]
        }
        if var finding = undocumented(subject.response)?.placed(
            in: subject, table: subject.step.expected.status.location)
        {
            if !isExpected {
                finding.expected = "\(expectedText(subject)) (documented: \(finding.expected ?? ""))"
            }
            return [finding]
        }
        guard !isExpected else { return [] }
        let expected = expectedText(subject)
        if status >= 500 {
            return [unexpected(subject, .serverError, "the server failed with status \(status); expected \(expected)")]
        }
        if case .requirement(let requirement) = subject.step.request.auth, status == 401 || status == 403 {
            let schemes = requirement.schemes.isEmpty ? "(none)" : requirement.schemes.joined(separator: " + ")
            return [
                subject.finding(
                    .securityRefused,
                    "the documented credentials \(schemes) were rejected",
                    at: .status,
                    contract: requirement.location,
                    table: subject.step.expected.status.location,
                    expected: expected,
                    actual: String(status)
                )
            ]
        }
        return [unexpected(subject, .statusUnexpected, "expected status \(expected), received \(status)")]
    }

    /// Whether the response is about the resource and not about the credentials that the row left out or changed: a
    /// server that reports an unknown or existing resource has accepted the credentials.
    private static func wasProcessed(_ subject: StepSubject) -> Bool {
        guard subject.lacksCredentials, [404, 409, 410, 412, 422].contains(subject.message.status) else { return false }
        return subject.step.expected.status.accepts(401) || subject.step.expected.status.accepts(403)
    }

    /// Whether the row accepts the status.
    static func accepts(_ subject: StepSubject) -> Bool {
        let status = subject.message.status
        // A row that only says that it is rejected accepts any rejection.
        if isPlainRefusal(subject) { return (400...499).contains(status) }
        // A 2xx response to an invalid request is correct only when the row names exactly that status.
        if subject.step.options.isInvalid, (200...299).contains(status) {
            return subject.step.expected.status.names(status)
        }
        return subject.step.expected.status.accepts(status)
    }

    private static func expectedText(_ subject: StepSubject) -> String {
        isPlainRefusal(subject) ? "4xx" : subject.step.expected.status.text
    }

    private static func isPlainRefusal(_ subject: StepSubject) -> Bool {
        subject.expectsRefusal && subject.step.expected.status.isDefault
    }

    private static func unexpected(_ subject: StepSubject, _ rule: Rule, _ message: String) -> Finding {
        subject.finding(
            rule,
            message,
            at: .status,
            contract: subject.response.declared?.location,
            table: subject.step.expected.status.location,
            expected: expectedText(subject),
            actual: String(subject.message.status)
        )
    }

    private static func notRefused(_ subject: StepSubject) -> Finding {
        func finding(_ rule: Rule, _ message: String, details: [String] = []) -> Finding {
            subject.finding(
                rule,
                message,
                at: .status,
                contract: rule == .securityNotEnforced
                    ? requirement(subject)?.location
                    : subject.operation?.location ?? subject.response.declared?.location,
                table: subject.step.expected.status.location,
                expected: expectedText(subject),
                actual: String(subject.message.status),
                details: details
            )
        }
        guard subject.lacksCredentials else {
            let violations = SentRequestRules.violations(subject).map { "\($0.place) \($0.message)" }
            return finding(.negativeAccepted, "a request that violates the contract was accepted", details: violations)
        }
        let what =
            switch subject.step.request.auth {
            case .none: "without credentials"
            case .incomplete(_, let scheme): "without \(scheme)"
            default: "with wrong credentials"
            }
        let verb = (200...299).contains(subject.message.status) ? "accepted" : "processed"
        return finding(.securityNotEnforced, "a request \(what) was \(verb)")
    }

    /// The requirement that the request does not fulfil.
    private static func requirement(_ subject: StepSubject) -> SecurityRequirement? {
        if case .incomplete(let requirement, _) = subject.step.request.auth { return requirement }
        return subject.operation?.security.first
    }
}
