import ArgumentParser
import Foundation
import Measuring
import OpenAPI
import SourceText
import Versions

/// Compares two contracts.
struct DiffBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Loads OLD and NEW and compares them.",
        discussion: """
            Each figure is the least of --runs: load_s is reading both documents into contracts, diff_s comparing them, \
            in seconds of processor time. make-document writes documents of any size; --changes changes every n-th \
            operation of one:

              assay-bench make-document --lean --operations 10000 > old.yaml
              assay-bench make-document --lean --operations 10000 --changes 10 > new.yaml
              assay-bench diff old.yaml new.yaml
            """
    )

    @Argument(help: ArgumentHelp("The old document.", valueName: "old"))
    var old: String

    @Argument(help: ArgumentHelp("The new document.", valueName: "new"))
    var new: String

    @Option(help: ArgumentHelp("How often it is measured.", valueName: "n"))
    var runs = 5

    func run() throws {
        var (load, diff) = (Double.infinity, Double.infinity)
        var (changes, operations) = (0, 0)
        for _ in 0..<max(1, runs) {
            var contracts: [Contract] = []
            let loading = try measured {
                for document in [old, new] {
                    let file = URL(fileURLWithPath: document)
                    let reader = SourceReader(root: file.deletingLastPathComponent().path)
                    contracts.append(try ContractLoader.load(file: file.lastPathComponent, reader: reader))
                }
            }
            guard contracts.count == 2 else { return }
            let comparing = measured { changes = ContractDiff.compare(contracts[0], contracts[1]).changes.count }
            operations = contracts[1].operations.count
            load = min(load, loading.cpu / 1e9)
            diff = min(diff, comparing.cpu / 1e9)
        }
        let seconds = [load, diff].map { String(format: "%.6f", $0) }
        print(
            #"{"bench":"diff","load_s":\#(seconds[0]),"diff_s":\#(seconds[1]),"changes":\#(changes),"#
                + #""operations":\#(operations),"peak_mb":\#(peakMegabytes())}"#)
    }
}
