internal import Diagnostics
internal import JSONDocument

/// Removes values of a JSON text that are nested deeper than any real document needs.
enum DeepValues {
    /// Replaces each container at depth `limit` with `null`, and reports where the containers were.
    ///
    /// The text keeps its lines and columns: spaces fill the gaps. Invalid JSON is returned unchanged, so that the
    /// parser reports it.
    static func cut(_ bytes: [UInt8], limit: Int, path: String) -> (bytes: [UInt8], diagnostics: [Diagnostic]) {
        var result = bytes
        var diagnostics: [Diagnostic] = []
        var depth = 0
        var isInText = false
        var isEscaped = false
        var start: Int?
        for (index, byte) in bytes.enumerated() {
            if isInText {
                if !isEscaped, byte == UInt8(ascii: "\"") { isInText = false }
                isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
                continue
            }
            switch byte {
            case UInt8(ascii: "\""):
                isInText = true
                isEscaped = false
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                if depth == limit { start = index }
                depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                guard depth == limit, let first = start else { continue }
                start = nil
                blank(first...index, in: &result)
                if diagnostics.count < 20 { diagnostics.append(problem(at: first, in: bytes, limit, path)) }
            default:
                continue
            }
        }
        return (result, diagnostics)
    }

    /// Writes `null` over a range of at least two bytes; a shorter one becomes `0`.
    private static func blank(_ range: ClosedRange<Int>, in bytes: inout [UInt8]) {
        let word = Array((range.count >= 4 ? "null" : "0").utf8)
        for (offset, index) in range.enumerated() {
            let isLineEnd = bytes[index] == UInt8(ascii: "\n") || bytes[index] == UInt8(ascii: "\r")
            if offset < word.count { bytes[index] = word[offset] } else if !isLineEnd { bytes[index] = 0x20 }
        }
    }

    private static func problem(at offset: Int, in bytes: [UInt8], _ limit: Int, _ path: String) -> Diagnostic {
        let place = TextEncoding.Place(before: offset, in: bytes)
        return Diagnostic(
            "source.nested",
            .error,
            "the value is nested more than \(limit) levels deep; deeper values are ignored",
            at: SourceLocation(file: path, line: place.line, column: place.column)
        )
    }
}
