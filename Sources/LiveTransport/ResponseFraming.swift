internal import Exchanges
internal import Primitives

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Finds the end of an HTTP/1.1 response (RFC 9112, section 6.3), so that bytes after it are not read as the next
/// response.
///
/// The client's parser decides what is valid. If this reader cannot determine the end, it passes the rest of the
/// connection to that parser.
struct ResponseFraming {
    /// The possible form of a response, depending on the request.
    enum Expectation: Equatable {
        case body
        /// A response to HEAD has only a head.
        case headOnly
        /// A response to CONNECT is followed by tunnelled data.
        case tunnel
    }

    /// Whether the response is complete.
    var isOver: Bool { phase == .over }
    /// Why the response is rejected, although the parser would accept it.
    private(set) var fault: TransportFailure?
    /// The number of body bytes received.
    private(set) var bodyLength = 0

    /// Whether the response has only a head, regardless of its fields.
    var endsWithHead: Bool { expectation == .headOnly || head.status == 204 || head.status == 304 }

    private let expectation: Expectation
    private var phase = Phase.statusLine
    /// The beginning of a line whose end has not been received.
    private var line: [UInt8] = []
    private var head = Head()
    private var octets = HeaderOctets()

    private enum Phase: Equatable {
        case statusLine, fields, body(left: Int), chunkSize, chunk(left: Int), chunkEnd, trailers
        /// The body ends with the connection.
        case untilClose
        /// The parser decides.
        case unknown
        case over
    }

    private struct Head {
        var status = 0
        var minorVersion = 0
        var lengths: [[UInt8]] = []
        var codings: [[UInt8]] = []
        /// Whether the last field affects framing.
        var isLastOfFraming = false
    }

    /// The maximum number of bytes kept of a line. The parser rejects longer header fields.
    private static let lineLimit = 1 << 17

    /// Creates a reader for the response to a request.
    init(_ expectation: Expectation) {
        self.expectation = expectation
    }

    /// Reads bytes and returns how many of them belong to the response: all of them unless it is complete.
    mutating func take(_ bytes: UnsafeRawBufferPointer) -> Int {
        var place = 0
        while place < bytes.count, fault == nil {
            switch phase {
            case .over: return place
            case .unknown: return bytes.count
            case .untilClose:
                bodyLength += bytes.count - place
                return bytes.count
            case .body(let left), .chunk(let left):
                let count = min(left, bytes.count - place)
                place += count
                bodyLength += count
                if case .body = phase {
                    phase = count == left ? .over : .body(left: left - count)
                } else {
                    phase = count == left ? .chunkEnd : .chunk(left: left - count)
                }
            case .statusLine, .fields, .chunkSize, .chunkEnd, .trailers:
                place = takeLine(bytes, from: place)
            }
        }
        return place
    }

    private mutating func takeLine(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
        guard let address = rest.baseAddress, let found = memchr(address, 0x0A, rest.count) else {
            line += rest
            if line.count > Self.lineLimit { phase = .unknown }
            return bytes.count
        }
        let length = UnsafeRawPointer(found) - address
        if line.isEmpty {
            end(UnsafeRawBufferPointer(rebasing: rest[..<length]))
        } else {
            line += rest[..<length]
            let whole = line
            line = []
            whole.withUnsafeBytes { end($0) }
        }
        return start + length + 1
    }

    /// Handles a complete line; its last byte may be a carriage return.
    private mutating func end(_ line: UnsafeRawBufferPointer) {
        let isEnded = line.last == 0x0D
        let text = isEnded ? UnsafeRawBufferPointer(rebasing: line.dropLast()) : line
        switch phase {
        case .statusLine: endStatusLine(text)
        case .fields: text.isEmpty ? endHead() : endField(text)
        case .trailers:
            if text.isEmpty {
                phase = .over
            } else {
                octets.look(at: text)
            }
        case .chunkSize: endChunkSize(text)
        case .chunkEnd: phase = text.isEmpty ? .chunkSize : .unknown
        default: phase = .unknown
        }
    }

    private mutating func endStatusLine(_ text: UnsafeRawBufferPointer) {
        // The parser ignores leading empty lines.
        guard !text.isEmpty else { return }
        let digits = text.count >= 12 ? text[9..<12] : text[..<0]
        guard text.count >= 12, text.starts(with: "HTTP/1.".utf8), text[7].isASCIIDigit, text[8] == 0x20,
            digits.allSatisfy(\.isASCIIDigit)
        else { return phase = .unknown }
        head = Head()
        head.status = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        head.minorVersion = Int(text[7] - 0x30)
        phase = .fields
    }

