internal import Diagnostics
internal import Exchanges
internal import JSONDocument

/// One pass over the entries of an HTTP Archive.
struct HARReading {
    let path: String
    private(set) var diagnostics: [Diagnostic] = []

    init(path: String) {
        self.path = path
    }

    /// The entry; `nil` and a warning where it has no request that could have been sent.
    mutating func entry(_ node: JSONNode) -> RecordedExchange? {
        guard let request = node["request"], request.kind == .object else {
            report("the entry has no request", at: node)
            return nil
        }
        guard let method = request["method"]?.string, let url = request["url"]?.string, isUsable(method, url) else {
            report("the request has no method, or no absolute http URL", at: request)
            return nil
        }
        let step = node["_assay"].flatMap { self.step($0) }
        var message = RequestMessage(
            method: method, url: withQuery(url, request["queryString"]), headers: headers(request["headers"]))
        message.body = requestBody(request["postData"])
        message.cut = request["postData"]?["_cut"].flatMap(cut)
        let startedAt = node["startedDateTime"]?.string.flatMap { Instant($0) }
        let milliseconds = node["time"]?.number?.double ?? 0
        return RecordedExchange(
            request: message, outcome: outcome(node, of: method),
            startedAt: startedAt ?? Instant(microsecondsSinceEpoch: 0),
            duration: .microseconds(milliseconds.isFinite ? max(0, min(milliseconds, 1e9)) * 1_000 : 0),
            step: step, location: location(node))
    }

    private func isUsable(_ method: String, _ url: String) -> Bool {
        let isToken = !method.isEmpty && method.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        return isToken && (url.utf8.starts(with: "http://".utf8) || url.utf8.starts(with: "https://".utf8))
    }

    // MARK: Messages

    /// The URL with the query that some tools list beside it only.
    private func withQuery(_ url: String, _ list: JSONNode?) -> String {
        guard let list, list.kind == .array, list.count > 0, !url.utf8.contains(UInt8(ascii: "?")) else { return url }
        let end = url.utf8.firstIndex(of: UInt8(ascii: "#")) ?? url.endIndex
        return String(url[..<end]) + "?" + formText(list) + url[end...]
    }

    private func formText(_ pairs: JSONNode) -> String {
        pairs.elements.compactMap { pair -> String? in
            guard let name = pair["name"]?.string else { return nil }
            return FormText.encoded(name) + "=" + FormText.encoded(pair["value"]?.string ?? "")
        }
        .joined(separator: "&")
    }

    /// The header lines without the pseudo-headers of HTTP/2. Browsers join repeated lines by a line feed.
    private func headers(_ list: JSONNode?) -> [HeaderField] {
        guard let list else { return [] }
        return list.elements.flatMap { node -> [HeaderField] in
            guard let name = node["name"]?.string, !name.isEmpty, name.utf8.first != UInt8(ascii: ":"),
                let value = node["value"]?.string
            else { return [] }
            return value.utf8.split(separator: 0x0A).map {
                HeaderField(name: name, value: String(decoding: $0, as: UTF8.self))
            } + (value.isEmpty ? [HeaderField(name: name, value: "")] : [])
        }
    }

    private mutating func requestBody(_ data: JSONNode?) -> [UInt8]? {
        guard let data, data.kind == .object else { return nil }
        guard let text = data["text"]?.string else {
            guard let params = data["params"], params.count > 0 else { return nil }
            return Array(formText(params).utf8)
        }
        let isBase64 = (data["_encoding"] ?? data["encoding"])?.string == "base64"
        return bytes(text, isBase64: isBase64, hash: data["_sha256"]?.string, at: data)
    }

    private mutating func outcome(_ entry: JSONNode, of method: String) -> ExchangeOutcome {
        if let failure = entry["_assay"]?["failure"] {
            let kind = failure["class"]?.string.flatMap(TransportFailure.Class.init(rawValue:)) ?? .other
            return .failure(TransportFailure(kind, failure["message"]?.string ?? ""))
        }
        guard let response = entry["response"], let status = response["status"]?.number.flatMap({ Int($0.lexeme) }),
            (100...999).contains(status)
        else {
            let message = entry["response"]?["_error"]?.string ?? "the recording has no response"
            return .failure(TransportFailure(.other, message))
        }
        var message = ResponseMessage(
            status: status, version: response["httpVersion"]?.string ?? "HTTP/1.1",
            headers: headers(response["headers"]))
        let content = response["content"]
        let isEmpty = method == "HEAD" || [204, 205, 304].contains(status)
        let body = content.flatMap { responseBody($0, charset: charset(of: message)) }
        message.body = body ?? []
        message.cut = content?["_cut"].flatMap(cut)
        let size = content?["size"]?.number.flatMap { Int($0.lexeme) }
        // A tool that says that there was more has cut the body, or never had it.
        let isWhole = body == nil ? isEmpty || size == 0 : (size ?? 0) <= message.body.count
        if !isWhole, message.cut == nil { message.cut = BodyCut(length: max(0, size ?? 0), hash: "") }
        if !message.header("content-encoding").isEmpty {
            // Archives contain decoded bodies (HAR 1.2, `content.text`).
            message.headers.removeAll { $0.isNamed("content-encoding") || $0.isNamed("content-length") }
        }
        return .response(message)
    }
}

