/// A fault between server and client that users can select.
package enum TransportFault: String, Sendable, CaseIterable {
    /// The connection is closed before anything is sent.
    case close
    /// The connection is reset (TCP RST) before anything is sent.
    case reset
    /// Half of the body is sent with its full length declared, then the connection is closed.
    case truncate
    /// Bytes that are not HTTP are sent.
    case garbage
    /// The body arrives in small pieces, over about two seconds.
    case drip
    /// Nothing is ever sent. The connection stays open until it has been idle for too long.
    case hang
}

/// A fault, and the requests that it affects.
package struct FaultRule: Sendable, Hashable {
    /// The fault.
    package let fault: TransportFault
    /// The share of requests that it affects, from 0 to 1.
    package let share: Double
    /// `Operation.name`; `nil` for all.
    package let operation: String?

    /// A fault that affects `share` of the requests.
    package init(_ fault: TransportFault, share: Double = 1, operation: String? = nil) {
        self.fault = fault
        self.share = share
        self.operation = operation
    }

    /// Reads `KIND[=PERCENT%][@OPERATION]`, such as `reset=10%@getParcel`; `nil` for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        let words = parts[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let fault = TransportFault(rawValue: String(words[0])), parts.count == 1 || !parts[1].isEmpty else {
            return nil
        }
        var share = 1.0
        if words.count == 2 {
            guard words[1].last == "%", let percent = Double(words[1].dropLast()), (0...100).contains(percent) else {
                return nil
            }
            share = percent / 100
        }
        self.init(fault, share: share, operation: parts.count == 2 ? String(parts[1]) : nil)
    }
}

/// The disturbances of responses during transport.
package struct DisturbanceSettings: Sendable {
    /// The delay of responses; `nil` for none.
    package var latency: Latency?
    /// The faults, and the requests that they affect.
    package var faults: [FaultRule] = []

    /// No disturbances.
    package init() {}
}

/// The disturbance of one response during transport.
package struct Disturbance: Sendable {
    /// The delay; `nil` for none.
    package var delay: Duration?
    /// The fault; `nil` for none.
    package var fault: TransportFault?

    /// No disturbance.
    package init() {}
}

/// The delay of responses.
package struct Latency: Sendable, Hashable {
    /// The shortest time.
    package let least: Duration
    /// The longest time; each response is delayed by a time between the two.
    package let most: Duration

    /// A delay between `least` and `most`.
    package init(_ least: Duration, _ most: Duration) {
        self.least = min(least, most)
        self.most = max(least, most)
    }
}
