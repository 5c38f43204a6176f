import JSONDocument
import OpenAPI

/// A resource of an inferred collection, and where it is.
struct InferredPlace: Sendable {
    var collection = ""
    /// The ids of everything around it and its own, encoded, each after a slash.
    var key = ""
    var value = JSONObject()
    /// Whether everything around it is as the document's examples show it, so that the examples below it apply.
    var isDocumented = true

    /// The key of what has an id below another key.
    static func key(_ scope: String, _ id: String) -> String { scope + "/" + ParameterCodec.percentEncode(id) }

    /// Whether a key is that of a resource right below another one.
    static func isDirectly(_ key: String, below scope: String) -> Bool {
        guard key.utf8.starts(with: scope.utf8) else { return false }
        let rest = key.utf8.dropFirst(scope.utf8.count)
        return rest.first == UInt8(ascii: "/") && !rest.dropFirst().contains(UInt8(ascii: "/"))
    }

    /// The text of an id by which it is compared: `7` and `7.0` are one number.
    static func id(_ text: String, isNumeric: Bool) -> String {
        isNumeric ? JSONNumber(text)?.canonical ?? text : text
    }
}

/// A resource that an inferred collection remembers.
struct InferredThing: Sendable {
    var value: JSONObject
    /// Whether an operation created it; else it is a documented one that was changed.
    var isCreated: Bool
    /// Whether it was deleted, although the examples of the document still show it.
    var isGone = false
}
