import Conformance
import Testing

@Suite struct CoverageThresholdTests {
    private static func verdict() throws -> Verdict {
        let bench = try Bench(tables: [("t.csv", "scenario,step,call,set,expect\ns,create,sendParcel,weight=2.5,201\n")]
        )
        return try bench.verdict(.answer(201, Parcels.parcel, Parcels.headers))
    }

    @Test("a threshold that is not reached fails the run, one that is reached does not")
    func below() throws {
        let verdict = try Self.verdict()
        let share = verdict.coverage.share(.responses)
        #expect(share.exercised == 1 && share.documented > 5)
        #expect(!verdict.requiring([.init(kind: .responses, percent: 5)]).fails())
        let failing = verdict.requiring([.init(kind: .responses, percent: 50), .init(kind: .operations, percent: 100)])
        #expect(failing.findings.filter { $0.rule == "coverage.below" }.map(\.clause) == ["responses", "operations"])
    }

    @Test("thresholds are one share, or one for each kind")
    func parsing() {
        #expect(CoverageThreshold.parse("80") == [.init(kind: .responses, percent: 80)])
        #expect(
            CoverageThreshold.parse("operations=100,headers=12.5") == [
                .init(kind: .operations, percent: 100), .init(kind: .headers, percent: 12.5),
            ])
        for wrong in ["", "101", "-1", "many", "steps=3", "headers="] {
            #expect(CoverageThreshold.parse(wrong) == nil, "\(wrong)")
        }
    }

    @Test("rows are listed for everything that was not exercised, negative cases included")
    func missing() throws {
        let operation = try #require(try Self.verdict().coverage.operations.first { $0.operation == "fetchParcel" })
        #expect(
            operation.missing.map { "\($0.what)|\($0.auth)|\($0.set)|\($0.expect)|\($0.opts)" } == [
                "200||id=|200|", "404||id=|404|", "429||id=|429|", "Key + Pin|alternatives|id=||",
                "Token|alternatives|id=||", "no credentials|none|id=||", "wrong credentials|wrong|id=||",
                "invalid request||id=||invalid",
            ])
    }
}
