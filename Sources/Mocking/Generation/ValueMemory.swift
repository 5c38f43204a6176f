import JSONDocument
import Primitives

/// Values that were made from schemas, so that each is made once. Shared by the responses of one contract.
final class ValueMemory: Sendable {
    /// What the schemas of responses say about resources.
    let outlines = ResponseOutlines()
    /// There are as many values as media types and headers in the document; the limit only bounds odd ones.
    private let values = Memo<String, JSONValue?>(limit: 10_000)

    /// The value under `key`, made now if it is not known.
    func value(_ key: String, make: () -> JSONValue?) -> JSONValue? {
        values.value(key, make)
    }
}
