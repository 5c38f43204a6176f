import Conformance
import Diagnostics
import Exchanges
import Foundation
import Harness
import Primitives
import Project
import Recordings
import Reporting
import TestKit
import Testing

/// Recording, replaying and running against recordings, with the shipped example.
@Suite("Recorded runs", .inTurn, .timeLimit(.minutes(20)))
struct RecordingRunTests {
    private func record(
        _ project: ShippedProject, _ change: (inout RunRequest) -> Void = { _ in }
    ) async throws -> RunResult {
        try await project.run {
            $0.recording = RecordingChoice()
            change(&$0)
        }
    }

    private func runOnFixtures(
        _ project: ShippedProject, _ change: (inout RunRequest) -> Void = { _ in }
    ) async throws -> RunResult {
        try await project.run {
            $0.target.name = "fixtures"
            change(&$0)
        }
    }

    private func replay(_ project: ShippedProject, _ paths: [String] = ["fixtures"]) throws -> RunResult {
        var request = ReplayRequest()
        request.recordings = paths
        return try ReplaySession.result(try Workspace.open(project.root.path), request)
    }

    @Test("recording, replaying and running against the recordings give one verdict, in both versions")
    func equalVerdicts() async throws {
        try await withShippedProject { project in
            let tables = ["scenarios/orders.csv", "scenarios/payment-links.csv", "scenarios/payments-otp.csv"]
            let recorded = try await record(project) { $0.tables.tables = tables }
            let expected = recorded.verdict.summary
            #expect(recorded.exit == .passed)
            #expect(recorded.recorded?.files.count == recorded.verdict.scenarios.count)
            #expect(expected.contains { $0.contains("@2023-08-01") } && expected.count > 100)
            expectNoDifference(
                try await runOnFixtures(project) { $0.tables.tables = tables }.verdict.summary, expected)
            expectNoDifference(try replay(project).verdict.summary, expected)
        }
    }

