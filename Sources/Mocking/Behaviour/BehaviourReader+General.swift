import Diagnostics
import JSONDocument
import OpenAPI

extension BehaviourReader {
    mutating func answers(_ node: JSONNode?) -> (contentType: String?, ending: String, offset: Int?) {
        guard let node,
            let members = members(of: node, in: "`answers`", known: ["contentType", "ending", "offset"])
        else { return (nil, "", nil) }
        let contentType = headerValue(members["contentType"], "`contentType`")
        let ending = text(members["ending"], "`ending`") ?? ""
        if let node = members["ending"], !ending.utf8.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }) {
            report("behaviour.ending", "`ending` can contain only spaces and line breaks", at: node)
        }
        return (contentType, ending, offset(members["offset"]))
    }

    private mutating func offset(_ node: JSONNode?) -> Int? {
        guard let node, let text = text(node, "`offset`"), text != "Z" else { return nil }
        let bytes = Array(text.utf8)
        let digits = [1, 2, 4, 5].compactMap { index in
            bytes.count == 6 && (0x30...0x39).contains(bytes[index]) ? Int(bytes[index] - 0x30) : nil
        }
        guard digits.count == 4, bytes[3] == UInt8(ascii: ":"), ["+", "-"].contains(text.prefix(1)),
            digits[0] * 10 + digits[1] < 24, digits[2] < 6
        else {
            report(
                "behaviour.offset", "'\(text)' is not a valid offset from UTC", at: node,
                help: "write it as in RFC 3339, such as '+05:30', or Z")
            return nil
        }
        let minutes = (digits[0] * 10 + digits[1]) * 60 + digits[2] * 10 + digits[3]
        return bytes[0] == UInt8(ascii: "-") ? -minutes : minutes
    }

    mutating func counters(_ node: JSONNode?) -> [String: Int] {
        guard let node else { return [:] }
        guard node.kind == .object else {
            reportKind(node, "`counters`", expected: "a map")
            return [:]
        }
        var counters: [String: Int] = [:]
        for member in node.members {
            counters[member.name] = integer(
                member.value, "the first number of counter '\(member.name)'", in: 0...(1 << 53))
        }
        return counters
    }

    mutating func order(_ node: JSONNode?) -> [Stage] {
        guard let node else { return Stage.allCases }
        var stages: [Stage] = []
        for (text, place) in texts(node, "`order`") ?? [] {
            guard let stage = Stage(rawValue: text) else {
                reportUnknown(
                    "behaviour.order", "'\(text)' is not a valid check", name: text,
                    known: Stage.allCases.map(\.rawValue),
                    at: place.position)
                continue
            }
            if stages.contains(stage) { report("behaviour.order", "duplicate '\(text)'", at: place) }
            stages.append(stage)
        }
        let missing = Stage.allCases.filter { !stages.contains($0) }.map(\.rawValue)
        if !missing.isEmpty {
            report("behaviour.order", "`order` does not contain \(missing.joined(separator: ", "))", at: node)
        } else if stages.suffix(2) != [.existence, .state] {
            report("behaviour.order", "`order` must end with existence and state", at: node)
        }
        return stages
    }

    mutating func version(_ node: JSONNode?) -> VersionRule? {
        guard let node, let members = members(of: node, in: "`version`", known: ["header", "values"]) else {
            return nil
        }
        guard let header = required("header", members, of: node, in: "`version`") else { return nil }
        guard let name = headerName(header, "`header`") else { return nil }
        let values = texts(members["values"], "`values`")?.map(\.text) ?? [contract.name]
        return VersionRule(header: name, values: values)
    }

    mutating func credentials(_ node: JSONNode?) -> (isEnforced: Bool, acceptsAny: Bool) {
        guard let node, let members = members(of: node, in: "`credentials`", known: ["enforced", "accept"]) else {
            return (true, false)
        }
        let accept = word(members["accept"], "`accept`", ["known", "any"])
        return (boolean(members["enforced"], "`enforced`") ?? true, accept == "any")
    }

    mutating func idempotency(_ node: JSONNode?) -> IdempotencyRule? {
        let what = "`idempotency`"
        guard let node,
            let members = members(of: node, in: what, known: ["header", "methods", "per", "echo", "replayed"]),
            let headerNode = required("header", members, of: node, in: what),
            let header = headerName(headerNode, "`header`")
        else { return nil }
        var flag: IdempotencyRule.Flag?
        if let node = members["replayed"],
            let parts = self.members(of: node, in: "`replayed`", known: ["header", "first", "again"]),
            let nameNode = required("header", parts, of: node, in: "`replayed`"),
            let name = headerName(nameNode, "`header`")
        {
            flag = IdempotencyRule.Flag(
                header: name,
                first: headerValue(parts["first"], "`first`") ?? "false",
                again: headerValue(parts["again"], "`again`") ?? "true")
        }
        return IdempotencyRule(
            header: header,
            methods: texts(members["methods"], "`methods`")?.map(\.text) ?? ["POST"],
            isPerOperation: word(members["per"], "`per`", ["operation", "server"]) != "server",
            echo: members["echo"].flatMap { headerName($0, "`echo`") },
            flag: flag)
    }

    mutating func rateLimit(_ node: JSONNode?) -> RateLimitRule? {
        let what = "`rateLimit`"
        guard let node,
            let members = members(of: node, in: what, known: ["limit", "window", "per", "headers", "types"]),
            let limitNode = required("limit", members, of: node, in: what),
            let limit = integer(limitNode, "`limit`", in: 0...1_000_000_000)
        else { return nil }
        let headers = members["headers"].flatMap {
            self.members(of: $0, in: "`headers` of \(what)", known: ["limit", "remaining", "retry", "type"])
        }
        let types = members["types"].flatMap {
            self.members(of: $0, in: "`types`", known: ["withCredentials", "withoutCredentials"])
        }
        return RateLimitRule(
            limit: limit,
            window: duration(members["window"], "`window`") ?? 60,
            isPerOperation: word(members["per"], "`per`", ["operation", "server"]) != "server",
            headers: RateLimitRule.Headers(
                limit: headers?["limit"].flatMap { headerName($0, "`limit`") },
                remaining: headers?["remaining"].flatMap { headerName($0, "`remaining`") },
                retry: headers?["retry"].flatMap { headerName($0, "`retry`") },
                type: headers?["type"].flatMap { headerName($0, "`type`") }),
            withCredentials: headerValue(types?["withCredentials"], "`withCredentials`") ?? "account",
            withoutCredentials: headerValue(types?["withoutCredentials"], "`withoutCredentials`") ?? "address")
    }

    mutating func memory(_ node: JSONNode?) -> MemoryLimits {
        var limits = MemoryLimits()
        let known = ["entities", "replays", "children", "bytes"]
        guard let node, let members = members(of: node, in: "`memory`", known: known) else { return limits }
        let range = 1...1_000_000_000
        limits.entities = integer(members["entities"], "`entities`", in: range) ?? limits.entities
        limits.replays = integer(members["replays"], "`replays`", in: range) ?? limits.replays
        limits.children = integer(members["children"], "`children`", in: range) ?? limits.children
        limits.bytes = integer(members["bytes"], "`bytes`", in: range) ?? limits.bytes
        return limits
    }

    // MARK: Headers and errors

    mutating func required(
        _ name: String, _ members: [String: JSONNode], of node: JSONNode, in what: String
    ) -> JSONNode? {
        if let found = members[name] { return found }
        report("behaviour.missing-key", "\(what) requires `\(name)`", at: node)
        return nil
    }

    mutating func headers(
        _ node: JSONNode?, in what: String, _ context: ReferenceContext
    ) -> [ValueTemplate.Member] {
        for member in node.map({ Array($0.members) }) ?? [] where !isHeaderName(member.name) {
            report("behaviour.header", "'\(member.name)' is not a valid header name", at: member.namePosition)
        }
        return valueMembers(node, in: "`\(what)`", context)
    }

    mutating func headerName(_ node: JSONNode, _ what: String) -> String? {
        guard let name = text(node, what) else { return nil }
        if isHeaderName(name) { return name }
        report("behaviour.header", "'\(name)' is not a valid header name", at: node)
        return nil
    }

    private mutating func headerValue(_ node: JSONNode?, _ what: String) -> String? {
        guard let node, let value = text(node, what) else { return nil }
        if value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) { return value }
        report("behaviour.header", "\(what) contains a control character, which a header cannot contain", at: node)
        return nil
    }

    /// `token` of RFC 9110, 5.6.2.
    private func isHeaderName(_ name: String) -> Bool {
        let others = Array("!#$%&'*+-.^_`|~".utf8)
        return !name.isEmpty
            && name.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || others.contains(byte)
            }
    }

    mutating func errors(
        _ node: JSONNode?, in what: String, _ context: ReferenceContext
    ) -> [Situation: ErrorAnswer] {
        guard let node, let members = members(of: node, in: "`\(what)`", known: Situation.allCases.map(\.rawValue))
        else { return [:] }
        var errors: [Situation: ErrorAnswer] = [:]
        for situation in Situation.allCases {
            guard let node = members[situation.rawValue] else { continue }
            errors[situation] = errorAnswer(node, context)
        }
        return errors
    }

    mutating func errorAnswer(_ node: JSONNode, _ context: ReferenceContext) -> ErrorAnswer? {
        guard let members = members(of: node, in: "an error", known: ["status", "headers", "body"]),
            let statusNode = required("status", members, of: node, in: "an error"),
            let status = integer(statusNode, "`status`", in: 200...599)
        else { return nil }
        var context = context
        context.isError = true
        return ErrorAnswer(
            status: status,
            headers: headers(members["headers"], in: "headers", context),
            body: members["body"].map { value($0, context) })
    }
}
