import Diagnostics
import Exchanges
import Primitives
import Recordings
import Testing

@Suite("Transport defects in recordings")
struct RecordedDefectTests {
    private static let startedAt = Instant("2026-03-01T10:00:00Z") ?? Instant(microsecondsSinceEpoch: 0)
    private static let defects = [
        TransportDefect(.headerText, "x-name contains text outside of US-ASCII"),
        TransportDefect(.surplus, "7 bytes follow the response", isLate: true),
    ]

    /// A recording of one exchange, written to a file and read back.
    private func recording() throws -> Recording {
        let header = JournalHeader(
            seed: "s", startedAt: Self.startedAt, target: "sandbox", baseURL: "https://a.example/v1",
            contracts: [.init(name: "1", fingerprint: "f")])
        let exchange = Exchange(
            sequence: 1, scenario: "a", step: "x", operation: "getX", contract: "1",
            request: RequestMessage(method: "GET", url: "https://a.example/v1/x"),
            outcome: .response(ResponseMessage(status: 200, defects: Self.defects)), startedAt: Self.startedAt,
            duration: .zero)
        let made = Recording.recordings(
            of: Journal(header: header, exchanges: [exchange], ended: ["a"]), scenarios: [("a", "t.csv", nil)],
            isMock: false)
        return try HARReader.read(HARWriter.bytes(of: try #require(made.first), version: "1"), path: "a.har").recording
    }

    @Test("a recording contains them, and which of them came after the exchange")
    func kept() throws {
        let journal = Journal(recordings: [try recording()])
        #expect(journal.exchanges.map { $0.response?.defects } == [Self.defects])
    }

    @Test("a run on recordings reports late defects at its end, like the recorded run")
    func late() async throws {
        let transport = FixtureTransport(
            [try recording()], redactor: .none, credentialFields: [], renewal: "assay record --update")
        let pending = PendingExchange(
            sequence: 9, scenario: "a", step: "x", operation: nil, contract: "1",
            request: RequestMessage(method: "GET", url: "https://a.example/v1/x"), startedAt: Self.startedAt)
        #expect(await transport.takeLateDefects().isEmpty)
        let response = await transport.send(pending, deadline: .seconds(1)) {}.response
        #expect(response?.defects == [Self.defects[0]])
        let late = await transport.takeLateDefects()
        #expect(late.map(\.exchange) == [ExchangeName(sequence: 9, scenario: "a", step: "x")])
        #expect(late.map(\.defect.kind) == [.surplus])
        #expect(await transport.takeLateDefects().isEmpty)
    }

    @Test("a new recording without a defect differs from the old one")
    func changes() throws {
        let old = try recording()
        var new = old
        new.entries[0].outcome = .response(ResponseMessage(status: 200))
        #expect(RecordingChange.between(old, new).map(\.place) == ["transport defects"])
        #expect(RecordingChange.between(old, old).isEmpty)
    }
}
