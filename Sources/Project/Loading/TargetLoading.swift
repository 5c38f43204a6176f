import JSONDocument

extension ProjectLoading {
    /// The places under `targets`, the mock among them in any case.
    mutating func targets(_ node: JSONNode) -> [Target] {
        var result: [Target] = []
        for member in reader.members(of: node, what: "targets") {
            if let target = target(member) {
                result.append(target)
            }
        }
        // The mock is always there, so that a project that lists only live targets still runs locally.
        if !result.contains(where: { $0.name.utf8.elementsEqual(Target.mock.name.utf8) }) {
            result.append(.mock)
        }
        return result
    }

    /// One target; `nil` when nothing says what answers there.
    private mutating func target(_ member: JSONMember) -> Target? {
        let what = "target \(quoted(member.name))"
        var target = Target(name: member.name, kind: .mock)
        let known = [
            "kind", "base-url", "auth", "production", "timeout", "strict", "rate", "rate-limit", "http-version",
        ]
        for part in reader.members(of: member.value, what: what, known: known) {
            switch part.name {
            case "auth": target.profile = reader.text(part.value, what: "auth")
            case "strict": target.isStrict = reader.flag(part.value, what: "strict") ?? false
            case "production": target.production = reader.flag(part.value, what: "production") ?? true
            case "timeout": target.timeout = reader.duration(part.value, what: "timeout") ?? target.timeout
            case "rate": target.rate = rate(part.value)
            case "rate-limit": target.rateLimit = rateLimit(part.value)
            case "http-version": target.isHTTP1Only = isHTTP1(part.value)
            default: break
            }
        }
        guard member.value.kind == .object, let kind = kind(member, what: what) else { return nil }
        target.kind = kind
        return target
    }

    private mutating func isHTTP1(_ node: JSONNode) -> Bool {
        guard (node.number?.lexeme ?? node.string)?.utf8.elementsEqual("1.1".utf8) != true else { return true }
        reader.report(
            "wrong-version", "`http-version` can only be 1.1", at: node,
            help: "remove it to use HTTP/2 wherever the server offers it over TLS")
        return false
    }

    private mutating func rate(_ node: JSONNode) -> Rate? {
        guard let text = reader.text(node, what: "rate") else { return nil }
        if let rate = Rate.parse(text) { return rate }
        reader.report(
            "wrong-rate", "`rate` is not a valid rate: \(quoted(text))", at: node,
            help: "write for example 10/s or 60/min")
        return nil
    }

    private mutating func rateLimit(_ node: JSONNode) -> RateLimitHeaders? {
        var names: [String: String] = [:]
        for part in reader.members(of: node, what: "rate-limit", known: ["remaining", "reset"]) {
            names[part.name] = reader.text(part.value, what: part.name)
        }
        guard let remaining = names["remaining"], let reset = names["reset"] else {
            if node.kind == .object, node.count < 2 {
                reader.report(
                    "missing-key", "`rate-limit` must name two headers, remaining and reset", at: node,
                    help: "write {remaining: ratelimit-remaining, reset: ratelimit-reset}")
            }
            return nil
        }
        return RateLimitHeaders(remaining: remaining, reset: reset)
    }

    private mutating func kind(_ member: JSONMember, what: String) -> Target.Kind? {
        let address = member.value["base-url"]
        var baseURL: String?
        if let address { baseURL = self.baseURL(address) }
        if let node = member.value["kind"] {
            guard let text = reader.text(node, what: "kind") else { return nil }
            switch text {
            case "live":
                break
            case "mock", "fixtures":
                guard let address else { return text == "mock" ? .mock : .fixtures }
                reader.report(
                    "conflict",
                    "\(what) has the kind \(text), which has no address",
                    at: address,
                    help: "remove `base-url`, or `kind: \(text)`"
                )
                return nil
            default:
                reader.report(
                    "unknown-kind",
                    "unknown kind of \(what): \(quoted(text))",
                    at: node,
                    help: "the kinds are mock, live, fixtures"
                )
                return nil
            }
        }
        if address == nil {
            reader.report(
                "missing-key",
                "\(what) has no address",
                at: member.namePosition,
                help: "add base-url: https://host/path, or kind: mock"
            )
        }
        return baseURL.map { Target.Kind.live(baseURL: $0) }
    }

    private mutating func baseURL(_ node: JSONNode) -> String? {
        guard let text = reader.text(node, what: "base-url") else { return nil }
        guard let problem = BaseURL.problem(with: text) else { return text }
        reader.report("wrong-base-url", "base-url \(problem)", at: node, help: BaseURL.help)
        return nil
    }
}
