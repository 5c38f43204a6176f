import Conformance
import Diagnostics
import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI
import SourceText

/// Judges single responses and values.
package struct ValidateSession: Sendable {
    private enum Measure {
        case operation(Operation, Contract, ResponseJudge)
        case schema(ValueJudge)
    }

    private let request: ValidateRequest
    private let measure: Measure
    private var diagnostics = Diagnostics()

    /// Loads the document and finds what to judge by.
    ///
    /// - Throws: `HarnessError` (exit 2) with every mistake in the document, or when it has no such operation or
    ///   schema, or the schema cannot be compiled.
    package init(_ workspace: Workspace, _ request: ValidateRequest) throws(HarnessError) {
        self.request = request
        let measures = ValidateMeasures(workspace: workspace, request: request)
        if request.schema != nil {
            let options = ValidationOptions(direction: request.direction, formats: request.formats)
            let (compiled, schema) = try measures.schema()
            measure = .schema(ValueJudge(compiled, at: schema, options, isStrict: request.isStrict))
        } else {
            let (contract, operation) = try measures.operation()
            let judge = ResponseJudge(operation, of: contract, formats: request.formats, isStrict: request.isStrict)
            measure = .operation(operation, contract, judge)
            diagnostics = Diagnostics(contract.diagnostics.filter { $0.severity == .error }.map(\.asWarning))
        }
    }

    /// Judges every input.
    ///
    /// - Parameter read: The bytes of an input; throws what is wrong with it.
    package func judge(_ read: (String) throws(HarnessError) -> [UInt8]) -> ValidateResult {
        var result = ValidateResult(results: [], diagnostics: diagnostics)
        for input in request.inputs {
            do throws(HarnessError) {
                result.results += try judge(try read(input), input)
            } catch {
                result.diagnostics.append(contentsOf: error.diagnostics.entries)
            }
        }
        result.results = Self.reportingMistakesOnce(result.results)
        return result
    }

    private func judge(
        _ bytes: [UInt8], _ input: String
    ) throws(HarnessError) -> [InputVerdict] {
        switch measure {
        case .schema(let judge):
            return try pieces(bytes, input).map { line, text in
                InputVerdict(
                    input: input, line: line, subject: request.schema ?? "",
                    findings: judge.findings(text, line: line))
            }
        case .operation(let operation, _, let judge):
            guard let status = request.status else {
                let raw = try RawResponse(bytes, name: input)
                let message = raw.message
                let subject = "\(operation.name) \(message.status)"
                return [
                    InputVerdict(input: input, line: raw.line, subject: subject, findings: judge.findings(message))
                ]
            }
            let headers = try givenHeaders()
            return try pieces(bytes, input).map { line, text in
                let findings =
                    headers.isEmpty
                    ? judge.findings(body: text, status: status)
                    : judge.findings(ResponseMessage(status: status, headers: headers, body: text))
                return InputVerdict(
                    input: input, line: line, subject: "\(operation.name) \(status)", findings: findings)
            }
        }
    }

    /// The verdicts with each mistake of the document reported once, at the first input.
    private static func reportingMistakesOnce(_ verdicts: [InputVerdict]) -> [InputVerdict] {
        var reported = ReportedMistakes()
        return verdicts.map { verdict in
            var verdict = verdict
            verdict.findings = reported.withoutRepeats(verdict.findings)
            return verdict
        }
    }

    /// The header lines that the command line gives.
    private func givenHeaders() throws(HarnessError) -> [HeaderField] {
        var headers: [HeaderField] = []
        for text in request.headers {
            guard let field = HeaderField(line: Array(text.utf8)) else {
                throw .wrongInput(
                    "validate.header", "'\(text)' is not a valid header line", help: "write --header 'name: value'")
            }
            headers.append(field)
        }
        return headers
    }

    /// The input as a whole, or its lines that are not blank with their numbers.
    private func pieces(_ bytes: [UInt8], _ input: String) throws(HarnessError) -> [(line: Int, text: [UInt8])] {
        guard isLines(input) else { return [(1, bytes)] }
        let bytes = try ShellText.bytes(of: bytes, name: input)
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated().compactMap {
            number, line -> (Int, [UInt8])? in
            let isBlank = line.allSatisfy { [0x20, 0x09, 0x0D].contains($0) }
            return isBlank ? nil : (number + 1, Array(line))
        }
        guard !lines.isEmpty else {
            throw HarnessError(
                .wrongInput,
                Diagnostics([
                    Diagnostic(
                        "validate.no-lines", .error, "the input has no lines, so nothing was judged",
                        at: SourceLocation(file: input, line: 1, column: 1))
                ]))
        }
        return lines
    }

    private func isLines(_ input: String) -> Bool {
        if request.isLines { return true }
        // A body whose type says that it is a sequence is judged as one.
        if !request.headers.isEmpty { return false }
        let name = Array(input.utf8)
        return [".ndjson", ".jsonl"].contains { name.suffix($0.utf8.count).elementsEqual($0.utf8) }
    }
}

extension Diagnostic {
    /// A mistake in another part of the document: reported, and no reason to stop.
    fileprivate var asWarning: Diagnostic {
        var diagnostic = self
        diagnostic.severity = .warning
        return diagnostic
    }
}
