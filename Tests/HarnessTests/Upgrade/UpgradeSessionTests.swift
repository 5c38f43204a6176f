import Diagnostics
import Exchanges
import Foundation
import Harness
import JSONDocument
import JSONSchema
import Mocking
import Reporting
import TestKit
import Testing
import Versions

/// `assay upgrade` of the shipped example and of servers that do more than they announce.
@Suite(.inTurn) struct UpgradeSessionTests {
    private static let table = """
        scenario,step,call,version,body,set,expect,check,opts
        link,create,PGCreateLink,v2022-09-01,bodies/link-minimal.json,,200,cf_link_id~integer,
        ,fetch,PGFetchLink,v2022-09-01,,link_id={{create.link_id}},200,,
        refused,create,PGCreateLink,v2022-09-01,bodies/link-minimal.json,!link_amount,400,,invalid
        """

    private func compare(
        _ project: ShippedProject, over network: any Network = NoNetwork(),
        _ change: (inout RunRequest) -> Void = { _ in }
    ) async throws -> UpgradeResult {
        var request = RunRequest()
        request.seed = "s"
        change(&request)
        let session = try UpgradeSession(
            try Workspace.openWithProblems(project.root.path),
            UpgradeRequest(from: "2022-09-01", to: "2023-08-01", run: request))
        return try await session.run(over: network)
    }

