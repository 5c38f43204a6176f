public import Testing

/// Expects that a response matches the contract of an operation: status, media type, headers and body.
///
/// ```swift
/// expectConforms(response, to: "createOrder", of: contract)
/// ```
///
/// Each finding is an issue at the call; warnings are reported as warnings. A response that cannot be judged, such as
/// one with an encoded body, fails. The response is attached.
///
/// - Parameters:
///   - response: The response of the server.
///   - operation: An operationId, or method and path: `GET /books/{id}`.
///   - contract: The document to judge against.
///   - sourceLocation: The location at which issues are reported.
/// - Returns: Whether the response conforms.
@discardableResult
public func expectConforms(
    _ response: ReceivedResponse,
    to operation: String,
    of contract: Contract,
    sourceLocation: SourceLocation = #_sourceLocation
) -> Bool {
    let issues = ResponseVerdict(response, operation, contract).issues
    for issue in issues {
        Issue.record(
            Comment(rawValue: issue.message), severity: issue.isWarning ? .warning : .error,
            sourceLocation: sourceLocation)
    }
    if !issues.isEmpty {
        Attachment.record(
            response.text, named: "response.txt", sourceLocation: sourceLocation)
    }
    return !issues.contains { !$0.isWarning }
}
