public import Diagnostics

extension TableSource {
    /// Whether its header is that of a scenario or laws table; any other file is data for `rows=`.
    public var isTable: Bool {
        var problems: [Diagnostic] = []
        let table = Table(self, &problems)
        guard table.kind == .other else { return true }
        let names = table.csv.header.map { trimmed($0.text) }
        // A typo in the name of the decisive column must not turn a table into data.
        return names.contains { nearestName(to: $0, among: ["call", "law", "scenario"]) != nil }
    }

    /// The mistakes in it as a data file: in its text, and values that cannot be used everywhere.
    public var dataProblems: [Diagnostic] {
        let csv = CSVReader.read(bytes, file: path)
        var problems = csv.diagnostics
        for record in csv.records {
            for (index, cell) in record.cells.enumerated() where csv.header.indices.contains(index) {
                let scalars = Array(cell.text.unicodeScalars)
                let isControl: (Unicode.Scalar) -> Bool = { $0.value < 0x20 && $0 != "\t" || $0.value == 0x7F }
                guard let offset = scalars.firstIndex(where: isControl) else { continue }
                let place = CellPlace(file: path, column: trimmed(csv.header[index].text), cell: cell)
                var problem = place.diagnostic(
                    "data.control",
                    "the cell contains \(Self.name(of: scalars[offset])), which headers and paths cannot contain",
                    offset: offset, length: 1,
                    help: "use it only in a body, or remove it from the value")
                problem.severity = .warning
                problems.append(problem)
            }
        }
        return problems
    }

    private static func name(of scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n", "\r": "a line break"
        case "\0": "a NUL"
        default: "the control character \(scalar.value)"
        }
    }
}
