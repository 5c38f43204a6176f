import JSONDocument
import OpenAPI
import SourceText

/// Builds the rules for the checks of a request.
enum CheckBuilder {
    static func checks(_ sections: BehaviourSections, _ draft: inout BehaviourDraft) -> CheckRules {
        CheckRules(
            order: sections["order"].map { order($0, &draft.reader) } ?? Stage.allCases,
            version: sections["version"].flatMap { version($0, &draft) },
            credentials: sections["credentials"].map { credentials($0, &draft.reader) } ?? CredentialRule(),
            idempotency: sections["idempotency"].flatMap { idempotency($0, &draft) },
            rateLimit: sections["rateLimit"].flatMap { rateLimit($0, &draft) })
    }

    private static func order(_ node: JSONNode, _ reader: inout DiagnosingReader) -> [Stage] {
        var stages: [Stage] = []
        let known = Stage.allCases.map(\.rawValue)
        for (text, place) in reader.texts(node, "`order`") {
            guard let stage = Stage(rawValue: text) else {
                reader.reportUnknown(
                    "order", "\(quoted(text)) is not a valid check", name: text, known: known, at: place.position,
                    otherwise: reader.all(known))
                continue
            }
            if stages.contains(stage) { reader.report("order", "duplicate \(quoted(text))", at: place) }
            stages.append(stage)
        }
        let missing = Stage.allCases.filter { !stages.contains($0) }.map(\.rawValue)
        if !missing.isEmpty {
            reader.report("order", "`order` does not contain \(missing.joined(separator: ", "))", at: node)
        } else if stages.suffix(2) != [.existence, .state] {
            reader.report("order", "`order` must end with existence and state", at: node)
        }
        return stages
    }

    private static func version(_ node: JSONNode, _ draft: inout BehaviourDraft) -> VersionRule? {
        guard let fields = draft.reader.fields(node, "`version`", known: ["header", "values"]),
            let header = draft.reader.required("header", fields, of: node, "`version`"),
            let name = ErrorBuilder.headerName(header, "`header`", &draft)
        else { return nil }
        let values = fields["values"].map { draft.reader.texts($0, "`values`").map(\.text) } ?? [draft.contract.name]
        return VersionRule(header: name, values: values)
    }

    private static func credentials(_ node: JSONNode, _ reader: inout DiagnosingReader) -> CredentialRule {
        var rule = CredentialRule()
        for member in reader.members(of: node, "`credentials`", known: ["enforced", "accept"]) {
            switch member.name {
            case "enforced": rule.isEnforced = reader.boolean(member.value, "`enforced`") ?? true
            default: rule.acceptsAny = reader.word(member.value, "`accept`", ["known", "any"]) == "any"
            }
        }
        return rule
    }

    private static func idempotency(_ node: JSONNode, _ draft: inout BehaviourDraft) -> IdempotencyRule? {
        let what = "`idempotency`"
        let known = ["header", "methods", "per", "echo", "replayed", "lifetime", "processing", "underWay"]
        guard let fields = draft.reader.fields(node, what, known: known),
            let headerNode = draft.reader.required("header", fields, of: node, what),
            let header = ErrorBuilder.headerName(headerNode, "`header`", &draft)
        else { return nil }
        return IdempotencyRule(
            header: header,
            methods: fields["methods"].map { draft.reader.texts($0, "`methods`").map(\.text) } ?? ["POST"],
            isPerOperation: isPerOperation(fields["per"], &draft.reader),
            echo: fields["echo"].flatMap { ErrorBuilder.headerName($0, "`echo`", &draft) },
            replayed: fields["replayed"].flatMap { replayHeader($0, &draft) },
            lifetime: fields["lifetime"].flatMap { draft.reader.seconds($0, "`lifetime`") }.map { .seconds($0) },
            processing: fields["processing"].flatMap { draft.reader.milliseconds($0, "`processing`") } ?? .zero,
            rejectsUnderWay: fields["underWay"].flatMap {
                draft.reader.word($0, "`underWay`", ["wait", "reject"])
            } == "reject")
    }

