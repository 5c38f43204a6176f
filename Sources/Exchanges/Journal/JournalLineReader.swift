internal import JSONDocument
internal import Primitives

/// Reads one line of a journal, as `JournalLineWriter` writes it. Unknown members are ignored.
struct JournalLineReader {
    let root: JSONNode

    /// The mistake in a line, and its place.
    struct Failure: Error {
        var message: String
        var position: TextPosition?

        init(_ message: String, at position: TextPosition? = nil) {
            self.message = message
            self.position = position
        }
    }

    enum Event {
        case sent(PendingExchange)
        case finished(sequence: Int, ExchangeOutcome, Duration)
        case late(sequence: Int, TransportDefect)
        case notRun(NotRun)
        case ended(scenario: String)
        case resumed(JournalOrigin)
    }

    func header() throws(Failure) -> JournalHeader {
        guard let schema = root["journal"]?.string else {
            throw Failure("is not a journal header: \"journal\" is missing", at: root.position)
        }
        guard JournalHeader.readable.contains(where: { $0.isSame(as: schema) }) else {
            throw Failure(
                "has the format \(schema); this version reads \(JournalHeader.readable.joined(separator: " and "))",
                at: root["journal"]?.position
            )
        }
        var contracts: [JournalHeader.ContractReference] = []
        for contract in try array("contracts", of: root) {
            contracts.append(
                .init(name: try string("name", of: contract), fingerprint: try string("fingerprint", of: contract))
            )
        }
        var command: [String] = []
        for argument in try array("command", of: root) { command.append(try text(argument)) }
        var header = JournalHeader(
            seed: try string("seed", of: root),
            startedAt: try instant("startedAt", of: root),
            target: try string("target", of: root),
            baseURL: try string("baseURL", of: root),
            contracts: contracts,
            plan: try string("plan", of: root),
            command: command,
            tables: try texts("tables"),
            scenarios: try texts("scenarios"),
            shard: try shard()
        )
        if let node = root["judging"] {
            header.judging.isStrict = node["strict"]?.boolean == true
            header.judging.baseline = node["baseline"]?.string
            header.judging.minCoverage = node["minCoverage"]?.string
            header.judging.spec = node["spec"]?.string
            header.judging.version = node["version"]?.string
            header.judging.withoutOverlays = node["noOverlays"]?.boolean == true
            header.judging.isInsecure = node["insecure"]?.boolean == true
            header.judging.receiver = node["receiver"]?.string
            for text in node["vars"].map({ $0.elements.compactMap(\.string) }) ?? [] {
                guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) else { continue }
                header.judging.variables[String(text[..<equals])] = String(
                    text[text.utf8.index(after: equals)...])
            }
        }
        return header
    }

    /// Older journals do not have this list.
    private func texts(_ name: String) throws(Failure) -> [String] {
        guard root[name] != nil else { return [] }
        var texts: [String] = []
        for element in try array(name, of: root) { texts.append(try text(element)) }
        return texts
    }

    private func shard() throws(Failure) -> JournalShard? {
        guard let node = root["shard"] else { return nil }
        let count = try integer("count", of: node, in: 1...1_000_000)
        var sessions: [String] = []
        if node["sessions"] != nil {
            for element in try array("sessions", of: node) { sessions.append(try text(element)) }
        }
        return JournalShard(index: try integer("index", of: node, in: 1...count), count: count, sessions: sessions)
    }

    func event() throws(Failure) -> Event {
        let event = try string("event", of: root)
        switch event {
        case "sent": return .sent(try sent())
        case "received":
            return .finished(
                sequence: try sequence(),
                .response(try response(try member("response", of: root))),
                try duration()
            )
        case "failed":
            return .finished(
                sequence: try sequence(), .failure(try failure(try member("failure", of: root))), try duration())
        case "late": return .late(sequence: try sequence(), try defect(try member("defect", of: root)))
        case "notRun": return .notRun(try notRun())
        case "ended": return .ended(scenario: try string("scenario", of: root))
        case "resumed":
            return .resumed(
                JournalOrigin(seed: try string("seed", of: root), startedAt: try instant("startedAt", of: root)))
        default: throw Failure("has the unknown event \"\(event)\"", at: root["event"]?.position)
        }
    }

    private func sent() throws(Failure) -> PendingExchange {
        PendingExchange(
            sequence: try sequence(),
            scenario: try string("scenario", of: root),
            step: try string("step", of: root),
            attempt: try integer("attempt", of: root, in: 1...1_000_000_000),
            hop: root["hop"] == nil ? 0 : try integer("hop", of: root, in: 1...1_000),
            isConcurrent: root["concurrent"]?.boolean == true,
            operation: root["operation"] == nil ? nil : try string("operation", of: root),
            contract: try string("contract", of: root),
            request: try request(try member("request", of: root)),
            startedAt: try instant("startedAt", of: root)
        )
    }

    private func notRun() throws(Failure) -> NotRun {
        let node = try member("reason", of: root)
        let kind = try string("kind", of: node)
        let reason: NotRun.Reason
        switch kind {
        case "missingValue":
            reason = .missingValue(step: try string("step", of: node), path: try string("path", of: node))
        case "setupFailed": reason = .setupFailed(step: try string("step", of: node))
        case "sessionFailed": reason = .sessionFailed(scenario: try string("of", of: node))
        case "stopped": reason = .stopped
        case "skipped": reason = .skipped(try string("why", of: node))
        case "unbuildable": reason = .unbuildable(try string("why", of: node))
        case "unjudged": reason = .unjudged(try string("why", of: node))
        default: throw Failure("has the unknown reason \"\(kind)\"", at: node["kind"]?.position)
        }
        return NotRun(scenario: try string("scenario", of: root), step: try string("step", of: root), reason: reason)
    }

    private func request(_ node: JSONNode) throws(Failure) -> RequestMessage {
        let body = try body(of: node)
        return RequestMessage(
            method: try string("method", of: node),
            url: try string("url", of: node),
            headers: try headers(of: node),
            body: body?.bytes,
            cut: body?.cut,
            isReceived: node["received"]?.boolean == true
        )
    }

    private func response(_ node: JSONNode) throws(Failure) -> ResponseMessage {
        let body = try body(of: node)
        return ResponseMessage(
            status: try integer("status", of: node, in: 100...999),
            version: try string("version", of: node),
            headers: try headers(of: node),
            body: body?.bytes ?? [],
            cut: body?.cut,
            defects: try defects(of: node)
        )
    }

    /// Older journals do not have this list.
    private func defects(of node: JSONNode) throws(Failure) -> [TransportDefect] {
        guard node["defects"] != nil else { return [] }
        var defects: [TransportDefect] = []
        for element in try array("defects", of: node) { defects.append(try defect(element)) }
        return defects
    }

    private func defect(_ node: JSONNode) throws(Failure) -> TransportDefect {
        let name = try string("kind", of: node)
        guard let kind = TransportDefect.Kind(rawValue: name) else {
            throw Failure("has the unknown defect \"\(name)\"", at: node["kind"]?.position)
        }
        return TransportDefect(kind, try string("message", of: node))
    }

    private func failure(_ node: JSONNode) throws(Failure) -> TransportFailure {
        let name = try string("class", of: node)
        guard let `class` = TransportFailure.Class(rawValue: name) else {
            throw Failure("has the unknown failure class \"\(name)\"", at: node["class"]?.position)
        }
        return TransportFailure(`class`, try string("message", of: node))
    }

    private func headers(of node: JSONNode) throws(Failure) -> [HeaderField] {
        var headers: [HeaderField] = []
        for pair in try array("headers", of: node) {
            guard pair.kind == .array, pair.count == 2, let name = pair[0]?.string, let value = pair[1]?.string else {
                throw Failure("has a header that is not a pair of strings", at: pair.position)
            }
            headers.append(HeaderField(name: name, value: value))
        }
        return headers
    }

    private func body(of node: JSONNode) throws(Failure) -> (bytes: [UInt8], cut: BodyCut?)? {
        guard let body = node["body"] else { return nil }
        let bytes: [UInt8]
        if body["text"] != nil {
            bytes = Array(try string("text", of: body).utf8)
        } else {
            guard let decoded = Base64.decode(try string("base64", of: body).utf8) else {
                throw Failure("has a body that is not base64", at: body["base64"]?.position)
            }
            bytes = decoded
        }
        guard let cut = body["cut"] else { return (bytes, nil) }
        return (
            bytes,
            BodyCut(length: try integer("length", of: cut, in: 0...Int.max), hash: try string("hash", of: cut))
        )
    }

    private func sequence() throws(Failure) -> Int {
        try integer("sequence", of: root, in: 1...Int.max)
    }

    private func duration() throws(Failure) -> Duration {
        let node = try member("milliseconds", of: root)
        guard let number = node.number, let duration = Duration(millisecondsText: number.lexeme) else {
            throw Failure("has \"milliseconds\" that are not a plain positive number", at: node.position)
        }
        return duration
    }
}