// MARK: Bodies

extension HARReading {
    private mutating func responseBody(_ content: JSONNode, charset: String?) -> [UInt8]? {
        guard let text = content["text"]?.string else { return nil }
        if content["encoding"]?.string == "base64" {
            return bytes(text, isBase64: true, hash: content["_sha256"]?.string, at: content)
        }
        // Text in an archive is Unicode; the bytes on the wire were in the charset of the media type.
        if let charset, ["iso-8859-1", "latin1"].contains(charset),
            text.unicodeScalars.allSatisfy({ $0.value < 0x100 })
        {
            return text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        }
        return Array(text.utf8)
    }

    private func charset(of message: ResponseMessage) -> String? {
        guard let type = message.header("content-type").first?.lowercased(),
            let mark = type.utf8.firstRange(of: "charset=".utf8)
        else { return nil }
        let value = type.utf8[mark.upperBound...].drop { $0 == UInt8(ascii: "\"") }
        return String(decoding: value.prefix { !"\"; ".utf8.contains($0) }, as: UTF8.self)
    }

    /// The bytes that a text stands for. Base64 that is damaged, or is not what was recorded, is an error.
    private mutating func bytes(_ text: String, isBase64: Bool, hash: String?, at node: JSONNode) -> [UInt8]? {
        guard isBase64 else { return Array(text.utf8) }
        // Some tools break the lines.
        let characters = text.utf8.filter { $0 > 0x20 }
        guard let bytes = Base64.decode(characters) else {
            report("the body is not valid base64", at: node)
            return nil
        }
        if let hash, hash != SHA256.hex(bytes) {
            report("the body differs from its hash `_sha256`", at: node, severity: .error)
        }
        return bytes
    }

    private func cut(_ node: JSONNode) -> BodyCut? {
        guard let length = node["length"]?.number.flatMap({ Int($0.lexeme) }), let hash = node["hash"]?.string
        else { return nil }
        return BodyCut(length: length, hash: hash)
    }
}

// MARK: Our own members

extension HARReading {
    private mutating func step(_ node: JSONNode) -> RecordedStep? {
        guard let name = node["step"]?.string, let contract = node["contract"]?.string,
            let attempt = node["attempt"]?.number.flatMap({ Int($0.lexeme) })
        else {
            report("`_assay` of the entry does not name a step, an attempt and a contract", at: node, severity: .error)
            return nil
        }
        return RecordedStep(
            name: name, attempt: attempt, hop: node["hop"]?.number.flatMap { Int($0.lexeme) } ?? 0,
            operation: node["operation"]?.string, contract: contract)
    }

    /// The run that the file was recorded in; `nil` and an error where it cannot be read.
    mutating func origin(_ node: JSONNode) -> RecordingOrigin? {
        guard let format = node["format"]?.string, format == HARWriter.format else {
            report(
                "the recording has the format \(node["format"]?.value.text ?? "none"), this version reads "
                    + HARWriter.format, at: node, severity: .error)
            return nil
        }
        guard let scenario = node["scenario"]?.string, let seed = node["seed"]?.string,
            let startedAt = node["startedAt"]?.string.flatMap({ Instant($0) }),
            let baseURL = node["baseURL"]?.string
        else {
            report("`_assay` does not name scenario, seed, startedAt and baseURL", at: node, severity: .error)
            return nil
        }
        return RecordingOrigin(
            scenario: scenario, values: JournalOrigin(seed: seed, startedAt: startedAt),
            target: node["target"]?.string ?? "", isMock: node["mock"]?.boolean ?? false, baseURL: baseURL,
            contracts: node["contracts"]?.elements.compactMap { contract in
                guard let name = contract["name"]?.string, let fingerprint = contract["fingerprint"]?.string
                else { return nil }
                return .init(name: name, fingerprint: fingerprint)
            } ?? [],
            notRun: node["notRun"]?.elements.compactMap { notRun($0, scenario) } ?? [])
    }

    private func notRun(_ node: JSONNode, _ scenario: String) -> NotRun? {
        guard let step = node["step"]?.string, let reason = node["reason"] else { return nil }
        let kind: NotRun.Reason? =
            switch reason["kind"]?.string {
            case "missingValue": .missingValue(step: reason["step"]?.string ?? "", path: reason["path"]?.string ?? "")
            case "setupFailed": .setupFailed(step: reason["step"]?.string ?? "")
            case "stopped": .stopped
            case "skipped": .skipped(reason["why"]?.string ?? "")
            case "unbuildable": .unbuildable(reason["why"]?.string ?? "")
            default: nil
            }
        return kind.map { NotRun(scenario: scenario, step: step, reason: $0) }
    }

    private func location(_ node: JSONNode) -> SourceLocation {
        let position = node.position
        return SourceLocation(file: path, line: position.line, column: position.column)
    }

    private mutating func report(_ message: String, at node: JSONNode, severity: Severity = .warning) {
        guard diagnostics.count < 100 else { return }
        diagnostics.append(
            Diagnostic(
                "recording.entry", severity, message, at: location(node),
                help: severity == .error ? "record it again" : "the entry is ignored"))
    }
}
