import ArgumentParser
import Foundation
import Measuring

/// Every figure that the project promises something about, in one run.
struct TableBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "table",
        abstract: "Prints every figure of the project beside its yardstick, all measured in one run.",
        discussion: """
            ASSAY is the static release binary. The rows:

              version, cold_step    `assay --version` and a run of one step; yardstick: starting `true`
              document_yaml, _json  `assay validate` with a document of 2,000 operations; yardstick: hashing its bytes
              first_verdict_…       of which reading the document (load_ms) and compiling its first schema
              plan                  `assay list` with 100,000 rows
              largest_…             `assay init` and `assay run` for a document of 2,400 operations
              exchanges_…           run, report and resume of EXCHANGES exchanges of a row with `rows=`, with 16 jobs; \
            slope_bytes is how much the peak memory grows for each step
              run_1, run_16         a run of 2,000 steps with 1 and 16 connections; yardstick: a loop of the bare client
              mock                  time for one request to `assay mock`; yardstick: a server that always sends the \
            same bytes
              judge_body            parsing and judging 1 KB; yardstick: hashing its bytes
              executable            the size of ASSAY without symbols

            Times of processes are medians of ROUNDS; cpu_… is processor time and peak_mb the peak memory. Linux does not \
            report a peak below that of this process, which the last row shows.

            Examples:
              assay-bench table .build/release/assay --text
              assay-bench table .build/release/assay --exchanges 1000000 --only exchanges
            """
    )

    @Argument(help: ArgumentHelp("The binary: .build/release/assay.", valueName: "assay"))
    var assay: String

    @Option(help: ArgumentHelp("The folder `Benchmarks`.", valueName: "folder"))
    var benchmarks = "Benchmarks"

    @Option(help: ArgumentHelp("How many exchanges the longest run has; at least 1000.", valueName: "n"))
    var exchanges = 20_000

    @Option(help: "How often each process is measured; the median counts.")
    var rounds = 5

    @Option(help: ArgumentHelp("Only rows that start with this text; repeatable.", valueName: "row"))
    var only: [String] = []

    @Flag(help: "A table to read instead of lines of JSON.")
    var text = false

    func validate() throws {
        guard exchanges >= 1_000 else { throw ValidationError("`--exchanges` must be at least 1000") }
        guard FileManager.default.isExecutableFile(atPath: assay) else {
            throw ValidationError(
                "'\(assay)' is not an executable: build it with `swift build -c release --product assay`")
        }
    }

    func run() async throws {
        let measurements = TableMeasurements(
            assay: URL(fileURLWithPath: assay).path, benchmarks: URL(fileURLWithPath: benchmarks), rounds: rounds,
            exchanges: exchanges)
        // Processes first, then what needs memory in this process.
        let groups: [(names: [String], rows: () async throws -> [TableRow])] = [
            (["version", "cold_step"], measurements.start),
            (["document_yaml", "first_verdict_yaml"], { try measurements.document(isJSON: false) }),
            (["document_json", "first_verdict_json"], { try measurements.document(isJSON: true) }),
            (["plan"], measurements.plan),
            (["largest_init", "largest_run"], measurements.largest),
            (["exchanges_run", "exchanges_report", "exchanges_resume"], measurements.longRun),
            (["executable"], measurements.executable),
            (["mock"], measurements.mock),
            (["run_1", "run_16"], measurements.runs),
            (["judge_body"], measurements.judge),
        ]
        for group in groups where group.names.contains(where: isWanted) {
            for row in try await group.rows() where isWanted(row.name) { show(row) }
        }
        show(TableRow(name: "this_process", unit: "peak_mb", value: Double(peakMegabytes())))
    }

    private func isWanted(_ name: String) -> Bool { only.isEmpty || only.contains { name.hasPrefix($0) } }

    private func show(_ row: TableRow) {
        print(text ? row.text : row.json)
        fflush(nil)
    }
}
