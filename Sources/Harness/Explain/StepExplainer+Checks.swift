import Diagnostics
import JSONSchema
import OpenAPI
import Reporting
import Scenarios

extension StepExplainer {
    /// The checks on the response, in the order of judging.
    var checks: [ExplainedCheck] {
        var found = [
            ExplainedCheck(
                kind: "expect",
                text: step.expected.status.text + (step.expected.status.isDefault ? " (documented)" : ""),
                origin: step.expected.status.isDefault ? nil : step.expected.status.location)
        ]
        if let most = step.options.follow {
            let what = "up to \(most) redirect\(most == 1 ? "" : "s"); the row describes the last response"
            found.insert(ExplainedCheck(kind: "follow", text: what), at: 0)
        }
        found.insert(contentsOf: loops, at: 0)
        found += responses.map { response in
            let types = response.content.map(\.range.description).joined(separator: ", ")
            return ExplainedCheck(
                kind: "contract", text: "\(response.statusKey): \(types.isEmpty ? "no body" : types)",
                schema: response.location)
        }
        found += step.expected.checks.map { item in
            let view = view(of: item.path)
            return ExplainedCheck(
                kind: "check", text: item.text, type: view?.words, schema: view?.location, origin: item.location)
        }
        if let sameAs = step.expected.sameAs {
            let except = sameAs.except.isEmpty ? "" : " except " + sameAs.except.map(\.text).joined(separator: " ")
            found.append(ExplainedCheck(kind: "same_as", text: sameAs.step + except, origin: sameAs.location))
        }
        if step.options.isInvalid {
            found.append(
                ExplainedCheck(kind: "invalid", text: "the request violates the contract; a 2xx response is a finding"))
        }
        found += session.plan.laws.map { ExplainedCheck(kind: "law", text: $0.name, origin: $0.location) }
        return found
    }

    /// How often the row is sent.
    private var loops: [ExplainedCheck] {
        var found: [ExplainedCheck] = []
        if step.options.repetitions > 1 {
            found.append(ExplainedCheck(kind: "repeat", text: "the row is sent \(step.options.repetitions) times"))
        }
        if let burst = step.options.burst {
            let keys = burst.hasKeys ? "each with a key of its own" : "all equal"
            found.append(
                ExplainedCheck(kind: "burst", text: "\(burst.count) requests are sent at once, \(keys)"))
        }
        if let race = step.options.race {
            found.append(
                ExplainedCheck(
                    kind: "race",
                    text: "sent at once with '\(race.other)'; the first status is that of the step that comes first"))
        }
        guard let paging = step.options.paging else { return found }
        let next =
            switch paging.source {
            case .value(let path, let target): "\(target.text) gets the value of \(path.text)"
            case .number(let target, let amount): "\(target.text) increases by \(amount)"
            case .url(let path): "the URL is in \(path.text)"
            }
        let condition = paging.condition.map { ", while \($0.text)" } ?? ""
        found.append(
            ExplainedCheck(kind: "pages", text: "\(next)\(condition); at most \(paging.limit) pages, each is checked"))
        if let distinct = paging.distinct {
            found.append(ExplainedCheck(kind: "distinct", text: "\(distinct.text) differs on all pages"))
        }
        return found
    }

    /// The documented responses that the row expects.
    private var responses: [Response] {
        guard let operation = step.call.operation else { return [] }
        var found: [Response] = []
        for alternative in step.expected.status.alternatives {
            let matching: [Response]
            switch alternative {
            case .exact(let status): matching = operation.response(status: status).map { [$0] } ?? []
            case .range(let hundred):
                let keyed = operation.responses.filter { $0.statusKey.utf8.first == UInt8(0x30 + hundred) }
                matching = keyed.isEmpty ? operation.responses.filter { $0.statusKey == "default" } : keyed
            }
            found += matching.filter { response in !found.contains { $0.statusKey == response.statusKey } }
        }
        return found
    }

    private func view(of path: ItemPath) -> SchemaView? {
        guard !path.isRequest else { return nil }
        switch path.root {
        case .body:
            return responses.flatMap(\.content).lazy.filter { $0.range.isJSON }
                .compactMap { $0.schema?.view?.view(at: path.tokens) }.first
        case .header(let name):
            return responses.lazy.compactMap { $0.header(name)?.valueSchema?.view }.first
        default: return nil
        }
    }
}
