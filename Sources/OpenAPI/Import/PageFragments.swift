internal import Diagnostics
internal import JSONDocument
internal import SourceText

/// The OpenAPI documents in fenced code blocks of a documentation page (CommonMark, section 4.5).
struct PageFragments {
    private(set) var fragments: [SourceFile] = []
    /// The mistakes in blocks that are intended as documents.
    private(set) var diagnostics: [Diagnostic] = []

    /// Reads a page. Positions in the fragments are those of the page.
    init(_ bytes: [UInt8], path: String, limits: SourceLimits) {
        var block: Block?
        var line = 0
        for text in Self.lines(of: bytes) {
            line += 1
            if var open = block {
                if Self.closes(text, open.fence) {
                    take(open, path: path, limits: limits)
                    block = nil
                } else {
                    open.content += Self.dedented(text, by: open.fence.indent) + [UInt8(ascii: "\n")]
                    block = open
                }
            } else if let fence = Self.fence(text) {
                block = Block(fence: fence, line: line)
            }
        }
        // A block that is never closed extends to the end of the page.
        if let open = block { take(open, path: path, limits: limits) }
    }

    private struct Fence {
        var mark: UInt8
        var length: Int
        var indent: Int
        var language: String
    }

    private struct Block {
        var fence: Fence
        var line: Int
        var content: [UInt8] = []
    }

    private mutating func take(_ block: Block, path: String, limits: SourceLimits) {
        guard ["", "yaml", "yml", "json", "openapi"].contains(block.fence.language) else { return }
        guard Self.namesOpenAPI(block.content) else { return }
        // Leading empty lines give every value its line on the page.
        let padding = [UInt8](repeating: UInt8(ascii: "\n"), count: block.line)
        do {
            let file = try SourceReader.parse(padding + block.content, path: path, limits: limits)
            if file.document.root["openapi"] != nil { fragments.append(file) }
        } catch {
            diagnostics += error.diagnostics
        }
    }

    /// Whether one of the lines begins with the field that identifies a document.
    private static func namesOpenAPI(_ content: [UInt8]) -> Bool {
        lines(of: content).contains { line in
            let text = line.drop { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "\"") }
            return text.starts(with: "openapi".utf8)
        }
    }

    private static func fence(_ line: ArraySlice<UInt8>) -> Fence? {
        let indent = line.prefix { $0 == 0x20 }.count
        let rest = line.dropFirst(indent)
        guard indent <= 3, let mark = rest.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else {
            return nil
        }
        let length = rest.prefix { $0 == mark }.count
        guard length >= 3 else { return nil }
        let info = rest.dropFirst(length).drop { $0 == 0x20 || $0 == 0x09 }
        guard mark != UInt8(ascii: "`") || !info.contains(mark) else { return nil }
        let word = info.prefix { $0 != 0x20 && $0 != 0x09 }
        return Fence(
            mark: mark, length: length, indent: indent, language: String(decoding: word, as: UTF8.self).lowercased())
    }

    private static func closes(_ line: ArraySlice<UInt8>, _ fence: Fence) -> Bool {
        let indent = line.prefix { $0 == 0x20 }.count
        let rest = line.dropFirst(indent)
        let length = rest.prefix { $0 == fence.mark }.count
        return indent <= 3 && length >= fence.length
            && rest.dropFirst(length).allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }

    private static func dedented(_ line: ArraySlice<UInt8>, by indent: Int) -> ArraySlice<UInt8> {
        line.dropFirst(min(indent, line.prefix { $0 == 0x20 }.count))
    }

    /// The lines without their ends.
    private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
            line.last == UInt8(ascii: "\r") ? line.dropLast() : line
        }
    }
}
