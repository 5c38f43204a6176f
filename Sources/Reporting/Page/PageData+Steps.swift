import Conformance
import Diagnostics
import Exchanges
import JSONDocument
import Primitives

/// Scenarios and steps in the data of a page. A passing step has as few members as possible.
extension PageData {
    mutating func scenario(_ index: Int) -> JSONValue {
        let scenario = verdict.scenarios[index]
        let steps = scenario.steps.indices.map { step($0, of: scenario, index) }
        return .members([
            ("name", text(scenario.name)),
            ("file", text(scenario.file)),
            ("line", .integer(scenario.line)),
            ("outcome", .string(scenario.outcome.rawValue)),
            ("steps", .array(steps)),
        ])
    }

    private mutating func step(_ index: Int, of scenario: ScenarioVerdict, _ number: Int) -> JSONValue {
        let step = scenario.steps[index]
        let isElsewhere = !step.location.file.isSame(as: scenario.file)
        let findings = step.findings.indices.map {
            finding(FindingPlace(scenario: number, step: index, index: $0), of: step)
        }
        let exchanges = step.exchanges.map { exchange($0, of: step) }
        let names: [(String, JSONValue?)] = [
            ("name", text(step.name)),
            ("call", text(step.call)),
            ("contract", verdict.run.contracts.count > 1 ? text(step.contract) : nil),
            ("file", isElsewhere ? text(step.location.file) : nil),
            ("line", .integer(step.location.line)),
        ]
        let parts: [(String, JSONValue?)] = [
            ("findings", findings.isEmpty ? nil : .array(findings)),
            ("exchanges", exchanges.isEmpty ? nil : .array(exchanges)),
        ]
        return .members(names + result(step) + parts)
    }

    private func result(_ step: StepVerdict) -> [(String, JSONValue?)] {
        let start = step.exchanges.first.map { $0.startedAt.since(verdict.run.startedAt) }
        return [
            ("outcome", .string(step.outcome.rawValue)),
            ("reason", step.reason.map { text($0.sentence) }),
            ("note", step.note.isEmpty ? nil : text(step.note)),
            ("flaky", step.isFlaky ? true : nil),
            ("ms", step.exchanges.isEmpty ? nil : Self.milliseconds(step.duration)),
            ("start", start.map { Self.milliseconds($0) }),
            ("attempts", step.exchanges.count <= 1 ? nil : .integer(step.exchanges.last?.attempt ?? 0)),
            ("status", step.exchanges.last?.response.map { .integer($0.status) }),
        ]
    }

    /// An exchange: its figures, and its messages where they were kept.
    private mutating func exchange(_ exchange: Exchange, of step: StepVerdict) -> JSONValue {
        .members([
            ("sequence", .integer(exchange.sequence)),
            ("attempt", exchange.attempt == 1 ? nil : .integer(exchange.attempt)),
            ("hop", exchange.hop == 0 ? nil : .integer(exchange.hop)),
            ("ms", step.exchanges.count == 1 ? nil : Self.milliseconds(exchange.duration)),
            ("received", exchange.request.isReceived ? true : nil),
            ("method", text(exchange.request.method, limit: 20)),
            ("status", exchange.response.map { .integer($0.status) }),
            ("failure", exchange.outcome.failure.map { text("\($0.class.rawValue): \($0.message)") }),
            ("messages", messages(of: exchange, in: step)),
        ])
    }
}

/// Findings in the data of a page.
extension PageData {
    /// The most differences and explanations of one finding.
    private static let longestList = 30
    /// The longest of two documents that are compared line by line, in bytes.
    private static let longestSide = 24_000

