import Conformance
import Diagnostics
import Exchanges
import JSONDocument
import Primitives

/// The data of a page. Its shape is not stable: programs use the JSON report.
///
/// Names, results and places are complete, except those of quiet scenarios of a long run. Messages, differences and lines of files share a budget, so a page stays
/// small enough for a browser: the first case of each failure is served first, and the page shows which parts it lacks.
struct PageData {
    /// The most bytes of messages and evidence.
    static let budget = 1_200_000
    /// The most steps of a run of which every scenario is listed. Above it, scenarios without findings are left out.
    static let mostSteps = 20_000
    /// The most characters of one text.
    private static let longestText = 400

    let verdict: Verdict
    let groups: [FindingGroup]
    let redactor: Redactor
    let sources: SourceExcerpts
    let lines: ReproductionLine
    /// The indices of the scenarios that the page lists.
    private let listed: [Int]
    private var left = PageData.budget
    /// The groups by the findings that represent them.
    private var numbers: [FindingPlace: Int] = [:]
    private var messages: [Int: JSONValue] = [:]

    /// A finding by its position in the verdict.
    struct FindingPlace: Hashable {
        var scenario: Int
        var step: Int
        /// The index among the findings of the step.
        var index: Int
    }

    init(
        _ verdict: Verdict, groups: [FindingGroup], redactor: Redactor, sources: SourceExcerpts,
        mostSteps: Int = PageData.mostSteps
    ) {
        self.verdict = verdict
        self.groups = groups
        self.redactor = redactor
        self.sources = sources
        lines = ReproductionLine(verdict.run, redactor: redactor)
        let isLong = Summary(verdict).steps > mostSteps
        listed = isLong ? verdict.scenarios.others.map(\.index) : Array(verdict.scenarios.indices)
        numberFindings()
    }

    /// The data of the whole page.
    mutating func value(command: String, elapsed: Duration, trend: RunTrend?) -> JSONValue {
        let failures = firstCases()
        let scenarios = listed.map { scenario($0) }
        return .members([
            ("run", run(command, elapsed)),
            ("summary", summary(Summary(verdict))),
            ("hints", .array(verdict.hints.map(hint))),
            ("groups", .array(failures)),
            ("scenarios", .array(scenarios)),
            ("omitted", omitted),
            ("coverage", PageCoverage(redactor: redactor).value(verdict.coverage)),
            ("lifeCycles", verdict.lifeCycles.isEmpty ? nil : .array(verdict.lifeCycles.map(lifeCycle))),
            ("requirements", verdict.requirements.isEmpty ? nil : .array(verdict.requirements.map(requirement))),
            ("history", trend.map { .members(RunTrendJSON.members($0)) }),
        ])
    }

    /// A text from outside, with secrets masked, and cut.
    func text(_ text: String, limit: Int = PageData.longestText) -> JSONValue {
        .string(truncated(redactor.redact(text), to: limit))
    }

    /// The value if the budget allows it; `nil` otherwise.
    mutating func afforded(_ value: JSONValue?) -> JSONValue? {
        guard let value else { return nil }
        let size = value.text.utf8.count
        guard size <= left else { return nil }
        left -= size
        return value
    }

    /// The group of a step's finding.
    func group(at place: FindingPlace) -> Int? { numbers[place] }

    private mutating func numberFindings() {
        for (number, group) in groups.enumerated() {
            for member in group.members {
                guard let step = member.step else { continue }
                numbers[FindingPlace(scenario: step.scenario, step: step.step, index: member.index)] = number
            }
        }
    }

    // MARK: The run

    /// The number of scenarios that are not listed, and of their steps; `nil` if all of them are listed.
    private var omitted: JSONValue? {
        let quiet = verdict.scenarios.quietTotals
        guard listed.count < verdict.scenarios.count else { return nil }
        return .members([("scenarios", .integer(quiet.passed + quiet.skipped)), ("steps", .integer(quiet.steps))])
    }

