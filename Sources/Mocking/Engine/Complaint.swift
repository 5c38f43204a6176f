import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI

/// A broken rule of the contract in the words of an answer.
struct Complaint {
    let situation: Situation
    /// A parameter's name, or the place in the body with dots.
    let field: String
    let received: String?
    let reason: String

    /// One sentence for answers that the behaviour says nothing about.
    var sentence: String {
        field.isEmpty ? "\(reason)." : "\(field): \(reason)."
    }

    /// Longer values are cut: they come back to the client in an answer.
    private static let maximumLength = 500

    init(_ issue: RequestIssue, _ request: IncomingRequest) {
        reason = issue.message
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
        case .body(let pointer):
            var pointer = pointer
            if issue.keyword == "required", let name = Self.missingMember(at: pointer, request) {
                pointer = pointer.appending(name)
            }
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

    /// The first required member that is not there.
    private static func missingMember(at pointer: JSONPointer, _ request: IncomingRequest) -> String? {
        guard let object = request.document?.root.node(at: pointer),
            let media = request.operation?.requestBody?.content.first,
            let view = media.schema?.view?.view(at: pointer.tokens)
        else { return nil }
        return view.requiredNames.first { object[$0] == nil }
    }

    private static func text(_ node: JSONNode) -> String {
        String(String.UnicodeScalarView((node.string ?? node.spelling).unicodeScalars.prefix(maximumLength)))
    }
}
