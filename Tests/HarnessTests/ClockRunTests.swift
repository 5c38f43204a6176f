import Conformance
import Diagnostics
import Exchanges
import Foundation
import Harness
import TestKit
import Testing

/// Runs whose rows move the mock's clock, over real sockets.
@Suite(.inTurn) struct ClockRunTests {
    private static let header = "scenario,step,call,auth,body,set,expect,check,same_as,opts\n"

    /// Runs a table against the mock with several scenarios at a time.
    private func run(
        _ rows: String, keeping change: (ShippedProject) throws -> Void = { _ in }
    ) async throws -> RunResult {
        try await withShippedProject { project in
            try change(project)
            try project.write(Self.header + rows, to: "scenarios/own.csv")
            return try await project.run {
                $0.tables.tables = ["scenarios/own.csv"]
                $0.contracts.version = "2022-09-01"
                $0.jobs = 8
            }
        }
    }

    private func findings(_ result: RunResult) -> [String] {
        result.verdict.scenarios.flatMap { scenario in
            scenario.steps.flatMap { step in
                step.findings.filter { $0.severity == .error }.map { "\(scenario.name) \(step.name) \($0.rule)" }
            }
        }
    }

    @Test("the shipped scenarios about time pass under every version")
    func shipped() async throws {
        let result = try await withShippedProject { project in
            try await project.run { $0.tables.tables = ["scenarios/clock.csv"] }
        }
        #expect(result.exit == .passed, "\(findings(result))")
        #expect(result.verdict.scenarios.count == 10)
        #expect(result.verdict.scenarios.flatMap(\.steps).allSatisfy { $0.reason == nil })
    }

    @Test("a moved clock is that of one scenario: others that run at the same time see the real one")
    func isolation() async throws {
        let moving = """
            moving,create,PGCreateLink,,bodies/link-minimal.json,link_expiry_time={{now+2d}},200,,,
            ,later,clock +3d,,,,,,,
            ,gone,PGFetchLink,,,link_id={{create.link_id}},200,link_status=EXPIRED,,

            """
        let steady = (1...12).map { number in
            """
            steady-\(number),create,PGCreateLink,,bodies/link-minimal.json,link_expiry_time={{now+2d}},200,link_created_at~near:now:2m,,
            ,pause,wait 30ms,,,,,,,
            ,fetch,PGFetchLink,,,link_id={{create.link_id}},200,link_status=ACTIVE,,
            ,orders,PGLinkFetchOrders,,,link_id={{create.link_id}},200,$~len:0,,

            """
        }
        let result = try await run(moving + steady.joined())
        #expect(result.exit == .passed, "\(findings(result))")
    }

    @Test("`near:now` and `{{now}}` use the moved time, and checks against the real time fail")
    func times() async throws {
        let result = try await run(
            """
            right,later,clock +3d,,,,,,,
            ,create,PGCreateLink,,bodies/link-minimal.json,,200,link_created_at~near:now:2m; link_created_at~near:{{now}}:2m,,
            wrong,later,clock +3d,,,,,,,
            ,create,PGCreateLink,,bodies/link-minimal.json,link_id=wrong-{{uuid}},200,link_created_at~near:{{now-3d}}:2m,,
            set,at,clock 2031-05-06T07:08:09Z,,,,,,,
            ,create,PGCreateLink,,bodies/link-minimal.json,link_id=set-{{uuid}},200,link_created_at~near:2031-05-06T07:08:09Z:2m; link_created_at~near:now:2m,,
            ,back,clock reset,,,,,,,
            ,again,PGCreateLink,,bodies/link-minimal.json,link_id=again-{{uuid}},200,link_created_at!~near:2031-05-06T07:08:09Z:2m; link_created_at~near:now:2m,,
            """)
        #expect(findings(result) == ["wrong create check"])
    }

    @Test("a key that lapsed is not reported as a replay that differs, and one that should have lapsed is")
    func lapsedKey() async throws {
        let rows = """
            key,create,PGCreateLink,,bodies/link-minimal.json,x-idempotency-key={{uuid:key}},200,,,
            ,later,clock +25h,,,,,,,
            ,anew,PGCreateLink,,as create,x-idempotency-key={{uuid:key}},409,,,
            """
        #expect(findings(try await run(rows)) == [])
        let kept = try await run(rows) { project in
            try project.replace("  lifetime: 24h\n", with: "", in: "specs/cashfree/2022-09-01.behaviour.yaml")
        }
        #expect(findings(kept) == ["key anew status.unexpected"])
    }

    @Test("a verdict that is computed again from the journal uses the same times")
    func journal() async throws {
        try await withShippedProject { project in
            let run = try await project.run { $0.tables.tables = ["scenarios/clock.csv"] }
            #expect(run.exit == .passed)
            var request = ReportRequest()
            request.journals = [run.journal]
            let again = try ReportSession.result(try Workspace.openWithProblems(project.root.path), request)
            #expect(again.exit == .passed, "\(findings(again))")
            #expect(again.verdict.scenarios.map(\.name) == run.verdict.scenarios.map(\.name))
        }
    }
}
