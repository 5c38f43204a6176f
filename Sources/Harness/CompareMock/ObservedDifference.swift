import Exchanges
import JSONDocument
import OpenAPI

/// A place in which the response of a server differs from that of the mock, with every pair of responses.
struct ObservedDifference {
    /// The parts that identify it.
    struct Key: Hashable {
        var contract: String
        var operation: String
        /// The status of the server's response.
        var status: Int
        var place: Place
    }

    /// The place of a difference.
    enum Place: Hashable {
        case status
        case mediaType
        /// A documented header, in lower case.
        case header(String)
        /// A value of a JSON body, with `*` for every index.
        case body(JSONPointer)

        /// The place as reports show it.
        var text: String {
            switch self {
            case .status: "status"
            case .mediaType: "header content-type"
            case .header(let name): "header \(name)"
            case .body(let pointer): pointer.tokens.isEmpty ? "body" : pointer.description
            }
        }
    }

    /// The kind of a difference.
    enum Kind: Hashable {
        /// The value is missing in the mock's response.
        case missing
        /// Only the mock sends it.
        case surplus
        /// The values have different kinds.
        case kind
        /// The values differ.
        case value
    }

    /// One pair of responses.
    struct Sample {
        var step: StepName
        var request: RequestMessage
        var sandbox: JSONValue?
        var mock: JSONValue?
        /// The whole body of the server's response; `nil` if it is not JSON.
        var body: JSONValue?
        /// The situation in which the mock rejected the request; `nil` if it accepted it.
        var situation: String?
        /// The status of the mock's response.
        var mockStatus: Int
    }

    var key: Key
    var kind: Kind
    /// The document's description of the place.
    var document: String
    var operation: OpenAPI.Operation?
    var samples: [Sample]
}
