import Diagnostics
import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives

/// A response and its documentation in the contract, read once, with everything that rules about responses need.
///
/// It does not depend on rows, so the same code judges a single response, a recorded one and that of a step.
final class ResponseSubject: Sendable {
    let message: ResponseMessage
    /// The method of the request.
    let method: String
    /// The operation; `nil` for requests that no document describes.
    let operation: Operation?
    /// The contract; `nil` when the plan names one that is not loaded.
    let contract: Contract?
    /// The documented response for the received status.
    let declared: Response?
    /// The value of each `content-type` line; a response should have exactly one.
    let contentTypes: [String]
    /// The media type that the response names; `nil` when it names none, several, or an invalid one.
    let mediaTypeName: MediaTypeName?
    /// The documented media type for the received one, or the only documented one when none was received.
    let mediaType: MediaType?
    let body: ReceivedBody
    /// How values of the response are validated.
    let options: ValidationOptions

    /// Reads a response.
    ///
    /// - Parameter parsed: The body as JSON, if it is JSON and was parsed before.
    init(
        _ message: ResponseMessage,
        toMethod method: String,
        of operation: Operation?,
        _ contract: Contract?,
        parsed: JSONDocument? = nil,
        formats: ValidationOptions.FormatMode = .assert
    ) {
        self.message = message
        self.method = method
        self.operation = operation
        self.contract = contract
        options = ValidationOptions(direction: .response, formats: formats)
        declared = operation?.response(status: message.status)
        contentTypes = message.header("content-type")
        if let contentType = contentTypes.first {
            let name = contentTypes.count == 1 ? MediaTypeName(contentType) : nil
            mediaTypeName = name?.isRange == true ? nil : name
            mediaType = mediaTypeName == nil ? nil : declared?.mediaType(for: contentType)
        } else {
            mediaTypeName = nil
            mediaType = declared?.content.count == 1 ? declared?.content.first : nil
        }
        // A body without a media type is read as the only documented one, unless that is a range.
        let assumed = contentTypes.isEmpty ? mediaType?.range : nil
        body =
            message.body.isEmpty && message.cut == nil && Self.forbidsContent(method, message)
            ? .empty
            : ReceivedBody(message, named: mediaTypeName ?? assumed, described: mediaType, parsed: parsed)
    }

    /// Responses that never have content, whatever their headers describe (RFC 9110, sections 6.4.1, 15.3.5, 15.3.6
    /// and 15.4.5).
    private static func forbidsContent(_ method: String, _ message: ResponseMessage) -> Bool {
        switch message.status {
        case 100...199, 204, 205, 304: true
        default: method == "HEAD"
        }
    }

    /// Whether a response like this must not have content.
    var forbidsContent: Bool { Self.forbidsContent(method, message) }

    /// Whether the response has content, stored or not.
    var hasContent: Bool { !message.body.isEmpty || message.cut.map { $0.length > 0 } ?? false }

    /// Whether HTTP forbids content in this response and it has none.
    var isBodiless: Bool { forbidsContent && !hasContent }

    /// A finding about this response.
    func finding(
        _ rule: Rule,
        id: String? = nil,
        _ message: String,
        blame: Finding.Blame = .server,
        at place: ResponsePlace? = nil,
        contract location: SourceLocation? = nil,
        clause: String? = nil,
        expected: String? = nil,
        actual: String? = nil,
        differences: [JSONDifference] = [],
        details: [String] = []
    ) -> Finding {
        Finding(
            rule,
            id: id,
            message,
            blame: blame,
            operation: operation?.name,
            contract: contract?.name ?? "",
            answer: declared?.statusKey,
            at: place,
            contract: location,
            clause: clause,
            expected: expected,
            actual: actual,
            differences: differences,
            details: details
        )
    }
}

extension ResponseSubject {
    /// The findings of rules that apply to every response: about content, media type, body and headers.
    var contractFindings: [Finding] {
        if let unread = declared?.unread {
            return ContentRules.findings(self) + [DocumentRules.unread(unread, self)]
        }
        return ContentRules.findings(self) + MediaTypeRules.findings(self) + BodyRules.findings(self)
            + HeaderRules.findings(self)
    }

    /// Whether the body is valid for another documented status of the operation. If so, only the status is wrong.
    var isOfAnotherStatus: Bool {
        guard case .json(let document) = body, let operation, let declared, let name = mediaTypeName else {
            return false
        }
        return operation.responses.contains { response in
            guard !response.statusKey.isSame(as: declared.statusKey),
                let schema = response.mediaType(for: name.description)?.schema,
                let compiled = try? schema.compiled()
            else { return false }
            let report = compiled.validate(document.root, options)
            return report.outcome == .valid && report.undeclared.isEmpty
        }
    }
}
