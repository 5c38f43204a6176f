/// Recent callbacks and webhooks, and those that are not sent yet.
struct Outbox: Sendable {
    private static let maximumCount = 1_000
    /// The most attempts of a delivery that are kept.
    private static let mostAttempts = 16

    /// A delivery with the results of its attempts.
    struct Entry: Sendable {
        let delivery: Delivery
        var attempts: [DeliveryAttempt] = []
    }

    /// Oldest first.
    private(set) var entries: [Entry] = []
    /// The number of deliveries at the end that are not sent yet.
    private var unsent = 0
    /// The number of all deliveries so far, and of all ids.
    private var count = 0
    private var serials = 0
    /// A delivery that is sent after the next one on purpose.
    var heldBack: Delivery?

    /// A number that no other delivery gets, not even one that is sent after the next one.
    mutating func nextSerial() -> String {
        serials += 1
        return String(serials)
    }

    mutating func add(_ delivery: Delivery) {
        count += 1
        var delivery = delivery
        delivery.number = count
        entries.append(Entry(delivery: delivery))
        unsent += 1
        if entries.count > Self.maximumCount { entries.removeFirst() }
    }

    /// The deliveries that are not sent yet, oldest first.
    mutating func takeUnsent() -> [Delivery] {
        guard unsent > 0 else { return [] }
        defer { unsent = 0 }
        return entries.suffix(unsent).map(\.delivery)
    }

    /// Adds the result of an attempt, unless the delivery was removed meanwhile.
    mutating func note(_ attempt: DeliveryAttempt, of number: Int) {
        guard let place = entries.lastIndex(where: { $0.delivery.number == number }),
            entries[place].attempts.count < Self.mostAttempts
        else { return }
        entries[place].attempts.append(attempt)
    }
}
