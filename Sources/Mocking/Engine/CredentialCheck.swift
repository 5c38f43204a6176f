import Exchanges
import OpenAPI

/// Whether a request carries credentials that an operation accepts.
struct CredentialCheck {
    let schemes: [SecurityScheme]
    /// Accepted values by scheme; any value will do for a scheme that is not here.
    let accepted: [String: Set<String>]
    /// A scheme that counts as met, whatever is sent.
    var ignored: String?

    /// Whether one alternative of the operation is met in full (OpenAPI, Security Requirement Object).
    func accepts(_ request: IncomingRequest, for operation: OpenAPI.Operation) -> Bool {
        operation.security.isEmpty
            || operation.security.contains { holds($0, request) }
    }

    /// Whether an alternative is met in full.
    func holds(_ requirement: SecurityRequirement, _ request: IncomingRequest) -> Bool {
        requirement.schemes.allSatisfy { name in
            name == ignored || schemes.first { $0.name == name }.map { holds($0, request) } ?? false
        }
    }

    private func holds(_ scheme: SecurityScheme, _ request: IncomingRequest) -> Bool {
        switch scheme.kind {
        case .apiKey(let name, let place): return isAccepted(key(name, place, request), of: scheme.name)
        case .http(let kind):
            let value = authorisation(kind, request)
            if isAccepted(value, of: scheme.name) { return true }
            guard let value, kind.lowercased() == "basic" else { return false }
            return accepted[scheme.name]?.contains { base64($0.utf8).utf8.elementsEqual(value.utf8) } ?? false
        case .oauth2, .openIdConnect: return isAccepted(authorisation("bearer", request), of: scheme.name)
        // Certificates belong to the connection, which the mock has without TLS.
        case .mutualTLS: return true
        }
    }

    private func isAccepted(_ value: String?, of scheme: String) -> Bool {
        guard let value, !value.isEmpty else { return false }
        guard let accepted = accepted[scheme], !accepted.isEmpty else { return true }
        return accepted.contains { $0.utf8.elementsEqual(value.utf8) }
    }

    private func key(_ name: String, _ place: ParameterPlace, _ request: IncomingRequest) -> String? {
        switch place {
        case .header: return request.header(name)
        case .query: return request.query(name)
        case .querystring: return request.query
        case .path: return request.pathValue(name)
        case .cookie:
            for line in request.message.header("cookie") {
                for pair in line.split(separator: ";") {
                    let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                    guard parts.count == 2, parts[0].drop(while: { $0 == " " }).utf8.elementsEqual(name.utf8)
                    else { continue }
                    return String(parts[1])
                }
            }
            return nil
        }
    }

    /// What follows the scheme's name in `Authorization` (RFC 9110, 11.6.2).
    private func authorisation(_ kind: String, _ request: IncomingRequest) -> String? {
        guard let header = request.header("authorization") else { return nil }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased().utf8.elementsEqual(kind.lowercased().utf8) else { return nil }
        return String(parts[1].drop { $0 == " " })
    }

    /// Base64 of RFC 4648, 4.
    private func base64(_ bytes: some Sequence<UInt8>) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        let bytes = Array(bytes)
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let word = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for index in 0..<4 {
                text.append(
                    index <= group.count ? alphabet[word >> (18 - 6 * index) & 63] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
