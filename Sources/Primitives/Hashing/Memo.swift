internal import Synchronization

/// Results by key, each computed once. Safe to use from several threads.
///
/// Policy: when `limit` results are kept, all are dropped and the memo starts again. So it never keeps more results,
/// and a hit needs no bookkeeping. Results must depend on their key only.
public final class Memo<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let limit: Int
    private let values = Mutex<[Key: Value]>([:])

    /// A memo of at most `limit` results, at least one.
    public init(limit: Int) {
        self.limit = max(1, limit)
    }

    /// The result for a key. Two threads that need the same one at the same time may both compute it.
    public func value(_ key: Key, _ compute: () -> Value) -> Value {
        if let known = values.withLock({ $0[key] }) { return known }
        let value = compute()
        values.withLock { values in
            if values.count >= limit { values.removeAll(keepingCapacity: true) }
            values[key] = value
        }
        return value
    }
}