    @Test("the shipped example: what happens to the members that changed")
    func shipped() async throws {
        let result = try await withShippedProject { try await compare($0) }
        let upgrade = result.upgrade
        #expect(result.exit == .breaking)
        #expect(upgrade.comparedSteps > 400)
        func places(_ changes: [Upgrade.ChangeSet]) -> Set<String> {
            Set(changes.map { "\($0.first.rule.id) \($0.first.itemText)" })
        }
        let seen = places(upgrade.announced.filter { $0.difference != nil }.map(\.change))
        for place in [
            "response.property.type-changed cf_link_id", "response.property.type-changed link_meta.upi_intent",
            "response.property.optional-added link_qrcode", "response.property.optional-added order_splits",
            "response.property.type-changed cf_payment_id",
        ] {
            #expect(seen.contains(place), "\(place)")
        }
        let missing = places(upgrade.unexercised.map(\.change))
        #expect(missing.contains("request.parameter.optional-added query.status"))
        #expect(missing.contains("request.property.optional-added order_splits"))
        #expect(
            !upgrade.unannounced.contains { $0.severity == .error }, "\(upgrade.unannounced.map(\.difference.text))")
        let reasons = upgrade.broken.map(\.reason)
        #expect(reasons.contains { $0.contains("cf_link_id") }, "\(reasons)")
        #expect(upgrade.broken.allSatisfy { !$0.rules.isEmpty })
    }

    @Test("the page names client, tables and what was not announced, and fits a page")
    func page() async throws {
        let result = try await withShippedProject { try await compare($0) }
        let text = UpgradeText(style: TextStyle(isColoured: false)).render(result.upgrade, target: "mock")
        #expect(text.split(separator: "\n").count < 100)
        for part in [
            "cf_link_id (integer → string)", "link_meta.upi_intent (string → boolean)", "link_qrcode", "order_splits",
            "query parameter 'status'", "payment_method", "Not announced", "change your client", "change your tables",
        ] {
            #expect(text.contains(part), "\(part)")
        }
    }

    @Test("the JSON report has the documented shape, and nothing that is not documented")
    func json() async throws {
        let result = try await withShippedProject { try await compare($0) }
        let text = UpgradeJSON().render(
            result.upgrade, target: "mock", seed: "s", exit: 4, diagnostics: result.diagnostics.entries)
        let schema = try PublishedSchema("upgrade")
        #expect(try schema.problems(text) == [])
        var other = try JSONDocument(parsing: text).root.value
        other["extra"] = 1
        other.remove(at: JSONPointer(["announced", "0", "id"]))
        #expect(try schema.problems(other.text).count >= 2)
    }

    /// Answers like the mock of both versions, and changes what it says to requests of the new one.
    private func server(
        _ project: ShippedProject, _ change: @escaping @Sendable (inout ResponseMessage) -> Void
    ) throws -> ChangedNetwork {
        let workspace = try Workspace.openWithProblems(project.root.path)
        let versions = try workspace.mockVersions(try workspace.contracts(ContractChoice()))
        return ChangedNetwork(versions: versions, change: change)
    }

    private func withServer(
        _ change: @escaping @Sendable (inout ResponseMessage) -> Void
    ) async throws -> UpgradeResult {
        try await withShippedProject { project in
            try project.write(Self.table, to: "scenarios/upgrade.csv")
            return try await compare(project, over: try server(project, change)) {
                $0.tables.tables = ["scenarios/upgrade.csv"]
                $0.target.baseURL = "http://127.0.0.1:9/pg"
                $0.missingSecrets = .standIns
            }
        }
    }

    @Test("a server that does what its contracts announce has nothing in the third list")
    func faithful() async throws {
        let result = try await withServer { _ in }
        #expect(result.upgrade.comparedSteps == 3, "\(result.upgrade.notCompared)")
        #expect(!result.upgrade.unannounced.contains { $0.severity == .error })
        #expect(result.exit == .breaking)
    }

    @Test("a member whose type changed without a word is in the third list and nowhere else")
    func silentType() async throws {
        let result = try await withServer { response in
            response.body = Array(
                String(decoding: response.body, as: UTF8.self).replacing(
                    /"link_amount":\s*[0-9.]+/, with: "\"link_amount\":\"9\""
                )
                .utf8)
        }
        let errors = result.upgrade.unannounced.filter { $0.severity == .error }
        #expect(Set(errors.map(\.difference.place.text)) == ["link_amount"])
        #expect(Set(errors.map(\.operation)) == ["PGCreateLink", "PGFetchLink"])
        #expect(errors.allSatisfy { $0.deviation != nil })
        #expect(!result.upgrade.announced.contains { $0.difference?.place.text == "link_amount" })
    }

    @Test("a status that changed without a word is in the third list and nowhere else")
    func silentStatus() async throws {
        let result = try await withServer { response in
            if response.status == 400 { response.status = 422 }
        }
        let errors = result.upgrade.unannounced.filter { $0.severity == .error }
        #expect(errors.map(\.difference.text) == ["status changed from 400 to 422"])
        #expect(!result.upgrade.announced.contains { $0.difference?.place == .status })
    }

    @Test("a negative row that the new version accepts is named")
    func accepted() async throws {
        let result = try await withServer { response in
            if response.status == 400 { response.status = 200 }
        }
        #expect(result.upgrade.accepted.map(\.scenario) == ["refused"])
    }

    @Test("secrets that a server returns are masked in the comparison")
    func secrets() async throws {
        let result = try await withShippedProject { project in
            try project.write(Self.table, to: "scenarios/upgrade.csv")
            let network = try server(project) { response in
                response.body = Array(
                    String(decoding: response.body, as: UTF8.self)
                        .replacing("\"link_status\"", with: "\"leak\":\"top-secret-value\",\"link_status\"").utf8)
            }
            return try await compare(project, over: network) {
                $0.tables.tables = ["scenarios/upgrade.csv"]
                $0.target.baseURL = "http://127.0.0.1:9/pg"
                $0.environment = [
                    "CASHFREE_CLIENT_ID": "some-client-id", "CASHFREE_CLIENT_SECRET": "top-secret-value",
                ]
                $0.missingSecrets = .standIns
            }
        }
        let leak = try #require(result.upgrade.unannounced.first { $0.difference.place.text == "leak" })
        #expect(leak.severity == .error)
        #expect(leak.difference.to?.contains("secret CASHFREE_CLIENT_SECRET") == true, "\(leak.difference)")
        #expect(!"\(result.upgrade)".contains("top-secret-value"))
    }

    @Test("each run against a live target has values of its own")
    func liveValues() async throws {
        try await withShippedProject { project in
            try project.write(Self.table, to: "scenarios/upgrade.csv")
            let network = try server(project) { _ in }
            _ = try await compare(project, over: network) {
                $0.tables.tables = ["scenarios/upgrade.csv"]
                $0.target.baseURL = "http://127.0.0.1:9/pg"
                $0.missingSecrets = .standIns
            }
            let bodies = await network.sent.bodies
            let ids = Set(bodies.compactMap { $0.firstMatch(of: /"link_id":\s*"([^"]+)"/)?.1 })
            #expect(ids.count >= 3, "\(ids)")
        }
    }

    @Test("a version with an address of its own is called there, and only a target that receives requests has one")
    func ownAddress() async throws {
        try await withShippedProject { project in
            try project.write(Self.table, to: "scenarios/upgrade.csv")
            let workspace = try Workspace.openWithProblems(project.root.path)
            var run = RunRequest()
            run.tables.tables = ["scenarios/upgrade.csv"]
            run.missingSecrets = .standIns
            var request = UpgradeRequest(from: "2022-09-01", to: "2023-08-01", run: run)
            request.newBaseURL = "http://127.0.0.1:7/pg"
            let error = #expect(throws: HarnessError.self) { _ = try UpgradeSession(workspace, request) }
            #expect(error?.diagnostics.entries.map(\.rule) == ["upgrade.base-url"])
            request.run.target.baseURL = "http://127.0.0.1:9/pg"
            let network = try server(project) { _ in }
            _ = try await UpgradeSession(workspace, request).run(over: network)
            let urls = await network.sent.urls
            #expect(urls.filter { $0.hasPrefix("http://127.0.0.1:9/") }.count == 6)
            #expect(urls.filter { $0.hasPrefix("http://127.0.0.1:7/") }.count == 3)
            request.newBaseURL = "https://api.cashfree.com/pg"
            let production = #expect(throws: HarnessError.self) { _ = try UpgradeSession(workspace, request) }
            #expect(production?.diagnostics.entries.first?.rule == "target.production")
        }
    }

    @Test("recordings of both versions are compared without a server, types only")
    func recordings() async throws {
        var request = RunRequest()
        request.target.name = "fixtures"
        let session = try UpgradeSession(
            try Workspace.openWithProblems(repository.path),
            UpgradeRequest(from: "2022-09-01", to: "2023-08-01", run: request))
        let result = try await session.run(over: NoNetwork())
        #expect(result.upgrade.volatile == nil)
        #expect(result.upgrade.comparedSteps > 300)
        #expect(result.upgrade.announced.contains { $0.difference?.place.text == "cf_link_id" })
        // A comparison of versions receives no deliveries.
        let others = result.upgrade.notCompared.filter { !$0.step.location.file.hasSuffix("webhooks.csv") }
        #expect(others.allSatisfy { $0.reason.contains("recording") })
    }

    @Test("versions that are unknown or equal are wrong input")
    func wrongVersions() throws {
        let workspace = try Workspace.openWithProblems(repository.path)
        for (from, to, rule) in [
            ("2022-09-01", "2022-09-01", "upgrade.same-version"), ("2022-09-01", "2024-01-01", "usage.unknown-version"),
            ("2021-01-01", "2023-08-01", "usage.unknown-version"),
        ] {
            let error = #expect(throws: HarnessError.self) {
                _ = try UpgradeSession(workspace, UpgradeRequest(from: from, to: to))
            }
            #expect(error?.diagnostics.entries.map(\.rule).contains(rule) == true, "\(from) \(to)")
            #expect(error?.exit == .wrongInput)
        }
    }
}

