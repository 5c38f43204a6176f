import Exchanges
import Primitives

/// The text of the `Date` header, which changes once a second.
struct DateHeader {
    private var second = Int64.min
    private var known = ""

    mutating func text(at now: Instant) -> String {
        let current = now.microsecondsSinceEpoch / 1_000_000
        if current != second {
            second = current
            known = now.httpDate
        }
        return known
    }
}
