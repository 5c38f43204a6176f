import Diagnostics
package import Exchanges
internal import Primitives

/// A response as `curl -i` prints it: status line, header lines, an empty line, the body.
package struct RawResponse: Sendable {
    /// The response, with its body as it is in the text.
    package var message: ResponseMessage
    /// The line number of the status line, from 1.
    package var line: Int

    /// Reads a text.
    ///
    /// `curl -i` prints the heads of several responses, of which the last one counts. The others are interim responses
    /// (1xx), a proxy's response to CONNECT, redirects that were followed, and 401 and 407 with a challenge. Lines end
    /// with CR LF or LF. `HTTP/2 200` has neither minor version nor reason.
    ///
    /// - Parameter name: The text's name in messages.
    package init(_ bytes: [UInt8], name: String) throws(HarnessError) {
        var lines = HeadLines(try ShellText.bytes(of: bytes, name: name))
        lines.skipBlankLines()
        while true {
            let first = lines.number
            guard let text = lines.next(), let (version, status) = Self.statusLine(text) else {
                // `curl -v` marks its lines.
                if lines.isMarked {
                    throw Self.unreadable("validate.status-line", "was printed by curl -v", name, first)
                }
                throw Self.unreadable(
                    "validate.status-line", "does not start with a status line such as HTTP/1.1 200 OK", name, first)
            }
            let headers = try Self.headers(&lines, name)
            var message = ResponseMessage(status: status, version: version, headers: headers)
            if Self.isOnTheWay(message, before: lines) {
                lines.skipBlankLines()
                continue
            }
            message.body = lines.rest
            Self.dropUndoneCodings(&message)
            self.message = message
            line = first
            return
        }
    }

    /// Whether `curl` continued after this head, so the next text is another head and not its body.
    ///
    /// If `curl` continues after a response, it prints the head alone, whatever its content-length. A body can start
    /// like a head, so another head is expected only after responses that lead to another request or have no body.
    private static func isOnTheWay(_ message: ResponseMessage, before lines: HeadLines) -> Bool {
        let status = message.status
        if (100...199).contains(status) { return status != 101 || lines.startsWithHead }
        let length = message.header("content-length").first.flatMap { Int($0) }
        guard length ?? 0 == 0 || length != lines.remaining, lines.startsWithHead else { return false }
        func has(_ name: String) -> Bool { !message.header(name).isEmpty }
        switch status {
        case 204, 304: return true
        case 301, 302, 303, 307, 308: return has("location") || length == 0
        case 401: return has("www-authenticate") || length == 0
        case 407: return has("proxy-authenticate") || length == 0
        // A proxy's response to CONNECT has no body, so no header describes one (RFC 9110, section 9.3.6).
        default: return length == 0 || (length == nil && !has("content-type") && !has("transfer-encoding"))
        }
    }

    private static func headers(_ lines: inout HeadLines, _ name: String) throws(HarnessError) -> [HeaderField] {
        var headers: [HeaderField] = []
        while true {
            let number = lines.number
            guard let text = lines.next() else {
                throw unreadable("validate.head", "ends inside its header lines", name, number)
            }
            if text.isEmpty { return headers }
            if isBlank(text[text.startIndex]), let last = headers.popLast() {
                // A continued line (RFC 9112, section 5.2) is joined to one value with a space.
                headers.append(HeaderField(name: last.name, value: last.value + " " + trimmed(text)))
                continue
            }
            guard let field = HeaderField(line: text) else {
                throw unreadable(
                    "validate.header-line", "has a header line without a name or without a colon", name, number)
            }
            headers.append(field)
        }
    }

    fileprivate static func statusLine(_ text: ArraySlice<UInt8>) -> (version: String, status: Int)? {
        let parts = text.split(separator: 0x20, maxSplits: 2)
        guard parts.count >= 2, parts[0].starts(with: "HTTP/".utf8), parts[0].count > 5, parts[1].count == 3,
            parts[1].allSatisfy(\.isASCIIDigit),
            let status = Int(String(decoding: parts[1], as: UTF8.self)), (100...999).contains(status)
        else { return nil }
        return (String(decoding: parts[0], as: UTF8.self), status)
    }

    /// `curl --compressed` prints the decoded body, but also the header that declares the coding. Coded bodies are
    /// never UTF-8 text, so a UTF-8 body has been decoded.
    private static func dropUndoneCodings(_ message: inout ResponseMessage) {
        guard !message.body.isEmpty, String(validating: message.body, as: UTF8.self) != nil else { return }
        message.headers.removeAll { $0.isNamed("content-encoding") }
    }

    private static func unreadable(_ rule: String, _ what: String, _ name: String, _ line: Int) -> HarnessError {
        HarnessError(
            .wrongInput,
            Diagnostics([
                Diagnostic(
                    rule, .error, "the input \(what)", at: SourceLocation(file: name, line: line, column: 1),
                    help: "print responses with `curl -i`, or pass only the body with --status")
            ]))
    }
}

extension HeaderField {
    /// Reads `name: value`; `nil` when the line has no colon or no name before it.
    init?(line: some Collection<UInt8>) {
        let bytes = Array(line)
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0 else { return nil }
        let name = bytes[..<colon]
        guard name.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return nil }
        self.init(name: String(decoding: name, as: UTF8.self), value: trimmed(bytes[(colon + 1)...]))
    }
}

private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

private func trimmed(_ bytes: some Collection<UInt8>) -> String {
    let text = bytes.drop(while: isBlank)
    let end = Array(text).lastIndex { !isBlank($0) }.map { $0 + 1 } ?? 0
    return String(decoding: Array(text)[..<end], as: UTF8.self)
}

/// The lines of a head, and the bytes after them.
private struct HeadLines {
    private let bytes: [UInt8]
    private var offset = 0
    /// The number of the next line, from 1.
    private(set) var number = 1

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The bytes that are not read yet.
    var rest: [UInt8] { Array(bytes[offset...]) }

    /// The number of bytes that are not read yet.
    var remaining: Int { bytes.count - offset }

    /// Whether a status line, header lines and an empty line come next.
    var startsWithHead: Bool {
        var ahead = self
        ahead.skipBlankLines()
        guard let first = ahead.next(), RawResponse.statusLine(first) != nil else { return false }
        while let line = ahead.next() {
            if line.isEmpty { return true }
            guard isBlank(line[line.startIndex]) || HeaderField(line: line) != nil else { return false }
        }
        return false
    }

    /// Whether the text starts with a line that `curl -v` marks: `* Connected`, `> GET`, `< HTTP`.
    var isMarked: Bool {
        bytes.count > 1 && bytes[1] == 0x20 && "*<>".utf8.contains(bytes[0])
    }

    /// Goes to the next line that is not empty (RFC 9112, section 2.2).
    mutating func skipBlankLines() {
        while true {
            var ahead = self
            guard let line = ahead.next(), line.isEmpty else { return }
            self = ahead
        }
    }

    /// The next line without its end; `nil` at the end of the text.
    mutating func next() -> ArraySlice<UInt8>? {
        guard offset < bytes.count else { return nil }
        let end = bytes[offset...].firstIndex(of: 0x0A) ?? bytes.count
        var line = bytes[offset..<end]
        if line.last == 0x0D { line = line.dropLast() }
        offset = min(end + 1, bytes.count)
        number += 1
        return line
    }
}
