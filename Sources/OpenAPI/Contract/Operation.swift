public import Diagnostics
import Primitives

/// One method on one path.
///
/// Operations are immutable and passed along with every request. They are a class, so this costs only one reference
/// count.
public final class Operation: Sendable {
    /// Its method, its path and its names.
    public let identity: OperationIdentity
    /// Its tags, its description and whether it is deprecated.
    public let annotations: OperationAnnotations
    /// The parameters: first those of the path that the operation does not override, then its own.
    public let parameters: [Parameter]
    /// The request body.
    public let requestBody: RequestBody?
    /// The documented responses, in the order of the document.
    public let responses: [Response]
    /// The security requirements, one of which must be met; empty if none is needed.
    public let security: [SecurityRequirement]
    /// The servers of the operation, otherwise of its path, otherwise of the API.
    public let servers: [Server]
    /// The parts of requests that cannot be read because a reference cannot be resolved.
    public let unread: [UnreadReference]
    /// The location of the operation.
    public let location: SourceLocation
    /// The media ranges of all documented responses, each once, as a list for `accept`; `nil` if there are none.
    public let acceptedRanges: String?

    init(
        _ identity: OperationIdentity,
        _ annotations: OperationAnnotations,
        parameters: [Parameter],
        requestBody: RequestBody?,
        responses: [Response],
        security: [SecurityRequirement],
        servers: [Server],
        unread: [UnreadReference] = [],
        location: SourceLocation
    ) {
        self.identity = identity
        self.annotations = annotations
        self.parameters = parameters
        self.requestBody = requestBody
        self.responses = responses
        self.security = security
        self.servers = servers
        self.unread = unread
        self.location = location
        var ranges: [String] = []
        for range in responses.flatMap(\.content).map(\.range.description)
        where !ranges.contains(where: { $0.isSame(as: range) }) {
            ranges.append(range)
        }
        acceptedRanges = ranges.isEmpty ? nil : ranges.joined(separator: ", ")
    }

    /// The operationId.
    public var id: String? { identity.id }

    /// The method, in upper case.
    public var method: String { identity.method }

    /// The path template, as in the document.
    public var path: String { identity.path }

    /// The operationId, otherwise ``key``.
    public var name: String { identity.name }

    /// Method and path template: `GET /parcels/{id}`.
    public var key: String { identity.key }

    /// The parsed path template; `nil` if it is invalid.
    var template: RoutedTemplate? { identity.template }

    /// The documented response for a status: the exact one, otherwise the range (`4XX`), otherwise `default`.
    public func response(status: Int) -> Response? {
        responses.first { $0.statuses == status...status }
            ?? responses.first { $0.statuses == status / 100 * 100...status / 100 * 100 + 99 }
            ?? responses.first { $0.statuses == nil }
    }

    /// A parameter by name. Header names are compared ignoring ASCII case (RFC 9110, section 5.1), others exactly.
    ///
    /// - Parameter place: `nil` searches path, query, header and cookie, in this order.
    public func parameter(_ name: String, in place: ParameterPlace?) -> Parameter? {
        let places: [ParameterPlace] = place.map { [$0] } ?? [.path, .query, .querystring, .header, .cookie]
        for place in places {
            if let match = parameters.first(where: { $0.place == place && $0.isNamed(name) }) { return match }
        }
        return nil
    }

    /// The status keys between 200 and 299 that are documented: `["200", "2XX"]`.
    public var documentedSuccess: [String] {
        responses.map(\.statusKey).filter { $0.utf8.first == UInt8(ascii: "2") }
    }
}

/// The names of an operation in its document.
public struct OperationIdentity: Sendable {
    /// The operationId.
    public let id: String?
    /// The method, in upper case.
    public let method: String
    /// The path template, as in the document.
    public let path: String
    /// The operationId, otherwise ``key``.
    public let name: String
    /// Method and path template: `GET /parcels/{id}`.
    public let key: String
    /// The parsed path template; `nil` if it is invalid.
    let template: RoutedTemplate?

    /// - Parameter template: The parsed `path`, which the operations of a path share.
    init(id: String?, method: String, path: String, template: RoutedTemplate?) {
        self.id = id
        self.method = method
        self.path = path
        key = "\(method) \(path)"
        name = id ?? key
        self.template = template
    }
}

/// The parts of an operation for readers of the document.
public struct OperationAnnotations: Sendable, Hashable {
    /// The tags, in order.
    public let tags: [String]
    /// The short description.
    public let summary: String?
    /// Whether the operation is deprecated.
    public let isDeprecated: Bool
}

/// A request that the API itself sends: a callback of an operation, or a webhook.
public struct OutgoingCall: Sendable {
    /// The name under `callbacks` or `webhooks`.
    public let name: String
    /// The request and its possible responses. The path is the expression of the callback, or the webhook's name.
    public let operation: Operation
}

/// A part of an operation that cannot be read, because its reference cannot be resolved.
public struct UnreadReference: Sendable, Hashable {
    /// The part, as used in a sentence: `the request body`, `a parameter`, `the response 400`.
    public let part: String
    /// Why the reference cannot be resolved.
    public let reason: String
    /// Whether it refers to another host. This is not a mistake in the document, but remote documents are not
    /// downloaded.
    public let isRemote: Bool
    /// The location of the reference.
    public let location: SourceLocation

    /// Says that the part is not judged, and why.
    public var message: String { "\(part) is not judged: \(reason)" }
}
