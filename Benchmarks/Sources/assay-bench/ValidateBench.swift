import ArgumentParser
import Foundation
import JSONDocument
import JSONSchema
import Measuring

/// Parses and judges every line of a file repeatedly.
struct ValidateBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Parses each line of BODIES and judges it by SCHEMA with full error reports.",
        discussion: "Prints nanoseconds per body: the median of the loops."
    )

    @Argument(help: ArgumentHelp("A JSON Schema.", valueName: "schema.json"))
    var schema: String

    @Argument(help: ArgumentHelp("One body a line.", valueName: "bodies.ndjson"))
    var bodies: String

    @Option(help: ArgumentHelp("How often the whole file is judged.", valueName: "n"))
    var loops = 9

    @Flag(help: "Read the schema as an OpenAPI 3.0 Schema Object instead of JSON Schema 2020-12.")
    var openapi30 = false

    @Flag(help: "Parse only.")
    var parseOnly = false

    @Flag(help: "Only decide whether each body is valid, without a report.")
    var verdictOnly = false

    func run() throws {
        let compiled = try StoredSchema.compiled(schema, isOpenAPI30: openapi30)
        let lines = try Data(contentsOf: URL(fileURLWithPath: bodies)).split(separator: UInt8(ascii: "\n")).map(
            Array.init)
        guard !lines.isEmpty else { throw ValidationError("\(bodies) contains no body") }
        let options = ValidationOptions()
        var invalid = 0
        let runs = try (0..<max(1, loops)).map { _ in
            invalid = 0
            return try measured {
                for line in lines {
                    let root = try JSONDocument(parsing: line).root
                    guard !parseOnly else { continue }
                    let outcome =
                        verdictOnly ? compiled.isValid(root, options) : compiled.validate(root, options).outcome
                    if outcome != .valid { invalid += 1 }
                }
            }
        }
        let count = Double(lines.count)
        let wall = Int(median(runs.map(\.wall)) / count)
        let cpu = Int(median(runs.map(\.cpu)) / count)
        let name = parseOnly ? "parse" : verdictOnly ? "verdict" : "validate"
        print(
            #"{"bench":"\#(name)","bodies":\#(lines.count),"invalid":\#(invalid),"ns_wall":\#(wall),"ns_cpu":\#(cpu)}"#)
    }
}
