import AssayTestingLive
import Conformance
import Diagnostics
import Exchanges
import Foundation
import Harness
import Scenarios
import Sockets
import Synchronization
import TestKit
import Testing

@testable import AssayTesting

/// Targets with sockets, and that they give the verdict of those without.
@Suite("Live targets", .inTurn, .timeLimit(.minutes(20)))
struct LiveTargetTests {
    /// Serves the mock of a project and returns its base URL; it listens until the process ends.
    private static func serve(_ project: String, behaviour: String? = nil) async throws -> String {
        var choice = ContractChoice()
        choice.behaviour = behaviour
        let session = try MockSession(try Workspace.open(project), choice, environment: [:])
        return await withCheckedContinuation { continuation in
            Task {
                try await session.serve(MockOptions()) {
                    continuation.resume(returning: $0)
                } until: {
                    try? await Task.sleep(for: .seconds(300))
                }
            }
        }
    }

    private static var example: String { repository.appendingPathComponent("Examples/SwiftPackage").path }

    @Test("the requests of the scenario are sent to the base URL")
    func baseURL() async throws {
        let url = try await Self.serve(Self.example)
        for scenario in try Scenarios(in: "Examples/SwiftPackage", on: .baseURL(url)) {
            let outcome = try await scenario.outcome()
            #expect(outcome.issues.isEmpty)
            #expect(outcome.report.contains("> POST \(url)/books"))
        }
    }

    @Test("a server is started once, when the first scenario runs")
    func server() async throws {
        let starts = Mutex(0)
        let scenarios = try Scenarios(
            in: "Examples/SwiftPackage",
            on: .server {
                starts.withLock { $0 += 1 }
                return try await Self.serve(Self.example)
            })
        #expect(starts.withLock { $0 } == 0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for scenario in scenarios { group.addTask { try await verify(scenario) } }
            try await group.waitForAll()
        }
        #expect(starts.withLock { $0 } == 1)
    }

    @Test("an error of the closure that starts the server fails the scenario")
    func serverError() async throws {
        struct NoServer: Error {}
        let scenarios = try Scenarios(in: "Examples/SwiftPackage", on: .server { throw NoServer() })
        await #expect(throws: NoServer.self) { try await verify(scenarios[0]) }
        let wrong = try Scenarios(in: "Examples/SwiftPackage", on: .server { "not a URL" })
        await #expect(throws: ScenariosError.self) { try await verify(wrong[0]) }
    }

    @Test("an address without a server is a failure at the row")
    func refused() async throws {
        let scenarios = try Scenarios(in: "Examples/SwiftPackage", on: .baseURL("http://127.0.0.1:9"))
        let outcome = try await scenarios[0].outcome()
        #expect(outcome.issues.first?.message.hasPrefix("transport.") == true)
        #expect(outcome.issues.first?.line == 2)
    }

    @Test("a live target that receives no request does not pass")
    func nothingSent() async throws {
        var request = RunRequest()
        request.target.baseURL = "http://127.0.0.1:9"
        let session = try RunSession(try Workspace.open(Self.example), request)
        let verdict = await session.verdict(onScenario: "book-rejected")
        let outcome = ScenarioOutcome(verdict, session.redactor, root: Self.example, besides: [])
        #expect(outcome.issues.map(\.line) == [6])
        #expect(outcome.issues.allSatisfy { !$0.isWarning && $0.message.contains("was skipped") })
    }

    @Test("a target of assay.yaml is used, and an unknown one is an error")
    func named() async throws {
        #expect(try Scenarios(in: "Examples/SwiftPackage", on: .named("mock")).count == 2)
        #expect(throws: ScenariosError.self) { try Scenarios(in: "Examples/SwiftPackage", on: .named("nowhere")) }
    }

    /// What a verdict says about each scenario: steps with their statuses and findings, without generated values.
    private func summary(_ verdict: Verdict) -> [String] {
        verdict.scenarios.map { scenario in
            let steps = scenario.steps.map { step in
                // How often a poll asks depends on the time that a response takes.
                let statuses = Set(step.exchanges.map { $0.response.map { String($0.status) } ?? "-" }).sorted()
                let findings = step.findings.map { "\($0.rule) \($0.severity) \($0.fingerprint)" }
                return "  \(step.name) \(step.outcome) \(statuses) \(findings)"
            }
            return ([scenario.name] + steps).joined(separator: "\n")
        }
    }

    /// Verdicts are the same on a socket and in the process, for the mock as it is and for defects of it.
    @Test(
        "the in-process mock gives the same verdict as the mock on a socket",
        arguments: [
            ("", ""), ("{from: ACTIVE, to: CANCELLED}", "{from: ACTIVE, to: ACTIVE}"),
            ("enforced: true", "enforced: false"), ("status: 404", "status: 202"),
        ])
    func sameVerdict(old: String, new: String) async throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("assay-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: root) }
        for name in ["assay.yaml", "specs", "scenarios"] {
            try FileManager.default.copyItem(
                at: repository.appendingPathComponent(name), to: root.appendingPathComponent(name))
        }
        let behaviour = root.appendingPathComponent("specs/cashfree/2022-09-01.behaviour.yaml")
        let text = try String(contentsOf: behaviour, encoding: .utf8)
        if !old.isEmpty {
            try #require(text.contains(old))
            try text.replacingOccurrences(of: old, with: new).write(to: behaviour, atomically: true, encoding: .utf8)
        }
        var request = RunRequest()
        request.seed = "same"
        request.tables.grep = "link"
        let session = try RunSession(try Workspace.open(root.path), request)
        let onSocket = try await session.execute { _ in }.verdict
        var inProcess: [String] = []
        for scenario in session.plan.scenarios {
            inProcess += summary(await session.verdict(onScenario: scenario.id))
        }
        #expect(inProcess == summary(onSocket))
        #expect(onSocket.fails() == !old.isEmpty)
    }
}