    private static func replayHeader(
        _ node: JSONNode, _ draft: inout BehaviourDraft
    ) -> IdempotencyRule.ReplayHeader? {
        guard let fields = draft.reader.fields(node, "`replayed`", known: ["header", "first", "again"]),
            let nameNode = draft.reader.required("header", fields, of: node, "`replayed`"),
            let name = ErrorBuilder.headerName(nameNode, "`header`", &draft)
        else { return nil }
        return IdempotencyRule.ReplayHeader(
            header: name,
            first: ErrorBuilder.headerValue(fields["first"], "`first`", &draft) ?? "false",
            again: ErrorBuilder.headerValue(fields["again"], "`again`", &draft) ?? "true")
    }

    private static func isPerOperation(_ node: JSONNode?, _ reader: inout DiagnosingReader) -> Bool {
        node.flatMap { reader.word($0, "`per`", ["operation", "server"]) } != "server"
    }

    private static func rateLimit(_ node: JSONNode, _ draft: inout BehaviourDraft) -> RateLimitRule? {
        let what = "`rateLimit`"
        let known = ["limit", "window", "per", "headers", "types"]
        guard let fields = draft.reader.fields(node, what, known: known),
            let limitNode = draft.reader.required("limit", fields, of: node, what),
            let limit = draft.reader.integer(limitNode, "`limit`", in: 0...1_000_000_000)
        else { return nil }
        let types = fields["types"].flatMap {
            draft.reader.fields($0, "`types`", known: ["withCredentials", "withoutCredentials"])
        }
        return RateLimitRule(
            limit: limit,
            window: fields["window"].flatMap { draft.reader.seconds($0, "`window`") } ?? 60,
            isPerOperation: isPerOperation(fields["per"], &draft.reader),
            headers: limitHeaders(fields["headers"], &draft),
            withCredentials: ErrorBuilder.headerValue(types?["withCredentials"], "`withCredentials`", &draft)
                ?? "account",
            withoutCredentials: ErrorBuilder.headerValue(types?["withoutCredentials"], "`withoutCredentials`", &draft)
                ?? "address")
    }

    private static func limitHeaders(_ node: JSONNode?, _ draft: inout BehaviourDraft) -> RateLimitRule.Headers {
        let known = ["limit", "remaining", "retry", "type"]
        let fields = node.flatMap { draft.reader.fields($0, "`headers` of `rateLimit`", known: known) }
        func name(_ field: String, _ draft: inout BehaviourDraft) -> String? {
            fields?[field].flatMap { ErrorBuilder.headerName($0, "`\(field)`", &draft) }
        }
        return RateLimitRule.Headers(
            limit: name("limit", &draft), remaining: name("remaining", &draft), retry: name("retry", &draft),
            type: name("type", &draft))
    }
}

extension DiagnosingReader {
    /// `1ms` to `10000ms`.
    fileprivate mutating func milliseconds(_ node: JSONNode, _ what: String) -> Duration? {
        guard let text = text(node, what) else { return nil }
        if text.hasSuffix("ms"), text.utf8.dropLast(2).allSatisfy({ (0x30...0x39).contains($0) }),
            let count = Int(text.dropLast(2)), (1...10_000).contains(count)
        {
            return .milliseconds(count)
        }
        report(
            "type", "\(what) must be between 1ms and 10000ms, found \(quoted(text))", at: node,
            help: "write a number and ms, such as 20ms")
        return nil
    }

    /// `60s`, `5m`, `2h`, `30d` as seconds.
    mutating func seconds(_ node: JSONNode, _ what: String) -> Int? {
        guard let text = text(node, what) else { return nil }
        if let seconds = ValueReferenceParser.seconds(duration: text), seconds > 0 { return seconds }
        report(
            "type", "\(what) must be a duration, found \(quoted(text))", at: node,
            help: "write a number and s, m, h or d, such as 60s")
        return nil
    }
}
