import JSONDocument
import Primitives
import Scenarios
import SourceText

/// Reads `targets`.
enum TargetReader {
    /// The targets, always including the mock.
    static func targets(_ node: JSONNode, _ reader: inout DiagnosingReader) -> [Target] {
        var result: [Target] = []
        for member in reader.members(of: node, "targets") {
            if let target = target(member, &reader) {
                result.append(target)
            }
        }
        // The mock is always included, so a project that lists only live targets still runs locally.
        if !result.contains(where: { $0.name.isSame(as: Target.mock.name) }) {
            result.append(.mock)
        }
        return result
    }

    private static let keys = [
        "kind", "base-url", "auth", "production", "timeout", "strict", "rate", "rate-limit", "vars", "headers",
        "cookies", "events",
    ]

    /// One target; `nil` when the file does not define its kind.
    private static func target(_ member: JSONMember, _ reader: inout DiagnosingReader) -> Target? {
        let what = "target \(quoted(member.name))"
        var target = Target(name: member.name, kind: .mock)
        let known = keys + TargetNetworkReader.keys
        for part in reader.members(of: member.value, what, known: known) {
            switch part.name {
            case "auth": target.profile = reader.text(part.value, "auth")
            case "strict": target.isStrict = reader.boolean(part.value, "strict") ?? false
            case "production": target.production = reader.boolean(part.value, "production") ?? true
            case "timeout": target.timeout = reader.duration(part.value, "timeout") ?? target.timeout
            case "rate": target.rate = rate(part.value, &reader)
            case "rate-limit": target.rateLimit = rateLimit(part.value, &reader)
            case "vars": target.variables = ProjectReader.variables(part.value, "vars", &reader)
            case "headers": target.requests.headers = TargetHeaderReader.headers(part.value, &reader)
            case "cookies": target.requests.keepsCookies = reader.boolean(part.value, "cookies") ?? false
            case "events": target.events = EventReader.events(part.value, &reader)
            case "base-url", "kind": break
            default: TargetNetworkReader.read(part, into: &target.network, &reader)
            }
        }
        TargetNetworkReader.check(target.network, member.value, &reader)
        guard member.value.kind == .object, let kind = kind(member, what, &reader) else { return nil }
        target.kind = kind
        return target
    }

    private static func rate(_ node: JSONNode, _ reader: inout DiagnosingReader) -> Rate? {
        guard let text = reader.text(node, "rate") else { return nil }
        if let rate = Rate.parse(text) { return rate }
        reader.report(
            "wrong-rate", "`rate` is not a valid rate: \(quoted(text))", at: node,
            help: "write for example 10/s or 60/min")
        return nil
    }

    private static func rateLimit(_ node: JSONNode, _ reader: inout DiagnosingReader) -> RateLimitHeaders? {
        var names: [String: String] = [:]
        for part in reader.members(of: node, "rate-limit", known: ["remaining", "reset"]) {
            names[part.name] = reader.text(part.value, part.name)
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

    private static func kind(
        _ member: JSONMember, _ what: String, _ reader: inout DiagnosingReader
    ) -> Target.Kind? {
        let address = member.value["base-url"]
        var baseURL: String?
        if let address { baseURL = self.baseURL(address, &reader) }
        if let node = member.value["kind"] {
            guard let text = reader.text(node, "kind") else { return nil }
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
                let kinds = ["mock", "live", "fixtures"]
                reader.reportUnknown(
                    "unknown-kind", "unknown kind of \(what): \(quoted(text))", name: text, known: kinds,
                    at: node.position, otherwise: "the kinds are \(kinds.joined(separator: ", "))")
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

    private static func baseURL(_ node: JSONNode, _ reader: inout DiagnosingReader) -> String? {
        let help = "use {{env.NAME}} or {{var.name}}"
        guard let template = reader.template(node, "base-url", allowsSecrets: false, help: help) else { return nil }
        // An address with variables is checked once their values are known.
        guard let text = template.constantText else { return template.text }
        guard let problem = BaseURL.problem(with: text) else { return text }
        reader.report("wrong-base-url", "base-url \(problem)", at: node, help: BaseURL.help)
        return nil
    }
}
