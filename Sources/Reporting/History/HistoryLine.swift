package import Conformance
package import Exchanges
import JSONDocument
import Primitives

/// One line of `reports/history.ndjson`: an entry as compact JSON.
///
/// Lines are independent of each other, so that histories are merged by joining their files in any order.
package enum HistoryLine {
    /// The name of the format. Its number grows when old readers would misread a new line.
    private static let schema = "assay-history/1"
    /// The line of a run, with a line break. The scenarios are read one at a time, so a long run needs no more memory than
    /// its line: about 5 bytes for each step that passed.
    ///
    /// - Parameters:
    ///   - exit: The exit code of the process.
    ///   - redactor: Masks secrets in names.
    ///   - mostSteps: The most steps of a run whose scenarios are written.
    package static func bytes(
        of verdict: Verdict, exit: Int, elapsed: Duration, redactor: Redactor, mostSteps: Int = HistoryEntry.mostSteps
    ) -> [UInt8] {
        let head = HistoryEntry(
            headOf: verdict, exit: exit, elapsed: elapsed, redactor: redactor, mostSteps: mostSteps)
        guard head.omitted == nil else { return bytes(head, []) }
        return bytes(head, HistoryEntry.scenarios(of: verdict, redactor))
    }

    /// The line of an entry, with a line break.
    package static func text(_ entry: HistoryEntry) -> String {
        String(decoding: bytes(entry, entry.scenarios), as: UTF8.self)
    }

    private static func bytes(_ entry: HistoryEntry, _ scenarios: some Sequence<HistoryEntry.Scenario>) -> [UInt8] {
        let head = JSONValue.members([
            ("schema", .string(schema)),
            ("startedAt", .string(entry.startedAt.text)),
            ("seed", .string(entry.seed)),
            ("target", .string(entry.target)),
            ("versions", .array(entry.versions.map { .string($0) })),
            ("exit", .integer(entry.exit)),
            ("milliseconds", .integer(entry.milliseconds)),
            ("causes", .integer(entry.causes)),
            (
                "omitted",
                entry.omitted.map {
                    .members([("passed", .integer($0.passed)), ("failed", .integer($0.failed))])
                }
            ),
        ])
        var names = StepNames()
        var line = Array(head.text.utf8.dropLast())
        line += #","scenarios":["#.utf8
        for (index, scenario) in scenarios.enumerated() {
            if index > 0 { line.append(UInt8(ascii: ",")) }
            line += value(scenario, &names).text.utf8
        }
        line += #"],"steps":"#.utf8
        line += JSONValue.array(names.lists.map { .array($0.map { .string($0) }) }).text.utf8
        line += "}\n".utf8
        return line
    }

    /// The names of the steps of scenarios, each list once: the scenarios of a table with `rows=` have the same steps.
    private struct StepNames {
        private(set) var lists: [[String]] = []
        private var indices: [[String]: Int] = [:]

        mutating func index(of list: [String]) -> Int {
            if let index = indices[list] { return index }
            indices[list] = lists.count
            lists.append(list)
            return lists.count - 1
        }
    }

    /// A scenario. If all of its steps passed, only their times are written, in tenths of a millisecond.
    private static func value(_ scenario: HistoryEntry.Scenario, _ names: inout StepNames) -> JSONValue {
        guard scenario.steps.allSatisfy({ $0.outcome == .passed && !$0.isFlaky }) else {
            return .array([.string(scenario.name), .array(scenario.steps.map(step))])
        }
        let times = scenario.steps.map { step in step.tenths.map { JSONValue.integer($0) } ?? .null }
        return .array([.string(scenario.name), .integer(names.index(of: scenario.steps.map(\.name))), .array(times)])
    }

    private static func step(_ step: HistoryEntry.Step) -> JSONValue {
        let result = step.isFlaky ? "flaky" : step.outcome.rawValue
        var parts: [JSONValue] = [.string(step.name), .string(result)]
        if let tenths = step.tenths { parts.append(.integer(tenths * 100)) }
        return .array(parts)
    }

    /// The entry of a line; `nil` for a line of another format and for a damaged one.
    package static func entry(_ line: some Collection<UInt8>) -> HistoryEntry? {
        guard let root = try? JSONDocument(parsing: Array(line)).root.value,
            root["schema"]?.string == schema,
            let startedAt = root["startedAt"]?.string.flatMap({ Instant($0) }),
            let seed = root["seed"]?.string, let target = root["target"]?.string,
            let exit = integer(root["exit"]), let milliseconds = integer(root["milliseconds"]),
            let causes = integer(root["causes"]), let listed = root["scenarios"]?.elements
        else { return nil }
        let versions = root["versions"]?.elements?.compactMap(\.string) ?? []
        let names = root["steps"]?.elements?.map { $0.elements?.compactMap(\.string) ?? [] } ?? []
        var scenarios: [HistoryEntry.Scenario] = []
        var count = 0
        for value in listed {
            guard let scenario = scenario(value, names) else { return nil }
            count += scenario.steps.count
            guard count <= HistoryEntry.mostSteps else { return nil }
            scenarios.append(scenario)
        }
        var entry = HistoryEntry(
            startedAt: startedAt, seed: seed, target: target, versions: versions, exit: exit,
            milliseconds: milliseconds, causes: causes, scenarios: scenarios)
        if let omitted = root["omitted"] {
            guard let passed = integer(omitted["passed"]), let failed = integer(omitted["failed"]) else { return nil }
            entry.omitted = HistoryEntry.Counts(passed: passed, failed: failed)
        }
        return entry
    }

    /// A scenario with the results of its steps, or with an index in `names` and times if all of them passed.
    private static func scenario(_ value: JSONValue, _ names: [[String]]) -> HistoryEntry.Scenario? {
        guard let name = value[0]?.string else { return nil }
        if let index = integer(value[1]) {
            guard names.indices.contains(index), let times = value[2]?.elements, times.count == names[index].count
            else { return nil }
            let steps = zip(names[index], times).map { step, time in
                HistoryEntry.Step(name: step, outcome: .passed, tenths: integer(time).flatMap(bounded))
            }
            return HistoryEntry.Scenario(name: name, steps: steps)
        }
        guard let steps = value[1]?.elements?.map(step), !steps.contains(where: { $0 == nil }) else { return nil }
        return HistoryEntry.Scenario(name: name, steps: steps.compactMap { $0 })
    }

    private static func step(_ value: JSONValue) -> HistoryEntry.Step? {
        guard let name = value[0]?.string, let result = value[1]?.string else { return nil }
        let isFlaky = result == "flaky"
        guard let outcome = isFlaky ? .passed : Outcome(rawValue: result) else { return nil }
        return HistoryEntry.Step(name: name, outcome: outcome, isFlaky: isFlaky, tenths: value[2].flatMap(tenths))
    }

    /// Microseconds in tenths of a millisecond; `nil` for a number that is not a time of a run.
    private static func tenths(_ value: JSONValue) -> Int? {
        integer(value).flatMap { bounded($0 / 100) }
    }

    /// Tenths of a millisecond; `nil` for a number that is not a time of a run.
    private static func bounded(_ tenths: Int) -> Int? {
        (0...100_000_000_000).contains(tenths) ? tenths : nil
    }

    private static func integer(_ value: JSONValue?) -> Int? {
        value?.number.flatMap { Int($0.description) }
    }
}
