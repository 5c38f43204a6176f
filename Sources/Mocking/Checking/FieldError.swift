import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI

/// A deviation of a request from the contract, in the words of a response.
struct FieldError: Sendable {
    let situation: Situation
    /// The name of a parameter, or the place in the body with dots.
    let field: String
    let received: String?
    let reason: String

    /// A sentence for responses that the behaviour file does not define.
    var sentence: String {
        field.isEmpty ? "\(reason)." : "\(field): \(reason)."
    }

    /// Longer values are cut, because the response repeats them.
    private static let maximumLength = 500

    /// The errors of a request, in order.
    static func all(_ issues: some Sequence<RequestIssue>, _ request: IncomingRequest) -> [FieldError] {
        var missing: [JSONPointer: [String]] = [:]
        return issues.map { issue in
            guard issue.keyword == "required", case .body(let pointer) = issue.place else {
                return FieldError(issue, request, missing: nil)
            }
            // Each missing member has one issue, in the order of the schema.
            var names = missing[pointer] ?? missingMembers(at: pointer, request)
            let name = names.isEmpty ? nil : names.removeFirst()
            missing[pointer] = names
            return FieldError(issue, request, missing: name)
        }
    }

    private init(_ issue: RequestIssue, _ request: IncomingRequest, missing: String?) {
        reason = missing == nil ? issue.message : "is missing, but the contract requires it"
        switch issue.place {
        case .path(let name):
            field = name
            received = request.pathValue(name)
        case .query(let name):
            field = name
            received = request.query(name)
        case .header(let name):
            field = name
            received = request.header(name)
        case .cookie(let name):
            field = name
            received = nil
        case .mediaType:
            field = "content-type"
            received = request.header("content-type")
        case .method:
            field = "method"
            received = request.method
        case .partHeader(let part, let name):
            field = (part.tokens + [name]).joined(separator: ".")
            received = nil
        case .body(let pointer):
            let pointer = missing.map { pointer.appending($0) } ?? pointer
            field = pointer.tokens.isEmpty ? "body" : pointer.tokens.joined(separator: ".")
            received = request.document?.root.node(at: pointer).map(Self.text)
        }
        situation =
            switch issue.keyword {
            case "mediaType": .mediaType
            case "json": .malformed
            case "required": .missing
            default: .invalid
            }
    }

    /// The required members that are missing.
    private static func missingMembers(at pointer: JSONPointer, _ request: IncomingRequest) -> [String] {
        guard let object = request.document?.root.node(at: pointer), object.kind == .object,
            let media = request.operation?.requestBody?.content.first,
            let view = media.schema?.view?.view(at: pointer.tokens)
        else { return [] }
        return view.requiredNames.filter { object[$0] == nil }
    }

    private static func text(_ node: JSONNode) -> String {
        String(String.UnicodeScalarView((node.string ?? node.spelling).unicodeScalars.prefix(maximumLength)))
    }
}
