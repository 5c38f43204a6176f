internal import JSONDocument

/// The lines of a journal as JSON values, secrets masked and bodies bounded.
struct JournalLineWriting: Sendable {
    let redactor: Redactor
    /// The most bytes of a body that are kept.
    let bodyLimit: Int

    func header(_ header: JournalHeader) -> JSONValue {
        object([
            ("journal", .string(JournalHeader.schema)),
            ("seed", .string(header.seed)),
            ("startedAt", .string(header.startedAt.text)),
            ("target", .string(header.target)),
            ("baseURL", .string(redactor.redact(header.baseURL))),
            (
                "contracts",
                .array(
                    header.contracts.map { contract in
                        object([("name", .string(contract.name)), ("fingerprint", .string(contract.fingerprint))])
                    }
                )
            ),
            ("plan", .string(header.plan)),
            ("command", .array(header.command.map { .string(redactor.redact($0)) })),
            (
                "shard",
                header.shard.map {
                    object([
                        ("index", .number(JSONNumber($0.index))), ("count", .number(JSONNumber($0.count))),
                    ])
                }
            ),
            ("tables", .array(header.tables.map { .string($0) })),
            ("scenarios", .array(header.scenarios.map { .string($0) })),
        ])
    }

    func sent(_ pending: PendingExchange) -> JSONValue {
        object([
            ("event", .string("sent")),
            ("sequence", .number(JSONNumber(pending.sequence))),
            ("scenario", .string(pending.scenario)),
            ("step", .string(pending.step)),
            ("attempt", .number(JSONNumber(pending.attempt))),
            ("operation", pending.operation.map { .string($0) }),
            ("contract", .string(pending.contract)),
            ("startedAt", .string(pending.startedAt.text)),
            ("request", request(redactor.redact(pending.request))),
        ])
    }

    func finished(_ exchange: Exchange) -> JSONValue {
        let exchange = redactor.redact(exchange)
        let isAnswered = exchange.response != nil
        var members: [(String, JSONValue?)] = [
            ("event", .string(isAnswered ? "received" : "failed")),
            ("sequence", .number(JSONNumber(exchange.sequence))),
            ("milliseconds", JSONNumber(exchange.duration.millisecondsText).map { .number($0) }),
        ]
        switch exchange.outcome {
        case .response(let response):
            members.append(("response", self.response(response)))
        case .failure(let failure):
            members.append(
                (
                    "failure",
                    object([("class", .string(failure.class.rawValue)), ("message", .string(failure.message))])
                )
            )
        }
        return object(members)
    }

    func ended(_ scenario: String) -> JSONValue {
        object([("event", .string("ended")), ("scenario", .string(scenario))])
    }

    func resumed(_ origin: JournalOrigin) -> JSONValue {
        object([
            ("event", .string("resumed")),
            ("seed", .string(origin.seed)),
            ("startedAt", .string(origin.startedAt.text)),
        ])
    }

    func notRun(_ notRun: NotRun) -> JSONValue {
        let reason: [(String, JSONValue?)] =
            switch notRun.reason {
            case .missingValue(let step, let path):
                [("kind", .string("missingValue")), ("step", .string(step)), ("path", .string(path))]
            case .setupFailed(let step):
                [("kind", .string("setupFailed")), ("step", .string(step))]
            case .stopped:
                [("kind", .string("stopped"))]
            case .skipped(let why):
                [("kind", .string("skipped")), ("why", .string(redactor.redact(why)))]
            case .unbuildable(let why):
                [("kind", .string("unbuildable")), ("why", .string(redactor.redact(why)))]
            }
        return object([
            ("event", .string("notRun")),
            ("scenario", .string(notRun.scenario)),
            ("step", .string(notRun.step)),
            ("reason", object(reason)),
        ])
    }

    private func request(_ request: RequestMessage) -> JSONValue {
        object([
            ("method", .string(request.method)),
            ("url", .string(request.url)),
            ("headers", headers(request.headers)),
            ("body", request.body.map { body($0, cut: request.cut) }),
        ])
    }

    private func response(_ response: ResponseMessage) -> JSONValue {
        var members: [(String, JSONValue?)] = [
            ("status", .number(JSONNumber(response.status))),
            ("version", .string(response.version)),
            ("headers", headers(response.headers)),
        ]
        if !response.body.isEmpty || response.cut != nil {
            members.append(("body", body(response.body, cut: response.cut)))
        }
        return object(members)
    }

    private func headers(_ headers: [HeaderField]) -> JSONValue {
        .array(headers.map { .array([.string($0.name), .string($0.value)]) })
    }

    private func body(_ bytes: [UInt8], cut: BodyCut?) -> JSONValue {
        var kept = bytes
        var cut = cut
        if bytes.count > bodyLimit {
            cut = cut ?? BodyCut(of: bytes)
            var end = bodyLimit
            // A text is cut between characters, so that it stays one.
            while end > 0, bodyLimit - end < 3, bytes[end] & 0xC0 == 0x80 { end -= 1 }
            kept = Array(bytes[..<(bytes[end] & 0xC0 == 0x80 ? bodyLimit : end)])
        }
        let content: (String, JSONValue) =
            if let text = String(validating: kept, as: UTF8.self) {
                ("text", .string(text))
            } else {
                ("base64", .string(String(decoding: Base64.encode(kept), as: UTF8.self)))
            }
        return object([
            content,
            (
                "cut",
                cut.map { object([("length", .number(JSONNumber($0.length))), ("hash", .string($0.hash))]) }
            ),
        ])
    }

    /// Members without a value are left out.
    private func object(_ members: [(String, JSONValue?)]) -> JSONValue {
        .object(JSONObject(members.compactMap { name, value in value.map { (name, $0) } }))
    }
}

extension Duration {
    /// Milliseconds as a decimal with up to six fraction digits, cut off at the nanosecond.
    var millisecondsText: String {
        let (seconds, attoseconds) = components
        let nanoseconds = attoseconds / 1_000_000_000
        let isNegative = seconds < 0 || nanoseconds < 0
        let whole = seconds.magnitude * 1_000 + nanoseconds.magnitude / 1_000_000
        var digits = padded(Int64(nanoseconds.magnitude % 1_000_000), 6)
        while digits.utf8.last == UInt8(ascii: "0") { digits.removeLast() }
        return (isNegative ? "-" : "") + String(whole) + (digits.isEmpty ? "" : "." + digits)
    }

    /// Reads what `millisecondsText` wrote; `nil` for exponents, signs, more digits, and more than 10 digits in front.
    init?(millisecondsText text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = parts.first, (1...10).contains(whole.count),
            let milliseconds = Int64(String(decoding: whole, as: UTF8.self)), milliseconds >= 0
        else { return nil }
        var nanoseconds: Int64 = 0
        if parts.count == 2 {
            guard (1...6).contains(parts[1].count), parts[1].allSatisfy({ (0x30...0x39).contains($0) }) else {
                return nil
            }
            let digits = String(decoding: parts[1], as: UTF8.self)
            nanoseconds = Int64(digits + String(repeating: "0", count: 6 - parts[1].count)) ?? 0
        }
        self = .milliseconds(milliseconds) + .nanoseconds(nanoseconds)
    }
}
