internal import Exchanges
internal import JSONDocument

// Responses in archives of other tools. Each tool leaves out something, and nothing that was left out may look like a
// mistake of the server.
extension HARReading {
    /// The outcome of an entry, and what the archive does not contain of it.
    func foreignOutcome(
        _ entry: JSONNode, of method: String, _ known: RecordingGaps, _ bodies: HARBodies
    ) -> (ExchangeOutcome, RecordingGaps) {
        var gaps = known
        if Self.isCached(entry) { gaps.insert(.cached) }
        // Status 0 or -1, or none at all: no response arrived. 1xx other than 101 is not the final response.
        guard let response = entry["response"], let status = response["status"]?.integer,
            (200...999).contains(status) || status == 101
        else {
            return (.failure(TransportFailure(.other, Self.failure(entry) ?? "no response was recorded")), gaps)
        }
        var message = ResponseMessage(
            status: status, version: response["httpVersion"]?.string ?? "HTTP/1.1",
            headers: headers(response["headers"]))
        if message.headers.isEmpty { gaps.insert(.responseHeaders) }
        let content = response["content"]
        let type = content?["mimeType"]?.string
        if gaps.contains(.responseHeaders), let type, type.utf8.contains(UInt8(ascii: "/")) {
            message.headers = [HeaderField(name: "content-type", value: type)]
        }
        if message.header("set-cookie").isEmpty { message.headers += cookies(response["cookies"]) }
        // Browsers show the body of their cache with status 304; on the wire there is none (RFC 9110, section 15.4.5).
        guard status != 304 else { return (.response(message), gaps) }
        bodies.complete(&message, response, of: method, isCached: gaps.contains(.cached))
        return (.response(message), gaps)
    }

    /// Cookies that a tool lists beside the header lines only.
    private func cookies(_ list: JSONNode?) -> [HeaderField] {
        guard let list, list.kind == .array else { return [] }
        return list.elements.compactMap { cookie in
            guard let name = cookie["name"]?.string, let value = cookie["value"]?.string else { return nil }
            return HeaderField(name: "set-cookie", value: "\(name)=\(value)")
        }
    }

    /// What the tool says about a request without a response.
    private static func failure(_ entry: JSONNode) -> String? {
        for text in [
            entry["response"]?["_error"]?.string, entry["response"]?["_failureText"]?.string,
            entry["_error"]?.string, entry["response"]?["comment"]?.string, entry["response"]?["statusText"]?.string,
        ] {
            if let text, !text.isEmpty { return text }
        }
        return nil
    }

    private static func isCached(_ entry: JSONNode) -> Bool {
        for mark in [entry["_fromCache"], entry["response"]?["_fromCache"], entry["_fromDiskCache"]] {
            if let mark, mark.boolean == true || mark.string?.isEmpty == false { return true }
        }
        // Safari names where it took the response from.
        if let source = entry["_fetchType"]?.string?.lowercased(), source.hasSuffix("cache") { return true }
        return (entry["cache"]?["beforeRequest"]?.count ?? 0) > 0
    }
}

/// Entries whose response the client has made, so that they say nothing about the server.
enum ClientMade {
    /// Why the entry is not judged; `nil` where its response is the server's.
    static func reason(_ node: JSONNode, _ entry: RecordedExchange) -> String? {
        if let failure = entry.outcome.failure { return "it has no response (\(failure.message))" }
        guard let response = entry.outcome.response else { return nil }
        if response.status == 101 || isWebSocket(node, entry.request) { return "it opens a WebSocket connection" }
        if !response.header("non-authoritative-reason").isEmpty { return "the browser made the redirect itself" }
        if node["_wasFulfilled"]?.boolean == true { return "a script responded in place of the server" }
        if node["_fetchType"]?.string == "Inspector Override" { return "the browser replaced the response" }
        let source = node["response"]?["_serviceWorkerResponseSource"] ?? node["_serviceWorkerResponseSource"]
        if source?.string == "fallback-code" { return "a service worker made the response" }
        if leadsToHTTPS(entry.request, response) { return "it only redirects to https" }
        return nil
    }

    private static func isWebSocket(_ node: JSONNode, _ request: RequestMessage) -> Bool {
        node["_webSocketMessages"] != nil || node["_resourceType"]?.string == "websocket"
            || request.header("upgrade").contains { $0.lowercased() == "websocket" }
    }

    /// Whether the response sends an `http` URL to the same URL under `https`, which is not the API's doing.
    private static func leadsToHTTPS(_ request: RequestMessage, _ response: ResponseMessage) -> Bool {
        guard response.isRedirect, let target = response.header("location").first,
            request.url.lowercased().hasPrefix("http://"), target.lowercased().hasPrefix("https://")
        else { return false }
        func rest(_ url: String, port: String) -> String {
            let rest = url.drop { $0 != "/" }.dropFirst(2).prefix { $0 != "#" }
            let host = rest.prefix { $0 != "/" && $0 != "?" }
            let path = rest[host.endIndex...]
            let name = host.hasSuffix(port) ? String(host.dropLast(port.count)) : String(host)
            return name.lowercased() + (path.isEmpty ? "/" : path)
        }
        return rest(request.url, port: ":80").utf8.elementsEqual(rest(target, port: ":443").utf8)
    }
}