    @Test(
        "the verdicts are equal for broken servers of both versions, too",
        arguments: [
            ("payment-links", "{from: ACTIVE, to: CANCELLED}", "{from: ACTIVE, to: ACTIVE}"),
            ("payment-links-credentials", "  enforced: true", "  enforced: false"),
            ("payment-links", "    status: 404", "    status: 202"),
            ("payment-links-idempotency", "x-idempotency-replayed", "x-idempotency-repeated"),
            ("payment-links", "link_amount_paid: 0\n", "link_amount_paid: none\n"),
        ])
    func brokenServers(table: String, old: String, new: String) async throws {
        try await withShippedProject { project in
            for version in ["2022-09-01", "2023-08-01"] {
                try project.replace(old, with: new, in: "specs/cashfree/\(version).behaviour.yaml")
            }
            let tables = ["scenarios/\(table).csv"]
            let recorded = try await record(project) { $0.tables.tables = tables }
            #expect(recorded.exit == .findings)
            let failed = recorded.verdict.scenarios.filter { $0.outcome == .failed }.map(\.name)
            #expect(
                failed.contains { $0.hasSuffix("@2023-08-01") } && failed.contains { !$0.contains("@") }, "\(failed)")
            let expected = recorded.verdict.summary
            expectNoDifference(
                try await runOnFixtures(project) { $0.tables.tables = tables }.verdict.summary, expected)
            expectNoDifference(try replay(project).verdict.summary, expected)
        }
    }

    @Test("a second recording of the same mock has the same bytes, whatever the environment contains")
    func secondRecording() async throws {
        try await withShippedProject { project in
            _ = try await record(project) { $0.tables.tables = ["scenarios/orders.csv"] }
            let first = try files(project)
            #expect(first.count > 5)
            let again = try await record(project) {
                $0.tables.tables = ["scenarios/orders.csv"]
                $0.environment["CASHFREE_CLIENT_ID"] = "another-client-id"
                $0.environment["CASHFREE_CLIENT_SECRET"] = "another-client-secret"
            }
            #expect(again.recorded?.files.allSatisfy { $0.changes == [] } == true)
            expectNoDifference(try files(project), first)
            #expect(!first.values.contains { $0.contains("another-client") })
        }
    }

    private func files(_ project: ShippedProject) throws -> [String: String] {
        let folder = project.root.appendingPathComponent("fixtures")
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".har") }
        try #require(!names.isEmpty, "nothing was recorded")
        return Dictionary(
            uniqueKeysWithValues: try names.map {
                ($0, try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8))
            })
    }

    @Test("the differences of a changed server are listed by place, and the file is renewed")
    func update() async throws {
        try await withShippedProject { project in
            _ = try await record(project) {
                $0.tables.tables = ["scenarios/payment-links.csv"]
                $0.tables.grep = "link-defaults"
            }
            try project.replace(
                "{from: ACTIVE, to: CANCELLED}", with: "{from: ACTIVE, to: ACTIVE}",
                in: "specs/cashfree/2022-09-01.behaviour.yaml")
            let again = try await record(project) {
                $0.tables.tables = ["scenarios/payment-links.csv"]
                $0.tables.grep = "link-defaults"
            }
            let text = RecordText().render(try #require(again.recorded))
            #expect(text.contains("    cancel /link_status\n      - \"CANCELLED\"\n      + \"ACTIVE\"\n"), "\(text)")
            #expect(text.hasSuffix("recordings: 0 new, 1 changed, 1 unchanged\n"), "\(text)")
        }
    }

    @Test("a request that differs from the recorded one fails its step, and the others continue")
    func differentRequest() async throws {
        try await withShippedProject { project in
            _ = try await record(project) {
                $0.tables.tables = ["scenarios/payment-links.csv"]
                $0.tables.grep = "link-defaults"
            }
            try project.replace("9999999999", with: "8888888888", in: "scenarios/bodies/link-minimal.json")
            let result = try await runOnFixtures(project) {
                $0.tables.tables = ["scenarios/payment-links.csv"]
                $0.tables.grep = "link-defaults"
            }
            #expect(result.exit == .findings)
            let finding = try #require(result.verdict.allFindings.first { $0.rule == "transport.requestDiffers" })
            #expect(
                finding.message.contains(
                    "/customer_details/customer_phone: recorded \"9999999999\", sent \"8888888888\""))
            #expect(finding.table?.file == "scenarios/payment-links.csv")
        }
    }

    @Test("a recording of which only a request has changed is renewed, and the run on it passes again")
    func changedRequest() async throws {
        try await withShippedProject { project in
            func select(_ request: inout RunRequest) {
                request.tables.tables = ["scenarios/payment-links.csv"]
                request.tables.grep = "link-defaults"
            }
            _ = try await record(project, select)
            // The mock does not return this header, so each response is the recorded one.
            try project.replace(
                ",cancel,PGCancelLink,,link_id={{create.link_id}},200,link_status=CANCELLED,create except",
                with: ",cancel,PGCancelLink,,link_id={{create.link_id}}; header.x-note=hello,200,"
                    + "link_status=CANCELLED,create except", in: "scenarios/payment-links.csv")
            #expect(try await runOnFixtures(project, select).exit == .findings)
            let again = try await record(project, select)
            let text = RecordText().render(try #require(again.recorded))
            #expect(text.contains("    cancel request header x-note\n      + hello\n"), "\(text)")
            #expect(try await runOnFixtures(project, select).exit == .passed)
            #expect(try await record(project, select).recorded?.files.allSatisfy { $0.changes == [] } == true)
        }
    }

    @Test("a missing recording is reported before the run, with the command that records it")
    func missing() async throws {
        try await withShippedProject { project in
            let error = await #expect(throws: HarnessError.self) {
                _ = try await runOnFixtures(project) { $0.tables.grep = "link-defaults@2023-08-01" }
            }
            #expect(error?.exit == .wrongInput)
            let entry = error?.diagnostics.entries.first
            #expect(entry?.rule == "fixtures.missing")
            #expect(entry?.help?.contains("assay record --grep 'link-defaults@2023-08-01'") == true)
        }
    }

    @Test("an old recording and one of a different contract text are reported and used")
    func stale() async throws {
        try await withShippedProject { project in
            try project.write(
                try project.read("assay.yaml") + "\nfixtures: {folder: recorded, max-age: 30d}\n", to: "assay.yaml")
            _ = try await record(project) {
                $0.tables.tables = ["scenarios/payment-links.csv"]
                $0.tables.grep = "link-defaults"
            }
            let later = Instant.now.advanced(by: .seconds(31 * 86_400))
            let old = try await runOnFixtures(project) {
                $0.tables.grep = "link-defaults"
                $0.startedAt = later
            }
            #expect(old.exit == .passed)
            #expect(
                old.diagnostics.entries.filter { $0.rule == "fixtures.stale" }.map(\.message).first
                    == "the recording is 31 days old")
            try project.replace("title: ", with: "title: The ", in: "specs/cashfree/2022-09-01.yaml")
            let other = try await runOnFixtures(project) {
                $0.tables.tables = ["scenarios/payment-links.csv"]
                $0.tables.grep = "link-defaults"
            }
            #expect(other.diagnostics.entries.contains { $0.rule == "fixtures.contract" })
            // The advice of that warning works, although no response differs.
            _ = try await record(project) {
                $0.tables.tables = ["scenarios/payment-links.csv"]
                $0.tables.grep = "link-defaults"
            }
            let renewed = try await runOnFixtures(project) {
                $0.tables.tables = ["scenarios/payment-links.csv"]
                $0.tables.grep = "link-defaults"
            }
            #expect(!renewed.diagnostics.entries.contains { $0.rule == "fixtures.contract" })
        }
    }

    @Test("traffic of any tool is matched by method and URL; unmatched requests are listed with the nearest operation")
    func foreign() async throws {
        try await withShippedProject { project in
            try project.write(
                """
                {"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": [
                  {"request": {"method": "GET", "url": "https://fonts.example/a.woff", "headers": []},
                   "response": {"status": 200, "headers": [], "content": {"size": 1, "text": "x"}}},
                  {"request": {"method": "GET", "url": "https://sandbox.cashfree.com/pg/links/abc", "headers": [
                     {"name": "x-api-version", "value": "2022-09-01"}, {"name": "x-client-id", "value": "i"},
                     {"name": "x-client-secret", "value": "s"}]},
                   "response": {"status": 200, "headers": [{"name": "content-type", "value": "application/json"}],
                     "content": {"size": 16, "mimeType": "application/json", "text": "{\\"link_id\\": true}"}}},
                  {"request": {"method": "GET", "url": "https://sandbox.cashfree.com/pg/linkz/abc", "headers": []},
                   "response": {"status": 404, "headers": [], "content": {"size": 0}}}
                ]}}
                """, to: "x.har")
            let result = try replay(project, ["x.har"])
            #expect(result.exit == .findings)
            let findings = result.verdict.allFindings
            #expect(
                findings.contains {
                    $0.rule == "body.type" && "\($0.response.map { "\($0)" } ?? "")".contains("link_id")
                })
            #expect(findings.allSatisfy { $0.table?.file == "x.har" || $0.table == nil })
            let unmatched = result.diagnostics.entries.filter { $0.rule == "recording.unmatched" }
            #expect(unmatched.map { $0.location?.line } == [9])
            #expect(unmatched.first?.help == "the nearest one is GET /links/{link_id}")
        }
    }

    @Test("recordings of one version can be judged by another version")
    func otherVersion() async throws {
        try await withShippedProject { project in
            _ = try await record(project) {
                $0.tables.tables = ["scenarios/payment-links.csv"]
                $0.tables.grep = "link-defaults"
            }
            var request = ReplayRequest()
            request.recordings = ["fixtures/payment-links/link-defaults.har"]
            request.contracts.version = "2023-08-01"
            let result = try ReplaySession.result(try Workspace.open(project.root.path), request)
            let places = result.verdict.allFindings.filter { $0.rule == "body.type" }.map {
                "\($0.response.map { "\($0)" } ?? "")"
            }
            #expect(places.contains { $0.contains("cf_link_id") })
        }
    }
}
