import Exchanges
import Foundation
import TestKit
import Testing

@Suite("Writing and reading journals")
struct JournalRoundTripTests {
    @Test("reading a journal gives the written journal", arguments: 0..<40 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        var journal = Journal(header: Samples.header(&random))
        for sequence in 1...Int.random(in: 1...12, using: &random) {
            journal.exchanges.append(Samples.exchange(sequence, &random))
            journal.notRun.append(Samples.notRun(&random))
        }
        let folder = try TemporaryFolder()
        let read = try write(
            journal, to: folder.file("journal.ndjson"), finishing: journal.exchanges.shuffled(using: &random))
        #expect(read == journal)
    }

    @Test("deliveries stay deliveries, and the message of the target is their request")
    func deliveries() throws {
        var random = SplitMix(seed: 8)
        var header = Samples.header(&random)
        header.judging.receiver = "http://127.0.0.1:8080/abc"
        var delivery = Samples.exchange(1, &random)
        delivery.request.isReceived = true
        delivery.request.body = Array("{\"state\":\"sent\"}".utf8)
        delivery.outcome = .response(ResponseMessage(status: 500))
        var missing = Samples.exchange(2, &random)
        missing.request.isReceived = true
        missing.outcome = .failure(TransportFailure(.undelivered, "no delivery arrived within 30 s"))
        let folder = try TemporaryFolder()
        let read = try write(Journal(header: header, exchanges: [delivery, missing]), to: folder.file("j"))
        #expect(read.exchanges == [delivery, missing])
        #expect(read.header.judging.receiver == header.judging.receiver)
        let message = try #require(read.exchanges[0].received)
        #expect(message.body == delivery.request.body && message.headers == delivery.request.headers)
        #expect(message.status == 500, "the status is that of our response")
        #expect(read.exchanges[1].received == nil)
    }

    @Test("every body of up to three bytes survives, text or not")
    func smallBodies() throws {
        var random = SplitMix(seed: 7)
        var journal = Journal(header: Samples.header(&random))
        for length in 0...3 {
            for _ in 0..<60 {
                var exchange = Samples.exchange(journal.exchanges.count + 1, &random)
                exchange.request.body = (0..<length).map { _ in .random(in: .min ... .max, using: &random) }
                journal.exchanges.append(exchange)
            }
        }
        let folder = try TemporaryFolder()
        #expect(try write(journal, to: folder.file("j")) == journal)
    }

    @Test("secrets are masked everywhere before writing, and stay masked")
    func secrets() throws {
        var random = SplitMix(seed: 1)
        var exchange = Samples.exchange(1, &random)
        let secret = "hush\"hush"
        exchange.request.url = "http://h/?k=hush%22hush"
        exchange.request.headers = [HeaderField(name: "authorization", value: secret)]
        exchange.request.body = Array("{\"k\":\"hush\\\"hush\"}".utf8)
        exchange.outcome = .failure(TransportFailure(.other, secret))
        var header = Samples.header(&random)
        header.command = ["assay", "--var", "k=" + secret]
        header.baseURL = "http://h/" + secret
        let journal = Journal(
            header: header, exchanges: [exchange],
            notRun: [NotRun(scenario: "s", step: "t", reason: .unbuildable(secret))])
        let folder = try TemporaryFolder()
        let redactor = Redactor(secrets: [("KEY", secret)])
        let read = try write(journal, to: folder.file("j"), redactor: redactor)
        let text = try String(contentsOfFile: folder.file("j"), encoding: .utf8)
        #expect(!text.contains("hush"))
        #expect(text.components(separatedBy: "‹secret KEY›").count - 1 == 7)
        #expect(read.exchanges == [redactor.redact(exchange)])
        #expect(try write(read, to: folder.file("again"), redactor: redactor) == read)
    }

