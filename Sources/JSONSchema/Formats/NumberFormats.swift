import JSONDocument

/// Formats of numbers (OpenAPI format registry).
enum NumberFormats {
    /// The value as a signed 64-bit integer; `nil` when it has a fraction or is out of range.
    static func integer(_ tape: JSONTape, _ entry: Int) -> Int64? {
        if let quick = tape.integer(at: entry) { return Int64(quick) }
        return tape.number(at: entry).int.map { Int64($0) }
    }

    /// Whether the value is inside the range of a binary floating-point type; digits that it rounds away are fine.
    static func isFinite(_ tape: JSONTape, _ entry: Int, _ fits: (String) -> Bool) -> Bool {
        if tape.integer(at: entry) != nil { return true }
        return fits(tape.number(at: entry).lexeme)
    }
}
