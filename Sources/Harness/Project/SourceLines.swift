import Diagnostics
import Primitives
import Reporting
import SourceText

/// The lines of the files that diagnostics point to, each file read once.
struct SourceLines {
    /// The longest part of a line that is shown.
    private static let maximumLength = 400

    private var files: [String: File] = [:]

    private struct File {
        var bytes: [UInt8]
        /// Where each line starts.
        var starts: [Int]
    }

    /// The diagnostic with the line that it is about and the wrong word underlined, where it has none yet.
    mutating func withExcerpt(_ diagnostic: Diagnostic, _ reader: SourceReader) -> Diagnostic {
        guard diagnostic.excerpt == nil, let location = diagnostic.location, let line = line(location, reader) else {
            return diagnostic
        }
        let scalars = Array(line.unicodeScalars)
        let offset = location.column - 1
        guard offset >= 0, offset < scalars.count else { return diagnostic }
        var copy = diagnostic
        // The blanks in front say nothing.
        let indent = min(scalars.prefix { $0 == " " || $0 == "\t" }.count, offset)
        let shown = String(String.UnicodeScalarView(scalars.dropFirst(indent)))
        copy.excerpt = Diagnostic.Excerpt(shown, offset: offset - indent, length: Self.length(of: scalars[offset...]))
        return copy
    }

    /// The lines around a location, as far as they exist and are UTF-8; `nil` for a file that cannot be read.
    ///
    /// - Parameters:
    ///   - before: The number of lines before that of the location.
    ///   - after: The number of lines after it.
    mutating func frame(
        around location: SourceLocation, before: Int, after: Int, _ reader: SourceReader
    ) -> SourceFrame? {
        guard let count = file(location.file, reader)?.starts.count, (1...count).contains(location.line) else {
            return nil
        }
        let first = max(1, location.line - before)
        let last = min(count, location.line + after)
        let lines = (first...last).map { number in
            let place = SourceLocation(file: location.file, line: number, column: 1)
            return truncated(line(place, reader) ?? "", to: Self.maximumLength)
        }
        return SourceFrame(firstLine: first, lines: lines)
    }

    /// How far the word reaches that starts at the beginning of `text`.
    private static func length(of text: ArraySlice<Unicode.Scalar>) -> Int {
        guard let first = text.first else { return 1 }
        if first == "\"" || first == "'" {
            return (text.dropFirst().firstIndex(of: first) ?? text.endIndex - 1) - text.startIndex + 1
        }
        let ends: [Unicode.Scalar] = [" ", "\t", ",", ":", "{", "}", "[", "]", ";"]
        return max(1, text.prefix { !ends.contains($0) }.count)
    }

    private mutating func line(_ location: SourceLocation, _ reader: SourceReader) -> String? {
        guard let file = file(location.file, reader), file.starts.indices.contains(location.line - 1) else {
            return nil
        }
        let start = file.starts[location.line - 1]
        let isLineEnd: (UInt8) -> Bool = { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        let line = file.bytes[start...].prefix(Self.maximumLength * 4 + location.column * 4).prefix { !isLineEnd($0) }
        guard let text = String(validating: line, as: UTF8.self) else { return nil }
        return text
    }

    private mutating func file(_ path: String, _ reader: SourceReader) -> File? {
        if let known = files[path] { return known }
        guard let bytes = try? reader.bytes(reader.path(shownAs: path)) else { return nil }
        let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        var starts = [hasMark ? 3 : 0]
        for (index, byte) in bytes.enumerated() {
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") && next != UInt8(ascii: "\n") {
                starts.append(index + 1)
            }
        }
        let file = File(bytes: bytes, starts: starts)
        files[path] = file
        return file
    }
}
