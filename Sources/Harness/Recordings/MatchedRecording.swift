import Conformance
import Diagnostics
import Exchanges
import OpenAPI
import Recordings
import Scenarios

/// A recording as a scenario: each entry that calls an operation is a step that expects what the contract documents.
struct MatchedRecording {
    /// The file as a scenario.
    let scenario: Scenario
    /// The exchanges of its steps, not numbered.
    let exchanges: [Exchange]
    /// The entries that call no operation, each with the nearest one.
    let unmatched: [Diagnostic]

    init(_ recording: Recording, _ matcher: EntryMatcher, _ contract: Contract) {
        var steps: [Step] = []
        var exchanges: [Exchange] = []
        var unmatched: [Diagnostic] = []
        for (index, entry) in recording.entries.enumerated() {
            // What a browser asks its own server for, such as scripts and fonts, is not the API's.
            guard matcher.isToServer(entry.request) else { continue }
            guard let operation = matcher.operation(of: entry.request) else {
                unmatched.append(Self.unmatched(entry, matcher, contract))
                continue
            }
            let name = "\(index + 1)"
            steps.append(
                Step(
                    name: name, location: entry.location, call: .operation(operation, contract: contract.name),
                    contract: contract.name, expect: Self.anyStatus(entry.location)))
            exchanges.append(
                Exchange(
                    sequence: 0, scenario: recording.path, step: name, operation: operation.name,
                    contract: contract.name, request: entry.request, outcome: entry.outcome,
                    startedAt: entry.startedAt, duration: entry.duration))
        }
        scenario = Scenario(id: recording.path, name: recording.path, file: recording.path, line: 1, steps: steps)
        self.exchanges = exchanges
        self.unmatched = unmatched
    }

    private static func anyStatus(_ location: SourceLocation) -> StatusExpectation {
        StatusExpectation((1...9).map { .range($0) }, text: "any documented status", location: location)
    }

    private static func unmatched(
        _ entry: RecordedExchange, _ matcher: EntryMatcher, _ contract: Contract
    ) -> Diagnostic {
        Diagnostic(
            "recording.unmatched", .warning,
            "\(entry.request.method) \(entry.request.path) calls no operation of the contract '\(contract.name)'",
            at: entry.location, help: matcher.nearestOperation(to: entry.request).map { "the nearest one is \($0)" })
    }
}

extension RunResult {
    /// The result with the scenarios and findings of another one behind its own.
    func joined(with other: RunResult) -> RunResult {
        var joined = self
        joined.verdict.scenarios += other.verdict.scenarios
        joined.verdict.findings += other.verdict.findings
        joined.diagnostics = Diagnostics(diagnostics.entries + other.diagnostics.entries)
        return joined
    }
}
