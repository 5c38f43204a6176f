import Diagnostics
import JSONDocument
import Mocking

/// The strength of a set of scenarios, for people and for programs.
public struct StrengthReport: Sendable {
    private let strength: Strength

    /// Renders `strength`.
    public init(_ strength: Strength) {
        self.strength = strength
    }

    // MARK: Text

    /// A table by rule, the survivors, and the score.
    public var text: String {
        var lines = table
        let survivors = strength.survivors
        if !survivors.isEmpty { lines += ["", "Not noticed:"] + groups }
        let all = strength.noticed + survivors.count
        lines += ["", "\(strength.noticed) of \(all) faults noticed: \(strength.score) %"]
        if strength.outOfReach > 0 {
            lines.append("\(strength.outOfReach) more faults are in responses that the mock never sends on its own")
        }
        if strength.wasInterrupted { lines.append("interrupted: not every fault was tried") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Survivors of one answer that have one reason stand together: one row more guards all of them.
    private var groups: [String] {
        var order: [String] = []
        var members: [String: [Breach]] = [:]
        for trial in strength.survivors {
            guard case .survived(let reason) = trial.fate else { continue }
            let breach = trial.breach
            let answer = breach.answer.map { " \($0)" } ?? ""
            let heading = "\(breach.operation)\(answer) (\(breach.contract)): \(reason.text(breach))"
            if members[heading] == nil { order.append(heading) }
            members[heading, default: []].append(breach)
        }
        return order.flatMap { heading -> [String] in
            let found = members[heading] ?? []
            let rest = found.count > 3 ? ["      and \(found.count - 3) more"] : []
            return ["  " + heading]
                + found.prefix(3).map { breach in
                    let location = breach.location.map { "  (\($0))" } ?? ""
                    return "      \(breach.rule)" + (breach.place.isEmpty ? "" : " \(breach.place)") + location
                } + rest
        }
    }

    private struct Row {
        var noticed = 0
        var survived = 0
        var outOfReach = 0
    }

    private var table: [String] {
        var rows: [String: Row] = [:]
        for trial in strength.trials {
            switch trial.fate {
            case .noticed: rows[trial.breach.rule, default: Row()].noticed += 1
            case .survived: rows[trial.breach.rule, default: Row()].survived += 1
            case .outOfReach: rows[trial.breach.rule, default: Row()].outOfReach += 1
            }
        }
        let width = max(4, rows.keys.map(\.count).max() ?? 0)
        func cells(_ name: String, _ cells: [String]) -> String {
            let padded = name + String(repeating: " ", count: width - name.count)
            return padded + cells.map { String(repeating: " ", count: max(1, 14 - $0.count)) + $0 }.joined()
        }
        return [cells("rule", ["noticed", "survived", "out of reach"])]
            + rows.sorted { $0.key < $1.key }.map { rule, row in
                cells(rule, [row.noticed, row.survived, row.outOfReach].map { String($0) })
            }
    }

    // MARK: JSON

    /// The shape `assay/1` with `command` `strength`, pretty-printed.
    public func json(exit: Int) -> String {
        let summary: JSONValue = [
            "broken": .integer(strength.noticed + strength.survivors.count), "noticed": .integer(strength.noticed),
            "survived": .integer(strength.survivors.count), "outOfReach": .integer(strength.outOfReach),
            "score": .number(JSONNumber("\(strength.share)") ?? 0),
        ]
        let value: JSONValue = [
            "schema": "assay/1", "command": "strength",
            "outcome": .string(strength.wasInterrupted ? "interrupted" : exit == 0 ? "passed" : "failed"),
            "exit": .integer(exit), "seed": .string(strength.seed),
            "versions": .array(strength.versions.map { .string($0) }), "summary": summary,
            "survivors": .array(strength.survivors.map(trial)), "breaches": .array(strength.trials.map(trial)),
            "diagnostics": [],
        ]
        return value.text(.pretty) + "\n"
    }

    private func trial(_ trial: Strength.Trial) -> JSONValue {
        let breach = trial.breach
        let location: JSONValue =
            breach.location.map { place in
                ["file": .string(place.file), "line": .integer(place.line), "column": .integer(place.column)]
            } ?? .null
        var object: JSONObject = [
            "rule": .string(breach.rule), "version": .string(breach.contract), "operation": .string(breach.operation),
            "answer": breach.answer.map { .string($0) } ?? .null, "place": .string(breach.place), "contract": location,
        ]
        switch trial.fate {
        case .noticed(let scenario, let step, let rule):
            object["fate"] = "noticed"
            object["by"] = ["scenario": .string(scenario), "step": .string(step), "rule": .string(rule)]
        case .survived(let reason):
            object["fate"] = "survived"
            object["reason"] = .string(reason.text(breach))
        case .outOfReach: object["fate"] = "outOfReach"
        }
        return .object(object)
    }
}
