import Synchronization

/// What the contract says of a run's answers, by the exchanges' places in the journal.
///
/// A step is judged as soon as it is answered, so that the run knows how to go on; the verdict need not read every body
/// again. Only what depends on nothing but the exchange is remembered.
final class JudgedExchanges: Sendable {
    private let known = Mutex<[Int: [Finding]]>([:])

    subscript(sequence: Int) -> [Finding]? {
        get { known.withLock { $0[sequence] } }
        set { known.withLock { $0[sequence] = newValue } }
    }
}
