import Primitives

/// Texts of the known formats.
enum FormatText {
    /// Texts of a format, those within the bounds first; empty for an unknown format.
    static func candidates(
        _ format: String, minimum: Int, maximum: Int, _ random: inout StableRandom
    ) -> [String] {
        let short = TextCandidates.word(2, &random)
        let word = TextCandidates.word(8, &random)
        /// Filler up to the minimum length, if `used` scalars are already used.
        func filler(_ used: Int) -> String { String(repeating: "x", count: max(0, minimum - used)) }
        /// Labels of at most 60 letters, for host names.
        func labels(_ used: Int) -> String {
            var text = ""
            while text.count + used < minimum { text += "xxxxxxxxx." }
            return text
        }
        switch format {
        case "date-time":
            let day = date(&random)
            let time = time(&random)
            let digits = String(repeating: "0", count: max(1, minimum - 21))
            return ["\(day)T\(time)Z", "\(day)T\(time)+00:00", "\(day)T\(time).\(digits)Z"]
                + ["\(day)T\(time).000Z", "\(day)T\(time).000000Z", "\(day)T\(time).000+00:00"]
        case "date": return [date(&random)]
        case "time": return ["\(time(&random))Z", "\(time(&random))+00:00"]
        case "duration": return ["P\(Int.random(in: 1...30, using: &random))D", "PT10M", "P1D"]
        case "email", "idn-email":
            return ["\(word)@example.com", "\(short)@b.example", "\(word)\(filler(20))@example.com"]
                + ["\(word)@\(labels(20))example.com"]
        case "hostname", "idn-hostname":
            return ["\(word).example.com", "\(short).example", short, "\(labels(20))\(word).example.com"]
        case "ipv4": return ["192.0.2.\(Int.random(in: 1...254, using: &random))", "192.0.2.100", "10.0.0.1"]
        case "ipv6":
            return [
                "2001:db8::\(Int.random(in: 1...9, using: &random))", "::1", "2001:0db8:0000:0000:0000:0000:0000:0001",
            ]
        case "uri", "iri", "url", "uri-reference", "iri-reference":
            return ["https://example.com/\(word)", "https://example.com/\(word)\(filler(28))", "a:b", "a:\(filler(2))"]
                + (format.hasSuffix("reference") ? ["/\(short)", "a"] : [])
        case "uri-template": return ["/{id}", "/{id}/\(filler(6))"]
        case "uuid": return [uuid(&random)]
        case "json-pointer": return ["/\(word)", "", "/\(filler(1))"]
        case "relative-json-pointer": return ["0", "1/\(filler(2))"]
        case "regex": return ["a", filler(0)]
        case "byte":
            let blocks = max(1, (minimum + 3) / 4)
            return [String(repeating: "YWJj", count: max(2, blocks)), String(repeating: "YWJj", count: blocks)]
        case "base64url":
            return [String(repeating: "YWJj", count: max(2, (minimum + 3) / 4)), "YWJj"]
        case "binary", "password": return [TextCandidates.word(max(minimum, min(12, maximum)), &random)]
        default: return RegisteredFormatText.candidates(format, minimum: minimum, &random)
        }
    }

    static func date(_ random: inout StableRandom) -> String {
        let month = Int.random(in: 1...12, using: &random)
        let day = Int.random(in: 1...28, using: &random)
        return "20\(Int.random(in: 20...29, using: &random))-\(two(month))-\(two(day))"
    }

    static func time(_ random: inout StableRandom) -> String {
        let parts = [23, 59, 59].map { two(Int.random(in: 0...$0, using: &random)) }
        return parts.joined(separator: ":")
    }

    static func two(_ number: Int) -> String {
        number < 10 ? "0\(number)" : String(number)
    }

    /// Version 4 (RFC 9562, section 5.4).
    private static func uuid(_ random: inout StableRandom) -> String {
        let digits = Array("0123456789abcdef".unicodeScalars)
        var text = ""
        for index in 0..<32 {
            if [8, 12, 16, 20].contains(index) { text += "-" }
            let value = Int.random(in: 0..<16, using: &random)
            text.unicodeScalars.append(index == 12 ? "4" : digits[index == 16 ? 8 + value % 4 : value])
        }
        return text
    }
}
