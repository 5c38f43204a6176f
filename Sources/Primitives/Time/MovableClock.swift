/// A clock that differs from the real one: it can be advanced, set and stopped.
///
/// It contains no time itself. Every method receives the real time, so the same changes at the same times give the same
/// clock wherever they are computed.
public struct MovableClock: Sendable, Hashable {
    /// A change of the clock.
    public enum Change: Sendable, Hashable {
        /// The clock stops at its present time.
        case freeze
        /// The clock shows this time, and continues from there unless it is stopped.
        case set(Instant)
        /// The clock goes forward by this time, and stays stopped if it was.
        case advance(Duration)
        /// The clock shows the real time again.
        case reset
    }

    /// The time that is added to the real one.
    private var shift = Duration.zero
    /// The time at which the clock is stopped.
    private var stopped: Instant?

    /// A clock that shows the real time.
    public init() {}

    /// Whether the clock is stopped.
    public var isFrozen: Bool { stopped != nil }

    /// The time that the clock shows.
    ///
    /// - Parameter real: The real time.
    public func time(at real: Instant) -> Instant { stopped ?? real.advanced(by: shift) }

    /// Changes the clock.
    ///
    /// - Parameter real: The real time of the change.
    public mutating func apply(_ change: Change, at real: Instant) {
        switch change {
        case .freeze: stopped = time(at: real)
        case .set(let time): move(to: time, at: real)
        case .advance(let duration): move(to: time(at: real).advanced(by: duration), at: real)
        case .reset: self = MovableClock()
        }
    }

    private mutating func move(to time: Instant, at real: Instant) {
        shift = time.since(real)
        if stopped != nil { stopped = time }
    }
}

extension MovableClock.Change {
    /// The longest time by which a clock can be advanced at once: ten years of 365 days.
    public static let maximumAdvance = Duration.seconds(3_650 * 86_400)
    /// The years that a clock can be set to. Times that are computed from them stay in the range of RFC 3339.
    public static let years = 1971...2199

    /// Reads the duration of an advance, such as `90s`, `15m`, `2h`, `3d`; `nil` for any other text, for zero, and for
    /// more than ``maximumAdvance``.
    public static func duration(_ text: String) -> Duration? {
        let bytes = Array(text.utf8)
        let units: [UInt8: Int] = [
            UInt8(ascii: "s"): 1, UInt8(ascii: "m"): 60, UInt8(ascii: "h"): 3_600, UInt8(ascii: "d"): 86_400,
        ]
        let digits = bytes.dropLast()
        guard let unit = bytes.last.flatMap({ units[$0] }), !digits.isEmpty, digits.count <= 9,
            digits.allSatisfy({ (0x30...0x39).contains($0) }),
            let count = Int(String(decoding: digits, as: UTF8.self)), count > 0
        else { return nil }
        let duration = Duration.seconds(count * unit)
        return duration <= maximumAdvance ? duration : nil
    }

    /// Reads the time that a clock is set to (RFC 3339); `nil` for any other text and outside of ``years``.
    public static func time(_ text: String) -> Instant? {
        guard let time = Instant(text), let year = Int(time.dateText.prefix(4)), years.contains(year) else {
            return nil
        }
        return time
    }

    /// The duration of an advance as the largest whole unit, such as `3d`.
    public static func text(_ duration: Duration) -> String {
        let seconds = duration.components.seconds
        for (unit, name) in [(Int64(86_400), "d"), (3_600, "h"), (60, "m")] where seconds.isMultiple(of: unit) {
            return "\(seconds / unit)\(name)"
        }
        return "\(seconds)s"
    }
}
