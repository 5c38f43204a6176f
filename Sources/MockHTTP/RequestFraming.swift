import Mocking
import NIOHTTP1
import Primitives

/// Requirements on the head of a request that the parser does not check.
enum RequestFraming {
    /// A response that ends the connection.
    struct FramingError {
        let status: Int
        let message: String
    }

    /// The reason to reject a request before its body arrives; `nil` for valid requests.
    static func error(in head: HTTPRequestHead, maximumBody: Int) -> FramingError? {
        let hosts = head.headers["host"]
        // RFC 9112, section 3.2: exactly one Host line in HTTP/1.1, and a valid value in any version.
        if hosts.count != 1, head.version.minor >= 1 || hosts.count > 1 {
            return FramingError(status: 400, message: "A request in HTTP/1.1 requires exactly one Host header.")
        }
        if let host = hosts.first, !isHost(host) {
            return FramingError(
                status: 400, message: "The Host header is not a valid host name or address with an optional port.")
        }
        if head.headers.contains(name: "transfer-encoding"),
            let coding = head.headers[canonicalForm: "transfer-encoding"].first(where: { $0.lowercased() != "chunked" })
        {
            // RFC 9112, section 6.1.
            return FramingError(
                status: 501,
                message: "The transfer coding '\(headerSafe(String(coding)))' is not supported; use chunked.")
        }
        if let length = head.headers.first(name: "content-length").flatMap({ Int($0) }), length > maximumBody {
            return FramingError(status: 413, message: tooLarge(maximumBody))
        }
        if head.version.minor >= 1, head.headers.contains(name: "expect"),
            head.headers[canonicalForm: "expect"].contains(where: { $0.lowercased() != "100-continue" })
        {
            // RFC 9110, section 10.1.1.
            return FramingError(status: 417, message: "The only supported expectation is 100-continue.")
        }
        return nil
    }

    static func tooLarge(_ maximum: Int) -> String { "The body is limited to \(maximum) bytes." }

    /// Whether a text is `uri-host [":" port]` (RFC 9110, section 7.2; RFC 3986, section 3.2.2). It can be empty.
    static func isHost(_ text: String) -> Bool {
        var bytes = Array(text.utf8)[...]
        if bytes.first == UInt8(ascii: "[") {
            guard let end = bytes.firstIndex(of: UInt8(ascii: "]")) else { return false }
            let literal = bytes[1..<end]
            guard !literal.isEmpty, literal.allSatisfy({ isUnreserved($0) || isSubDelimiter($0) || $0 == 0x3A }) else {
                return false
            }
            bytes = bytes[(end + 1)...]
            guard bytes.isEmpty || bytes.first == UInt8(ascii: ":") else { return false }
        } else {
            let end = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
            guard isRegisteredName(bytes[..<end]) else { return false }
            bytes = bytes[end...]
        }
        let port = bytes.dropFirst()
        return port.allSatisfy(\.isASCIIDigit)
            && (Int(String(decoding: port, as: UTF8.self)) ?? 0) <= 65_535
    }

    private static func isRegisteredName(_ name: ArraySlice<UInt8>) -> Bool {
        var rest = name
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard rest.prefix(2).count == 2, rest.prefix(2).allSatisfy(\.isHexadecimalDigit) else { return false }
                rest = rest.dropFirst(2)
            } else if !isUnreserved(byte), !isSubDelimiter(byte) {
                return false
            }
        }
        return true
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "-._~".utf8.contains(byte)
        }
    }

    private static func isSubDelimiter(_ byte: UInt8) -> Bool { "!$&'()*+,;=".utf8.contains(byte) }
}
