import Conformance
import Diagnostics
import Exchanges
import OpenAPI
import Recordings

/// A recording whose entries are matched with the operations that they call.
struct MatchedRecording {
    /// An entry that calls an operation.
    struct Entry {
        /// The number of the entry in its file, from 1.
        var name: String
        var operation: Operation
        var recorded: RecordedExchange
    }

    /// The file.
    let path: String
    /// The entries that are judged.
    let entries: [Entry]
    /// The entries that are not judged, and why.
    let diagnostics: [Diagnostic]
    private let contract: String

    init(_ recording: Recording, _ matcher: EntryMatcher, _ contract: Contract) {
        var entries: [Entry] = []
        var skipped = SkippedEntries()
        for (index, entry) in recording.entries.enumerated() {
            // Browsers also record requests to their own servers, such as those for scripts and fonts.
            guard matcher.isToServer(entry.request) else { continue }
            guard let operation = matcher.operation(of: entry.request) else {
                skipped.add(unmatched: entry)
                continue
            }
            if let reason = entry.unjudged ?? Self.cacheReason(entry, operation) {
                skipped.add(entry, reason, isFailure: entry.outcome.failure != nil)
                continue
            }
            entries.append(Entry(name: "\(index + 1)", operation: operation, recorded: entry))
        }
        path = recording.path
        self.entries = entries
        self.contract = contract.name
        diagnostics = skipped.diagnostics(matcher, contract)
    }

    /// The findings about each entry, as reports show them: the file as a scenario, each entry as a step.
    ///
    /// - Parameter sequence: The number of the last entry that was judged before.
    func verdict(_ judge: inout ExchangeJudge, after sequence: inout Int) -> ScenarioVerdict {
        let steps = entries.map { entry in
            sequence += 1
            let exchange = exchange(entry, sequence)
            let findings = judge.take(exchange, of: entry.operation).map { finding in
                var finding = finding
                finding.scenario = path
                finding.step = entry.name
                finding.exchange = sequence
                finding.table = entry.recorded.location
                return finding
            }
            return StepVerdict(
                name: entry.name, call: entry.operation.name, contract: contract, location: entry.recorded.location,
                reason: exchange.outcome.failure?.class == .cancelled ? .stopped : nil, exchanges: [exchange],
                findings: findings)
        }
        return ScenarioVerdict(name: path, file: path, line: 1, steps: steps)
    }

    private func exchange(_ entry: Entry, _ sequence: Int) -> Exchange {
        Exchange(
            sequence: sequence, scenario: path, step: entry.name, operation: entry.operation.name, contract: contract,
            request: entry.recorded.request, outcome: entry.recorded.outcome, startedAt: entry.recorded.startedAt,
            duration: entry.recorded.duration)
    }

    /// Why a response is not judged that only confirms the client's copy: no contract needs to document it.
    private static func cacheReason(_ entry: RecordedExchange, _ operation: Operation) -> String? {
        guard entry.outcome.response?.status == 304, operation.response(status: 304) == nil else { return nil }
        let isConditional = ["if-none-match", "if-modified-since"].contains { !entry.request.header($0).isEmpty }
        guard isConditional || entry.gaps.contains(.cached) || entry.gaps.contains(.requestHeaders) else { return nil }
        return "the server only confirmed a cached response (304)"
    }
}

/// The entries of a recording that are not judged, grouped so that a long recording has a short list.
private struct SkippedEntries {
    /// How many requests are listed that call no operation.
    private static let mostListed = 50

    private var unmatched: [String: (first: RecordedExchange, count: Int)] = [:]
    private var unmatchedOrder: [String] = []
    private var unlisted = 0
    private var reasons: [String: (first: RecordedExchange, count: Int, isFailure: Bool)] = [:]
    private var reasonOrder: [String] = []
    private var preflights: (first: RecordedExchange, count: Int)?

    mutating func add(unmatched entry: RecordedExchange) {
        if entry.request.method == "OPTIONS", !entry.request.header("access-control-request-method").isEmpty {
            preflights = (preflights?.first ?? entry, (preflights?.count ?? 0) + 1)
            return
        }
        let key = "\(entry.request.method) \(entry.request.path)"
        if unmatched[key] == nil {
            guard unmatchedOrder.count < Self.mostListed else {
                unlisted += 1
                return
            }
            unmatchedOrder.append(key)
        }
        unmatched[key, default: (entry, 0)].count += 1
    }

    mutating func add(_ entry: RecordedExchange, _ reason: String, isFailure: Bool) {
        if reasons[reason] == nil {
            guard reasonOrder.count < Self.mostListed else {
                unlisted += 1
                return
            }
            reasonOrder.append(reason)
        }
        reasons[reason, default: (entry, 0, isFailure)].count += 1
    }

    func diagnostics(_ matcher: EntryMatcher, _ contract: Contract) -> [Diagnostic] {
        var found = unmatchedOrder.compactMap { unmatched[$0] }.map { entry, count in
            Diagnostic(
                "recording.unmatched", .warning,
                "\(Self.short(entry.request)) is not a request to any operation of the contract '\(contract.name)'"
                    + (count > 1 ? " (\(count) entries)" : ""),
                at: entry.location, help: matcher.nearestOperation(to: entry.request).map { "the nearest one is \($0)" }
            )
        }
        found += reasonOrder.compactMap { reason in reasons[reason].map { (reason, $0) } }.map { reason, entries in
            Diagnostic(
                "recording.unjudged", entries.isFailure ? .warning : .note,
                entries.count == 1
                    ? "\(Self.short(entries.first.request)) is not judged: \(reason)"
                    : "\(entries.count) entries are not judged, this is the first: \(reason)",
                at: entries.first.location)
        }
        if let preflights {
            found.append(
                Diagnostic(
                    "recording.preflight", .note,
                    preflights.count == 1
                        ? "a CORS preflight request is not judged: the contract does not declare OPTIONS here"
                        : "\(preflights.count) CORS preflight requests are not judged: the contract does not declare "
                            + "OPTIONS here",
                    at: preflights.first.location))
        }
        if unlisted > 0,
            let first = unmatchedOrder.first.flatMap({ unmatched[$0]?.first })
                ?? reasonOrder.first.flatMap({ reasons[$0]?.first })
        {
            found.append(
                Diagnostic(
                    "recording.unmatched", .warning, "\(unlisted) more entries are not judged",
                    at: SourceLocation(file: first.location.file, line: 1, column: 1)))
        }
        return found
    }

    private static func short(_ request: RequestMessage) -> String {
        let path = request.path.unicodeScalars
        let shown = path.count > 200 ? String(String.UnicodeScalarView(path.prefix(199))) + "…" : request.path
        return "\(request.method) \(shown)"
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
