import Exchanges
import OpenAPI
import Primitives
import Scenarios

/// What one answer says of a rate limit.
struct LimitReading {
    /// Where an answer stands among those of the plan.
    struct Order: Comparable {
        /// The scenario's place in the plan.
        let place: Int
        /// The number of the answer in its scenario.
        let index: Int

        static func < (left: Order, right: Order) -> Bool {
            (left.place, left.index) < (right.place, right.index)
        }
    }

    let order: Order
    let scenario: String
    let step: Step
    let declared: Response?
    let exchange: Int
    let startedAt: Instant
    let limit: Int?
    let remaining: Int?
}

/// What the answers to one operation say of a rate limit, in whatever order they come.
struct LimitReadings {
    /// How many answers it takes to say that nobody counts.
    private static let leastAnswers = 5

    /// Where the first answer stands.
    private(set) var firstOrder = LimitReading.Order(place: .max, index: .max)
    /// The first answer that names a limit.
    private(set) var firstLimit: LimitReading?
    /// The first one that names another limit than that.
    private(set) var otherLimit: LimitReading?
    private let window: Duration
    /// The answers that name what is left, until it is seen that somebody counts or that they reach beyond a window.
    private var left: [LimitReading] = []
    private var isSettled = false

    init(window: Duration) {
        self.window = window
    }

    mutating func add(_ reading: LimitReading, isRefusal: Bool) {
        firstOrder = min(firstOrder, reading.order)
        if reading.limit != nil { addLimit(reading) }
        // A refused call takes nothing away, and what is more than the limit is no count.
        guard !isRefusal, let remaining = reading.remaining, remaining >= 0, remaining <= reading.limit ?? .max else {
            return
        }
        addLeft(reading, remaining)
    }

    private mutating func addLimit(_ reading: LimitReading) {
        guard let first = firstLimit else {
            firstLimit = reading
            return
        }
        if reading.order < first.order {
            firstLimit = reading
            if reading.limit != first.limit { otherLimit = first }
        } else if reading.limit != first.limit, otherLimit.map({ reading.order < $0.order }) ?? true {
            otherLimit = reading
        }
    }

    private mutating func addLeft(_ reading: LimitReading, _ remaining: Int) {
        guard !isSettled else { return }
        if let last = left.last, let before = last.remaining {
            let isLater = last.startedAt < reading.startedAt
            // Of two calls the later one left less: somewhere between them, somebody counts.
            let isCounted = isLater ? remaining < before : last.startedAt > reading.startedAt && remaining > before
            let distance = reading.startedAt.since(last.startedAt)
            if isCounted || max(distance, .zero - distance) >= window {
                isSettled = true
                left = []
                return
            }
        }
        left.append(reading)
    }

    /// The first and the last of the calls that follow one another inside a window and never make fewer calls left,
    /// and how many they are; `nil` where somebody counts, or where that cannot be said.
    var uncounted: (first: LimitReading, last: LimitReading, count: Int)? {
        let counted = left.sorted { ($0.startedAt, $0.order) < ($1.startedAt, $1.order) }
        guard counted.count >= Self.leastAnswers, let first = counted.first, let last = counted.last,
            last.startedAt.since(first.startedAt) < window,
            !zip(counted, counted.dropFirst()).contains(where: { ($1.remaining ?? 0) < ($0.remaining ?? 0) })
        else { return nil }
        return (first, last, counted.count)
    }
}
