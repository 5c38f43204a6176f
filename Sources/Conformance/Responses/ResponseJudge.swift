import Diagnostics
package import Exchanges
import JSONDocument
package import JSONSchema
package import OpenAPI
import Primitives
import Scenarios

/// Judges single responses by one operation: status, media type, body and headers, no row and no run around it.
package struct ResponseJudge: Sendable {
    private let operation: Operation
    private let contract: Contract
    private let formats: ValidationOptions.FormatMode
    private let isStrict: Bool

    /// Judges by `operation` of `contract`; `isStrict` makes undeclared members and headers errors.
    package init(
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

    /// The findings about a complete response.
    package func findings(_ message: ResponseMessage) -> [Finding] {
        let subject = ResponseSubject(message, toMethod: operation.method, of: operation, contract, formats: formats)
        let status = [StatusRules.undocumented(subject)].compactMap { $0 }
        let found = status + Repeats.merged(subject.contractFindings) + cut(message)
        return isStrict ? found.map(\.strict) : found
    }

    /// The finding about a body that is shorter than declared: it may have been cut on its way to the file, and for
    /// text no other rule finds that.
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

    /// The findings about a body of which only the status is known: headers are not judged, and the media type is the
    /// documented one, where there is only one candidate.
    package func findings(body: [UInt8], status: Int) -> [Finding] {
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
}
