import ArgumentParser
import Foundation
import Measuring

/// Compares whole runs with a bare client that sends the same number of requests.
struct RunBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs STEPS steps against a mock of its own, and a bare client loop beside it.",
        discussion: """
            ASSAY is the release binary; it serves PROJECT (its mock, in a process of its own) and runs a table of \
            scenarios of ten steps: one parcel sent, nine times fetched, each response checked and compared. Figures are \
            microseconds a step of the whole process, from its start to the written report; bare_1_us and bare_16_us \
            are those of an AsyncHTTPClient loop over 1 and 16 connections. peak_mb is the most memory of a run.
            """
    )

    @Argument(help: ArgumentHelp("The binary: .build/release/assay.", valueName: "assay"))
    var assay: String

    @Option(help: ArgumentHelp("The project that is served and run.", valueName: "folder"))
    var project = "Benchmarks/Fixtures/parcels"

    @Option(help: "How many steps a run has.")
    var steps = 2_000

    @Option(help: "How often each figure is measured; the best counts.")
    var rounds = 3

    func run() async throws {
        let members = try await figures().map { name, value in
            "\"\(name)\":" + decimal(value, places: name.hasPrefix("ratio") ? 2 : 1)
        }
        print(#"{"bench":"run","steps":\#(steps),"# + members.joined(separator: ",") + "}")
    }

    /// Microseconds for each step of the bare loop and of a run, with 1 and 16 connections, their ratios, the processor
    /// time of the run, and its peak memory in megabytes.
    func figures() async throws -> [(name: String, value: Double)] {
        let folder = try TemporaryFolder(copying: project)
        defer { folder.delete() }
        try folder.write(ParcelTable.text(steps: steps), to: "bench.csv")
        let binary = URL(fileURLWithPath: assay).path
        let mock = try ServedProcess(binary, ["mock"], in: folder.url)
        defer { mock.stop() }
        var figures: [(name: String, value: Double)] = []
        var peak = 0
        for jobs in [1, 16] {
            let options = ["run", "--base-url", mock.address, "--jobs", String(jobs), "--quiet"]
            var (bare, whole, cpu) = (Double.infinity, Double.infinity, Double.infinity)
            // They run one after the other, so that other load on the machine affects both.
            for _ in 0..<max(1, rounds) {
                bare = min(bare, try await BareLoop.seconds(mock.address, requests: steps, connections: jobs))
                let usage = try ChildProcess.run(binary, options, in: folder.url)
                (whole, cpu, peak) = (min(whole, usage.wall), min(cpu, usage.cpu), max(peak, usage.peak))
            }
            figures.append(("bare_\(jobs)_us", bare * 1e6 / Double(steps)))
            figures.append(("run_\(jobs)_us", whole * 1e6 / Double(steps)))
            figures.append(("cpu_\(jobs)_us", cpu * 1e6 / Double(steps)))
            figures.append(("ratio_\(jobs)", whole / bare))
        }
        return figures + [("peak_mb", Double(peak) / 1e6)]
    }
}
