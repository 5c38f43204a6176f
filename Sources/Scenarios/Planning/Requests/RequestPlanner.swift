import Exchanges
import JSONDocument
import OpenAPI
import Primitives

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
    /// The names of the headers among them with an unknown value.
    var unknown: [String] = []

    /// The request of a step.
    ///
    /// - Parameter earlierBodies: The bodies of earlier steps, if known.
    /// - Throws: Why the request cannot be built.
    func preview(
        _ step: Step, earlierBodies: [String: PlannedBody]
    ) throws(ValueFailure) -> RequestPreview {
        var request = try PlannedRequest(step, scope: scope, earlierBodies: earlierBodies)
        for name in unknown where step.call.operation?.parameter(name, in: .header) != nil && !step.sets(header: name) {
            request.parameters.append(ItemPath(.header(name)))
        }
        let built = try RequestBuilder.build(
            request.step, scope: scope, credentials: credentials, baseURL: "http://localhost", common: common)
        return RequestPreview(request: request, built: built)
    }
}

extension Step {
    /// Whether its `set` decides about a header.
    fileprivate func sets(header name: String) -> Bool {
        request.set.contains { item in
            guard case .header(let own) = item.path.root else { return false }
            return own.lowercasedASCII.isSame(as: name.lowercasedASCII)
        }
    }
}
