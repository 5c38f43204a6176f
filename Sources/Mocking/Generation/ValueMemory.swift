import JSONDocument
import Synchronization

/// Values that were made from schemas, so that each is made once. Shared by the answers of one contract.
final class ValueMemory: Sendable {
    /// There are as many values as media types and headers in the document; this only bounds odd ones.
    private static let maximumCount = 10_000

    /// What the schemas of responses say about resources.
    let outlines = ResponseOutlines()
    private let values = Mutex<[String: JSONValue?]>([:])

    /// The value under `key`, made now if it is not known.
    func value(_ key: String, make: () -> JSONValue?) -> JSONValue? {
        if let known = values.withLock({ $0[key] }) { return known }
        let made = make()
        values.withLock { values in
            if values.count >= Self.maximumCount { values.removeAll() }
            values[key] = .some(made)
        }
        return made
    }
}
