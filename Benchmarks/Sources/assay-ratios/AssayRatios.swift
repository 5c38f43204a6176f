import Foundation
import Measuring

/// Compares the functions of the hot paths with stored thresholds. It depends on nothing that uses the network, so that
/// continuous integration builds it in a few minutes; `assay-bench check` also measures runs.
@main
struct AssayRatios {
    private static let usage = """
        Usage: assay-ratios [<thresholds>] [--rounds <n>] [--record]

        Measures each function beside a yardstick, a loop that hashes bytes, and prints one line of JSON for each. Fails \
        if a ratio exceeds its threshold by more than the factor `allowed`, or if 10,000 units cost more than that factor \
        of ten times 1,000 units. The least processor time of all rounds counts. --record first writes the ratios to the file.

        Default: Benchmarks/thresholds.json, 15 rounds. Build it with `-c release`.

        """

    static func main() {
        do {
            exit(try run(Array(CommandLine.arguments.dropFirst())) ? 0 : 1)
        } catch {
            FileHandle.standardError.write(Data("error: \(error)\n".utf8))
            exit(2)
        }
    }

    /// - Returns: Whether every ratio is within its threshold.
    private static func run(_ arguments: [String]) throws -> Bool {
        var arguments = arguments[...]
        var (file, rounds, records) = ("Benchmarks/thresholds.json", 15, false)
        while let argument = arguments.popFirst() {
            switch argument {
            case "--help", "-h":
                print(usage, terminator: "")
                return true
            case "--record": records = true
            case "--rounds":
                guard let text = arguments.popFirst(), let count = Int(text), count > 0 else {
                    throw BenchError("`--rounds` requires a number greater than 0")
                }
                rounds = count
            case let option where option.hasPrefix("-"): throw BenchError("unknown option '\(option)'")
            default: file = argument
            }
        }
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
        var thresholds = try Thresholds(file: file)
        let ratios = try Work.ratios(in: folder, rounds: rounds) + Growth.ratios(in: folder, rounds: rounds)
        if records { try thresholds.record(ratios) }
        let exceeded = try thresholds.exceeded(by: ratios)
        guard exceeded.isEmpty else {
            let message = "more than \(thresholds.allowed) times the threshold: \(exceeded.joined(separator: ", "))\n"
            FileHandle.standardError.write(Data(message.utf8))
            return false
        }
        return true
    }
}
