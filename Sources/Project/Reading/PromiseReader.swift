import JSONDocument
import Scenarios
import SourceText

/// Reads `promises`: behaviour of the API beyond its documents.
enum PromiseReader {
    static func promises(_ node: JSONNode, _ reader: inout DiagnosingReader) -> Promises {
        var promises = Promises()
        let known = ["idempotency", "rate-limit", "echo", "resources"]
        for part in reader.members(of: node, "promises", known: known) {
            switch part.name {
            case "idempotency": promises.idempotency = idempotency(part.value, &reader)
            case "rate-limit": promises.rateLimit = rateLimit(part.value, &reader)
            case "echo":
                for echo in reader.members(of: part.value, "echo") {
                    if let echo = self.echo(echo, &reader) { promises.echoes.append(echo) }
                }
            case "resources":
                promises.resources = reader.members(of: part.value, "resources").compactMap {
                    resource($0, &reader)
                }
            default: break
            }
        }
        return promises
    }

    private static func echo(_ member: JSONMember, _ reader: inout DiagnosingReader) -> EchoPromise? {
        let what = "echo of \(quoted(member.name))"
        guard member.value.kind == .object else {
            return reader.text(member.value, what).map { EchoPromise(request: member.name, response: $0) }
        }
        var promise = EchoPromise(request: member.name, response: "")
        for part in reader.members(of: member.value, what, known: ["header", "on"]) {
            switch part.name {
            case "header": promise.response = reader.text(part.value, "header") ?? ""
            default: promise.isOfSuccess = reader.word(part.value, "on", ["2xx", "any"]) == "2xx"
            }
        }
        if promise.response.isEmpty { promise.response = member.name }
        return promise
    }

    private static func idempotency(
        _ node: JSONNode, _ reader: inout DiagnosingReader
    ) -> IdempotencyPromise? {
        var promise = IdempotencyPromise(header: "")
        let known = ["header", "methods", "echo", "replayed", "conflict", "per"]
        for part in reader.members(of: node, "idempotency", known: known) {
            switch part.name {
            case "header": promise.header = reader.text(part.value, "header") ?? ""
            case "methods": promise.methods = reader.texts(part.value, "methods").map { $0.text.uppercased() }
            case "echo": promise.echo = reader.text(part.value, "echo")
            case "replayed": promise.replayed = replayHeader(part.value, &reader)
            case "conflict": promise.conflicts = statuses(part.value, "conflict", &reader)
            case "per": promise.isPerOperation = reader.word(part.value, "per", ["operation", "any"]) != "any"
            default: break
            }
        }
        guard node.kind == .object else { return nil }
        if node["header"] == nil {
            reader.report("missing-key", "`idempotency` has no `header`", at: node, help: "add header: NAME")
        }
        return promise.header.isEmpty ? nil : promise
    }

    private static func replayHeader(
        _ node: JSONNode, _ reader: inout DiagnosingReader
    ) -> IdempotencyPromise.Flag? {
        guard node.kind != .string else {
            return reader.text(node, "replayed").map { IdempotencyPromise.Flag(header: $0) }
        }
        var flag = IdempotencyPromise.Flag(header: "")
        for part in reader.members(of: node, "replayed", known: ["header", "first", "again"]) {
            guard let text = reader.text(part.value, part.name) else { continue }
            switch part.name {
            case "header": flag.header = text
            case "first": flag.first = text
            default: flag.again = text
            }
        }
        if node.kind == .object, node["header"] == nil {
            reader.report("missing-key", "`replayed` has no `header`", at: node, help: "add header: NAME")
        }
        return flag.header.isEmpty ? nil : flag
    }

    private static func rateLimit(
        _ node: JSONNode, _ reader: inout DiagnosingReader
    ) -> RateLimitPromise? {
        var promise = RateLimitPromise()
        for part in reader.members(of: node, "rate-limit", known: ["limit", "remaining", "retry", "window"]) {
            switch part.name {
            case "limit": promise.limit = reader.text(part.value, "limit")
            case "remaining": promise.remaining = reader.text(part.value, "remaining")
            case "retry": promise.retry = reader.text(part.value, "retry")
            case "window": promise.window = reader.duration(part.value, "window") ?? promise.window
            default: break
            }
        }
        return node.kind == .object ? promise : nil
    }

    private static func resource(
        _ member: JSONMember, _ reader: inout DiagnosingReader
    ) -> ResourcePromise? {
        let what = "resource \(quoted(member.name))"
        var promise = ResourcePromise(name: member.name, id: "")
        let known = ["id", "create", "fetch", "final", "carried", "except", "one-effect"]
        for part in reader.members(of: member.value, what, known: known) {
            switch part.name {
            case "id": promise.id = reader.text(part.value, "id") ?? ""
            case "create": promise.create = reader.texts(part.value, "create").map(\.text)
            case "fetch": promise.fetch = reader.texts(part.value, "fetch").map(\.text)
            case "final":
                promise.final = reader.members(of: part.value, "final").map { final in
                    ResourcePromise.Final(
                        member: final.name, values: reader.texts(final.value, final.name).map(\.text))
                }
            case "carried": promise.isCarried = reader.boolean(part.value, "carried") ?? false
            case "one-effect": promise.oneEffect = OneEffectReader.promise(part.value, &reader)
            case "except": promise.except = reader.paths(part.value, "except").map(\.path)
            default: break
            }
        }
        guard member.value.kind == .object else { return nil }
        if member.value["id"] == nil {
            reader.report(
                "missing-key", "\(what) has no `id`", at: member.namePosition,
                help: "add id: MEMBER, the name of the path parameter and of the body member")
        }
        return promise.id.isEmpty ? nil : promise
    }

    /// A status, or a list of statuses.
    static func statuses(_ node: JSONNode, _ key: String, _ reader: inout DiagnosingReader) -> [Int] {
        let nodes = node.kind == .array ? Array(node.elements) : [node]
        return nodes.compactMap { node in
            if let status = node.number?.int, (100...999).contains(status) { return status }
            reader.report(
                "wrong-status", "`\(key)` must be a status or a list of statuses", at: node,
                help: "write for example 422")
            return nil
        }
    }
}
