import Scenarios
import SourceText
import TestKit

/// A table that fits a random contract, spelled in odd ways.
struct RandomTable {
    var header: [String]
    var rows: [[String]] = []

    init(for contract: RandomContract, _ numbers: inout SplitMix) {
        let fields = contract.operations.flatMap(\.body)
        var columns = [
            "scenario", "step", "call", "set", "expect", "check", "opts", "tags", "note", "save", "same_as", "#own",
        ]
        if let field = fields.randomElement(using: &numbers), numbers.once(in: 2) {
            columns.append(numbers.pick(["set.", "SET.", "check."]) + field.path)
        }
        columns.shuffle(using: &numbers)
        header = columns
        for scenario in 0..<Int.random(in: 1...3, using: &numbers) {
            var earlier: [(name: String, field: RandomField?)] = []
            for step in 0..<Int.random(in: 1...4, using: &numbers) {
                let cells = row(scenario, step, contract, &earlier, &numbers)
                rows.append(header.map { cells[$0] ?? "" })
            }
            if numbers.once(in: 3) { rows.append(header.map { _ in "" }) }
            if numbers.once(in: 3) { rows.append(["# a \"note\", of sorts"] + header.dropFirst().map { _ in "" }) }
        }
    }

    private func row(
        _ scenario: Int, _ step: Int, _ contract: RandomContract,
        _ earlier: inout [(name: String, field: RandomField?)],
        _ numbers: inout SplitMix
    ) -> [String: String] {
        let operation = numbers.pick(contract.operations)
        let blank = { (numbers: inout SplitMix) in numbers.pick(["", "", " ", "\n", "  "]) }
        var cells: [String: String] = [:]
        cells["scenario"] = step == 0 || numbers.once(in: 2) ? " s\(scenario)" : ""
        cells["step"] = "st\(step) "
        cells["call"] = numbers.pick([operation.id, "post  /\(operation.id)\(operation.path == nil ? "" : "/{key}")"])
        var set: [String] = []
        if let key = operation.path { set.append("path.key\(blank(&numbers))=\(numbers.pick(key.values))") }
        for field in operation.query + operation.body where numbers.once(in: 2) {
            let promoted = header.contains { $0.lowercased() == "set.\(field.path)".lowercased() }
            let value = numbers.pick(field.values)
            if promoted, operation.body.contains(where: { $0.name == field.name }) {
                let name = header.first { $0.lowercased() == "set.\(field.path)".lowercased() } ?? ""
                cells[name] =
                    numbers.pick(["=", "= ", ""]) + (["=", "<"].contains(value.prefix(1)) ? "'" : "") + value
                if cells[name]?.hasPrefix("''") == true { cells[name] = nil }
            } else {
                set.append("\(field.path)\(blank(&numbers))=\(blank(&numbers))\(value)\(blank(&numbers))")
            }
        }
        if let (name, field) = earlier.last, let field, numbers.once(in: 2),
            let own = operation.body.first(where: { $0.name == field.name }),
            !set.contains(where: { $0.hasPrefix(own.path) })
        {
            set.append("\(own.path)={{\(name).\(field.path)}}")
        }
        cells["set"] =
            set.joined(separator: numbers.pick([";", "; ", " ;\n"]))
            + (numbers.once(in: 4) && !set.isEmpty ? " ; " : "")
        cells["expect"] = numbers.pick(["", "200", "2XX", "200 | 4xx"])
        cells["check"] = operation.body.filter { _ in numbers.once(in: 3) }.map { field in
            numbers.pick(["!\(field.path)", "\(field.path) ~ present", "\(field.path)  !=  \(field.values[0])"])
        }.joined(separator: ";")
        cells["opts"] = numbers.pick(["", "", "Timeout=5s", "retry=2/1s  mock"])
        cells["tags"] = numbers.pick(["", "smoke  slow"])
        cells["note"] = numbers.pick(["", "a \"quoted\" note,\nin two lines", " x ", "#5"])
        cells["#own"] = numbers.pick(["", "mine"])
        if numbers.once(in: 3), let field = operation.body.first { cells["save"] = "kept = \(field.path) ;" }
        if numbers.once(in: 3), let other = earlier.last {
            cells["same_as"] = numbers.pick([
                other.name, "\(other.name)  EXCEPT \(contract.operations[0].body.first?.path ?? "x")",
            ])
        }
        earlier.append(("st\(step)", operation.body.first))
        return cells
    }

    /// The table as our own writer writes it.
    var written: [UInt8] {
        var writer = CSVWriter()
        writer.row(header)
        for row in rows { writer.row(row) }
        return writer.bytes
    }

    /// The table as a spreadsheet saves it: byte order mark or `sep=` line, `;` or tab, CRLF, cells quoted at will,
    /// columns and rows too many.
    func saved(_ numbers: inout SplitMix) -> [UInt8] {
        let delimiter = numbers.pick([";", "\t", ","])
        var text = numbers.once(in: 2) ? "\u{FEFF}" : ""
        if numbers.once(in: 2) { text += "sep=\(delimiter)\r\n" }
        let extra = numbers.pick(["", delimiter, delimiter + delimiter])
        let all = [header] + rows + (numbers.once(in: 2) ? [header.map { _ in "" }] : [])
        for (index, row) in all.enumerated() {
            let cells = row.map { cell in
                let special =
                    cell.contains("\"") || cell.contains("\n") || cell.contains(";") || cell.contains(",")
                    || cell.contains("\t")
                let mayQuote = numbers.once(in: 3) && index > 0
                return special || mayQuote ? "\"\(cell.replacing("\"", with: "\"\""))\"" : cell
            }
            text += cells.joined(separator: delimiter) + extra + "\r\n"
        }
        return Array(text.utf8)
    }
}
