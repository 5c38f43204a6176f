import Exchanges
import JSONDocument
import Testing

@testable import Conformance
@testable import Reporting

/// What the JSON report lists of coverage.
@Suite("Coverage in the JSON report")
struct CoverageJSONTests {
    /// The coverage of operations with one response each, which has `members` members, the first of them received.
    private static func coverage(operations: Int, members: Int, received: Int = 1) -> Coverage {
        let points = (0..<members).map { CoveragePoint(name: "/m\($0)", count: $0 < received ? 2 : 0) }
        return Coverage(
            operations: (0..<operations).map { number in
                OperationCoverage(
                    contract: "1", operation: "o\(number)",
                    responses: [
                        ResponseCoverage(status: "200", count: 2, properties: CoveredPoints(points)),
                        ResponseCoverage(status: "404", count: 0, properties: CoveredPoints(points)),
                    ])
            })
    }

    private static func responses(_ json: JSONValue) -> [JSONValue] {
        (json["byOperation"]?.elements ?? []).flatMap { $0["responses"]?.elements ?? [] }
    }

    @Test("the summary has shares, and lists what received responses lack")
    func summary() {
        let responses = Self.responses(VerdictJSON(redactor: .none).coverage(Self.coverage(operations: 1, members: 3)))
        #expect(
            responses.map(\.text) == [
                #"{"status":"200","count":2,"shares":{"properties":{"documented":3,"exercised":1}},"#
                    + #""unexercised":{"properties":["/m1","/m2"]}}"#,
                #"{"status":"404","count":0,"shares":{"properties":{"documented":3,"exercised":1}}}"#,
            ])
    }

    @Test("the full report lists every point with its count, and the same shares")
    func full() {
        let coverage = Self.coverage(operations: 1, members: 2)
        let full = VerdictJSON(coverage: .full, redactor: .none).coverage(coverage)
        #expect(
            Self.responses(full).map { $0["properties"]?.text } == Array(repeating: #"{"/m0":2,"/m1":0}"#, count: 2))
        #expect(Self.responses(full).allSatisfy { $0["unexercised"] == nil && $0["shares"] != nil })
        let summary = VerdictJSON(redactor: .none).coverage(coverage)
        for kind in CoverageThreshold.Kind.allCases { #expect(full[kind.rawValue] == summary[kind.rawValue]) }
    }

    @Test(
        "the summary is short: at most 20 points for a response and 1,000 for the run",
        arguments: [(1, 30, 20), (3, 10, 27), (40, 500, 800), (60, 500, 1_000), (2_000, 200, 1_000)])
    func limits(operations: Int, members: Int, listed: Int) {
        let json = VerdictJSON(redactor: .none).coverage(Self.coverage(operations: operations, members: members))
        let names = Self.responses(json).map { $0["unexercised"]?["properties"]?.elements?.count ?? 0 }
        #expect(names.reduce(0, +) == listed)
        #expect(names.allSatisfy { $0 <= 20 })
        #expect(Self.responses(json).count == operations * 2)
        #expect(json["properties"]?["documented"]?.number?.int == operations * 2 * members)
    }

    @Test(
        "a report that is written piece by piece has the same coverage as a whole one",
        arguments: CoverageDetail.allCases)
    func pieces(detail: CoverageDetail) throws {
        var verdict = Samples.passing
        verdict.coverage = Self.coverage(operations: 3, members: 30)
        let json = VerdictJSON(coverage: detail, redactor: .none)
        let root = try JSONDocument(parsing: json.render(verdict, exit: 0)).root
        #expect(root["coverage"]?.value == json.coverage(verdict.coverage))
        let nothing = json.membersOfNothing.first { $0.0 == "coverage" }?.1
        #expect(nothing?["byOperation"]?.elements?.isEmpty == true)
    }
}
