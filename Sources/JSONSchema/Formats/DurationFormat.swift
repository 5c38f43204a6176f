/// `duration` (RFC 3339, appendix A): units in order without gaps, or weeks alone.
enum DurationFormat {
    static func accepts(_ text: Bytes) -> Bool {
        var reader = DigitReader(text)
        guard reader.skip("P"), !reader.isAtEnd else { return false }
        if reader.skip("T") { return units("HMS", &reader) && reader.isAtEnd }
        var weeks = reader
        if weeks.skipDigits() > 0, weeks.skip("W") { return weeks.isAtEnd }
        guard units("YMD", &reader) else { return false }
        if reader.isAtEnd { return true }
        return reader.skip("T") && units("HMS", &reader) && reader.isAtEnd
    }

    /// Skips at least one unit, in the order of `names` without gaps.
    private static func units(_ names: String, _ reader: inout DigitReader) -> Bool {
        var expected = Array(names.unicodeScalars)[...]
        var isFirst = true
        while true {
            let before = reader
            guard reader.skipDigits() > 0 else {
                reader = before
                return !isFirst
            }
            if isFirst {
                while let unit = expected.first, !reader.skip(unit) { expected.removeFirst() }
                guard !expected.isEmpty else { return false }
            } else {
                guard let unit = expected.first, reader.skip(unit) else { return false }
            }
            expected.removeFirst()
            isFirst = false
        }
    }
}
