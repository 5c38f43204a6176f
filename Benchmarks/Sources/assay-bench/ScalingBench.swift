import ArgumentParser
import Foundation
import Measuring

/// Compares the cost of a unit in inputs of different sizes.
struct ScalingBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scaling",
        abstract: "Measures the processor time for each step, finding, row, operation and member at three sizes.",
        discussion: """
            Sizes are 1,000, 10,000 and 100,000. growth is the time for a unit divided by that at the size before; more \
            than 1.15 is marked as exceeded. The smallest size also contains the start of the program, so its units may \
            cost more. Times are the least of ROUNDS.

              steps, failing_steps  whole runs against `assay mock` (with ASSAY); each failing step is a finding
              rows                  planning a table
              operations            reading a document into a contract
              members               parsing and judging one object
              findings              reporting so many issues of one body

            Examples:
              assay-bench scaling --assay .build/release/assay
              assay-bench scaling --only operations --largest 10000
            """
    )

    @Option(help: ArgumentHelp("A release binary, to measure runs too.", valueName: "assay"))
    var assay: String?

    @Option(help: ArgumentHelp("The folder `Benchmarks`.", valueName: "folder"))
    var benchmarks = "Benchmarks"

    @Option(help: ArgumentHelp("The largest size: 10000 or 100000.", valueName: "n"))
    var largest = 100_000

    @Option(help: "How often each size is measured; the best counts.")
    var rounds = 3

    @Option(help: ArgumentHelp("Only this one; repeatable.", valueName: "what"))
    var only: [String] = []

    func run() async throws {
        let folder = URL(fileURLWithPath: benchmarks)
        for growth in Growth.allCases where isWanted(growth.rawValue) {
            try measure(growth.rawValue) { size in
                try growth.work(units: size, in: folder).nanosecondsPerUnit(rounds: rounds)
            }
        }
        guard let assay else { return }
        for (name, status) in [("steps", "OPEN"), ("failing_steps", "GONE")] where isWanted(name) {
            try measure(name) { try stepNanoseconds(URL(fileURLWithPath: assay).path, steps: $0, status: status) }
        }
    }

    private func isWanted(_ name: String) -> Bool { only.isEmpty || only.contains(name) }

    /// Prints a line for each size.
    private func measure(_ name: String, _ nanoseconds: (Int) throws -> Double) throws {
        var before: Double?
        for size in [1_000, 10_000, 100_000] where size <= largest {
            let each = try nanoseconds(size)
            let growth = each / (before ?? each)
            print(
                #"{"bench":"scaling","what":"\#(name)","units":\#(size),"ns_each":\#(decimal(each, places: 0)),"#
                    + #""growth":\#(decimal(growth)),"exceeded":\#(growth > 1.15)}"#)
            fflush(nil)
            before = each
        }
    }

    /// The processor time of a run for each step. Every step fails if `status` is not that of a parcel.
    private func stepNanoseconds(_ assay: String, steps: Int, status: String) throws -> Double {
        let folder = try TemporaryFolder(copying: benchmarks + "/Fixtures/parcels")
        defer { folder.delete() }
        try folder.write(ParcelTable.text(steps: steps, status: status), to: "bench.csv")
        let mock = try ServedProcess(assay, ["mock"], in: folder.url)
        defer { mock.stop() }
        let options = ["run", "--base-url", mock.address, "--jobs", "16", "--rerun", "0", "--quiet"]
        let times = try (0..<max(1, rounds)).map { _ in
            try ChildProcess.run(assay, options, in: folder.url, codes: [status == "OPEN" ? 0 : 1]).cpu
        }
        return (times.min() ?? 0) * 1e9 / Double(steps)
    }
}
