import Diagnostics
import Primitives

/// The strength of a set of scenarios as text for people.
package struct StrengthText: Sendable {
    /// Writes the text; `isQuiet` writes only the score.
    package init(isQuiet: Bool = false) {
        self.isQuiet = isQuiet
    }

    private let isQuiet: Bool

    /// A table by rule, the survivors, and the score.
    package func render(_ strength: Strength) -> String {
        guard !isQuiet else { return "\(strength.score) %\n" }
        var lines = table(strength).lines(TextStyle(isColoured: false))
        let survivors = strength.survivors
        if !survivors.isEmpty { lines += ["", "Not noticed:"] + groups(survivors) }
        let all = strength.noticed + survivors.count
        lines += ["", "\(strength.noticed) of \(all) faults noticed: \(strength.score) %"]
        if strength.outOfReach > 0 {
            lines.append("\(strength.outOfReach) more faults are in responses that the mock never sends on its own")
        }
        if strength.wasInterrupted { lines.append("interrupted: not every fault was tried") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Survivors of one response with the same reason are a group: one additional row covers all of them.
    private func groups(_ survivors: [StrengthTrial]) -> [String] {
        var order: [String] = []
        var members: [String: [TriedFault]] = [:]
        for trial in survivors {
            guard case .survived(let reason) = trial.fate else { continue }
            let fault = trial.fault
            let response = fault.response.map { " \($0)" } ?? ""
            let heading = visibleText(
                "\(fault.operation)\(response) (\(fault.contract)): \(reason.text(fault))")
            if members[heading] == nil { order.append(heading) }
            members[heading, default: []].append(fault)
        }
        return order.flatMap { heading -> [String] in
            let found = members[heading] ?? []
            let rest = found.count > 3 ? ["      and \(found.count - 3) more"] : []
            return ["  " + heading]
                + found.prefix(3).map { fault in
                    let location = fault.location.map { "  (\($0))" } ?? ""
                    let place = fault.place.isEmpty ? "" : " \(fault.place)"
                    return visibleText("      \(fault.rule)\(place)\(location)")
                } + rest
        }
    }

    private struct Counts {
        var noticed = 0
        var survived = 0
        var outOfReach = 0
    }

    private func table(_ strength: Strength) -> TextTable {
        var counts: [String: Counts] = [:]
        for trial in strength.trials {
            switch trial.fate {
            case .noticed: counts[trial.fault.rule, default: Counts()].noticed += 1
            case .survived: counts[trial.fault.rule, default: Counts()].survived += 1
            case .outOfReach: counts[trial.fault.rule, default: Counts()].outOfReach += 1
            }
        }
        let number = TextTable.Column(minimum: 12, isTrailing: true)
        let rows = counts.sorted { $0.key < $1.key }.map { rule, counts in
            [Cell(rule)] + [counts.noticed, counts.survived, counts.outOfReach].map { Cell("\($0)") }
        }
        return TextTable(
            indent: "", columns: [.natural, number, number, number],
            rows: [["rule", "noticed", "survived", "out of reach"].map { Cell($0) }] + rows)
    }
}
