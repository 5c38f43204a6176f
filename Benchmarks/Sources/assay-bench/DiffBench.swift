import ArgumentParser
import Foundation
import OpenAPI
import SourceText
import Versions

/// Compares two contracts.
struct DiffBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Loads OLD and NEW and compares them.",
        discussion: """
            load_s is reading both documents into contracts, diff_s comparing them, in seconds. make-document writes \
            documents of any size; --changes changes every n-th operation of one:

              assay-bench make-document --operations 10000 > old.yaml
              assay-bench make-document --operations 10000 --changes 10 > new.yaml
              assay-bench diff old.yaml new.yaml
            """
    )

    @Argument(help: ArgumentHelp("The old document.", valueName: "old"))
    var old: String

    @Argument(help: ArgumentHelp("The new document.", valueName: "new"))
    var new: String

    func run() throws {
        var contracts: [Contract] = []
        let load = try measured {
            for document in [old, new] {
                let file = URL(fileURLWithPath: document)
                let reader = SourceReader(root: file.deletingLastPathComponent().path)
                contracts.append(try ContractLoading.load(file: file.lastPathComponent, reader: reader))
            }
        }
        guard contracts.count == 2 else { return }
        var changes = 0
        let diff = measured { changes = ContractDiff.compare(contracts[0], contracts[1]).changes.count }
        let seconds = [load.wall / 1e9, diff.wall / 1e9].map { String(format: "%.6f", $0) }
        print(
            #"{"bench":"diff","load_s":\#(seconds[0]),"diff_s":\#(seconds[1]),"changes":\#(changes),"#
                + #""operations":\#(contracts[1].operations.count),"peak_mb":\#(peakMegabytes())}"#)
    }
}
