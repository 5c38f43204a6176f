package import Conformance
package import Diagnostics

/// Lines of tables and documents that reports show around a finding.
package struct SourceExcerpts: Sendable, Equatable {
    private let files: [String: [Int: String]]

    /// The lines of each file by their numbers, from 1.
    package init(_ files: [String: [Int: String]] = [:]) {
        self.files = files
    }

    /// The line of a location; `nil` if it was not read.
    func line(_ number: Int, of file: String) -> String? { files[file]?[number] }
}

extension RunReport {
    /// The most failures that are shown with lines of their files.
    private static let framed = 200

    /// The lines that the failures of a verdict point to: the row, and the lines of the contract with the line above.
    package static func locations(of verdict: Verdict) -> [SourceLocation] {
        verdict.groups.prefix(framed).filter { $0.first.severity == .error }.flatMap { group in
            let row = group.first.table ?? group.steps.first.map { verdict.step(at: $0).step.location }
            let schema = group.first.contractLocation
            let above = schema.map { SourceLocation(file: $0.file, line: $0.line - 1, column: 1) }
            return [row, schema, above].compactMap { $0 }.filter { $0.line > 0 }
        }
    }
}
