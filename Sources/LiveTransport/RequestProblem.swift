internal import Exchanges
internal import Primitives

/// Why `request` cannot be sent unchanged, or `nil`.
///
/// The client would change such requests silently: it re-encodes a URL if one character of it is invalid, drops
/// fragments and user names, and replaces the framing.
func requestProblem(_ request: RequestMessage) -> String? {
    guard request.method.isToken else {
        return "the method is not a valid token (RFC 9110, section 9.1)"
    }
    if let problem = urlProblem(request.url) { return problem }
    for header in request.headers {
        guard header.name.isToken else {
            return "a header name is not a valid token (RFC 9110, section 5.1)"
        }
        if header.isNamed("content-length") || header.isNamed("transfer-encoding") {
            return "the header \(header.name) is set by the transport and cannot be set"
        }
        // Whitespace around a value is not part of it and would be lost (RFC 9110, section 5.5).
        let value = header.value.utf8
        let isClean = value.allSatisfy { $0 == 0x09 || $0 >= 0x20 && $0 != 0x7F }
        guard isClean else { return "the header \(header.name) contains a control character, such as a line break" }
        guard let first = value.first, let last = value.last else { continue }
        if first.isBlank || last.isBlank { return "the header \(header.name) starts or ends with a space" }
    }
    return nil
}

private func urlProblem(_ url: String) -> String? {
    let bytes = Array(url.utf8)
    guard
        let scheme = ["http://", "https://", SocketAddress.prefix].first(where: {
            url.lowercased().utf8.starts(with: $0.utf8)
        })
    else {
        return "the URL is not an absolute http or https URL"
    }
    let rest = bytes[scheme.utf8.count...]
    let authority = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    do throws(SocketAddress.Problem) {
        if try SocketAddress(url: url) == nil, let problem = authorityProblem(authority) { return problem }
    } catch {
        return "the URL \(error.message)"
    }
    let target = Array(rest[authority.endIndex...])
    guard !target.contains(UInt8(ascii: "#")) else { return "the URL has a fragment, which HTTP never sends" }
    for (index, byte) in target.enumerated() {
        if byte == UInt8(ascii: "%") {
            let digits = target.dropFirst(index + 1).prefix(2)
            guard digits.count == 2, digits.allSatisfy(\.isHexadecimalDigit) else {
                return "the URL has a % that is not followed by two hexadecimal digits"
            }
        } else if !isLegalInTarget(byte) {
            return "the URL contains a character that must be percent-encoded (RFC 3986, sections 3.3 and 3.4)"
        }
    }
    return nil
}

private func authorityProblem(_ authority: ArraySlice<UInt8>) -> String? {
    guard !authority.contains(UInt8(ascii: "@")) else { return "the URL contains a user name, which is never sent" }
    var host = authority
    var port: ArraySlice<UInt8> = []
    let end = authority.lastIndex(of: UInt8(ascii: "]")) ?? authority.startIndex
    if let colon = authority[end...].lastIndex(of: UInt8(ascii: ":")) {
        host = authority[..<colon]
        port = authority[(colon + 1)...]
        guard let number = Int(String(decoding: port, as: UTF8.self)), (1...65_535).contains(number) else {
            return "the URL has a port that is not a number from 1 to 65535"
        }
    }
    guard !host.isEmpty else { return "the URL has no host" }
    let isAddress = host.first == UInt8(ascii: "[") && host.last == UInt8(ascii: "]") && host.count > 2
    let name = isAddress ? host.dropFirst().dropLast() : host
    let isLegal = name.allSatisfy { byte in
        byte.isASCIIAlphanumeric || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
            || isAddress && byte == UInt8(ascii: ":")
    }
    return isLegal ? nil : "the host of the URL contains an invalid character"
}

private func isLegalInTarget(_ byte: UInt8) -> Bool {
    switch byte {
    case _ where byte.isASCIIAlphanumeric: true
    // Unreserved and reserved characters, `/` and `?`.
    case 0x2D, 0x2E, 0x5F, 0x7E, 0x21, 0x24, 0x26...0x2C, 0x3B, 0x3D, 0x3A, 0x40, 0x2F, 0x3F: true
    default: false
    }
}
