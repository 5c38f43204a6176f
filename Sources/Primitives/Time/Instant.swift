#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A point in time, UTC, exact to the microsecond.
public struct Instant: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Microseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    public var microsecondsSinceEpoch: Int64

    /// Creates the instant that is `microsecondsSinceEpoch` after 1970-01-01T00:00:00Z.
    public init(microsecondsSinceEpoch: Int64) {
        self.microsecondsSinceEpoch = microsecondsSinceEpoch
    }

    /// Creates the instant that is `secondsSinceEpoch` after 1970-01-01T00:00:00Z, rounded to microseconds.
    ///
    /// NaN becomes 0. Values outside the years 0 to 9999 are clamped.
    public init(secondsSinceEpoch: Double) {
        let bounded = min(max(secondsSinceEpoch, -62_167_219_200), 253_402_300_799)
        microsecondsSinceEpoch = bounded.isNaN ? 0 : Int64((bounded * 1_000_000).rounded())
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    public var secondsSinceEpoch: Double {
        Double(microsecondsSinceEpoch) / 1_000_000
    }

    /// The system clock's time.
    public static var now: Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microsecondsSinceEpoch: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }

    /// The instant that is `duration` later, or earlier if negative; clamped to the representable range.
    public func advanced(by duration: Duration) -> Instant {
        let (seconds, attoseconds) = duration.components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        let (sum, sumOverflow) = microsecondsSinceEpoch.addingReportingOverflow(product)
        let (total, totalOverflow) = sum.addingReportingOverflow(attoseconds / 1_000_000_000_000)
        if overflow || sumOverflow || totalOverflow {
            return Instant(microsecondsSinceEpoch: duration < .zero ? .min : .max)
        }
        return Instant(microsecondsSinceEpoch: total)
    }

    /// How long after `other` this is.
    public func since(_ other: Instant) -> Duration {
        let (difference, overflow) = microsecondsSinceEpoch.subtractingReportingOverflow(other.microsecondsSinceEpoch)
        return .microseconds(overflow ? (self < other ? .min : .max) : difference)
    }

    /// Orders earlier instants first.
    public static func < (left: Instant, right: Instant) -> Bool {
        left.microsecondsSinceEpoch < right.microsecondsSinceEpoch
    }

    /// RFC 3339 text in UTC, the same as `text`.
    public var description: String { text }
}
