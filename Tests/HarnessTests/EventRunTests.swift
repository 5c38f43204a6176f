import Conformance
import Diagnostics
import Exchanges
import Foundation
import Harness
import Reporting
import Sockets
import TestKit
import Testing

/// One table with events on the mock and on another server, over real sockets.
@Suite(.inTurn) struct EventRunTests {
    private static let table = """
        scenario,step,call,body,set,expect,check
        paid,create,PGCreateLink,bodies/link-minimal.json,,200,link_status=ACTIVE
        ,pay,event pay id={{create.link_id}}; amount=100,,,,
        ,fetch,PGFetchLink,,link_id={{create.link_id}},200,link_status=PAID

        """
    private static let environment = ["CASHFREE_CLIENT_ID": "some-client", "CASHFREE_CLIENT_SECRET": "some-secret"]

    /// Serves a second mock on a socket, and runs the table against it as the target `sandbox`.
    private func runOnServer(_ project: ShippedProject) async throws -> RunResult {
        let workspace = try Workspace.openWithProblems(project.root.path)
        let session = try MockSession(workspace, ContractChoice(), environment: [:])
        var options = MockOptions()
        options.acceptsAnyCredentials = true
        var address = ""
        var result: Result<RunResult, any Error>?
        try await session.serve(options) {
            address = $0
        } until: {
            do {
                result = .success(
                    try await project.run {
                        $0.tables.tables = ["scenarios/own.csv"]
                        $0.contracts.version = "2022-09-01"
                        $0.target.name = "sandbox"
                        $0.target.baseURL = address
                        $0.environment = Self.environment
                    })
            } catch {
                result = .failure(error)
            }
        }
        return try #require(result).get()
    }

    private func steps(_ result: RunResult) -> [String] {
        result.verdict.scenarios.flatMap(\.steps).map { step in
            let reason = step.reason.map { " \($0)" } ?? ""
            let findings = step.findings.filter { $0.severity == .error }.map { " \($0.rule)" }
            return step.name + reason + findings.joined()
        }
    }

    @Test("one table passes on the mock, and on a server whose events are mapped")
    func bothTargets() async throws {
        try await withShippedProject { project in
            try project.write(Self.table, to: "scenarios/own.csv")
            let mock = try await project.run {
                $0.tables.tables = ["scenarios/own.csv"]
                $0.contracts.version = "2022-09-01"
            }
            #expect(mock.exit == .passed, "\(steps(mock))")
            let calls = mock.verdict.scenarios.flatMap(\.steps).map(\.call)
            #expect(calls[1] == "event pay id={{create.link_id}}; amount=100")
            try project.replace("    events:\n      payment-succeeds:", with: Self.mapping, in: "assay.yaml")
            let server = try await runOnServer(project)
            #expect(steps(server) == ["create", "pay status.unexpected", "fetch check"])
            // The amount is a text without `:=`, since nothing declares its type there.
            try project.write(Self.table.replacing("amount=", with: "amount:="), to: "scenarios/own.csv")
            let typed = try await runOnServer(project)
            #expect(typed.exit == .passed, "\(steps(typed))")
            #expect(steps(typed) == ["create", "pay", "fetch"])
        }
    }

    /// A mapping of the sandbox besides the shipped ones.
    private static let mapping =
        "    events:\n      pay: {call: POST /_mock/events/pay, body: {id: '{{item.id}}', amount: '{{item.amount}}'}}\n"
        + "      payment-succeeds:"

    @Test("on a server without the event or a clock, the row and those after it are skipped and counted")
    func skipped() async throws {
        try await withShippedProject { project in
            try project.write(
                Self.table + "late,create,PGCreateLink,bodies/link-minimal.json,link_id=late-{{uuid}},200,\n"
                    + ",later,clock +3d,,,,\n,fetch,PGFetchLink,,link_id={{create.link_id}},200,link_status=EXPIRED\n",
                to: "scenarios/own.csv")
            let result = try await runOnServer(project)
            #expect(result.exit == .passed, "\(steps(result))")
            let reasons = result.verdict.scenarios.flatMap(\.steps).map(\.reason)
            #expect(
                reasons == [
                    nil, .skipped("the target has no event 'pay'"),
                    .skipped("comes after 'pay', which the target cannot run"), nil,
                    .skipped("only the mock has a clock"),
                    .skipped("comes after 'later', which the target cannot run"),
                ])
        }
    }

    @Test("an unknown event ends the run before anything is sent, on every target")
    func unknown() async throws {
        try await withShippedProject { project in
            try project.write(Self.table.replacing("event pay", with: "event pya"), to: "scenarios/own.csv")
            for target in ["mock", "sandbox"] {
                let error = await #expect(throws: HarnessError.self) {
                    try await project.run {
                        $0.tables.tables = ["scenarios/own.csv"]
                        $0.target.name = target
                        $0.environment = Self.environment
                    }
                }
                let found = error?.diagnostics.entries.first { $0.rule == "table.unknown-event" }
                #expect(found?.help == "did you mean `pay`?")
            }
        }
    }

    @Test("the shipped mappings of the sandbox send the simulation of its document")
    func shippedMapping() async throws {
        try await withShippedProject { project in
            var request = RunRequest()
            request.tables.grep = "pay-by-card"
            request.target.name = "sandbox"
            request.environment = Self.environment
            let session = try RunSession(try Workspace.openWithProblems(project.root.path), request)
            let preview = try session.dryRun()
            let step = preview.scenarios.first?.steps.first { $0.name == "customer-pays" }
            guard case .send(let method, let url, let headers, let body)? = step?.action else {
                Issue.record("\(String(describing: step))")
                return
            }
            #expect(method == "POST" && url == "https://sandbox.cashfree.com/pg/simulate")
            #expect(headers.contains { $0.name == "x-api-version" && $0.value == "2023-08-01" })
            #expect(headers.contains { $0.name == "x-client-id" })
            #expect(body?.contains(#""entity":"PAYMENTS","entity_id":"#) == true)
            #expect(body?.contains(#""entity_simulation":{"payment_status":"SUCCESS"}"#) == true)
        }
    }
}