/// Fails every attempt to use a network.
private struct NoNetwork: Network {
    func client(connections: Int, _ settings: ConnectionSettings) -> any NetworkClient { Client() }

    func serve(_ versions: [MockVersion], _ settings: MockSettings) async throws(HarnessError) -> any ServedMock {
        throw HarnessError(.notPossible, Diagnostics())
    }

    private struct Client: NetworkClient {
        func send(_ request: RequestMessage, deadline: Duration, meanwhile: () -> Void) async -> ExchangeOutcome {
            meanwhile()
            Issue.record("the network was used")
            return .failure(TransportFailure(.reset, "no network"))
        }

        func shutdown() async {}
    }
}

/// A server of both versions that changes what it responds to requests of the new one.
private struct ChangedNetwork: Network {
    /// The requests that were sent.
    actor Sent {
        private(set) var bodies: [String] = []
        private(set) var urls: [String] = []

        func add(_ request: RequestMessage) {
            bodies.append(String(decoding: request.body ?? [], as: UTF8.self))
            urls.append(request.url)
        }
    }

    let sent = Sent()
    private let mock: MockTransport
    private let change: @Sendable (inout ResponseMessage) -> Void

    init(versions: [MockVersion], change: @escaping @Sendable (inout ResponseMessage) -> Void) {
        mock = MockTransport(versions: versions, settings: MockSettings(seed: "server", credentials: [:]))
        self.change = change
    }

    func client(connections: Int, _ settings: ConnectionSettings) -> any NetworkClient {
        Client(mock: mock, sent: sent, change: change)
    }

    func serve(_ versions: [MockVersion], _ settings: MockSettings) async throws(HarnessError) -> any ServedMock {
        throw HarnessError(.notPossible, Diagnostics())
    }

    private struct Client: NetworkClient {
        let mock: MockTransport
        let sent: Sent
        let change: @Sendable (inout ResponseMessage) -> Void

        func send(_ request: RequestMessage, deadline: Duration, meanwhile: () -> Void) async -> ExchangeOutcome {
            await sent.add(request)
            let outcome = await mock.send(request, deadline: deadline, meanwhile: meanwhile)
            guard case .response(var response) = outcome, request.header("x-api-version") == ["2023-08-01"] else {
                return outcome
            }
            change(&response)
            return .response(response)
        }

        func shutdown() async {}
    }
}
