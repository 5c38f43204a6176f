import JSONDocument
import OpenAPI

extension ParameterCodec.Parsed {
    /// The value as JSON, or the kind of the outcome with its reason: `invalid: 'x' is not an integer`.
    var outcome: String {
        switch self {
        case .absent: "absent"
        case .invalid(let message): "invalid: " + message
        case .undefined(let message): "undefined: " + message
        case .value(let value): value.text
        }
    }
}
