import Conformance
import Diagnostics
import Exchanges
import Foundation
import Harness
import JSONDocument
import Reporting
import TestKit
import Testing

/// Steps that await the deliveries of webhooks.
@Suite("Awaited deliveries", .inTurn, .timeLimit(.minutes(20)))
struct DeliveryRunTests {
    @Test("deliveries of the mock are received, judged and journalled, and a journal gives the same verdict")
    func mock() async throws {
        let project = try ParcelProject()
        let run = try await project.run()
        #expect(run.exit == .passed, "\(run.rules)")
        let steps = try #require(run.verdict.scenarios.first).steps
        #expect(steps.map(\.outcome) == Array(repeating: .passed, count: 6))
        let delivery = try #require(steps[3].exchanges.first)
        #expect(delivery.request.isReceived && delivery.request.method == "POST")
        #expect(delivery.response?.status == 200)
        #expect(delivery.request.header("webhook-signature").first?.hasPrefix("v1,") == true)

        let journal = try project.folder.read(run.journal)
        #expect(journal.contains(#""received":true"#))
        var request = ReportRequest()
        request.journals = [run.journal]
        let again = try ReportSession.result(try Workspace.open(project.folder.path), request)
        expectNoDifference(again.verdict.summary, run.verdict.summary)
    }

    @Test("deliveries arrive over real sockets, at a URL of the receiver")
    func sockets() async throws {
        let run = try await ParcelProject().runOnSockets()
        #expect(run.exit == .passed, "\(run.verdict.allFindings.map(\.message))")
        let delivery = try #require(run.verdict.scenarios[0].steps[3].exchanges.first)
        #expect(delivery.request.url.hasPrefix("http://127.0.0.1:"))
        #expect(delivery.request.path.utf8.count > 48, "the path cannot be guessed")
    }

    @Test(
        "each kind of bad delivery has a finding of its own, over real sockets",
        arguments: [
            ("webhook.signature", "webhook.signature"), ("webhook.signature-missing", "webhook.signature-missing"),
            ("webhook.old", "webhook.old"), ("webhook.id-reused", "webhook.id-reused"),
            ("webhook.order", "webhook.order"), ("webhook.required", "webhook.required"),
            ("webhook.enum", "webhook.enum"),
        ])
    func faults(fault: String, rule: String) async throws {
        let run = try await ParcelProject().runOnSockets(breaking: [fault])
        #expect(run.exit == .findings)
        #expect(run.rules.contains(rule), "\(run.rules)")
        let others = run.rules.filter { $0.hasPrefix("webhook.") && $0 != rule }
        #expect(others.isEmpty, "\(others)")
    }

    @Test(
        "the mock signs by every scheme, and the run verifies it",
        arguments: [
            ("standard-webhooks", "webhook-signature"), ("timestamp-body", "x-webhook-signature"),
            ("timestamped-list", "webhook-signature"), ("plain", "x-signature"),
        ])
    func schemes(scheme: String, header: String) async throws {
        let settings =
            "webhooks:\n  hooks: {scheme: \(scheme), secret: '{{secret.HOOK_SECRET}}', secret-encoding: text}\n"
        let project = try ParcelProject(settings: settings)
        let run = try await project.runOnSockets()
        #expect(run.exit == .passed, "\(run.verdict.allFindings.map(\.message))")
        let delivery = try #require(run.verdict.scenarios[0].steps[3].exchanges.first)
        #expect(delivery.request.header(header).count == 1)
        let broken = try await project.runOnSockets(breaking: ["webhook.signature"])
        #expect(broken.rules.filter { $0.hasPrefix("webhook.") } == ["webhook.signature", "webhook.signature"])
    }

    @Test("a signature with another secret is wrong, and its delivery is judged further")
    func otherSecret() async throws {
        let run = try await ParcelProject().runOnSockets { $0.environment = ["HOOK_SECRET": "another-webhook-secret"] }
        #expect(run.rules == ["webhook.signature", "webhook.signature"])
    }

    @Test("without signatures in the configuration, only the contract and the order are judged")
    func unsigned() async throws {
        let run = try await ParcelProject(settings: "").run()
        #expect(run.exit == .passed, "\(run.verdict.allFindings.map(\.message))")
        let delivery = try #require(run.verdict.scenarios[0].steps[3].exchanges.first)
        #expect(delivery.request.header("webhook-signature").isEmpty)
        let broken = try await ParcelProject(settings: "").runOnSockets(breaking: ["webhook.order"])
        #expect(broken.rules.contains("webhook.order"))
    }

    @Test("a late delivery is missing, and the wait ends at its limit")
    func late() async throws {
        let table = ParcelProject.story.replacing("poll=5s", with: "poll=300ms")
        let start = ContinuousClock.now
        let run = try await ParcelProject(table).runOnSockets(breaking: ["webhook.missing"])
        #expect(run.rules.contains("webhook.missing"))
        #expect(run.findings(of: "first").first?.message == "no delivery arrived within 0.3 seconds")
        #expect(ContinuousClock.now - start < .seconds(30))
    }

