import Diagnostics
package import Exchanges

/// One case as it was sent to a receiver.
package struct ReceiverTrial: Sendable {
    /// The case.
    package var kind: ReceiverCase
    /// The variant of a case that is sent in several forms, such as `sorted`; `nil` for the only form.
    package var variant: String?
    /// The deliveries with their responses, in the order of sending; empty if the case was not sent.
    package var exchanges: [Exchange]
    /// Why the case was not sent: a clause such as `the scheme has no timestamp`; `nil` if it was sent.
    package var reason: String?

    /// A case with its deliveries.
    package init(_ kind: ReceiverCase, variant: String? = nil, exchanges: [Exchange] = [], reason: String? = nil) {
        self.kind = kind
        self.variant = variant
        self.exchanges = exchanges
        self.reason = reason
    }

    /// The name of the case: `parsed-body (sorted)`.
    package var name: String { kind.rawValue + (variant.map { " (\($0))" } ?? "") }
}

/// The verdict on one case of a receiver.
package struct ReceiverResult: Sendable {
    /// The case as it was sent.
    package var trial: ReceiverTrial
    /// The findings.
    package var findings: [Finding]

    /// A verdict.
    package init(_ trial: ReceiverTrial, findings: [Finding]) {
        self.trial = trial
        self.findings = findings
    }

    /// The result of a case.
    package enum Outcome: String, Sendable, Hashable {
        /// The receiver responded as required; warnings are possible.
        case passed
        /// An error.
        case failed
        /// Not judged, because the receiver rejects correct deliveries too.
        case undecided
        /// Not sent.
        case skipped
    }

    /// Failed with an error, skipped if nothing was sent, undecided if it could not be judged, otherwise passed.
    package var outcome: Outcome {
        if findings.contains(where: { $0.severity == .error }) { return .failed }
        if trial.exchanges.isEmpty { return .skipped }
        return findings.contains(where: \.isUndecided) ? .undecided : .passed
    }
}
