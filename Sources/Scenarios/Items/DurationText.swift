/// Durations in tables, configuration and options: `500ms`, `2s`, `5m`, `1h`.
public enum DurationText {
    /// Parses a duration, which may be zero; `nil` if the text is not a duration or exceeds a week.
    public static func parse(_ text: String) -> Duration? {
        let bytes = Array(text.utf8)
        let digits = bytes.prefix { $0 >= 0x30 && $0 <= 0x39 }
        guard !digits.isEmpty, digits.count <= 9, let count = Int(String(decoding: digits, as: UTF8.self)) else {
            return nil
        }
        let milliseconds: Int
        switch String(decoding: bytes[digits.count...], as: UTF8.self) {
        case "ms": milliseconds = count
        case "s": milliseconds = count * 1_000
        case "m": milliseconds = count * 60_000
        case "h": milliseconds = count * 3_600_000
        default: return nil
        }
        return milliseconds <= 7 * 86_400_000 ? .milliseconds(milliseconds) : nil
    }
}
