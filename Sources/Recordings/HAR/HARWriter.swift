internal import Exchanges
internal import JSONDocument
internal import Primitives

/// Writes recordings as HTTP Archives (HAR 1.2).
///
/// The text is suitable for version control: one member per line, members in a fixed order, and the origin time of the
/// scenario as the only time. HAR requires times for every entry; all of them are the origin time, and durations are
/// zero. Custom members begin with an underscore, as HAR requires for extensions.
package enum HARWriter {
    /// The name of the format of `_assay`. Its number grows when old readers would misread a new file.
    package static let format = "assay-recording/1"

    /// The file's bytes, with a line feed at the end.
    package static func bytes(of recording: Recording, version: String) -> [UInt8] {
        var log: [(String, JSONValue)] = [
            ("version", "1.2"),
            ("creator", ["name": "assay", "version": .string(version)]),
        ]
        if let origin = recording.origin { log.append(("_assay", value(origin))) }
        log.append(("entries", .array(recording.entries.map { entry($0, recording.origin) })))
        return JSONValue.object(["log": .object(JSONObject(log))]).utf8(.pretty) + [0x0A]
    }

    private static func value(_ origin: RecordingOrigin) -> JSONValue {
        [
            "format": .string(format),
            "scenario": .string(origin.scenario),
            "seed": .string(origin.values.seed),
            "startedAt": .string(origin.values.startedAt.text),
            "target": .string(origin.target),
            "mock": .boolean(origin.isMock),
            "baseURL": .string(origin.baseURL),
            "contracts": .array(
                origin.contracts.map { ["name": .string($0.name), "fingerprint": .string($0.fingerprint)] }),
            "notRun": .array(origin.notRun.map(value)),
        ]
    }

    private static func value(_ entry: NotRun) -> JSONValue {
        let reason: JSONValue =
            switch entry.reason {
            case .missingValue(let step, let path):
                ["kind": "missingValue", "step": .string(step), "path": .string(path)]
            case .setupFailed(let step): ["kind": "setupFailed", "step": .string(step)]
            case .sessionFailed(let scenario): ["kind": "sessionFailed", "of": .string(scenario)]
            case .stopped: ["kind": "stopped"]
            case .skipped(let why): ["kind": "skipped", "why": .string(why)]
            case .unbuildable(let why): ["kind": "unbuildable", "why": .string(why)]
            case .unjudged(let why): ["kind": "unjudged", "why": .string(why)]
            }
        return ["step": .string(entry.step), "reason": reason]
    }

    private static func entry(_ entry: RecordedExchange, _ origin: RecordingOrigin?) -> JSONValue {
        let startedAt = origin?.values.startedAt ?? entry.startedAt
        var members: [(String, JSONValue)] = [
            ("startedDateTime", .string(startedAt.text)), ("time", 0), ("request", request(entry.request)),
        ]
        switch entry.outcome {
        case .response(let message): members.append(("response", response(message)))
        case .failure(let failure): members.append(("response", noResponse(failure)))
        }
        members += [("cache", .object(JSONObject())), ("timings", ["send": 0, "wait": 0, "receive": 0])]
        if let step = entry.step {
            members.append(("_assay", value(step, failure: entry.outcome.failure)))
        }
        return .object(JSONObject(members))
    }

    private static func value(_ step: RecordedStep, failure: TransportFailure?) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("step", .string(step.name)), ("attempt", .number(JSONNumber(step.attempt))),
            ("hop", .number(JSONNumber(step.hop))),
        ]
        if step.isConcurrent { members.append(("concurrent", true)) }
        if let operation = step.operation { members.append(("operation", .string(operation))) }
        members.append(("contract", .string(step.contract)))
        if let failure {
            members.append(
                ("failure", ["class": .string(failure.class.rawValue), "message": .string(failure.message)]))
        }
        return .object(JSONObject(members))
    }

    private static func request(_ request: RequestMessage) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("method", .string(request.method)), ("url", .string(request.url)), ("httpVersion", "HTTP/1.1"),
            ("cookies", .array([])), ("headers", headers(request.headers)),
            ("queryString", .array(query(request.query))),
        ]
        if request.isReceived { members.append(("_received", true)) }
        if let bytes = request.body {
            let body = HARBody(bytes)
            var data: [(String, JSONValue)] = [
                ("mimeType", .string(request.header("content-type").first ?? "")), ("text", .string(body.text)),
            ]
            // HAR defines an encoding only for responses.
            if body.isBase64 { data.append(("_encoding", "base64")) }
            if let hash = body.hash { data.append(("_sha256", .string(hash))) }
            if let cut = request.cut { data.append(("_cut", value(cut))) }
            members.append(("postData", .object(JSONObject(data))))
        }
        members += [("headersSize", -1), ("bodySize", .number(JSONNumber(request.body?.count ?? 0)))]
        return .object(JSONObject(members))
    }

    private static func response(_ response: ResponseMessage) -> JSONValue {
        let body = HARBody(response.body)
        var content: [(String, JSONValue)] = [
            ("size", .number(JSONNumber(response.body.count))),
            ("mimeType", .string(response.header("content-type").first ?? "")),
        ]
        // HAR does not require the text of an empty body, but readers expect it.
        content.append(("text", .string(body.text)))
        if body.isBase64 { content.append(("encoding", "base64")) }
        if let hash = body.hash { content.append(("_sha256", .string(hash))) }
        if let cut = response.cut { content.append(("_cut", value(cut))) }
        var members: [(String, JSONValue)] = [
            ("status", .number(JSONNumber(response.status))), ("statusText", ""),
            ("httpVersion", .string(response.version)), ("cookies", .array([])),
            ("headers", headers(response.headers)), ("content", .object(JSONObject(content))),
            ("redirectURL", .string(response.header("location").first ?? "")), ("headersSize", -1),
            ("bodySize", .number(JSONNumber(response.body.count))),
        ]
        if !response.defects.isEmpty { members.append(("_defects", .array(response.defects.map(value)))) }
        return .object(JSONObject(members))
    }

    private static func value(_ defect: TransportDefect) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("kind", .string(defect.kind.rawValue)), ("message", .string(defect.message)),
        ]
        if defect.isLate { members.append(("late", true)) }
        return .object(JSONObject(members))
    }

    /// Browsers write status 0 if no response arrived.
    private static func noResponse(_ failure: TransportFailure) -> JSONValue {
        [
            "status": 0, "statusText": "", "httpVersion": "", "cookies": .array([]), "headers": .array([]),
            "content": ["size": 0, "mimeType": "", "text": ""], "redirectURL": "", "headersSize": -1, "bodySize": -1,
            "_error": .string(failure.message),
        ]
    }

    private static func value(_ cut: BodyCut) -> JSONValue {
        ["length": .number(JSONNumber(cut.length)), "hash": .string(cut.hash)]
    }

    private static func headers(_ fields: [HeaderField]) -> JSONValue {
        .array(fields.map { ["name": .string($0.name), "value": .string($0.value)] })
    }

    private static func query(_ query: String?) -> [JSONValue] {
        guard let query, !query.isEmpty else { return [] }
        return query.utf8.split(separator: UInt8(ascii: "&")).map { pair in
            let name = pair.prefix { $0 != UInt8(ascii: "=") }
            let value = pair.dropFirst(name.count + 1)
            func text(_ bytes: Substring.UTF8View) -> JSONValue {
                .string(PercentEncoding.decodedLeniently(Substring(bytes), plusIsBlank: true))
            }
            return ["name": text(name), "value": text(value)]
        }
    }
}
