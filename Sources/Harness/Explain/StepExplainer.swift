import Diagnostics
import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives
import Project
import Reporting
import Scenarios
import SourceText

/// Finds the origin of every value in the request of one step.
struct StepExplainer {
    let session: PlannedSession
    let preview: ScenarioPreview
    let step: Step

    func explanation(_ entry: ScenarioPreview.Entry) -> StepExplanation {
        var result = StepExplanation(
            scenario: preview.scenario.id, step: step.name, location: step.location, note: step.row.note,
            skipped: session.skipReason(of: step, in: preview.scenario), call: step.callText,
            operation: step.call.operation?.location, checks: checks)
        result.refs = refs
        switch entry.content {
        case .request(let built, let credentials):
            result.request = ExplainedRequest(
                method: built.message.method, url: preview.shown(built.message.url),
                body: built.message.body.map { preview.shown(String(decoding: $0, as: UTF8.self)) },
                curl: preview.curl(built.message))
            result.values = values(built, credentials)
        case .wait: result.checks = []
        case .delivery: result.checks.removeAll { ["expect", "law"].contains($0.kind) }
        case .skipped(let reason), .impossible(let reason): result.skipped = result.skipped ?? reason
        }
        return result
    }

    /// The requirements of the row, each with its title.
    private var refs: [String] {
        let catalogue = session.workspace.project.judging.requirements
        return (step.row.trace?.refs ?? []).map { id in
            let title = catalogue.first { $0.id.isSame(as: id) }?.title ?? ""
            return title.isEmpty ? id : "\(id): \(title)"
        }
    }

    private func values(_ built: BuiltRequest, _ credentials: Credentials) -> [ExplainedValue] {
        parameters(built) + undeclared(built) + self.credentials(credentials) + negotiated(built) + body(built)
            + leftOut
    }

    private func parameters(_ built: BuiltRequest) -> [ExplainedValue] {
        built.parameters.map { parameter, value in
            let place = parameter.place == .querystring ? "query" : parameter.place.rawValue
            let item = step.request.set.last { $0.isAbout(parameter) && $0.op != .absent }
            let view = parameter.valueSchema?.view
            return ExplainedValue(
                place: "\(place).\(parameter.name)", value: shown(value), type: view?.words,
                schema: view?.location ?? parameter.location, source: item.map(source) ?? "default",
                origin: item?.location)
        }
    }

    /// The values that the row sets in addition to the parameters that the operation declares.
    private func undeclared(_ built: BuiltRequest) -> [ExplainedValue] {
        step.request.set.compactMap { item in
            guard item.op != .absent, !built.parameters.contains(where: { item.isAbout($0.parameter) }) else {
                return nil
            }
            let value: String?
            switch item.path.root {
            case .header(let name): value = built.message.header(name).joined(separator: ", ")
            case .query(let name): value = built.message.query.flatMap { Self.queryValue(name, in: $0) }
            case .cookie: value = nil
            default: return nil
            }
            return ExplainedValue(
                place: item.path.withoutRequest, value: value.map(preview.shown) ?? item.text,
                type: step.call.operation == nil ? nil : "not declared", source: source(item), origin: item.location)
        }
    }

    private static func queryValue(_ name: String, in query: String) -> String? {
        query.split(separator: "&").first { $0.utf8.starts(with: "\(name)=".utf8) }
            .map { String(decoding: $0.utf8.dropFirst(name.utf8.count + 1), as: UTF8.self) }
    }

    private func credentials(_ credentials: Credentials) -> [ExplainedValue] {
        credentials.members.map { member in
            ExplainedValue(
                place: member.scheme.place, value: preview.shown(member.value), type: member.scheme.words,
                schema: member.scheme.location, source: authSource)
        }
    }

    private var authSource: String {
        switch step.request.auth {
        case .profile(let name): "profile \(name ?? session.credentials.values.targetProfile ?? "")"
        case .none: "auth none"
        case .wrong: "auth wrong"
        case .requirement: "auth alternatives"
        case .incomplete(_, let without): "auth incomplete: without \(without)"
        }
    }