    /// A finding of a step: its group, and the members that differ from those of the group's first case.
    mutating func finding(_ place: FindingPlace, of step: StepVerdict) -> JSONValue {
        let finding = step.findings[place.index]
        let number = group(at: place) ?? 0
        let first = groups[number].first
        // A member that this finding lacks is null, so that it does not inherit that of the group.
        var own = zip(members(of: finding), members(of: first)).compactMap { own, common -> (String, JSONValue?)? in
            own.1 == common.1 ? nil : (own.0, own.1 ?? .null)
        }
        own.insert(("group", .integer(number)), at: 0)
        if finding.exchange != nil, step.exchanges.count > 1 {
            own.append(("exchange", finding.exchange.map { .integer($0) }))
        }
        let member = groups[number].members[0]
        if member.index == place.index, member.step?.scenario == place.scenario, member.step?.step == place.step {
            own.append(("isFirst", true))
        } else {
            let exchange = step.exchanges.first { $0.sequence == finding.exchange }
            own.append(("evidence", afforded(evidence(of: finding, response: exchange?.received))))
        }
        return .members(own)
    }

    /// The members that identify a finding.
    func members(of finding: Finding) -> [(String, JSONValue?)] {
        [
            ("rule", .string(finding.rule)),
            ("message", text(finding.message)),
            ("blame", finding.blame == .server ? nil : .string(finding.blame.rawValue)),
            ("operation", finding.operation.map { text($0) }),
            ("at", finding.response.map { text($0.description) }),
            ("kind", finding.response.map { .string(Self.kind($0)) }),
            ("contract", finding.contractLocation.map { text($0.description) }),
            ("table", finding.table.map { text($0.description) }),
            ("expected", finding.expected.map { text($0) }),
            ("actual", finding.actual.map { text($0) }),
            ("accepted", finding.accepted.map { text("\($0.reason) (until \($0.until))") }),
        ]
    }

    private static func kind(_ place: ResponsePlace) -> String {
        switch place {
        case .status: "status"
        case .header: "header"
        case .body: "body"
        }
    }

    /// Differences, explanations, and the lines of the contract and the table.
    func evidence(of finding: Finding, response: ResponseMessage?) -> JSONValue? {
        let differences = finding.differences.prefix(Self.longestList).map(difference)
        let details = finding.details.prefix(Self.longestList).map { text($0) }
        let rest = finding.differences.count - differences.count
        let members: [(String, JSONValue?)] = [
            ("differences", differences.isEmpty ? nil : .array(differences)),
            ("moreDifferences", rest > 0 ? .integer(rest) : nil),
            ("sides", sides(of: finding, response)),
            ("details", details.isEmpty ? nil : .array(details)),
            ("contractLines", finding.contractLocation.flatMap { lines(around: $0, RunReport.documentWindow) }),
            ("tableLines", finding.table.flatMap { lines(around: $0, (0, 0)) }),
        ]
        return members.allSatisfy { $0.1 == nil } ? nil : .members(members)
    }

    private func difference(_ difference: JSONDifference) -> JSONValue {
        .members([
            ("at", text(difference.pointer.description)),
            ("expected", difference.expected.map { text($0.text) }),
            ("actual", difference.actual.map { text($0.text) }),
        ])
    }

    /// The expected and the received body as indented JSON.
    private func sides(of finding: Finding, _ response: ResponseMessage?) -> JSONValue? {
        guard let response, response.cut == nil, response.body.count <= Self.longestSide,
            let received = try? JSONDocument(parsing: response.body).root.value,
            let bodies = ReceivedDifference.bodies(of: finding, received: received)
        else { return nil }
        let texts = [bodies.expected, bodies.actual].map { redactor.redact($0.text(.pretty)) }
        guard texts.allSatisfy({ $0.utf8.count <= 2 * Self.longestSide }) else { return nil }
        return .members([("expected", .string(texts[0])), ("actual", .string(texts[1]))])
    }

    private func lines(around location: SourceLocation, _ window: (before: Int, after: Int)) -> JSONValue? {
        sources.lines(around: location, window).map { found in
            .members([
                ("first", .integer(found.first)), ("line", .integer(location.line)),
                ("column", .integer(location.column)), ("lines", .array(found.lines.map { text($0) })),
            ])
        }
    }
}
