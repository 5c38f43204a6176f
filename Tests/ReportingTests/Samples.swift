import Diagnostics
import Exchanges
import JSONDocument
import Primitives

@testable import Conformance

/// Verdicts made by hand, so reports are tested independently of the rules.
enum Samples {
    static let header = JournalHeader(
        seed: "tulip", startedAt: Instant(microsecondsSinceEpoch: 1_767_225_600_000_000), target: "mock",
        baseURL: "http://127.0.0.1:51234/v1", contracts: [.init(name: "2026-01", fingerprint: "00")])

    static func exchange(
        _ sequence: Int,
        _ step: String,
        _ outcome: ExchangeOutcome,
        headers: [HeaderField] = [],
        url: String = "http://127.0.0.1:51234/v1/parcels/P-1"
    ) -> Exchange {
        Exchange(
            sequence: sequence, scenario: "send", step: step, operation: "fetchParcel", contract: "2026-01",
            request: RequestMessage(method: "GET", url: url, headers: headers),
            outcome: outcome, startedAt: header.startedAt, duration: .microseconds(3_140))
    }

    static func step(
        _ name: String,
        line: Int,
        note: String = "",
        reason: NotRun.Reason? = nil,
        _ exchanges: [Exchange] = [],
        _ findings: [Finding] = []
    ) -> StepVerdict {
        StepVerdict(
            name: name, call: "fetchParcel", contract: "2026-01",
            location: SourceLocation(file: "scenarios/a.csv", line: line, column: 1), note: note, reason: reason,
            exchanges: exchanges, findings: findings)
    }

    static func finding(
        _ rule: Rule, id: String? = nil, _ message: String, _ change: (inout Finding) -> Void = { _ in }
    ) -> Finding {
        var finding = Finding(
            rule, id: id, message, blame: .server, operation: "fetchParcel", contract: "2026-01", scenario: "send",
            step: "fetch", exchange: 2, table: SourceLocation(file: "scenarios/a.csv", line: 3, column: 1))
        change(&finding)
        return finding
    }

    static func verdict(
        _ scenarios: [ScenarioVerdict], findings: [Finding] = [], header: JournalHeader = header
    ) -> Verdict {
        Verdict(
            run: header, scenarios: scenarios, findings: findings,
            coverage: Coverage(operations: [
                OperationCoverage(
                    contract: "2026-01", operation: "fetchParcel",
                    responses: [
                        ResponseCoverage(
                            status: "200", count: 2,
                            mediaTypes: CoveredPoints([CoveragePoint(name: "application/json", count: 2)]),
                            headers: CoveredPoints([CoveragePoint(name: "X-Trace", count: 0)]),
                            properties: CoveredPoints([CoveragePoint(name: "/items/*/weight", count: 1)]),
                            values: CoveredPoints([CoveragePoint(name: "/state=\"sent\"", count: 1)])),
                        ResponseCoverage(status: "4XX", count: 0),
                    ],
                    security: [CoveragePoint(name: "Key + Pin", count: 2)])
            ]))
    }

    static func scenario(_ steps: [StepVerdict]) -> ScenarioVerdict {
        ScenarioVerdict(name: "send", file: "scenarios/a.csv", line: 2, steps: steps)
    }

    static let answer = ExchangeOutcome.response(ResponseMessage(status: 200))

    /// A run in which everything passed.
    static let passing = verdict([
        scenario([
            step("create", line: 2, [exchange(1, "create", answer)]),
            step("fetch", line: 3, [exchange(2, "fetch", answer)]),
        ])
    ])

    /// A run with one of each part that a report can show.
    static let failing: Verdict = {
        let body = finding(.bodyKeyword, id: "body.type", "is a string, but the schema allows only number") {
            $0.response = .body(JSONPointer(["items", "0", "weight"]), TextPosition(line: 4, column: 15, offset: 60))
            $0.contractLocation = SourceLocation(file: "specs/parcels.yaml", line: 93, column: 19)
            $0.expected = "number"
            $0.actual = "\"2.5\""
            $0.details = ["also at /items/1/weight"]
        }
        let same = finding(.sameAs, "2 fields differ from the answer of create") {
            $0.response = .body(JSONPointer(["state"]), TextPosition(line: 5, column: 12, offset: 80))
            $0.table = SourceLocation(file: "scenarios/a.csv", line: 3, column: 40)
            $0.clause = "create"
            $0.expected = "\"sent\""
            $0.actual = "\"lost\""
            $0.differences = [
                JSONDifference(pointer: JSONPointer(["state"]), expected: "sent", actual: "lost"),
                JSONDifference(pointer: JSONPointer(["note"]), expected: .null, actual: nil),
            ]
        }
        let warning = finding(.headerUndeclared, "the contract does not declare the header x-shade") {
            $0.response = .header("x-shade")
            $0.contractLocation = SourceLocation(file: "specs/parcels.yaml", line: 32, column: 9)
            $0.actual = "dark"
        }
        let never = Finding(
            .lawNeverApplied, "the law 'slow-down' applied to no exchange", blame: .table,
            table: SourceLocation(file: "scenarios/laws.csv", line: 2, column: 1), clause: "slow-down")
        let missing = finding(
            .valueMissing, "step 'last' needs create.id, which the response to 'create' does not contain"
        ) {
            $0.step = "last"
            $0.clause = "create.id"
        }
        return verdict(
            [
                scenario([
                    step("create", line: 2, [exchange(1, "create", answer)], [warning]),
                    step(
                        "fetch", line: 3, note: "the parcel as it was sent", [exchange(2, "fetch", answer)],
                        [body, same, warning]),
                    step("last", line: 4, reason: .missingValue(step: "create", path: "id")),
                    step("live", line: 5, reason: .skipped("runs only against live targets")),
                ])
            ], findings: [missing, never])
    }()
}
