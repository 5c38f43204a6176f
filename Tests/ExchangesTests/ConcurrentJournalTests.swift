import Exchanges
import Primitives
import TestKit
import Testing

@Suite("Requests at once in journals")
struct ConcurrentJournalTests {
    @Test("a journal keeps whether a request was sent at once with others", arguments: [false, true])
    func mark(isConcurrent: Bool) throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/journal.ndjson"
        let header = JournalHeader(
            seed: "seed", startedAt: Instant(microsecondsSinceEpoch: 0), target: "t", baseURL: "http://t")
        let writer = try JournalWriter(path: path, header: header, redactor: .none)
        let pending = PendingExchange(
            sequence: 1, scenario: "s", step: "a", attempt: 3, isConcurrent: isConcurrent, operation: nil,
            contract: "1", request: RequestMessage(method: "GET", url: "http://t/"),
            startedAt: Instant(microsecondsSinceEpoch: 0))
        try writer.sent(pending)
        try writer.finished(
            pending.finished(.response(ResponseMessage(status: 200, headers: [], body: [])), after: .zero))
        writer.close()
        let journal = try JournalReader.read(path: path)
        #expect(
            journal.exchanges.map(\.position) == [ExchangePosition(attempt: 3, isConcurrent: isConcurrent)])
        #expect(try folder.read("journal.ndjson").contains("concurrent") == isConcurrent)
    }
}
