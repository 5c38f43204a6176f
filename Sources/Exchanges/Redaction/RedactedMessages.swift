import Primitives

extension Redactor {
    /// Returns `request` with every secret masked, including short secrets in credentials.
    public func redact(_ request: RequestMessage) -> RequestMessage {
        var request = request
        if let places {
            request.url = places.masked(url: request.url)
            request.headers = places.masked(request.headers)
            request.body = request.body.map { places.masked(body: $0) }
        }
        var redacted = request
        redacted.url = redact(withoutShortQueryValues(request.url))
        redacted.headers = request.headers.map { header in
            HeaderField(name: redact(header.name), value: redact(withoutShortCredential(header)))
        }
        redacted.body = request.body.map { redact($0) }
        if let body = request.body, isUnreadable(body, request.header("content-encoding")) {
            redacted.body = []
            redacted.cut = request.cut ?? .unkept(body)
        }
        return redacted
    }

    /// `response` with every secret masked.
    public func redact(_ response: ResponseMessage) -> ResponseMessage {
        var response = response
        if let places {
            response.headers = places.masked(response.headers)
            response.body = places.masked(body: response.body)
        }
        var redacted = response
        redacted.headers = response.headers.map { HeaderField(name: redact($0.name), value: redact($0.value)) }
        redacted.body = redact(response.body)
        if isUnreadable(response.body, response.header("content-encoding")) {
            redacted.body = []
            redacted.cut = response.cut ?? .unkept(response.body)
        }
        return redacted
    }

    /// Whether a body may contain secrets invisibly because it is compressed; such a body is not kept.
    private func isUnreadable(_ body: [UInt8], _ codings: [String]) -> Bool {
        guard hasSecrets, !body.isEmpty else { return false }
        return codings.contains { coding in
            !coding.isEmpty && !coding.utf8.map(\.lowercasedASCII).elementsEqual("identity".utf8)
        }
    }

    /// `exchange` with every secret masked.
    public func redact(_ exchange: Exchange) -> Exchange {
        var redacted = exchange
        redacted.request = redact(exchange.request)
        redacted.outcome =
            switch exchange.outcome {
            case .response(let response): .response(redact(response))
            case .failure(let failure): .failure(TransportFailure(failure.class, redact(failure.message)))
            }
        return redacted
    }

    private func withoutShortCredential(_ header: HeaderField) -> String {
        guard hasShortSecrets else { return header.value }
        if header.isNamed("cookie") { return maskedValues(header.value, between: UInt8(ascii: ";")) }
        let value = header.value.utf8
        if let mask = mask(ofWholeValue: value) { return mask }
        guard let blank = value.lastIndex(of: UInt8(ascii: " ")) else { return header.value }
        let scheme = String(header.value[...blank])
        let credential = value[value.index(after: blank)...]
        if let mask = mask(ofWholeValue: credential) { return scheme + mask }
        guard let pair = Base64.decode(credential), let colon = pair.firstIndex(of: UInt8(ascii: ":")),
            let mask = mask(ofWholeValue: pair[(colon + 1)...])
        else { return header.value }
        return scheme + mask
    }

    private func withoutShortQueryValues(_ url: String) -> String {
        guard hasShortSecrets, let mark = url.utf8.firstIndex(of: UInt8(ascii: "?")) else { return url }
        let query = url.utf8.index(after: mark)
        return String(url[..<query]) + maskedValues(String(url[query...]), between: UInt8(ascii: "&"))
    }

    /// Masks values that are short secrets in `name=value` pairs between separators.
    private func maskedValues(_ text: String, between separator: UInt8) -> String {
        let pairs = text.utf8.split(separator: separator, omittingEmptySubsequences: false)
        let masked = pairs.map { pair -> String in
            let whole = String(decoding: pair, as: UTF8.self)
            guard let equals = pair.firstIndex(of: UInt8(ascii: "=")) else { return whole }
            let start = pair.index(after: equals)
            guard let mask = mask(ofWholeValue: PercentEncoding.decodedLeniently(bytes: pair[start...])) else {
                return whole
            }
            return String(decoding: pair[..<start], as: UTF8.self) + mask
        }
        return masked.joined(separator: String(UnicodeScalar(separator)))
    }
}
