/// What can go wrong with an answer between server and client, on request.
public enum TransportFault: String, Sendable, CaseIterable {
    /// The connection is closed before anything is sent.
    case close
    /// The connection is reset (TCP RST) before anything is sent.
    case reset
    /// Half of the body is sent under its full length, then the connection is closed.
    case truncate
    /// Bytes that are no HTTP are sent.
    case garbage
    /// The body comes in drops, over some two seconds.
    case drip
    /// Nothing is ever sent, and the connection stays open until it has been silent for too long.
    case hang
}

/// A fault and whom it meets.
public struct FaultRule: Sendable, Hashable {
    /// What goes wrong.
    public let fault: TransportFault
    /// How many of the requests it meets, from 0 to 1.
    public let share: Double
    /// `Operation.name`; `nil` for all.
    public let operation: String?

    /// A fault that meets `share` of the requests.
    public init(_ fault: TransportFault, share: Double = 1, operation: String? = nil) {
        self.fault = fault
        self.share = share
        self.operation = operation
    }

    /// Reads `KIND[=PERCENT%][@OPERATION]`, such as `reset=10%@getParcel`; `nil` for anything else.
    public init?(_ text: String) {
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

/// How long answers are held back.
public struct Latency: Sendable, Hashable {
    /// The shortest time.
    public let least: Duration
    /// The longest time; each answer waits for a time between the two.
    public let most: Duration

    /// Between `least` and `most`.
    public init(_ least: Duration, _ most: Duration) {
        self.least = min(least, most)
        self.most = max(least, most)
    }
}
