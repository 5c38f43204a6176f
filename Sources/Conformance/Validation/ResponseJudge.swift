import Diagnostics
public import Exchanges
import JSONDocument
public import JSONSchema
public import OpenAPI
import Primitives
import Scenarios

/// Judges single responses by one operation: status, media type, body and headers, no row and no run around it.
public struct ResponseJudge: Sendable {
    private let operation: Operation
    private let contract: Contract
    private let formats: ValidationOptions.FormatMode
    private let isStrict: Bool

    /// Judges by `operation` of `contract`; `isStrict` makes what neither declares errors.
    public init(
        _ operation: Operation,
        of contract: Contract,
        formats: ValidationOptions.FormatMode = .assert,
        isStrict: Bool = false
    ) {
        self.operation = operation
        self.contract = contract
        self.formats = formats
        self.isStrict = isStrict
    }

    /// What is wrong with a response of which all is known.
    public func findings(_ message: ResponseMessage) -> [Finding] {
        (judge(message) + cut(message)).map { finding in
            var finding = finding
            finding.table = nil
            finding.exchange = nil
            if isStrict, Rule.named(finding.rule)?.isStrictness == true { finding.severity = .error }
            return finding
        }
    }

    /// A body may have been cut on its way to the file: nothing else would tell for text.
    private func cut(_ message: ResponseMessage) -> [Finding] {
        guard operation.method != "HEAD", message.header("transfer-encoding").isEmpty,
            message.header("content-encoding").isEmpty, let text = message.header("content-length").first,
            let length = Int(text), length > message.body.count, ![204, 205, 304].contains(message.status)
        else { return [] }
        return [
            Finding(
                .bodyLength, "the body has fewer bytes than content-length declares", blame: .server,
                operation: operation.name, contract: contract.name, at: .header("content-length"),
                expected: "\(length) bytes", actual: "\(message.body.count) bytes")
        ]
    }

    /// What is wrong with a body of which only the status is known besides: headers are not judged, and its media
    /// type is the one that the contract documents, where that is beyond doubt.
    public func findings(body: [UInt8], status: Int) -> [Finding] {
        var message = ResponseMessage(status: status, body: body)
        guard let response = operation.response(status: status), !response.content.isEmpty, !body.isEmpty else {
            return findings(message)
        }
        let isJSON = (try? JSONDocument(parsing: body)) != nil
        let json = response.content.filter(\.range.isJSON)
        var candidates = response.content.count == 1 ? response.content : isJSON ? json : []
        if candidates.isEmpty, json.count == response.content.count { candidates = [json[0]] }
        guard candidates.count == 1 else {
            return [
                undecided(response, "several media types are documented, and the input does not say which one it is")
            ]
        }
        let range = candidates[0].range
        guard !range.isRange || isJSON else {
            return [undecided(response, "\(range) does not say how to read it")]
        }
        let name = range.isRange ? "application/json" : range.description
        message.headers = [HeaderField(name: "content-type", value: name)]
        return findings(message).filter { finding in
            if case .header? = finding.response { return finding.rule.utf8.starts(with: "body.".utf8) }
            return true
        }
    }

    private func undecided(_ response: Response, _ reason: String) -> Finding {
        Finding(
            .bodyUnjudged,
            "the body is not validated against its schema: \(reason)",
            blame: .document,
            operation: operation.name,
            contract: contract.name,
            answer: response.statusKey,
            at: .body(.root, nil),
            contract: response.location,
            expected: response.content.map(\.range.description).joined(separator: ", ")
        )
    }

    private func judge(_ message: ResponseMessage) -> [Finding] {
        let location = SourceLocation(file: "", line: 1, column: 1)
        let any = (1...9).map { StatusExpectation.Alternative.range($0) }
        let step = Step(
            name: "", location: location, call: .operation(operation, contract: contract.name),
            contract: contract.name, expect: StatusExpectation(any, text: "any", location: location))
        let scenario = Scenario(id: "", name: "", file: "", line: 1, steps: [step])
        let exchange = Exchange(
            sequence: 1, scenario: "", step: "", operation: operation.name, contract: contract.name,
            request: RequestMessage(method: operation.method, url: "/"), outcome: .response(message),
            startedAt: Instant(microsecondsSinceEpoch: 0), duration: .zero)
        let subject = Subject(
            scenario: scenario, step: step, view: .parsing(exchange, of: step), message: message, contract: contract,
            formats: formats)
        return StatusRules.findings(subject)
            + Repeats.merged(ContractRules.findings(subject))
    }
}