    /// The headers that every request gets unless the row sets them.
    private func negotiated(_ built: BuiltRequest) -> [ExplainedValue] {
        let sources = [
            ("accept", "documented responses", step.call.operation?.location),
            ("content-type", "documented body", step.call.operation?.requestBody?.location),
            ("user-agent", "always", nil),
        ]
        return sources.compactMap { name, source, schema in
            guard let value = built.message.header(name).first, !step.request.set.contains(where: { $0.isHeader(name) })
            else {
                return nil
            }
            return ExplainedValue(
                place: "header.\(name)", value: preview.shown(value), schema: schema, source: source)
        }
    }

    private var leftOut: [ExplainedValue] {
        step.request.set.filter { $0.op == .absent }.map { item in
            let view = schema(item)
            return ExplainedValue(
                place: item.path.withoutRequest, type: view?.words, schema: view?.location, source: source(item),
                origin: item.location)
        }
    }

    private func schema(_ item: Item) -> SchemaView? {
        guard let operation = step.call.operation else { return nil }
        if case .body = item.path.root { return bodyView?.view(at: item.path.tokens) }
        return operation.parameters.first { item.isAbout($0) }?.valueSchema?.view
    }

    func source(_ item: Item) -> String { item.isDefault ? "\(item.column) of *" : item.column }

    func shown(_ value: JSONValue) -> String {
        if case .string(let text) = value { return preview.shown(text) }
        return preview.shown(value.text)
    }

    /// The schema of the body that is sent.
    var bodyView: SchemaView? {
        guard let content = step.call.operation?.requestBody?.content else { return nil }
        return (content.first { $0.range.isJSON } ?? content.first)?.schema?.view
    }
}

extension SecurityScheme {
    fileprivate var place: String {
        if case .apiKey(let name, let place) = kind { return "\(place.rawValue).\(name)" }
        return "header.authorization"
    }

    fileprivate var words: String {
        switch kind {
        case .apiKey: "key \(name)"
        case .http(let scheme): "\(scheme) \(name)"
        case .oauth2, .openIdConnect: "bearer \(name)"
        case .mutualTLS: "certificate \(name)"
        }
    }
}

extension Item {
    fileprivate func isAbout(_ parameter: Parameter) -> Bool {
        switch path.root {
        case .header(let name): parameter.place == .header && parameter.isNamed(name)
        case .query(let name):
            (parameter.place == .query || parameter.place == .querystring) && parameter.isNamed(name)
        case .path(let name): parameter.place == .path && parameter.isNamed(name)
        case .cookie(let name): parameter.place == .cookie && parameter.isNamed(name)
        default: false
        }
    }

    fileprivate func isHeader(_ name: String) -> Bool {
        if case .header(let own) = path.root { HeaderField(name: own, value: "").isNamed(name) } else { false }
    }
}

extension ItemPath {
    /// The names and indexes; a wildcard counts as the first element.
    var tokens: [String] {
        segments.map { segment in
            switch segment {
            case .name(let name): name
            case .index(let index): String(index)
            case .every, .some: "0"
            }
        }
    }

    /// The path as `set` writes it, bare in the body.
    fileprivate var withoutRequest: String {
        if case .body = root { return ItemPath(.body, segments, isBare: true).text }
        return ItemPath(root, segments).text
    }
}

extension SchemaView {
    /// A few words about the values that the schema allows: `string (uuid)`, `integer`, `one of A, B`.
    var words: String {
        let values = enumeration.map { $0.string ?? $0.spelling }
        if !values.isEmpty {
            let shown = values.prefix(4).joined(separator: ", ") + (values.count > 4 ? ", …" : "")
            return values.count == 1 ? "always \(shown)" : "one of \(shown)"
        }
        guard let kinds else { return "any value" }
        let names = JSONKind.allCases.filter { kinds.contains($0) && $0 != .null }.map { kind in
            kind == .number && integerOnly ? "integer" : kind.name
        }
        let type = names.isEmpty ? "null" : names.joined(separator: " or ")
        return type + (format.map { " (\($0))" } ?? "") + (isNullable && !names.isEmpty ? " or null" : "")
    }
}