    private mutating func endField(_ text: UnsafeRawBufferPointer) {
        octets.look(at: text)
        // A folded field continues on this line (RFC 9112, section 5.2).
        if text[0] == 0x20 || text[0] == 0x09 {
            if head.isLastOfFraming { phase = .unknown }
            return
        }
        head.isLastOfFraming = false
        // Both names begin with an uncommon letter and end with a colon.
        switch text[0] | 0x20 {
        case UInt8(ascii: "c"):
            guard let value = value(of: text, named: "content-length") else { return }
            head.lengths.append(value)
        case UInt8(ascii: "t"):
            guard let value = value(of: text, named: "transfer-encoding") else { return }
            head.codings.append(value)
        default: return
        }
        head.isLastOfFraming = true
    }

    /// The value of a field with the lower-case name `name`; `nil` for other fields.
    private func value(of text: UnsafeRawBufferPointer, named name: StaticString) -> [UInt8]? {
        let count = name.utf8CodeUnitCount
        guard text.count > count, text[count] == UInt8(ascii: ":") else { return nil }
        for place in 0..<count {
            let byte = text[place]
            let lower = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
            guard lower == name.utf8Start[place] else { return nil }
        }
        return Array(trimmed(text[(count + 1)...]))
    }

    /// Returns the defects of head and trailers so far, each once.
    mutating func takeDefects() -> [TransportDefect] {
        guard phase != .fields, phase != .trailers, !octets.isEmpty else { return [] }
        defer { octets = HeaderOctets() }
        return octets.defects
    }

    /// Determines the end of the body, in the order of RFC 9112, section 6.3.
    private mutating func endHead() {
        if head.status / 100 == 1 {
            // After a 101, the bytes belong to the new protocol.
            phase = head.status == 101 ? .unknown : .statusLine
            return
        }
        guard expectation != .tunnel else { return phase = .unknown }
        guard !endsWithHead else { return phase = .over }
        if !head.codings.isEmpty {
            endHeadWithCodings()
        } else if head.lengths.isEmpty {
            phase = .untilClose
        } else if head.lengths.count == 1, let length = decimal(head.lengths[0]) {
            phase = .body(left: length)
            if length == 0 { phase = .over }
        } else {
            phase = .unknown
        }
    }

    /// The transfer codings decide. Only `chunked` may be used without being requested (RFC 9112, section 7.4).
    private mutating func endHeadWithCodings() {
        let codings = head.codings.flatMap { $0.split(separator: UInt8(ascii: ",")) }
            .map { Array(trimmed($0[...])).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 } }
            .filter { !$0.isEmpty }
        let chunked = Array("chunked".utf8)
        if head.minorVersion == 0 {
            refuse("the response has a transfer-encoding, which HTTP/1.0 does not support")
        } else if let other = codings.first(where: { $0 != chunked }) {
            refuse("the response uses \(Self.shown(other)) as a transfer coding, which the request did not allow")
        } else if codings.count != 1 {
            refuse("the response has a transfer-encoding that does not name `chunked` once")
        } else {
            // The parser rejects a content-length next to it.
            phase = head.lengths.isEmpty ? .chunkSize : .unknown
        }
    }

    private mutating func endChunkSize(_ text: UnsafeRawBufferPointer) {
        let digits = text.prefix { $0.isHexadecimalDigit }
        let rest = text[digits.endIndex...].drop { $0 == 0x20 || $0 == 0x09 }
        guard (1...15).contains(digits.count), rest.isEmpty || rest.first == UInt8(ascii: ";") else {
            return phase = .unknown
        }
        let size = digits.reduce(0) { $0 << 4 | Int($1.hexadecimalValue ?? 0) }
        phase = size == 0 ? .trailers : .chunk(left: size)
    }

    private mutating func refuse(_ message: String) {
        fault = TransportFailure(.protocolError, message)
    }

    /// The name of a coding, if it is a token that fits into a message.
    private static func shown(_ coding: [UInt8]) -> String {
        let isToken = coding.allSatisfy { $0.isASCIIDigit || (0x61...0x7A).contains($0) || $0 == 0x2D || $0 == 0x5F }
        return isToken && coding.count <= 20 ? "'\(String(decoding: coding, as: UTF8.self))'" : "an unknown name"
    }
}

/// The value of one to eighteen digits.
private func decimal(_ bytes: [UInt8]) -> Int? {
    guard (1...18).contains(bytes.count), bytes.allSatisfy(\.isASCIIDigit) else { return nil }
    return bytes.reduce(0) { $0 * 10 + Int($1 - 0x30) }
}

private func trimmed<Bytes: BidirectionalCollection<UInt8>>(_ bytes: Bytes) -> Bytes.SubSequence {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    var rest = bytes.drop(while: isBlank)
    while let last = rest.last, isBlank(last) { rest.removeLast() }
    return rest
}
