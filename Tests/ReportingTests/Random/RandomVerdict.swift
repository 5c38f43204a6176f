import Diagnostics
import Exchanges
import JSONDocument
import Primitives
import TestKit

@testable import Conformance
@testable import Reporting

/// Verdicts with every kind of part, and with texts that have a meaning in one of the formats. Equal seeds give equal
/// verdicts.
struct RandomVerdict {
    /// A secret that some texts contain.
    static let secret = "swordfish-42"
    static let redactor = Redactor(secrets: [("KEY", secret)])

    private static let texts = [
        "a", "order lifecycle", "it's", "a # TODO \\ b", "x\n::error::own\r\n%0A", "<b>&\"'</script>", "```\n]]>",
        "\u{1B}[2J", "\u{202E}abc", "| pipe | [a](b) <!-- -->", "日本語 e\u{301}", ",;:%", "=1+1", "a`b`c_d", "`` ` <i>",
        String(repeating: "long ", count: 30), String(repeating: "x", count: 90), "\u{0}\u{FFFE}\u{2028}", "‹secret›",
    ]
    private static let bodies = [
        #"{"id":"P-1","weight":2.50,"state":"sent","items":[{"sku":"a"},{"sku":"b"}]}"#, "[]", "{}", "null", "1e400",
        "{\n  \"id\": \"P-1\",\n  \"weight\": \"2.5\"\n}", "not JSON {", "<html><b>x</b></html>", "",
        #"{"text":"\#(String(repeating: "word ", count: 60))","weight":1}"#,
    ]
    private static let pointers: [[String]] = [
        [], ["weight"], ["items", "0", "sku"], ["items", "1", "none"], ["a/b~c", ""], ["state"],
    ]
    private static let keywords = ["type", "required", "enum", "maxLength"]

    private var random: SplitMix
    private var sequence = 0

    init(seed: Int) { random = SplitMix(seed: seed) }

    /// The report of the verdict of a seed.
    static func report(seed: Int) -> RunReport {
        var maker = RandomVerdict(seed: seed)
        let verdict = maker.verdict()
        return RunReport(verdict, elapsed: .milliseconds(maker.random.number(below: 100_000)), redactor: redactor)
    }

    mutating func verdict() -> Verdict {
        let scenarios = (0..<random.number(below: 5)).map { scenario($0) }
        let findings = (0..<random.number(below: 3)).map { finding(nil, "", "", $0) }
        var verdict = Samples.verdict(scenarios, findings: findings)
        verdict.run.seed = text()
        if random.once(in: 3) { verdict.run.target = text() }
        verdict.hints = (0..<random.number(below: 3)).map { _ in hint() }
        verdict.requirements = (0..<random.number(below: 4)).map { requirement($0) }
        if random.once(in: 3) {
            verdict.lifeCycles = [
                LifeCycle(
                    resource: text(), member: "state", final: [text()],
                    transitions: [
                        .init(from: nil, to: text(), operation: text(), count: 1),
                        .init(from: text(), to: text(), operation: text(), count: 2),
                    ])
            ]
        }
        if random.once(in: 4) {
            let period = TargetIllness.Period(
                first: verdict.run.startedAt, last: verdict.run.startedAt, exchanges: 4, operations: [text()],
                symptoms: [.init(name: "status 503", count: 4)])
            verdict.illness = TargetIllness(periods: [period], unjudgedSteps: [], steps: 9)
        }
        return verdict
    }

    // MARK: Parts

    /// A text, one time in eight with the secret.
    private mutating func text() -> String {
        let text = random.pick(Self.texts)
        return random.once(in: 8) ? text + Self.secret : text
    }

    private mutating func location() -> SourceLocation {
        SourceLocation(
            file: random.pick(["scenarios/a.csv", "scenarios/b c.csv", "specs/ä.yaml", "/tmp/x.csv"]),
            line: 1 + random.number(below: 300), column: 1 + random.number(below: 90))
    }

    private mutating func scenario(_ index: Int) -> ScenarioVerdict {
        let name = "\(index) \(text())"
        let steps = (0..<random.number(below: 5)).map { step($0, of: name) }
        return ScenarioVerdict(name: name, file: "scenarios/a.csv", line: 2 + index, steps: steps)
    }

