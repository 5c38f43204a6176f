import Conformance
import Diagnostics
import Exchanges
import Foundation
import Harness
import JSONDocument
import Primitives
import TestKit
import Testing

/// The shipped scenarios against the shipped mock, over real HTTP.
@Suite(.inTurn) struct MainJobTests {
    private static let behaviour = "specs/cashfree/2022-09-01.behaviour.yaml"

    @Test("the shipped scenarios pass, and every one of their steps is sent")
    func shippedExampleHolds() async throws {
        try await withShippedProject { project in
            let result = try await project.run()
            expectNoDifference(result.verdict.allFindings.filter { $0.severity > .note }.map(\.message), [])
            #expect(result.exit == .passed)
            #expect(!result.verdict.scenarios.isEmpty)
            #expect(result.verdict.scenarios.allSatisfy { $0.outcome == .passed })
            #expect(result.verdict.scenarios.flatMap(\.steps).allSatisfy { !$0.exchanges.isEmpty })
            let coverage = result.verdict.coverage
            #expect(Set(coverage.operations.map(\.contract)) == ["2022-09-01", "2023-08-01"])
            let missing = coverage.operations.flatMap { operation in
                operation.missing.map { "\(operation.contract) \($0.what)" }
            }
            #expect(missing == [])
            #expect(coverage.operations.count == 22)
            #expect(try !project.read("reports/latest/report.txt").contains("  to add "))
        }
    }

    @Test("reports and journal are written, and the journal contains every exchange")
    func filesAreWritten() async throws {
        try await withShippedProject { project in
            let result = try await project.run { $0.tables.grep = "order" }
            let text = try project.read("reports/latest/report.txt")
            let count = result.verdict.scenarios.count
            #expect(text.contains("✓ \(count) scenarios: \(count) passed"))
            let json = try JSONDocument(parsing: try project.read("reports/latest/report.json")).root
            #expect(json["schema"]?.string == "assay/1")
            #expect(json["exit"]?.number?.int == 0)
            let journal = try JournalReader.read(path: project.root.appendingPathComponent(result.journal).path)
            #expect(journal.exchanges.count == result.verdict.exchanges.count)
        }
    }

    @Test("a link in the place of a report is replaced and not followed")
    func linkedReports() async throws {
        try await withShippedProject { project in
            let outside = FileManager.default.temporaryDirectory.appendingPathComponent("outside-\(UUID().uuidString)")
            try Data("mine".utf8).write(to: outside)
            defer { try? FileManager.default.removeItem(at: outside) }
            let latest = project.root.appendingPathComponent("reports/latest")
            try FileManager.default.createDirectory(at: latest, withIntermediateDirectories: true)
            for name in ["report.txt", "report.json"] {
                try FileManager.default.createSymbolicLink(
                    at: latest.appendingPathComponent(name), withDestinationURL: outside)
            }
            _ = try await project.run { $0.tables.grep = "link-unknown" }
            #expect(try String(contentsOf: outside, encoding: .utf8) == "mine")
            #expect(try project.read("reports/latest/report.txt").hasPrefix("✓ 2 scenarios: 2 passed"))
        }
    }

