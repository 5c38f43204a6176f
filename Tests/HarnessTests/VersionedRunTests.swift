import Conformance
import Diagnostics
import Exchanges
import Harness
import TestKit
import Testing

/// One set of tables under several versions of an API.
@Suite(.inTurn) struct VersionedRunTests {
    private static let table = """
        scenario,step,call,version,body,set,expect,check
        open,create,PGCreateLink,,bodies/link-minimal.json,,200,link_status=ACTIVE
        settled,create,PGCreateLink,v2023-08-01,bodies/link-minimal.json,,200,link_qrcode~present
        mixed,create,PGCreateLink,,bodies/link-minimal.json,,200,
        ,again,PGCreateLink,v2023-08-01,bodies/link-minimal.json,link_id=mixed-{{uuid}},200,
        """

    private func scenarios(_ version: String? = nil, seed: String = "s") async throws -> RunResult {
        try await withShippedProject { project in
            try project.write(Self.table, to: "scenarios/versions.csv")
            return try await project.run {
                $0.tables.tables = ["scenarios/versions.csv"]
                $0.contracts.version = version
                $0.seed = seed
            }
        }
    }

    @Test("a scenario that leaves the version open runs under each, one that names it runs once")
    func underEach() async throws {
        let result = try await scenarios()
        #expect(result.exit == .passed)
        #expect(
            result.verdict.scenarios.map(\.name) == ["open", "settled", "mixed", "open@2023-08-01", "mixed@2023-08-01"])
        #expect(result.verdict.run.contracts.map(\.name) == ["2022-09-01", "2023-08-01"])
        let sent = result.verdict.exchanges.compactMap {
            $0.request.headers.first { $0.isNamed("x-api-version") }?.value
        }
        #expect(sent.filter { $0 == "2022-09-01" }.count == 2)
        #expect(sent.filter { $0 == "2023-08-01" }.count == 5)
    }

    @Test("a scenario has other values under another version, and the same ones whether or not it runs alone")
    func values() async throws {
        let both = try await scenarios()
        let alone = try await scenarios("2023-08-01")
        let body = { (result: RunResult, name: String) in
            result.verdict.exchanges.first { $0.scenario == name }.map { $0.request.body ?? [] }
        }
        #expect(body(both, "open") != body(both, "open@2023-08-01"))
        #expect(body(both, "open@2023-08-01") == body(alone, "open@2023-08-01"))
        #expect(body(both, "settled") == body(alone, "settled"))
    }

    @Test(
        "every version has a row for each operation that omits the version",
        arguments: [nil, "2022-09-01", "2023-08-01"])
    func withoutVersion(version: String?) async throws {
        let result = try await withShippedProject { project in
            try await project.run {
                $0.tables.grep = "version"
                $0.tables.tables = ["payment-links-refused", "orders-refused", "no-version"].map {
                    "scenarios/\($0).csv"
                }
                $0.contracts.version = version
            }
        }
        #expect(result.exit == .passed)
        let bare = result.verdict.exchanges.filter { $0.request.header("x-api-version").isEmpty }
        for contract in version.map({ [$0] }) ?? ["2022-09-01", "2023-08-01"] {
            #expect(Set(bare.filter { $0.contract == contract }.compactMap(\.operation)).count == 11)
        }
    }

    @Test("with one version, scenarios that never use it are left out")
    func oneVersion() async throws {
        let old = try await scenarios("2022-09-01")
        #expect(old.verdict.scenarios.map(\.name) == ["open", "mixed"])
        let new = try await scenarios("2023-08-01")
        #expect(new.verdict.scenarios.map(\.name) == ["open@2023-08-01", "settled", "mixed@2023-08-01"])
    }

    @Test("a mistake under one version is reported with its name, one under all versions once")
    func problems() async throws {
        try await withShippedProject { project in
            try project.write(
                """
                scenario,step,call,body,set,expect
                s,create,PGCreateLink,bodies/link-minimal.json,link_meta.upi_intent=yes; link_nots=1,200
                ,orders,PGLinkFetchOrders,,link_id={{create.link_id}}; status=ALL,200
                """, to: "scenarios/versions.csv")
            let error = await #expect(throws: HarnessError.self) {
                _ = try await project.run { $0.tables.tables = ["scenarios/versions.csv"] }
            }
            let messages = error?.diagnostics.entries.map(\.message) ?? []
            #expect(messages.count { $0.contains("'link_nots'") } == 1)
            #expect(messages.contains { $0.contains("'status'") && !$0.contains("under the version") })
        }
    }
}