    private mutating func step(_ index: Int, of scenario: String) -> StepVerdict {
        let name = "\(index) \(text())"
        var step = Samples.step(name, line: 2 + index, note: random.once(in: 3) ? text() : "")
        if random.once(in: 3) { step.planned.location = location() }
        if random.once(in: 4) {
            step.reason = random.pick([
                .missingValue(step: "create", path: "$"), .missingValue(step: "create", path: "id"),
                .setupFailed(step: text()), .sessionFailed(scenario: text()), .stopped, .skipped(text()),
                .unbuildable(text()), .unjudged(text()),
            ])
            return step
        }
        for attempt in 1...(1 + random.number(below: 3)) {
            sequence += 1
            step.exchanges.append(exchange(scenario, name, attempt))
        }
        let exchanges = step.exchanges.map(\.sequence)
        step.findings = (0..<random.number(below: 4)).map { index in
            finding(random.once(in: 5) ? nil : random.pick(exchanges), scenario, name, index)
        }
        if let first = step.findings.first, random.once(in: 2) { step.findings += similar(to: first) }
        return step
    }

    private mutating func exchange(_ scenario: String, _ step: String, _ attempt: Int) -> Exchange {
        let headers = (0..<random.number(below: 4)).map { _ in
            HeaderField(name: random.pick(["x-request-id", "Location", "content-type", "x-a"]), value: text())
        }
        let body = random.once(in: 6) ? [0xFF, 0x00, 0x41] : Array(random.pick(Self.bodies).utf8)
        let response = ResponseMessage(
            status: random.pick([200, 201, 204, 404, 503, 999]), headers: headers, body: body,
            cut: random.once(in: 6) ? BodyCut(length: body.count + 9, hash: "") : nil)
        var exchange = Samples.exchange(
            sequence, step,
            random.once(in: 5) ? .failure(TransportFailure(.timedOut, text())) : .response(response), headers: headers,
            url: "http://127.0.0.1:51234/v1/parcels/\(random.number(below: 9))?q=\(text())")
        exchange.scenario = scenario
        exchange.attempt = attempt
        exchange.request.isReceived = random.once(in: 6)
        if random.once(in: 2) { exchange.request.body = Array(random.pick(Self.bodies).utf8) }
        exchange.duration = .microseconds(random.number(below: 3_000_000))
        return exchange
    }

    private mutating func place() -> ResponsePlace? {
        switch random.number(below: 4) {
        case 0: nil
        case 1: .status
        case 2: .header(text())
        default:
            .body(
                JSONPointer(random.pick(Self.pointers)),
                random.once(in: 2) ? nil : TextPosition(line: 1, column: 9, offset: 8))
        }
    }

    private mutating func finding(_ exchange: Int?, _ scenario: String, _ step: String, _ index: Int) -> Finding {
        let rule = random.pick(Rule.all)
        let stem = rule.id.hasSuffix("*") ? String(rule.id.dropLast()) : nil
        var finding = Finding(
            rule, id: stem.map { $0 + random.pick(Self.keywords) }, text(),
            blame: random.pick([.server, .document, .table, .transport]),
            operation: random.once(in: 4) ? nil : text(), contract: "2026-01", scenario: scenario, step: step,
            exchange: exchange, at: place())
        if random.once(in: 2) { finding.contractLocation = location() }
        if random.once(in: 2) { finding.table = location() }
        if random.once(in: 2) { finding.clause = text() }
        if random.once(in: 2) { finding.expected = text() }
        if random.once(in: 2) { finding.actual = text() }
        finding.details = (0..<random.number(below: 10)).map { _ in text() }
        if random.once(in: 3) {
            finding.differences = (0..<random.number(below: 9)).map { number in
                JSONDifference(
                    pointer: JSONPointer(["weight", "\(number)"]), expected: random.once(in: 3) ? nil : .string(text()),
                    actual: .number(JSONNumber(number)))
            }
        }
        if random.once(in: 6) {
            finding.severity = .note
            finding.accepted = Acceptance(reason: text(), until: "2030-01-01")
        }
        return finding
    }

    /// A finding of the same group with other evidence, and an accepted one with the same fingerprint.
    private mutating func similar(to finding: Finding) -> [Finding] {
        var (other, accepted) = (finding, finding)
        other.message = text()
        other.expected = finding.expected == nil ? text() : nil
        other.table = nil
        accepted.severity = finding.severity == .note ? .warning : .note
        accepted.accepted = Acceptance(reason: text(), until: "2030-01-01")
        return [other, accepted]
    }

    private mutating func hint() -> Diagnostic {
        Diagnostic(
            "run.odd", random.pick([.note, .warning, .error]), text(), at: random.once(in: 2) ? location() : nil,
            help: random.once(in: 2) ? text() : nil)
    }

    private mutating func requirement(_ index: Int) -> RequirementVerdict {
        let row = RequirementVerdict.Row(scenario: text(), step: text(), outcome: .passed, location: location())
        return RequirementVerdict(
            id: "R-\(index)\(text())", title: text(), link: random.once(in: 2) ? "https://example.com/a(b)|c" : nil,
            isMandatory: random.once(in: 2), random.pick(RequirementVerdict.State.allCases),
            rows: random.once(in: 2) ? [row] : [])
    }
}
