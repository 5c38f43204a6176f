import Conformance
import JSONDocument
import Primitives

/// One line of `reports/history.ndjson`: an entry as compact JSON.
///
/// Lines are independent of each other, so that histories are merged by joining their files in any order.
package enum HistoryLine {
    /// The name of the format. Its number grows when old readers would misread a new line.
    private static let schema = "assay-history/1"
    /// The most steps of a line that are read.
    private static let mostSteps = 200_000

    /// The line of an entry, with a line break.
    package static func text(_ entry: HistoryEntry) -> String {
        let value = JSONValue.members([
            ("schema", .string(schema)),
            ("startedAt", .string(entry.startedAt.text)),
            ("seed", .string(entry.seed)),
            ("target", .string(entry.target)),
            ("versions", .array(entry.versions.map { .string($0) })),
            ("exit", .integer(entry.exit)),
            ("milliseconds", .integer(entry.milliseconds)),
            ("causes", .integer(entry.causes)),
            (
                "scenarios",
                .array(
                    entry.scenarios.map { scenario in
                        .array([.string(scenario.name), .array(scenario.steps.map(step))])
                    })
            ),
        ])
        return value.text + "\n"
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
        var scenarios: [HistoryEntry.Scenario] = []
        var count = 0
        for value in listed {
            guard let name = value[0]?.string, let steps = value[1]?.elements?.map(step),
                !steps.contains(where: { $0 == nil })
            else { return nil }
            count += steps.count
            guard count <= mostSteps else { return nil }
            scenarios.append(HistoryEntry.Scenario(name: name, steps: steps.compactMap { $0 }))
        }
        return HistoryEntry(
            startedAt: startedAt, seed: seed, target: target, versions: versions, exit: exit,
            milliseconds: milliseconds, causes: causes, scenarios: scenarios)
    }

    private static func step(_ value: JSONValue) -> HistoryEntry.Step? {
        guard let name = value[0]?.string, let result = value[1]?.string else { return nil }
        let isFlaky = result == "flaky"
        guard let outcome = isFlaky ? .passed : Outcome(rawValue: result) else { return nil }
        return HistoryEntry.Step(name: name, outcome: outcome, isFlaky: isFlaky, tenths: value[2].flatMap(tenths))
    }

    /// Microseconds in tenths of a millisecond; `nil` for a number that is not a time of a run.
    private static func tenths(_ value: JSONValue) -> Int? {
        integer(value).flatMap { (0...10_000_000_000_000).contains($0) ? $0 / 100 : nil }
    }

    private static func integer(_ value: JSONValue?) -> Int? {
        value?.number.flatMap { Int($0.description) }
    }
}