    private func run(_ command: String, _ elapsed: Duration) -> JSONValue {
        .members([
            ("command", .string(command)),
            ("target", text(verdict.run.target)),
            ("baseURL", text(lines.baseURL)),
            ("seed", text(verdict.run.seed)),
            // Recordings of other tools have no common start.
            (
                "startedAt",
                verdict.run.startedAt.microsecondsSinceEpoch == 0
                    ? nil : .string(verdict.run.startedAt.text(fractionDigits: 0))
            ),
            ("ms", Self.milliseconds(elapsed)),
            ("versions", .array(verdict.run.contracts.map { text($0.name) })),
        ])
    }

    private func summary(_ summary: Summary) -> JSONValue {
        .members([
            ("scenarios", .integer(summary.scenarios)), ("passed", .integer(summary.passed)),
            ("failed", .integer(summary.failed)), ("skipped", .integer(summary.skipped)),
            ("notRun", .integer(summary.notRun)), ("steps", .integer(summary.steps)),
            ("exchanges", .integer(summary.exchanges)), ("errors", .integer(summary.errors)),
            ("warnings", .integer(summary.warnings)), ("notes", .integer(summary.notes)),
        ])
    }

    private func hint(_ hint: Diagnostic) -> JSONValue {
        .members([
            ("severity", .string(hint.severity.rawValue)), ("code", .string(hint.rule)),
            ("message", text(hint.message)), ("help", hint.help.map { text($0) }),
        ])
    }

    private func lifeCycle(_ cycle: LifeCycle) -> JSONValue {
        .members([
            ("resource", text(cycle.resource)), ("member", text(cycle.member)),
            ("final", .array(cycle.final.map { text($0) })),
            (
                "transitions",
                .array(
                    cycle.transitions.map { transition in
                        .members([
                            ("from", transition.from.map { text($0, limit: 60) }),
                            ("to", text(transition.to, limit: 60)), ("by", text(transition.operation)),
                            ("count", .integer(transition.count)),
                        ])
                    })
            ),
        ])
    }

    /// Milliseconds with one decimal.
    static func milliseconds(_ duration: Duration) -> JSONValue {
        let tenths = Int((duration / .microseconds(100)).rounded())
        let sign = tenths < 0 ? "-" : ""
        return JSONNumber("\(sign)\(abs(tenths) / 10).\(abs(tenths) % 10)").map { .number($0) } ?? .null
    }

    // MARK: First cases

    /// Every group with its first case; the messages of its exchange are stored for the step.
    private mutating func firstCases() -> [JSONValue] {
        let positions = Dictionary(uniqueKeysWithValues: zip(listed, listed.indices))
        return groups.map { group in
            let first = group.first
            let step = group.members[0].step.map { verdict.step(at: $0).step }
            let exchange = step.flatMap { step in step.exchanges.first { $0.sequence == first.exchange } }
            if let exchange, let step, first.severity == .error { store(exchange, of: step) }
            let steps = group.steps.compactMap { place in
                positions[place.scenario].map { JSONValue.array([.integer($0), .integer(place.step)]) }
            }
            return .members(
                [
                    ("number", group.number.map { .integer($0) }),
                    ("severity", .string(first.severity.rawValue)),
                    ("count", .integer(group.members.count)),
                    ("steps", .array(steps)),
                    ("scenario", first.scenario.isEmpty ? nil : text(first.scenario)),
                    ("step", first.step.isEmpty ? nil : text(first.step)),
                ] + members(of: first)
                    + [("evidence", afforded(evidence(of: first, response: exchange?.received)))])
        }
    }

    /// Stores the messages of an exchange for ``messages(of:in:)``, if the budget allows them.
    private mutating func store(_ exchange: Exchange, of step: StepVerdict) {
        guard messages[exchange.sequence] == nil, PageMessages.leastSize(of: exchange) <= left else { return }
        let value = PageMessages(redactor: redactor, lines: lines).value(exchange, findings: step.findings)
        messages[exchange.sequence] = afforded(value)
    }

    /// The messages of an exchange; `nil` where nothing of them was kept, or where the budget is used up.
    mutating func messages(of exchange: Exchange, in step: StepVerdict) -> JSONValue? {
        guard !exchange.request.url.isEmpty else { return nil }
        if messages[exchange.sequence] == nil { store(exchange, of: step) }
        return messages[exchange.sequence]
    }
}
