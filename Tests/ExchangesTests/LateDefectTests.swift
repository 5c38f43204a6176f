import Exchanges
import Primitives
import TestKit
import Testing

@Suite("Late defects in journals")
struct LateDefectTests {
    let header = JournalHeader(
        seed: "s", startedAt: Instant(microsecondsSinceEpoch: 0), target: "mock", baseURL: "http://h")

    @Test("a defect found after the exchange is read as a defect of its response")
    func reading() throws {
        let folder = try TemporaryFolder()
        var random = SplitMix(seed: 1)
        var exchanges = (1...3).map { Samples.exchange($0, &random) }
        exchanges[0].outcome = .response(ResponseMessage(status: 200, defects: [TransportDefect(.headerText, "a")]))
        exchanges[1].outcome = .response(ResponseMessage(status: 200))
        exchanges[2].outcome = .failure(TransportFailure(.reset, "closed"))
        let writer = try JournalWriter(path: folder.file("j"), header: header, redactor: .none)
        for exchange in exchanges {
            try writer.sent(Samples.pending(exchange))
            try writer.finished(exchange)
        }
        // What follows no response, such as a fault, is passed over.
        for exchange in exchanges {
            try writer.late(LateDefect(Samples.pending(exchange).name, TransportDefect(.surplus, "b")))
        }
        writer.close()
        let read = try JournalReader.read(path: folder.file("j")).exchanges.map { $0.response?.defects }
        #expect(read.map { $0?.map(\.message) } == [["a", "b"], ["b"], nil])
        #expect(read.map { $0?.map(\.isLate) } == [[false, true], [true], nil])
    }
}
