import ArgumentParser
import Measuring

/// Writes a large valid document, the same in every run.
struct MakeDocument: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "make-document",
        abstract: "Writes an OpenAPI document of many operations, as YAML or JSON: about five kilobytes for each."
    )

    @Option(help: ArgumentHelp("How many.", valueName: "n"))
    var operations = 2_000

    @Option(help: ArgumentHelp("Change every n-th operation, for comparisons; 0 changes none.", valueName: "n"))
    var changes = 0

    @Flag(help: "JSON and not YAML.")
    var json = false

    @Flag(help: "A fifth as much for each operation: a document may have a million values, too few for 10000 others.")
    var lean = false

    func run() throws {
        let document = GeneratedDocument(operations: operations, changes: changes, isLean: lean)
        print(json ? try document.json() : document.yaml, terminator: json ? "\n" : "")
    }
}
