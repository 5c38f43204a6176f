import Exchanges
import JSONDocument
import OpenAPI
import Primitives
import Testing

@testable import Scenarios

@Suite("Requests that change the clock") struct ClockRequestTests {
    private static func request(
        _ change: String, after earlier: [MovableClock.Change] = [], scenario: String = "s"
    ) throws -> RequestMessage {
        let (plan, problems) = Library.plan("step,call,set\nz,listBooks,genre=novel\na,clock \(change),\n")
        #expect(problems.isEmpty)
        var scope = ValueScope(
            seed: "s", table: "t.csv", scenario: scenario, now: Instant(secondsSinceEpoch: 1_767_225_600))
        for change in earlier { scope.time.apply(change, at: Instant(secondsSinceEpoch: 1_767_225_600)) }
        return try RequestBuilder.build(
            plan.scenarios[0].steps[1], scope: scope, credentials: Credentials(), baseURL: "http://x.example/v1/"
        ).message
    }

    @Test(
        "the first change makes the scenario's branch of the mock, and has one member for the change",
        arguments: [
            ("+3d", "advance"), ("freeze", "freeze"), ("reset", "reset"), ("2026-03-01T00:00:00Z", "set"),
        ])
    func first(change: String, member: String) throws {
        let message = try Self.request(change)
        #expect(message.method == "POST" && message.url == "http://x.example/v1/_mock/clock")
        let body = try JSONDocument(parsing: message.body ?? []).root.value
        #expect(body.object?.names == ["branch", member])
        #expect(body["branch"] == "s")
        #expect(message.header(MockAddress.branchHeader) == [])
        #expect(message.header("content-type") == ["application/json"])
    }

    @Test("later requests are sent in the branch, and do not make it again")
    func later() throws {
        let message = try Self.request("reset", after: [.advance(.seconds(60))], scenario: "a b")
        #expect(message.header(MockAddress.branchHeader) == ["a%20b"])
        #expect(try JSONDocument(parsing: message.body ?? []).root.value.text == #"{"reset":true}"#)
    }

    @Test("rows of a scenario that never changes the clock are not sent in a branch")
    func none() throws {
        let (plan, _) = Library.plan("step,call,set\nz,listBooks,genre=novel\n")
        var scope = ValueScope(seed: "s", table: "t.csv", scenario: "s", now: Instant(secondsSinceEpoch: 0))
        func headers() throws -> [String] {
            try RequestBuilder.build(
                plan.scenarios[0].steps[0], scope: scope, credentials: Credentials(), baseURL: "http://x.example",
                common: [HeaderField(name: "x-team", value: "blue")]
            ).message.headers.map(\.name)
        }
        #expect(try headers() == ["x-team", "accept"])
        scope.time.apply(.freeze, at: Instant(secondsSinceEpoch: 0))
        #expect(try headers() == ["x-team", MockAddress.branchHeader, "accept"])
    }

    @Test("two scenarios and two data rows never share a branch")
    func branches() {
        func name(_ scenario: String, _ dataCase: String? = nil) -> String {
            ValueScope(
                seed: "s", table: "t", scenario: scenario, dataCase: dataCase, now: Instant(secondsSinceEpoch: 0)
            ).branchName
        }
        let names = [
            name("a"), name("b"), name("a", "1"), name("a", "2"), name("a[1]x"),
            name(String(repeating: "é", count: 300)), name(String(repeating: "é", count: 301)),
        ]
        #expect(Set(names).count == names.count)
        #expect(
            names.allSatisfy {
                $0.utf8.count <= MockAddress.maximumBranchName && $0.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
            })
    }

    @Test("a header of the row or of the credentials takes precedence over one of every request")
    func common() throws {
        let contract = try ParcelContract.load()
        let call = Call.operation(try #require(contract.operation("SendParcel")), contract: "1")
        let step = ParcelContract.step("a", call, set: try ParcelContract.items(["body.id=1", "header.x-team=own"]))
        let credentials = try ParcelContract.credentialSet(contract).credentials(for: step).get()
        let message = try RequestBuilder.build(
            step, scope: ParcelContract.scope, credentials: credentials, baseURL: ParcelContract.base,
            userAgent: "assay/1",
            common: [
                HeaderField(name: "X-Team", value: "common"), HeaderField(name: "X-ID", value: "common"),
                HeaderField(name: "Accept", value: "text/plain"),
                HeaderField(name: "user-agent", value: "mine"), HeaderField(name: "x-version", value: "2025"),
            ]
        ).message
        #expect(message.header("x-team") == ["own"] && message.header("x-id") == ["id-1"])
        #expect(message.header("accept") == ["text/plain"] && message.header("user-agent") == ["mine"])
        #expect(message.header("x-version") == ["2025"])
    }
}
