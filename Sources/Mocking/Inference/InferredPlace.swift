import JSONDocument
import OpenAPI

/// A thing that an inferred collection holds, and where.
struct InferredPlace: Sendable {
    var collection = ""
    /// The ids of everything around it and its own, encoded, each after a slash.
    var key = ""
    var value = JSONObject()

    /// The key of what has an id below another key.
    static func key(_ scope: String, _ id: String) -> String { scope + "/" + ParameterCodec.percentEncode(id) }

    /// Whether a key is that of a thing right below another one.
    static func isDirectly(_ key: String, below scope: String) -> Bool {
        guard key.utf8.starts(with: scope.utf8) else { return false }
        let rest = key.utf8.dropFirst(scope.utf8.count)
        return rest.first == UInt8(ascii: "/") && !rest.dropFirst().contains(UInt8(ascii: "/"))
    }
}
