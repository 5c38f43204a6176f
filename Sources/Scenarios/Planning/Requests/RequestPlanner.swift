import Exchanges
import JSONDocument

/// The body of a step, as far as it is known.
struct PlannedBody: Sendable {
    var value: JSONValue?
    /// Whether the step certainly has no body.
    var isNone = false
    var holes: [JSONPointer]
}

/// A request as far as it is known before any response is received.
struct RequestPreview {
    var request: PlannedRequest
    var built: BuiltRequest

    /// The body of the request for later steps that repeat it.
    var body: PlannedBody {
        PlannedBody(
            value: request.bodyIsUnknown ? nil : built.body,
            isNone: !request.bodyIsUnknown && built.message.body == nil, holes: request.pointers)
    }
}

/// Builds the requests of a scenario before any response is received.
struct RequestPlanner {
    let scope: ValueScope
    let credentials: Credentials
    /// Headers of every request to the target.
    var common: [HeaderField] = []

    /// The request of a step.
    ///
    /// - Parameter earlierBodies: The bodies of earlier steps, if known.
    /// - Throws: Why the request cannot be built.
    func preview(
        _ step: Step, earlierBodies: [String: PlannedBody]
    ) throws(ValueFailure) -> RequestPreview {
        let request = try PlannedRequest(step, scope: scope, earlierBodies: earlierBodies)
        let built = try RequestBuilder.build(
            request.step, scope: scope, credentials: credentials, baseURL: "http://localhost", common: common)
        return RequestPreview(request: request, built: built)
    }
}
