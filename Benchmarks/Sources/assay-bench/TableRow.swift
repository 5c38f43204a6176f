import Measuring

/// One figure, with what it is compared with.
struct TableRow {
    /// A number with its unit.
    struct Figure {
        let name: String
        let value: Double

        /// The text of the value: three significant digits, as far as they are after the point.
        var text: String { decimal(value, places: abs(value) < 10 ? 2 : abs(value) < 100 ? 1 : 0) }
    }

    /// The name of the work: `judge_body`.
    let name: String
    /// The unit of the figure and of its yardstick.
    let unit: String
    let value: Double
    /// The work that it is compared with, measured in the same run.
    var yardstick: Figure?
    /// Further figures; their names end with their units.
    var more: [Figure] = []

    /// One line of JSON.
    var json: String {
        var members = [
            #""bench":"table""#, "\"row\":\"\(name)\"", "\"\(unit)\":\(Figure(name: unit, value: value).text)",
        ]
        if let yardstick {
            members.append("\"yardstick\":\"\(yardstick.name)\"")
            members.append("\"yardstick_\(unit)\":\(yardstick.text)")
            members.append("\"ratio\":\(decimal(value / yardstick.value))")
        }
        members += more.map { "\"\($0.name)\":\($0.text)" }
        return "{\(members.joined(separator: ","))}"
    }

    /// One line for a reader.
    var text: String {
        func padded(_ text: String, _ width: Int) -> String {
            text + String(repeating: " ", count: max(1, width - text.count))
        }
        var line = padded(name, 20) + padded("\(Figure(name: unit, value: value).text) \(unit)", 18)
        if let yardstick {
            line += "\(decimal(value / yardstick.value)) x \(yardstick.name) (\(yardstick.text) \(unit))  "
        }
        return line + more.map { "\($0.name) \($0.text)" }.joined(separator: "  ")
    }
}
