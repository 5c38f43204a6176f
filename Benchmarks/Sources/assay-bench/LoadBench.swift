import ArgumentParser
import Foundation
import JSONDocument
import JSONSchema
import Measuring
import OpenAPI
import SourceText

/// Loads a document and judges a first response against it.
struct LoadBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Loads DOCUMENT once and judges one value by its first response schema.",
        discussion: """
            import_s is the processor time before the first line of the program, load_s reading the document into a \
            contract, first_s compiling one schema and judging by it, all in seconds.
            """
    )

    @Argument(help: ArgumentHelp("An OpenAPI document.", valueName: "document"))
    var document: String

    func run() throws {
        let before = processSeconds()
        let file = URL(fileURLWithPath: document)
        let reader = SourceReader(root: file.deletingLastPathComponent().path)
        var loaded: Contract?
        let load = try measured { loaded = try ContractLoader.load(file: file.lastPathComponent, reader: reader) }
        guard let contract = loaded else { return }
        var verdict = "no schema"
        let first = try measured {
            let schemas = contract.operations.lazy.flatMap(\.responses).flatMap(\.content).compactMap(\.schema)
            guard let schema = schemas.first else { return }
            let outcome = try schema.compiled().validate(try JSONDocument(parsing: "{}").root).outcome
            verdict = outcome == .valid ? "passed" : "failed"
        }
        let seconds = [before, load.wall / 1e9, first.wall / 1e9].map { String(format: "%.6f", $0) }
        print(
            #"{"bench":"load","import_s":\#(seconds[0]),"load_s":\#(seconds[1]),"first_s":\#(seconds[2]),"#
                + #""verdict":"\#(verdict)","operations":\#(contract.operations.count),"peak_mb":\#(peakMegabytes())}"#)
    }
}
