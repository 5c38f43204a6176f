internal import Exchanges
internal import Primitives

extension Recording {
    /// The address of a mock in recordings, because its port differs in every run (RFC 2606, section 2).
    static let mockOrigin = "http://mock.invalid"

    /// Returns the recording without values that differ between runs and are irrelevant to the API.
    ///
    /// - Cookies are credentials: their values become `‹cookie›`.
    /// - `date` is the origin time of the scenario, if it is a valid date.
    /// - The address of a mock is replaced by a constant in URLs, headers and bodies.
    func stable() -> Recording {
        guard let origin else { return self }
        var stable = self
        let address = origin.isMock ? Self.authority(of: origin.baseURL) : nil
        func renamed(_ text: String) -> String {
            guard let address else { return text }
            return text.replacing(address, with: Self.mockOrigin)
        }
        stable.origin?.baseURL = renamed(origin.baseURL)
        for index in stable.entries.indices {
            var entry = stable.entries[index]
            entry.startedAt = origin.values.startedAt
            entry.duration = .zero
            entry.request.url = renamed(entry.request.url)
            entry.request.headers = entry.request.headers.map { field in
                HeaderField(name: field.name, value: renamed(field.withoutCookies.value))
            }
            entry.request.body = entry.request.body.map { Self.renamed($0, address) }
            if case .response(var response) = entry.outcome {
                response.headers = response.headers.map { field in
                    var field = field.withoutCookies
                    if field.isNamed("date"), Instant(httpDate: field.value, reference: origin.values.startedAt) != nil
                    {
                        field.value = origin.values.startedAt.httpDate
                    }
                    return HeaderField(name: field.name, value: renamed(field.value))
                }
                let length = response.body.count
                response.body = Self.renamed(response.body, address)
                if response.body.count != length { response.headers.setContentLength(response.body.count) }
                entry.outcome = .response(response)
            }
            stable.entries[index] = entry
        }
        return stable
    }

    /// Scheme, host and port of a URL.
    private static func authority(of url: String) -> String? {
        guard let mark = url.utf8.firstRange(of: "//".utf8) else { return nil }
        let host = url.utf8[mark.upperBound...].prefix { $0 != UInt8(ascii: "/") }
        return host.isEmpty ? nil : String(url[..<host.endIndex])
    }

    private static func renamed(_ bytes: [UInt8], _ address: String?) -> [UInt8] {
        guard let address, bytes.firstRange(of: Array(address.utf8)) != nil else { return bytes }
        return bytes.replacing(Array(address.utf8), with: Array(mockOrigin.utf8))
    }
}

extension [HeaderField] {
    fileprivate mutating func setContentLength(_ length: Int) {
        for index in indices where self[index].isNamed("content-length") { self[index].value = String(length) }
    }
}

extension HeaderField {
    /// The field with `‹cookie›` in place of cookie values (RFC 6265, sections 4.1 and 4.2).
    fileprivate var withoutCookies: HeaderField {
        if isNamed("cookie") {
            let pairs = value.utf8.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
            return HeaderField(name: name, value: pairs.map(Self.masked).joined(separator: ";"))
        }
        guard isNamed("set-cookie") else { return self }
        let pair = value.utf8.prefix { $0 != UInt8(ascii: ";") }
        return HeaderField(name: name, value: Self.masked(pair) + value[pair.endIndex...])
    }

    private static func masked(_ pair: Substring.UTF8View) -> String {
        guard let equals = pair.firstIndex(of: UInt8(ascii: "=")) else { return String(decoding: pair, as: UTF8.self) }
        return String(decoding: pair[...equals], as: UTF8.self) + "‹cookie›"
    }
}
