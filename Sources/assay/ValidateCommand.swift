import ArgumentParser
import Diagnostics
import Foundation
import Harness
import JSONSchema
import Reporting

/// `assay validate`: judge single responses and values by hand.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Judges single responses, bodies and values against the document.",
        discussion: """
            Inputs are files, or standard input (- or none). With --operation they are responses as printed by \
            curl -i; with --operation and --status they are bodies. With --schema they are JSON values; .ndjson and \
            .jsonl files are judged line by line.

            Examples:
              curl -i https://api.example/orders/7 | assay validate --operation fetchOrder
              assay validate --spec openapi.yaml --operation 'GET /orders/{id}' response.txt
              assay validate --operation fetchOrder --status 404 --header 'content-type: application/json' body.json
              assay validate --schema '#/components/schemas/Order' orders.ndjson
              assay validate --spec schema.json --schema '#' value.json

            Exit codes: 0 all passed, 1 one failed or could not be decided, 2 mistakes in the input or the document.
            """
    )

    @Argument(help: ArgumentHelp("Responses, bodies or values; - is standard input.", valueName: "response"))
    var inputs: [String] = []

    @Option(help: ArgumentHelp("The contract, by its name in assay.yaml.", valueName: "version"))
    var apiVersion: String?

    @Option(help: ArgumentHelp("An OpenAPI document or a JSON Schema.", valueName: "file"))
    var spec: String?

    @Flag(help: "Judge against the published document without overlays.")
    var noOverlays = false

    @Option(help: ArgumentHelp("The operation of the responses: its id, or 'METHOD /path'.", valueName: "operation"))
    var operation: String?

    @Option(
        help: ArgumentHelp(
            "The schema of the values: a pointer (#/…) or the name of a component.", valueName: "pointer"))
    var schema: String?

    @Option(help: ArgumentHelp("The status; the inputs are then bodies.", valueName: "status"))
    var status: Int?

    @Option(
        name: .customLong("header"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("A header of the bodies; repeatable.", valueName: "name: value"))
    var headers: [String] = []

    @Flag(help: "Judge every line of every input separately.")
    var lines = false

    @Option(help: ArgumentHelp("request or response: how readOnly and writeOnly are applied.", valueName: "direction"))
    var direction = "response"

    @Option(help: ArgumentHelp("assert or annotate: whether format is validated.", valueName: "mode"))
    var formats = "assert"

    @Option(help: ArgumentHelp("A JSON file of documents by URL, for references.", valueName: "file"))
    var documents: String?

    @Flag(help: "Report members and headers that the document does not declare as errors.")
    var strict = false

    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        guard (operation == nil) != (schema == nil) else {
            throw ValidationError("pass either --operation (for responses) or --schema (for values)")
        }
        if schema != nil, status != nil || !headers.isEmpty {
            throw ValidationError("`--status` and --header cannot be combined with `--schema`")
        }
        if status == nil, !headers.isEmpty {
            throw ValidationError("`--header` requires `--status`: the inputs are then bodies")
        }
        if operation != nil, status == nil, lines {
            throw ValidationError("`--lines` requires bodies or values; a raw response is one file")
        }
        if let status, !(100...999).contains(status) {
            throw ValidationError("`--status` must be a number from 100 to 999")
        }
        guard ["request", "response"].contains(direction) else {
            throw ValidationError("`--direction` must be request or response")
        }
        if operation != nil, direction == "request" {
            throw ValidationError("`--direction` request requires `--schema`; operations judge responses")
        }
        guard ["assert", "annotate"].contains(formats) else {
            throw ValidationError("`--formats` must be assert or annotate")
        }
        if inputs.count(where: { $0 == "-" }) > 1 { throw ValidationError("standard input can be named only once") }
    }

    func run() throws {
        let outputs = try output.outputs()
        let console = output.console
        let result: ValidateResult
        do throws(HarnessError) {
            let workspace = try Workspace.open(FileManager.default.currentDirectoryPath)
            let session = try ValidateSession(workspace, request())
            result = session.judge { path throws(HarnessError) in try InputFile.bytes(of: path) }
        } catch {
            result = ValidateResult(results: [], diagnostics: error.diagnostics)
        }
        if !output.quiet || result.diagnostics.hasErrors { console.show(result.diagnostics) }
        do throws(HarnessError) {
            try outputs.write(
                text: { ValidationText(style: $0, isQuiet: output.quiet).render(result.results) },
                json: {
                    ValidationJSON().render(
                        result.results, exit: Int(result.exit.rawValue), diagnostics: result.diagnostics.entries)
                },
                console: console)
        } catch {
            console.show(error.diagnostics)
            throw ArgumentParser.ExitCode(error.exit.rawValue)
        }
        throw ArgumentParser.ExitCode(result.exit.rawValue)
    }

    private func request() -> ValidateRequest {
        var request = ValidateRequest()
        request.contracts.spec = spec
        request.contracts.version = apiVersion
        request.contracts.withoutOverlays = noOverlays
        request.operation = operation
        request.schema = schema
        request.status = status
        request.headers = headers
        request.isLines = lines
        request.direction = direction == "request" ? .request : .response
        request.formats = formats == "annotate" ? .annotate : .assert
        request.documents = documents
        request.isStrict = strict
        request.inputs = inputs.isEmpty ? ["-"] : inputs
        return request
    }
}
