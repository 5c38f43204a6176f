import ArgumentParser
import Foundation
import Measuring

/// Compares the hot paths with stored thresholds.
struct CheckBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Measures each hot path beside a yardstick, and fails if a ratio exceeds its threshold.",
        discussion: """
            The yardstick of the functions is a loop that hashes bytes (nanoseconds per byte). That of runs is a client \
            loop without checks. Both are measured in the same process, so a slower machine has the same ratios. \
            THRESHOLDS contains the ratios of an idle machine; a figure may exceed its ratio by the factor `allowed`. \
            Figures that start with growth_ compare a unit of 10,000 with one of 1,000; their threshold is 1.

            `assay-ratios` checks the functions alone and builds in a few minutes.

            Examples:
              assay-bench check
              assay-bench check --assay .build/release/assay
              assay-bench check --assay .build/release/assay --rounds 30 --record
            """
    )

    @Argument(help: ArgumentHelp("The thresholds.", valueName: "thresholds"))
    var thresholds = "Benchmarks/thresholds.json"

    @Option(help: ArgumentHelp("A release binary, to measure runs too.", valueName: "assay"))
    var assay: String?

    @Option(help: "How often each figure is measured; the best counts.")
    var rounds = 15

    @Flag(help: "Write the ratios to THRESHOLDS. Use an idle machine and many rounds.")
    var record = false

    func run() async throws {
        let folder = URL(fileURLWithPath: thresholds).deletingLastPathComponent()
        var limits = try Thresholds(file: thresholds)
        var ratios = try Work.ratios(in: folder, rounds: rounds) + Growth.ratios(in: folder, rounds: rounds)
        if let assay {
            let project = folder.appendingPathComponent("Fixtures/parcels").path
            let bench = try RunBench.parse([assay, "--rounds", String(rounds), "--project", project])
            let figures = try await bench.figures()
            ratios += figures.filter { $0.name.hasPrefix("ratio") }.map {
                Ratio(name: "run_" + $0.name, value: $0.value)
            }
        }
        if record { try limits.record(ratios) }
        let exceeded = try limits.exceeded(by: ratios)
        guard exceeded.isEmpty else {
            let message = "more than \(limits.allowed) times the threshold: \(exceeded.joined(separator: ", "))\n"
            FileHandle.standardError.write(Data(message.utf8))
            throw ExitCode.failure
        }
    }
}
