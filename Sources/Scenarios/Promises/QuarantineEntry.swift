public import Diagnostics
import Primitives

/// A scenario, or one of its rows, that may fail for a time: `quarantine` in `assay.yaml`.
public struct QuarantineEntry: Sendable, Equatable {
    /// The entry's row as it is written: `SCENARIO`, `SCENARIO/STEP` or `FILE#SCENARIO/STEP`.
    public var row: String
    /// Why it may fail.
    public var reason: String
    /// The last day on which it may, `2026-12-31`.
    public var until: String
    /// Where the entry is.
    public var location: SourceLocation
    /// The table; `nil` for any.
    public let file: String?
    /// The name of the scenario, with or without its case.
    public let scenario: String
    /// The name of the step, with or without its case; `nil` for all steps.
    public let step: String?

    /// The entry for `row`; `nil` if that is not a name of a scenario or step.
    public init?(row: String, reason: String, until: String, at location: SourceLocation) {
        let parts = row.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        // Reports print `SCENARIO › STEP`.
        let name = parts[parts.count - 1].replacing(" › ", with: "/")
        let names = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard (parts + names).allSatisfy({ !$0.isEmpty }) else { return nil }
        self.row = row
        self.reason = reason
        self.until = until
        self.location = location
        file = parts.count == 2 ? parts[0] : nil
        scenario = names[0]
        step = names.count == 2 ? names[1] : nil
    }

    /// Whether the entry names a scenario with this identity in this table, or a step of it.
    public func concerns(scenario id: String, in table: String) -> Bool {
        Self.fits(id, scenario) && (file.map { $0.isSame(as: table) } ?? true)
    }

    /// Whether the entry names a step with this name, in a scenario that it names.
    public func concerns(step name: String) -> Bool {
        step.map { Self.fits(name, $0) } ?? true
    }

    /// Whether `text` is a name, or the name without its version and case: `pay` fits `pay@2023-08-01[2]`.
    private static func fits(_ name: String, _ text: String) -> Bool {
        let withVersion = name.utf8.prefix { $0 != UInt8(ascii: "[") }
        return name.isSame(as: text) || withVersion.elementsEqual(text.utf8)
            || withVersion.prefix { $0 != UInt8(ascii: "@") }.elementsEqual(text.utf8)
    }
}

extension ConfiguredNames {
    /// Checks that every entry of `quarantine` names a scenario or a step of `plan`.
    public mutating func check(_ entries: [QuarantineEntry], in plan: Plan) {
        for (index, entry) in entries.enumerated() {
            let scenarios = plan.scenarios.filter { entry.concerns(scenario: $0.id, in: $0.file) }
            guard !scenarios.contains(where: { $0.steps.contains { entry.concerns(step: $0.name) } }) else { continue }
            let known: [String]
            if let step = entry.step, !scenarios.isEmpty {
                let names = scenarios.flatMap(\.steps).map(\.name)
                known = names.map { "\(entry.scenario)/\($0)" }
                add(
                    ["quarantine", String(index), "row"],
                    "the scenario '\(visibleText(entry.scenario))' has no step '\(visibleText(step))'",
                    near: nearestName(to: "\(entry.scenario)/\(step)", among: known),
                    otherwise: "the steps are \(names.prefix(8).joined(separator: ", "))")
            } else {
                known = plan.scenarios.map(\.id)
                add(
                    ["quarantine", String(index), "row"],
                    "no table has the scenario '\(visibleText(entry.scenario))'"
                        + (entry.file.map { " in '\(visibleText($0))'" } ?? ""),
                    near: nearestName(to: entry.scenario, among: known),
                    otherwise: "list the scenarios with `assay list`")
            }
        }
    }
}
