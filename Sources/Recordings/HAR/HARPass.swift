internal import Diagnostics
internal import Exchanges
internal import JSONDocument
internal import Primitives

/// One pass over the entries of an HTTP Archive.
struct HARPass {
    let path: String
    /// Reads a file next to the archive.
    let attachment: (String) -> [UInt8]?
    private var diagnostics: [Diagnostic] = []
    /// The number of mistakes after the last listed one.
    private var unlisted = 0
    /// The number of entries that are not HTTP requests to a server, such as `data:` URLs, and the first of them.
    private var foreignSchemes = (count: 0, first: SourceLocation?.none)

    init(path: String, attachment: @escaping (String) -> [UInt8]?) {
        self.path = path
        self.attachment = attachment
    }

    /// The diagnostics so far. Lists are bounded: an archive may have a hundred thousand entries.
    var allDiagnostics: [Diagnostic] {
        var all = diagnostics
        if unlisted > 0 {
            all.append(
                Diagnostic(
                    "recording.entry", .warning, "\(unlisted) more entries have mistakes",
                    at: SourceLocation(file: path, line: 1, column: 1)))
        }
        if let first = foreignSchemes.first {
            let count = foreignSchemes.count
            all.append(
                Diagnostic(
                    "recording.scheme", .note,
                    count == 1
                        ? "the entry is not an HTTP exchange with a server and is ignored"
                        : "\(count) entries are not HTTP exchanges with a server and are ignored; this is the first",
                    at: first))
        }
        return all
    }

    /// The entry; if it has no request that could have been sent, a diagnostic is added and the result is `nil`.
    mutating func entry(_ node: JSONNode) -> RecordedExchange? {
        guard let request = node["request"], request.kind == .object else {
            report("the entry has no request", at: node)
            return nil
        }
        guard let name = request["method"]?.string, let url = request["url"]?.string, isToken(name) else {
            report("the request has no method, or no URL", at: request)
            return nil
        }
        let method = Self.method(name)
        guard Self.isHTTP(url), method != "CONNECT" else {
            if method == "CONNECT" || Self.hasOtherScheme(url) {
                foreignSchemes.count += 1
                if foreignSchemes.first == nil { foreignSchemes.first = location(node) }
            } else {
                report("the request has no absolute http URL", at: request)
            }
            return nil
        }
        let step = node["_assay"].flatMap { self.step($0) }
        let startedAt = node["startedDateTime"]?.string.flatMap { Instant($0) }
        let milliseconds = node["time"]?.number?.double ?? 0
        var message = RequestMessage(
            method: method, url: withQuery(url, request["queryString"]), headers: headers(request["headers"]))
        let body = HARBodies(path: path, attachment: attachment)
        let outcome: ExchangeOutcome
        var gaps: RecordingGaps = []
        if step == nil {
            if message.headers.isEmpty { gaps.insert(.requestHeaders) }
            body.complete(&message, request)
            (outcome, gaps) = foreignOutcome(node, of: method, gaps, body)
        } else {
            message.body = body.ownRequest(request["postData"])
            message.cut = request["postData"]?["_cut"].flatMap(cut)
            message.isReceived = request["_received"]?.boolean == true
            outcome = ownOutcome(node, body)
        }
        for problem in body.problems.found { report(problem.message, at: problem.node, severity: problem.severity) }
        var entry = RecordedExchange(
            request: message, outcome: outcome,
            startedAt: startedAt ?? Instant(microsecondsSinceEpoch: 0),
            duration: .microseconds(milliseconds.isFinite ? max(0, min(milliseconds, 1e9)) * 1_000 : 0),
            step: step, location: location(node))
        entry.gaps = gaps
        if step == nil { entry.unjudged = ClientMade.reason(node, entry) }
        return entry
    }

    // MARK: Requests

    private func isToken(_ method: String) -> Bool {
        !method.isEmpty && method.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    /// The method as sent. Some tools write `get`; methods with other names are case-sensitive.
    private static func method(_ name: String) -> String {
        let upper = name.uppercased()
        let known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"]
        return known.contains(upper) ? upper : name
    }

    private static func isHTTP(_ url: String) -> Bool {
        let beginning = String(decoding: url.utf8.prefix(8), as: UTF8.self).lowercased()
        return beginning.hasPrefix("http://") || beginning.hasPrefix("https://")
    }

    /// Whether a URL is absolute with another scheme: `data:`, `blob:`, `wss:`, `chrome-extension:` and so on.
    private static func hasOtherScheme(_ url: String) -> Bool {
        guard let first = url.utf8.first, (first | 0x20) >= 0x61, (first | 0x20) <= 0x7A else { return false }
        let scheme = url.utf8.prefix(40).prefix { $0 != UInt8(ascii: ":") }
        return scheme.count < min(40, url.utf8.count)
            && scheme.allSatisfy {
                $0.isASCIIDigit || (0x61...0x7A).contains($0 | 0x20) || "+-.".utf8.contains($0)
            }
    }

    /// The URL with the query, which some tools list only separately.
    private func withQuery(_ url: String, _ list: JSONNode?) -> String {
        guard let list, list.kind == .array, list.count > 0, !url.utf8.contains(UInt8(ascii: "?")) else { return url }
        let end = url.utf8.firstIndex(of: UInt8(ascii: "#")) ?? url.endIndex
        return String(url[..<end]) + "?" + HARForm.urlEncoded(list) + url[end...]
    }

    // MARK: Shared

    /// The header lines without the pseudo-headers of HTTP/2. Browsers join repeated lines with a line feed.
    func headers(_ list: JSONNode?) -> [HeaderField] {
        guard let list, list.kind == .array else { return [] }
        return list.elements.flatMap { node -> [HeaderField] in
            guard let name = node["name"]?.string, !name.isEmpty, name.utf8.first != UInt8(ascii: ":"),
                let value = node["value"], let text = value.string ?? value.number?.lexeme
            else { return [] }
            guard text.utf8.contains(0x0A) else { return [HeaderField(name: name, value: text)] }
            return text.utf8.split(separator: 0x0A).map { line in
                let line = line.last == 0x0D ? line.dropLast() : line
                return HeaderField(name: name, value: String(decoding: line, as: UTF8.self))
            }
        }
    }

    func location(_ node: JSONNode) -> SourceLocation {
        let position = node.position
        return SourceLocation(file: path, line: position.line, column: position.column)
    }

    mutating func report(_ message: String, at node: JSONNode, severity: Severity = .warning) {
        guard diagnostics.count(where: { $0.severity == severity }) < HARReader.mostReported else {
            unlisted += 1
            return
        }
        diagnostics.append(
            Diagnostic(
                "recording.entry", severity, message, at: location(node),
                help: severity == .error ? "record it again" : nil))
    }
}

extension JSONNode {
    /// The value as an integer, even if a tool writes `200.0` or `"200"`.
    var integer: Int? {
        if let number { return number.int }
        return string.flatMap { $0.utf8.count < 20 ? Int($0) : nil }
    }
}
