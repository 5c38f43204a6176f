import Primitives

/// Writes the lines of a journal as JSON text, with secrets masked and bodies bounded.
struct JournalLineWriter: Sendable {
    let redactor: Redactor
    /// The maximum number of bytes kept of a body.
    let bodyLimit: Int

    func header(_ header: JournalHeader) -> JournalLine {
        var line = JournalLine()
        line.add("journal", JournalHeader.schema)
        line.add("seed", header.seed)
        line.add("startedAt", header.startedAt.text)
        line.add("target", header.target)
        line.add("baseURL", redactor.redact(header.baseURL))
        line.addList("contracts", header.contracts) { line, contract in
            line.addObject { line in
                line.add("name", contract.name)
                line.add("fingerprint", contract.fingerprint)
            }
        }
        line.add("plan", header.plan)
        line.addList("command", header.command) { line, argument in line.add(redactor.redact(argument)) }
        if let shard = header.shard {
            line.addObject("shard") { line in
                line.add("index", shard.index)
                line.add("count", shard.count)
                guard !shard.sessions.isEmpty else { return }
                line.addList("sessions", shard.sessions) { line, session in line.add(session) }
            }
        }
        if header.judging != RecordedJudging() {
            let judging = header.judging
            line.addObject("judging") { line in
                if judging.isStrict { line.add("strict", number: "true") }
                if let baseline = judging.baseline { line.add("baseline", baseline) }
                if let minCoverage = judging.minCoverage { line.add("minCoverage", minCoverage) }
                if let spec = judging.spec { line.add("spec", spec) }
                if let version = judging.version { line.add("version", version) }
                if judging.withoutOverlays { line.add("noOverlays", number: "true") }
                if judging.isInsecure { line.add("insecure", number: "true") }
                if let receiver = judging.receiver { line.add("receiver", receiver) }
                guard !judging.variables.isEmpty else { return }
                let sorted = judging.variables.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
                line.addList("vars", sorted.map { "\($0.key)=\($0.value)" }) { line, text in line.add(text) }
            }
        }
        line.addList("tables", header.tables) { line, table in line.add(table) }
        line.addList("scenarios", header.scenarios) { line, scenario in line.add(scenario) }
        return line
    }

    func sent(_ pending: PendingExchange) -> JournalLine {
        let request = redactor.redact(pending.request)
        var line = JournalLine(roomFor: request.body?.count ?? 0)
        line.add("event", "sent")
        line.add("sequence", pending.sequence)
        line.add("scenario", pending.scenario)
        line.add("step", pending.step)
        line.add("attempt", pending.attempt)
        if pending.hop > 0 { line.add("hop", pending.hop) }
        if pending.position.isConcurrent { line.add("concurrent", number: "true") }
        if let operation = pending.operation { line.add("operation", operation) }
        line.add("contract", pending.contract)
        line.add("startedAt", pending.startedAt.text)
        line.addObject("request") { line in
            if request.isReceived { line.add("received", number: "true") }
            line.add("method", request.method)
            line.add("url", request.url)
            add(request.headers, to: &line)
            if let bytes = request.body { add(body: bytes, cut: request.cut, to: &line) }
        }
        return line
    }

    /// The line for the outcome of a request; the request itself has its own line.
    func finished(_ exchange: Exchange) -> JournalLine {
        var line = JournalLine(roomFor: exchange.response?.body.count ?? 0)
        line.add("event", exchange.response == nil ? "failed" : "received")
        line.add("sequence", exchange.sequence)
        line.add("milliseconds", number: exchange.duration.millisecondsText)
        switch exchange.outcome {
        case .response(let response):
            let response = redactor.redact(response)
            line.addObject("response") { line in
                line.add("status", response.status)
                line.add("version", response.version)
                add(response.headers, to: &line)
                if !response.body.isEmpty || response.cut != nil {
                    add(body: response.body, cut: response.cut, to: &line)
                }
                if !response.defects.isEmpty {
                    line.addList("defects", response.defects) { line, defect in
                        line.addObject { line in add(defect, to: &line) }
                    }
                }
            }
        case .failure(let failure):
            line.addObject("failure") { line in
                line.add("class", failure.class.rawValue)
                line.add("message", redactor.redact(failure.message))
            }
        }
        return line
    }