    @Test("a delivery that is rejected with 500 arrives again, with the same id and a new signature")
    func repeated() async throws {
        let table = """
            notified,create,createParcel,id={{uuid:parcel}}; notify={{receiver.url}},201,,,
            ,send,sendParcel,id={{create.id}},200,,,
            ,rejected,await parcelChanged,status=500,,status=500,,poll=5s
            ,again,await parcelChanged,,,header.webhook-id={{rejected.header.webhook-id}}; status=200,,poll=10s

            """
        let run = try await ParcelProject(table).runOnSockets()
        #expect(run.exit == .passed, "\(run.verdict.allFindings.map(\.message))")
        let inside = try await ParcelProject(table).run()
        #expect(inside.exit == .passed, "\(inside.verdict.allFindings.map(\.message))")
    }

    @Test("a delivery that no step awaits is a note")
    func unawaited() async throws {
        let rows = ParcelProject.story.split(separator: "\n")
        let table = rows.filter { !$0.hasPrefix(",second") && !$0.hasPrefix(",fetch") }.joined(separator: "\n")
        let run = try await ParcelProject(table + "\n").run()
        #expect(run.exit == .passed)
        #expect(run.findings(of: "first").map(\.rule) == ["webhook.unawaited"])
    }

    @Test("a step that awaits a delivery is skipped where the target cannot reach a receiver")
    func unreachable() async throws {
        let run = try await ParcelProject().run {
            $0.target.baseURL = "http://parcels.invalid"
            $0.environment = ["HOOK_SECRET": ParcelProject.secret]
        }
        let steps = run.verdict.scenarios[0].steps
        for step in [steps[0], steps[3], steps[4]] {
            #expect(step.reason?.sentence.contains("--public-url") == true, "\(step.name)")
        }
    }

    @Test("no file of a run contains the secret of a webhook")
    func secrets() async throws {
        let project = try ParcelProject()
        let run = try await project.runOnSockets(breaking: ["webhook.old"])
        for path in ["reports/latest/report.txt", "reports/latest/report.json", run.journal] {
            #expect(!(try project.folder.read(path)).contains(ParcelProject.secret), "\(path)")
        }
    }

    @Test("a run on recordings has the deliveries as recorded")
    func recordings() async throws {
        let project = try ParcelProject()
        let recorded = try await project.run { $0.recording = RecordingChoice() }
        #expect(recorded.exit == .passed)
        let again = try await project.run { $0.target.name = "fixtures" }
        #expect(again.exit == .passed, "\(again.verdict.allFindings.map(\.message))")
        #expect(again.verdict.scenarios[0].steps[3].exchanges.first?.request.isReceived == true)
        let second = try await project.run { $0.recording = RecordingChoice() }
        #expect(second.recorded?.files.allSatisfy { $0.changes == [] } == true)
    }

    @Test("every fault of deliveries is noticed by the scenarios, without sockets")
    func strength() async throws {
        var request = PlanRequest()
        request.seed = "strength"
        let project = try ParcelProject()
        let planned = try PlannedSession(try Workspace.open(project.folder.path), request)
        let strength = try await planned.strength(jobs: 2, selecting: ["webhook.*"])
        #expect(strength.trials.count >= 8, "\(strength.trials.map(\.fault.rule))")
        #expect(strength.survivors.isEmpty, "\(strength.survivors.map(\.fault.rule))")
        for rule in ["webhook.missing", "webhook.signature", "webhook.signature-missing", "webhook.old"] {
            let trial = strength.trials.first { $0.fault.rule == rule }
            guard case .noticed(_, _, let found)? = trial?.fate else {
                Issue.record("\(rule) is not noticed")
                continue
            }
            #expect(found == rule)
        }
    }

    @Test(
        "mistakes in a step that awaits a delivery are reported before anything is sent",
        arguments: [
            ("await parcelChangd,,,,,", "did you mean `parcelChanged`?"),
            ("await parcelChanged,,200,,,", "has no `expect`"),
            ("await parcelChanged,weight=2,,,,", "can only contain the status of our response"),
            ("await parcelChanged,status=99,,,,", "can only contain the status of our response"),
            ("await parcelChanged,,,data.stat=SENT,,", "did you mean `state`?"),
            ("await parcelChanged,,,data.state=LOST,,", "has this value"),
            ("await parcelChanged,,,,,repeat=2", "has no `repeat`"),
            ("await parcelChanged,,,,,invalid", "no request that could be invalid"),
            ("getParcel,id=1,200,,,poll=5s", "requires an interval in `poll`"),
        ])
    func mistakes(row: String, part: String) throws {
        let table = "notified,create,createParcel,id=1; notify={{receiver.url}},201,,,\n,step,\(row)\n"
        let project = try ParcelProject(table)
        let error = #expect(throws: HarnessError.self) {
            try PlannedSession(try Workspace.open(project.folder.path), PlanRequest())
        }
        let texts = error?.diagnostics.entries.flatMap { [$0.message, $0.help ?? ""] } ?? []
        #expect(texts.contains { $0.contains(part) }, "\(texts)")
    }

    @Test("reports show a delivery as received, and the response that was sent back")
    func reports() async throws {
        let project = try ParcelProject()
        let run = try await project.runOnSockets(breaking: ["webhook.enum"])
        #expect(run.exit == .findings)
        let text = try project.folder.read("reports/latest/report.txt")
        #expect(text.contains("received  POST http://127.0.0.1:"), "\(text)")
        #expect(text.contains("200, sent back"))
        #expect(!text.contains("curl -X POST 'http://127.0.0.1"))
    }
}
