import JSONDocument
import Scenarios

extension ProjectLoading {
    /// What stands under `promises`.
    mutating func promises(_ node: JSONNode) -> Promises {
        var promises = Promises()
        let known = ["idempotency", "rate-limit", "echo", "resources"]
        for part in reader.members(of: node, what: "promises", known: known) {
            switch part.name {
            case "idempotency": promises.idempotency = idempotency(part.value)
            case "rate-limit": promises.rateLimit = rateLimitPromise(part.value)
            case "echo":
                for echo in reader.members(of: part.value, what: "echo") {
                    if let echo = self.echo(echo) { promises.echoes.append(echo) }
                }
            case "resources":
                promises.resources = reader.members(of: part.value, what: "resources").compactMap { resource($0) }
            default: break
            }
        }
        return promises
    }

    private mutating func echo(_ member: JSONMember) -> EchoPromise? {
        let what = "echo of \(quoted(member.name))"
        guard member.value.kind == .object else {
            return reader.text(member.value, what: what).map { EchoPromise(request: member.name, response: $0) }
        }
        var promise = EchoPromise(request: member.name, response: "")
        for part in reader.members(of: member.value, what: what, known: ["header", "on"]) {
            switch part.name {
            case "header": promise.response = reader.text(part.value, what: "header") ?? ""
            default: promise.isOfSuccess = choice(part.value, "on", ["2xx", "any"]) == "2xx"
            }
        }
        if promise.response.isEmpty { promise.response = member.name }
        return promise
    }

    private mutating func idempotency(_ node: JSONNode) -> IdempotencyPromise? {
        var promise = IdempotencyPromise(header: "")
        let known = ["header", "methods", "echo", "replayed", "conflict", "per"]
        for part in reader.members(of: node, what: "idempotency", known: known) {
            switch part.name {
            case "header": promise.header = reader.text(part.value, what: "header") ?? ""
            case "methods": promise.methods = reader.texts(part.value, what: "methods").map { $0.text.uppercased() }
            case "echo": promise.echo = reader.text(part.value, what: "echo")
            case "replayed": promise.replayed = flag(part.value)
            case "conflict": promise.conflicts = statuses(part.value)
            case "per": promise.isPerOperation = choice(part.value, "per", ["operation", "any"]) != "any"
            default: break
            }
        }
        guard node.kind == .object else { return nil }
        if node["header"] == nil {
            reader.report("missing-key", "`idempotency` has no `header`", at: node, help: "add header: NAME")
        }
        return promise.header.isEmpty ? nil : promise
    }

    private mutating func flag(_ node: JSONNode) -> IdempotencyPromise.Flag? {
        guard node.kind != .string else {
            return reader.text(node, what: "replayed").map { IdempotencyPromise.Flag(header: $0) }
        }
        var flag = IdempotencyPromise.Flag(header: "")
        for part in reader.members(of: node, what: "replayed", known: ["header", "first", "again"]) {
            guard let text = reader.text(part.value, what: part.name) else { continue }
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

    private mutating func rateLimitPromise(_ node: JSONNode) -> RateLimitPromise? {
        var promise = RateLimitPromise()
        for part in reader.members(of: node, what: "rate-limit", known: ["limit", "remaining", "retry", "window"]) {
            switch part.name {
            case "limit": promise.limit = reader.text(part.value, what: "limit")
            case "remaining": promise.remaining = reader.text(part.value, what: "remaining")
            case "retry": promise.retry = reader.text(part.value, what: "retry")
            case "window": promise.window = reader.duration(part.value, what: "window") ?? promise.window
            default: break
            }
        }
        return node.kind == .object ? promise : nil
    }

    private mutating func resource(_ member: JSONMember) -> ResourcePromise? {
        let what = "resource \(quoted(member.name))"
        var promise = ResourcePromise(name: member.name, id: "")
        for part in reader.members(
            of: member.value, what: what, known: ["id", "create", "fetch", "final", "carried", "except"])
        {
            switch part.name {
            case "id": promise.id = reader.text(part.value, what: "id") ?? ""
            case "create": promise.create = reader.texts(part.value, what: "create").map(\.text)
            case "fetch": promise.fetch = reader.texts(part.value, what: "fetch").map(\.text)
            case "final":
                promise.final = reader.members(of: part.value, what: "final").map { final in
                    ResourcePromise.Final(
                        member: final.name, values: reader.texts(final.value, what: final.name).map(\.text))
                }
            case "carried": promise.isCarried = reader.flag(part.value, what: "carried") ?? false
            case "except": promise.except = paths(part.value, what: "except").compactMap { try? ItemPath.parse($0) }
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

    private mutating func statuses(_ node: JSONNode) -> [Int] {
        let nodes = node.kind == .array ? Array(node.elements) : [node]
        return nodes.compactMap { node in
            if let status = node.number?.int, (100...999).contains(status) { return status }
            reader.report(
                "wrong-status", "`conflict` must be a status or a list of statuses", at: node,
                help: "write for example 422")
            return nil
        }
    }

    private mutating func choice(_ node: JSONNode, _ what: String, _ choices: [String]) -> String? {
        guard let text = reader.text(node, what: what) else { return nil }
        if choices.contains(where: { $0.utf8.elementsEqual(text.utf8) }) { return text }
        reader.report(
            "unknown-choice", "unknown value for \(what): \(quoted(text))", at: node,
            help: "the values are \(choices.joined(separator: ", "))")
        return nil
    }
}