    func late(_ late: LateDefect) -> JournalLine {
        var line = JournalLine()
        line.add("event", "late")
        line.add("sequence", late.exchange.sequence)
        line.addObject("defect") { line in add(late.defect, to: &line) }
        return line
    }

    func ended(_ scenario: String) -> JournalLine {
        var line = JournalLine()
        line.add("event", "ended")
        line.add("scenario", scenario)
        return line
    }

    func resumed(_ origin: JournalOrigin) -> JournalLine {
        var line = JournalLine()
        line.add("event", "resumed")
        line.add("seed", origin.seed)
        line.add("startedAt", origin.startedAt.text)
        return line
    }

    func notRun(_ notRun: NotRun) -> JournalLine {
        var line = JournalLine()
        line.add("event", "notRun")
        line.add("scenario", notRun.scenario)
        line.add("step", notRun.step)
        line.addObject("reason") { line in
            switch notRun.reason {
            case .missingValue(let step, let path):
                line.add("kind", "missingValue")
                line.add("step", step)
                line.add("path", path)
            case .setupFailed(let step):
                line.add("kind", "setupFailed")
                line.add("step", step)
            case .sessionFailed(let scenario):
                line.add("kind", "sessionFailed")
                line.add("of", scenario)
            case .stopped:
                line.add("kind", "stopped")
            case .skipped(let why):
                line.add("kind", "skipped")
                line.add("why", redactor.redact(why))
            case .unbuildable(let why):
                line.add("kind", "unbuildable")
                line.add("why", redactor.redact(why))
            case .unjudged(let why):
                line.add("kind", "unjudged")
                line.add("why", redactor.redact(why))
            }
        }
        return line
    }

    private func add(_ defect: TransportDefect, to line: inout JournalLine) {
        line.add("kind", defect.kind.rawValue)
        line.add("message", redactor.redact(defect.message))
    }

    private func add(_ headers: [HeaderField], to line: inout JournalLine) {
        line.addList("headers", headers) { line, header in line.addPair(header.name, header.value) }
    }

    private func add(body bytes: [UInt8], cut: BodyCut?, to line: inout JournalLine) {
        var kept = bytes
        var cut = cut
        if bytes.count > bodyLimit {
            cut = cut ?? BodyCut(of: bytes)
            var end = bodyLimit
            // Text is cut between characters, so that it remains valid text.
            while end > 0, bodyLimit - end < 3, bytes[end] & 0xC0 == 0x80 { end -= 1 }
            kept = Array(bytes[..<(bytes[end] & 0xC0 == 0x80 ? bodyLimit : end)])
        }
        line.addObject("body") { line in
            if let text = String(validating: kept, as: UTF8.self) {
                line.add("text", text)
            } else {
                line.add("base64", String(decoding: Base64.encode(kept), as: UTF8.self))
            }
            guard let cut else { return }
            line.addObject("cut") { line in
                line.add("length", cut.length)
                line.add("hash", cut.hash)
            }
        }
    }
}

extension Duration {
    /// Milliseconds as a decimal with up to six fraction digits, truncated to nanoseconds.
    var millisecondsText: String {
        let (seconds, attoseconds) = components
        let nanoseconds = attoseconds / 1_000_000_000
        let isNegative = seconds < 0 || nanoseconds < 0
        let whole = seconds.magnitude * 1_000 + nanoseconds.magnitude / 1_000_000
        var digits = padded(Int64(nanoseconds.magnitude % 1_000_000), 6)
        while digits.utf8.last == UInt8(ascii: "0") { digits.removeLast() }
        return (isNegative ? "-" : "") + String(whole) + (digits.isEmpty ? "" : "." + digits)
    }

    /// Reads the output of `millisecondsText`. Returns `nil` for exponents, signs, more fraction digits, and more than
    /// 10 integer digits.
    init?(millisecondsText text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = parts.first, (1...10).contains(whole.count),
            let milliseconds = Int64(String(decoding: whole, as: UTF8.self)), milliseconds >= 0
        else { return nil }
        var nanoseconds: Int64 = 0
        if parts.count == 2 {
            guard (1...6).contains(parts[1].count), parts[1].allSatisfy(\.isASCIIDigit) else {
                return nil
            }
            let digits = String(decoding: parts[1], as: UTF8.self)
            nanoseconds = Int64(digits + String(repeating: "0", count: 6 - parts[1].count)) ?? 0
        }
        self = .milliseconds(milliseconds) + .nanoseconds(nanoseconds)
    }
}
