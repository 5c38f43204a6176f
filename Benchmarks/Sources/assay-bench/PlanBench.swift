import ArgumentParser
import Diagnostics
import Foundation
import Measuring
import OpenAPI
import Scenarios
import SourceText

/// Plans a long table.
struct PlanBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Repeats the rows of TABLE, with other names of scenarios, and plans them.",
        discussion: """
            TABLE is in the form of `assay fmt` and has a column 'scenario'. plan_s is the time from bytes to a plan, \
            format_s that of writing the table in its one form, both in seconds; per_row_us is plan_s by rows.
            """
    )

    @Argument(help: ArgumentHelp("An OpenAPI document.", valueName: "document"))
    var document: String

    @Argument(help: ArgumentHelp("A scenario table.", valueName: "table"))
    var table: String

    @Option(help: "How many rows to plan, at least.")
    var rows = 100_000

    func run() throws {
        let file = URL(fileURLWithPath: document)
        let reader = SourceReader(root: file.deletingLastPathComponent().path)
        let contract = try ContractLoader.load(file: file.lastPathComponent, reader: reader)
        let place = URL(fileURLWithPath: table)
        let source = TableSource(path: place.lastPathComponent, bytes: Array(try repeated(place).utf8))
        let settings = PlanSettings(
            profiles: ["merchant", "partner"], reader: SourceReader(root: place.deletingLastPathComponent().path))
        var steps = 0
        var errors = 0
        let plan = measured {
            let (plan, found) = Planner.plan(tables: [source], contracts: Contracts([contract]), settings: settings)
            steps = plan.scenarios.reduce(0) { $0 + $1.steps.count }
            errors = found.count { $0.severity == .error }
            if let first = found.first(where: { $0.severity == .error }) {
                FileHandle.standardError.write(Data("\(first)\n".utf8))
            }
        }
        let peak = peakMegabytes()
        let format = measured { _ = TableFormatter.format(source) }
        print(
            #"{"bench":"plan","plan_s":\#(seconds(plan)),"format_s":\#(seconds(format)),"steps":\#(steps),"#
                + #""errors":\#(errors),"megabytes":\#(source.bytes.count >> 20),"peak_mb":\#(peak),"#
                + #""per_row_us":\#(String(format: "%.1f", plan.wall / 1_000 / Double(max(1, steps))))}"#)
    }

    private func seconds(_ measured: Measured) -> String { String(format: "%.3f", measured.wall / 1e9) }

    private func repeated(_ place: URL) throws -> String {
        let lines = try String(contentsOf: place, encoding: .utf8).split(separator: "\n").map(String.init)
        guard lines.count > 1 else { return lines.joined() }
        var result = lines[0] + "\n"
        var number = 0
        while number * (lines.count - 1) < rows {
            for line in lines.dropFirst() {
                let comma = line.firstIndex(of: ",") ?? line.endIndex
                let name = line[..<comma]
                result += name.isEmpty ? "" : "\(name)-\(number)"
                result += line[comma...] + "\n"
            }
            number += 1
        }
        return result
    }
}
