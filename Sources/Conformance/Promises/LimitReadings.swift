import Exchanges
import OpenAPI
import Primitives
import Scenarios

/// The rate limit headers of one response.
struct LimitReading {
    /// The place of a response in the plan.
    struct Order: Comparable {
        /// The scenario's place in the plan.
        let place: Int
        /// The number of the response in its scenario.
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

/// The rate limit headers of all responses of one operation, in any order.
struct LimitReadings {
    /// How many responses it takes to conclude that requests are not counted.
    private static let leastAnswers = 5

    /// The place of the first response.
    private(set) var firstOrder = LimitReading.Order(place: .max, index: .max)
    /// The first response with a limit.
    private(set) var firstLimit: LimitReading?
    /// The first one with another limit.
    private(set) var otherLimit: LimitReading?
    private let window: Duration
    /// The responses with a remaining count, until the count goes down or they cover more than a window.
    private var left: [LimitReading] = []
    private var isSettled = false

    init(window: Duration) {
        self.window = window
    }

    mutating func add(_ reading: LimitReading, isRefusal: Bool) {
        firstOrder = min(firstOrder, reading.order)
        if reading.limit != nil { addLimit(reading) }
        // A rejected request is not counted, and a value above the limit is not a count.
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
            // The later one of two responses has a lower count: requests are counted.
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

    /// The first and the last of the responses inside one window whose remaining count never goes down, and how many they
    /// are; `nil` where requests are counted, or where that is unknown.
    var uncounted: (first: LimitReading, last: LimitReading, count: Int)? {
        let counted = left.sorted { ($0.startedAt, $0.order) < ($1.startedAt, $1.order) }
        guard counted.count >= Self.leastAnswers, let first = counted.first, let last = counted.last,
            last.startedAt.since(first.startedAt) < window,
            !zip(counted, counted.dropFirst()).contains(where: { ($1.remaining ?? 0) < ($0.remaining ?? 0) })
        else { return nil }
        return (first, last, counted.count)
    }
}
