import Primitives

/// Texts of the formats that only the OpenAPI Format Registry defines.
enum RegisteredFormatText {
    /// Texts of a format; empty for an unknown one.
    static func candidates(_ format: String, minimum: Int, _ random: inout StableRandom) -> [String] {
        let word = TextCandidates.word(8, &random)
        let digits = [String(Int.random(in: 1...99, using: &random)), "1", "0"]
        /// Filler up to the minimum length, if `used` scalars are already used.
        func filler(_ used: Int) -> String { String(repeating: "x", count: max(0, minimum - used)) }
        switch format {
        case "char": return [TextCandidates.word(1, &random)]
        case "commonmark": return ["*\(word)*\(filler(10))"]
        case "html": return ["<p>\(word)\(filler(15))</p>"]
        case "date-time-local": return ["\(FormatText.date(&random))T\(FormatText.time(&random))"]
        case "time-local": return [FormatText.time(&random)]
        case "http-date":
            let day = Int.random(in: 2...8, using: &random)
            let names = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
            // 1 March 2026 is a Sunday.
            return ["\(names[(day - 1) % 7]), \(FormatText.two(day)) Mar 2026 \(FormatText.time(&random)) GMT"]
        case "decimal", "decimal128", "double", "float", "double-int", "sf-decimal":
            let number = Int.random(in: 1...999, using: &random)
            return format == "double-int" ? digits : ["\(number).5"] + digits
        case "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "sf-integer", "unixtime":
            let zeros = String(repeating: "0", count: max(0, minimum - 1))
            return digits + (zeros.isEmpty ? [] : ["1" + zeros])
        case "media-range": return ["application/json", "text/*", "*/*", "text/\(word)\(filler(13))"]
        case "sf-boolean": return ["?1", "?0"]
        case "sf-binary": return [":YWJj:"]
        case "sf-string": return ["\"\(word)\(filler(10))\""]
        case "sf-token": return [word + filler(8)]
        default: return []
        }
    }
}
