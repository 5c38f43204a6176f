package import Exchanges
internal import Synchronization

/// Responds from recordings instead of the network.
///
/// A response is found by scenario, step, attempt and redirect. It is returned only if the request equals the recorded
/// one after masking secrets. Anything else is a transport failure that lists the differences: a recorded response to
/// another request proves nothing.
package final class FixtureTransport: Transport {
    private struct Key: Hashable {
        var scenario: String
        var step: String
        var attempt: Int
        var hop: Int
    }

    private let entries: [Key: RecordedExchange]
    private let redactor: Redactor
    private let comparison: RequestComparison
    private let renewal: String
    /// Defects that the recorded run found after their exchanges had finished.
    private let late = Mutex<[LateDefect]>([])

    /// Creates a transport for `recordings`.
    ///
    /// - Parameters:
    ///   - redactor: Masks requests like the recorded ones.
    ///   - credentialFields: Header fields whose values are credentials.
    ///   - renewal: The command that records again, for messages.
    package init(_ recordings: [Recording], redactor: Redactor, credentialFields: Set<String>, renewal: String) {
        var entries: [Key: RecordedExchange] = [:]
        for recording in recordings {
            guard let origin = recording.origin else { continue }
            for entry in recording.entries {
                guard let step = entry.step else { continue }
                let key = Key(scenario: origin.scenario, step: step.name, attempt: step.attempt, hop: step.hop)
                entries[key] = entries[key] ?? entry
            }
        }
        self.entries = entries
        self.redactor = redactor
        self.renewal = renewal
        comparison = RequestComparison(
            credentialFields: Set(credentialFields.map { $0.lowercased() }).union(["authorization", "cookie"]))
    }

    /// Fails: without its step, a recorded response cannot be found.
    package func send(_ request: RequestMessage, deadline: Duration, meanwhile: () -> Void) async -> ExchangeOutcome {
        meanwhile()
        return .failure(TransportFailure(.notRecorded, "the request does not belong to a step, so it has no recording"))
    }

    /// The recorded outcome of the step's request.
    package func send(_ pending: PendingExchange, deadline: Duration, meanwhile: () -> Void) async -> ExchangeOutcome {
        meanwhile()
        let key = Key(scenario: pending.scenario, step: pending.step, attempt: pending.attempt, hop: pending.hop)
        guard let entry = entries[key] else {
            let attempt = pending.attempt > 1 ? " in attempt \(pending.attempt)" : ""
            return .failure(
                TransportFailure(
                    .notRecorded, "the recording has no response to this request\(attempt); record it: \(renewal)"))
        }
        let differences = comparison.descriptions(recorded: entry.request, sent: redactor.redact(pending.request))
        guard differences.isEmpty else {
            return .failure(
                TransportFailure(
                    .requestDiffers,
                    "the request differs from the recorded one: \(differences.joined(separator: "; ")); "
                        + "record it again: \(renewal)"))
        }
        guard case .response(var response) = entry.outcome, response.defects.contains(where: \.isLate) else {
            return entry.outcome
        }
        // The recorded run continued without these defects, and so does this one.
        let found = response.defects.filter(\.isLate).map { defect in
            LateDefect(pending.name, TransportDefect(defect.kind, defect.message))
        }
        late.withLock { $0 += found }
        response.defects.removeAll(where: \.isLate)
        return .response(response)
    }

    /// The recorded outcomes, in the order of the requests.
    package func send(
        together requests: [PendingExchange], deadline: Duration,
        received: @escaping @Sendable (_ index: Int, ExchangeOutcome) -> Void
    ) async {
        await send(inOrder: requests, deadline: deadline, received: received)
    }

    /// Whether the attempt is recorded.
    package func hasAttempt(_ attempt: Int, ofStep step: String, in scenario: String) -> Bool {
        entries[Key(scenario: scenario, step: step, attempt: attempt, hop: 0)] != nil
    }

    /// The late defects of the responses that were returned.
    package func takeLateDefects() async -> [LateDefect] {
        late.withLock { defects in
            defer { defects = [] }
            return defects
        }
    }
}