    @Test("cancelling without effect is found by the check, with row, response and contract")
    func cancelWithoutEffect() async throws {
        try await withShippedProject { project in
            try project.replace("{from: ACTIVE, to: CANCELLED}", with: "{from: ACTIVE, to: ACTIVE}", in: Self.behaviour)
            let result = try await project.run { $0.tables.grep = "link-lifecycle" }
            #expect(result.exit == .findings)
            let finding = try #require(result.verdict.allFindings.first { $0.severity == .error })
            #expect(finding.rule == "check")
            #expect(finding.step == "cancel")
            #expect(finding.message == #"expected `link_status` to be "CANCELLED", received "ACTIVE""#)
            #expect(finding.expected == #""CANCELLED""#)
            #expect(finding.actual == #""ACTIVE""#)
            let table = try project.read("scenarios/payment-links.csv").split(
                separator: "\n", omittingEmptySubsequences: false)
            let row = try #require(table.firstIndex { $0.hasPrefix(",cancel,") })
            let place = try #require(finding.table)
            #expect(place.file == "scenarios/payment-links.csv")
            #expect(place.line == row + 1)
            #expect(String(table[row].dropFirst(place.column - 1)).hasPrefix("link_status=CANCELLED"))
            let contract = try #require(finding.contractLocation)
            #expect(contract.file == "specs/cashfree/2022-09-01.yaml")
            guard case .body(let pointer, let position?)? = finding.response else {
                Issue.record("the finding has no place in the body")
                return
            }
            #expect(pointer.description == "/link_status")
            let exchange = try #require(result.verdict.exchanges.first { $0.sequence == finding.exchange })
            let body = Array(try #require(exchange.response).body)
            #expect(String(decoding: body[position.offset...].prefix(8), as: UTF8.self) == #""ACTIVE""#)
        }
    }

    @Test(
        "a mock that is wrong in one line is found by the rule that names the fault",
        arguments: [
            ("  enforced: true", "  enforced: false", "security.not-enforced"),
            ("again: 'true'}", "again: 'false'}", "idempotency.flag"),
            ("first: 'false', again", "first: 'maybe', again", "header.enum"),
            ("link_amount_paid: 0\n", "link_amount_paid: none\n", "body.type"),
            ("      link_url: https://payments-test", "      #link_url: https://payments-test", "body.required"),
            ("code: '{{field}}_missing'", "code: 7", "body.type"),
            ("x-api-version: '2022-09-01'", "x-api-version: '2023-08-01'", "header.enum"),
            ("withCredentials: app_id", "withCredentials: user", "header.enum"),
            ("contentType: application/json; charset=UTF-8", "contentType: text/html", "media-type.undocumented"),
            ("methods: [POST]", "methods: [PUT]", "idempotency.replay"),
        ])
    func brokenBehaviour(line: String, wrong: String, rule: String) async throws {
        try await withShippedProject { project in
            try project.replace(line, with: wrong, in: Self.behaviour)
            let result = try await project.run { $0.tables.grep = "link" }
            #expect(result.exit == .findings)
            let rules = Set(result.verdict.allFindings.filter { $0.severity == .error }.map(\.rule))
            #expect(rules.contains(rule), "found \(rules.sorted())")
        }
    }

    @Test("the same seed sends the same requests, another seed other ids")
    func seedsDecide() async throws {
        try await withShippedProject { project in
            var runs: [RunResult] = []
            let now = Instant.now
            for seed in ["one", "one", "two"] {
                runs.append(
                    try await project.run {
                        $0.seed = seed
                        $0.startedAt = now
                        $0.contracts.version = "2022-09-01"
                    })
            }
            let sent = runs.map { run in
                // How often a poll asked depends on the time it took. Deliveries are sent by the mock.
                run.verdict.exchanges.filter { $0.attempt == 1 && !$0.request.isReceived }.map { exchange in
                    "\(exchange.scenario) \(exchange.step) \(exchange.request.method) \(exchange.request.path) "
                        + String(decoding: exchange.request.body ?? [], as: UTF8.self)
                }
            }
            #expect(sent[0] == sent[1])
            #expect(sent[0] != sent[2])
        }
    }

    @Test("without overlays the published documents are judged, and the report blames them and not the server")
    func withoutOverlays() async throws {
        try await withShippedProject { project in
            let result = try await project.run { $0.contracts.withoutOverlays = true }
            #expect(result.exit == .findings)
            let errors = result.verdict.allFindings.filter { $0.severity == .error }
            expectNoDifference(errors.filter { $0.blame != .document }.map(\.message), [])
            // An answer that the published alternatives can never match, and a status that was left out.
            #expect(errors.contains { $0.rule == "body.oneOf" && $0.contract == "2023-08-01" })
            #expect(errors.contains { $0.rule == "status.undocumented" && $0.operation == "PGCreateLink" })
            // The header that allows the version before alone.
            #expect(errors.contains { $0.rule == "header.enum" && $0.response?.description == "header x-api-version" })
            let undeclared = result.verdict.allFindings.filter { $0.rule == "body.undeclared" }
            #expect(undeclared.contains { $0.response?.description == "/enable_invoice" })
            #expect(try project.read("reports/latest/report.txt").contains("at fault  the document"))
        }
    }

    @Test("without overlays the server is still blamed for what the corrected document forbids too")
    func serverIsBlamed() async throws {
        try await withShippedProject { project in
            try project.replace("link_amount_paid: 0\n", with: "link_amount_paid: none\n", in: Self.behaviour)
            let result = try await project.run {
                $0.contracts.withoutOverlays = true
                $0.contracts.version = "2022-09-01"
                $0.tables.grep = "link-lifecycle"
            }
            let blamed = result.verdict.allFindings.filter { $0.blame == .server && $0.severity == .error }
            #expect(!blamed.isEmpty)
            #expect(blamed.allSatisfy { $0.response?.description == "/link_amount_paid" }, "\(blamed.map(\.message))")
        }
    }
}
