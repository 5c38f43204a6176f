import ArgumentParser
import Diagnostics
import Foundation
import Harness
import JSONDocument
import JSONSchema
import Reporting

/// `assay validate`: judges single responses and values.
struct ValidateCommand: ReportingCommand {
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

    @OptionGroup var document: JudgedDocumentOptions

    @OptionGroup var subject: SubjectOptions

    @Flag(help: "Judge every line of every input separately.")
    var lines = false

    @Option(help: ArgumentHelp("How readOnly and writeOnly are applied.", valueName: "direction"))
    var direction = Direction.response

    @Option(help: ArgumentHelp("Whether format is validated.", valueName: "mode"))
    var formats = FormatMode.assert

    @Option(help: ArgumentHelp("A JSON file of documents by URL, for references.", valueName: "file"))
    var documents: String?

    @Flag(help: "Report members and headers that the document does not declare as errors.")
    var strict = false

    @OptionGroup(title: "Output") var output: OutputOptions<PlainFormat>

    /// Which way the values of `--schema` are sent.
    enum Direction: String, ExpressibleByArgument, CaseIterable {
        case request, response
    }

    /// Whether `format` of a schema decides.
    enum FormatMode: String, ExpressibleByArgument, CaseIterable {
        case assert, annotate
    }

    func validate() throws {
        if subject.operation != nil, subject.status == nil, lines {
            throw ValidationError("`--lines` requires bodies or values; a raw response is one file")
        }
        if subject.operation != nil, direction == .request {
            throw ValidationError("`--direction` request requires `--schema`; operations judge responses")
        }
        if inputs.count(where: { $0 == "-" }) > 1 { throw ValidationError("standard input can be named only once") }
    }

    func makeReport() throws(HarnessError) -> CommandReport<PlainFormat> {
        let session = try ValidateSession(try Workspace.openCurrent(), request())
        let result = session.judge { path throws(HarnessError) in try InputFile.bytes(of: path) }
        let isShown = !output.quiet || result.diagnostics.hasErrors
        return CommandReport(
            exit: result.exit, diagnostics: isShown ? result.diagnostics : Diagnostics()
        ) { format, style in
            switch format {
            case .text: ValidationText(style: style, isQuiet: output.quiet).render(result.results)
            case .json:
                ValidationJSON().render(
                    result.results, exit: Int(result.exit.rawValue), diagnostics: result.diagnostics.entries)
            }
        }
    }

    static func membersOfFailure(_ command: ValidateCommand?) -> [(String, JSONValue?)] {
        ValidationJSON().members([])
    }

    private func request() -> ValidateRequest {
        var request = ValidateRequest()
        request.contracts.spec = document.spec
        request.contracts.version = document.apiVersion
        request.contracts.withoutOverlays = document.noOverlays
        request.operation = subject.operation
        request.schema = subject.schema
        request.status = subject.status
        request.headers = subject.headers
        request.isLines = lines
        request.direction = direction == .request ? .request : .response
        request.formats = formats == .annotate ? .annotate : .assert
        request.documents = documents
        request.isStrict = strict
        request.inputs = inputs.isEmpty ? ["-"] : inputs
        return request
    }
}

/// Options that name the document to judge by.
struct JudgedDocumentOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The contract, by its name in assay.yaml.", valueName: "version"))
    var apiVersion: String?

    @Option(help: ArgumentHelp("An OpenAPI document or a JSON Schema.", valueName: "file"))
    var spec: String?

    @Flag(help: "Judge against the published document without overlays.")
    var noOverlays = false
}

/// Options that say what the inputs are.
struct SubjectOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The operation of the responses: its id, or 'METHOD /path'.", valueName: "operation"))
    var operation: String?

    @Option(
        help: ArgumentHelp(
            "The schema of the values: a pointer (#/…) or the name of a component.", valueName: "pointer"))
    var schema: String?

    @Option(
        help: ArgumentHelp("The status; the inputs are then bodies.", valueName: "status"),
        transform: OptionValue.number(100...999))
    var status: Int?

    @Option(
        name: .customLong("header"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("A header of the bodies; repeatable.", valueName: "name: value"))
    var headers: [String] = []

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
    }
}