    @Test("a large body is cut, with the length and hash of the whole body")
    func largeBodies() throws {
        var random = SplitMix(seed: 2)
        var exchange = Samples.exchange(1, &random)
        exchange.request.body = Array("aaaaaaa😀b".utf8)
        exchange.outcome = .response(ResponseMessage(status: 200, body: Array(repeating: 0xFF, count: 11)))
        let journal = Journal(header: Samples.header(&random), exchanges: [exchange])
        let folder = try TemporaryFolder()
        let read = try write(journal, to: folder.file("j"), bodyLimit: 10)
        let kept = try #require(read.exchanges.first)
        // The emoji is not cut in the middle.
        #expect(kept.request.body == Array("aaaaaaa".utf8))
        #expect(kept.request.cut == BodyCut(length: 12, hash: "8e942566684c6297"))
        #expect(kept.response?.body == Array(repeating: 0xFF, count: 10))
        #expect(kept.response?.cut?.length == 11)
        #expect(try write(read, to: folder.file("again"), bodyLimit: 10) == read)
    }

    @Test("two equal runs write equal bytes")
    func determinism() throws {
        var random = SplitMix(seed: 3)
        let journal = Journal(header: Samples.header(&random), exchanges: [Samples.exchange(1, &random)])
        let folder = try TemporaryFolder()
        _ = try write(journal, to: folder.file("a"))
        _ = try write(journal, to: folder.file("b"))
        #expect(
            FileManager.default.contents(atPath: folder.file("a"))
                == FileManager.default.contents(atPath: folder.file("b")))
    }

    @Test("a request without a response is recognised")
    func unanswered() throws {
        var random = SplitMix(seed: 4)
        let exchange = Samples.exchange(1, &random)
        let folder = try TemporaryFolder()
        let writer = try JournalWriter(path: folder.file("j"), header: Samples.header(&random), redactor: .none)
        try writer.sent(Samples.pending(exchange))
        // Not closed: what was written must be there all the same.
        let read = try JournalReader.read(path: folder.file("j"))
        #expect(read.exchanges == [])
        #expect(read.unanswered == [Samples.pending(exchange)])
        writer.close()
    }

    @Test("many tasks write complete lines")
    func concurrency() async throws {
        let folder = try TemporaryFolder()
        var random = SplitMix(seed: 5)
        let writer = try JournalWriter(path: folder.file("j"), header: Samples.header(&random), redactor: .none)
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    var random = SplitMix(seed: UInt64(task))
                    for index in 1...50 {
                        let exchange = Samples.exchange(task * 50 + index, &random)
                        try? writer.sent(Samples.pending(exchange))
                        try? writer.finished(exchange)
                    }
                }
            }
        }
        writer.close()
        let read = try JournalReader.read(path: folder.file("j"))
        #expect(Set(read.exchanges.map(\.sequence)) == Set(1...400))
        #expect(read.unanswered == [])
    }

    @Test("exchanges are ordered by the plan's scenarios, then by sequence")
    func ordering() {
        var random = SplitMix(seed: 6)
        func exchange(_ sequence: Int, _ scenario: String) -> Exchange {
            var exchange = Samples.exchange(sequence, &random)
            exchange.scenario = scenario
            return exchange
        }
        let journal = Journal(
            header: Samples.header(&random),
            exchanges: [exchange(1, "b"), exchange(2, "x"), exchange(4, "a"), exchange(3, "b")],
            notRun: ["b", "a", "b"].enumerated().map { NotRun(scenario: $1, step: "\($0)", reason: .stopped) }
        )
        let ordered = journal.ordered(byScenarios: ["a", "b"])
        #expect(ordered.exchanges.map(\.sequence) == [4, 1, 3, 2])
        #expect(ordered.notRun.map(\.step) == ["1", "0", "2"])
    }

    private func write(
        _ journal: Journal,
        to path: String,
        redactor: Redactor = .none,
        bodyLimit: Int = 1 << 20,
        finishing order: [Exchange]? = nil
    ) throws -> Journal {
        let writer = try JournalWriter(path: path, header: journal.header, redactor: redactor, bodyLimit: bodyLimit)
        defer { writer.close() }
        for exchange in journal.exchanges { try writer.sent(Samples.pending(exchange)) }
        for exchange in order ?? journal.exchanges { try writer.finished(exchange) }
        for entry in journal.notRun { try writer.notRun(entry) }
        return try JournalReader.read(path: path)
    }
}
