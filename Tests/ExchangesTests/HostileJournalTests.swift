import Diagnostics
import Exchanges
import Testing

@Suite("Hostile journals")
struct HostileJournalTests {
    static let header =
        #"{"journal":"assay-journal/1","seed":"s","startedAt":"2026-01-31T12:00:00Z","target":"mock","baseURL":"http://h","contracts":[],"plan":"p","command":[]}"#
    static let sent =
        #"{"event":"sent","sequence":1,"scenario":"a","step":"b","attempt":1,"contract":"c","startedAt":"2026-01-31T12:00:00Z","request":{"method":"GET","url":"http://h/","headers":[]}}"#
    static let received =
        #"{"event":"received","sequence":1,"milliseconds":1.5,"response":{"status":200,"version":"HTTP/1.1","headers":[["a","b"]],"body":{"text":"hi"}}}"#

    @Test("a valid journal is read; unknown members and the final line feed do not matter")
    func good() throws {
        let journal = try read(
            Self.header, Self.sent.replacing("{\"event\"", with: "{\"later\":[1],\"event\""), Self.received)
        #expect(journal.exchanges.count == 1)
        #expect(journal.exchanges.first?.duration == .microseconds(1_500))
        #expect(journal.exchanges.first?.response?.body == Array("hi".utf8))
    }

    @Test("a journal may end inside its last line; complete lines count")
    func cutAnywhere() throws {
        let bytes = Array([Self.header, Self.sent, Self.received, ""].joined(separator: "\n").utf8)
        let headerEnd = Self.header.utf8.count
        let sentEnd = headerEnd + 1 + Self.sent.utf8.count
        let receivedEnd = sentEnd + 1 + Self.received.utf8.count
        for end in headerEnd...bytes.count {
            let journal = try JournalReader.read(bytes: Array(bytes[..<end]), path: "j")
            #expect(journal.unanswered.count == (end >= sentEnd && end < receivedEnd ? 1 : 0))
            #expect(journal.exchanges.count == (end >= receivedEnd ? 1 : 0))
        }
        for end in 0..<headerEnd {
            #expect(throws: JournalError.self) { try JournalReader.read(bytes: Array(bytes[..<end]), path: "j") }
        }
    }

    @Test("an incomplete line inside the file is an error")
    func cutInside() {
        let error = problem(Self.header, String(Self.sent.dropLast(5)), Self.received)
        #expect(error?.location?.line == 2)
        #expect(error?.message.hasPrefix("line 2 of the journal is not JSON: ") == true)
    }

    @Test(
        "every mistake in a line is reported with its location",
        arguments: [
            ("[]", "has no \"event\"", 1), ("{\"event\":1}", "has a \"event\" that is not a string", 10),
            ("{\"event\":\"x\"}", "has the unknown event \"x\"", 10),
            ("{\"event\":\"x\",\"event\":\"y\"}", "has the name \"event\" twice", 14),
            (
                received.replacing("\"sequence\":1", with: "\"sequence\":2"),
                "has the response to exchange 2, which was never sent", 1
            ),
            (sent, "sends exchange 1 a second time", 1),
            (received.replacing("1.5", with: "-1.5"), "has \"milliseconds\" that are not a plain positive number", 49),
            (received.replacing("1.5", with: "1e9"), "has \"milliseconds\" that are not a plain positive number", 49),
            (received.replacing("200", with: "99"), "has a \"status\" that is not a whole number in its range", 74),
            (received.replacing("[\"a\",\"b\"]", with: "[\"a\"]"), "has a header that is not a pair of strings", 110),
            (
                received.replacing("\"text\":\"hi\"", with: "\"base64\":\"a\""), "has a body that is not base64", 138
            ),
            (
                sent.replacing("\"sequence\":1", with: "\"sequence\":0"),
                "has a \"sequence\" that is not a whole number in its range", 28
            ),
            (
                sent.replacing("2026-01-31", with: "2026-02-31"),
                "has a \"startedAt\" that is not a valid time such as 2026-01-31T12:00:00Z", 95
            ),
            (
                #"{"event":"failed","sequence":1,"milliseconds":1,"failure":{"class":"odd","message":""}}"#,
                "has the unknown failure class \"odd\"", 68
            ),
            (
                #"{"event":"notRun","scenario":"a","step":"b","reason":{"kind":"odd"}}"#,
                "has the unknown reason \"odd\"", 62
            ),
        ]
    )
    func wrongLines(line: String, message: String, column: Int) {
        let error = problem(Self.header, Self.sent, line)
        #expect(error?.message == "line 3 of the journal \(message)")
        #expect(error?.location == SourceLocation(file: "j", line: 3, column: column))
    }

    @Test("a second response is an error")
    func secondAnswer() {
        #expect(
            problem(Self.header, Self.sent, Self.received, Self.received)?.message
                == "line 4 of the journal has a second response to exchange 1"
        )
    }

    @Test("journals of the first format are readable; the second format records redirects")
    func formats() throws {
        for (format, hop, expected) in [("1", "", 0), ("2", "", 0), ("2", #""hop":2,"#, 2)] {
            let lines = [
                Self.header.replacing("journal/1", with: "journal/\(format)"),
                Self.sent.replacing(#""attempt""#, with: hop + #""attempt""#), Self.received,
            ]
            let journal = try JournalReader.read(bytes: Array((lines.joined(separator: "\n") + "\n").utf8), path: "j")
            #expect(journal.exchanges.map(\.hop) == [expected])
        }
        #expect(problem(Self.header, Self.sent.replacing(#""attempt""#, with: #""hop":"x","attempt""#)) != nil)
    }

    @Test("an unknown format and a missing header have different messages")
    func headers() {
        #expect(
            problem(Self.header.replacing("journal/1", with: "journal/3"))?.message
                == "line 1 of the journal has the format assay-journal/3; this version reads assay-journal/1 and assay-journal/2"
        )
        #expect(problem(Self.sent)?.message == "line 1 of the journal is not a journal header: \"journal\" is missing")
        let error = #expect(throws: JournalError.self) { try JournalReader.read(bytes: [], path: "j") }
        #expect(error?.diagnostic.message == "the journal 'j' has no header line")
    }

    @Test("invalid UTF-8 and deep nesting are errors, not crashes")
    func bytes() {
        let header = Array(Self.header.utf8) + [0x0A]
        for line: [UInt8] in [[0xFF, 0x0A], Array(repeating: 0x5B, count: 100_000) + [0x0A], [0x0A]] {
            let error = #expect(throws: JournalError.self) { try JournalReader.read(bytes: header + line, path: "j") }
            #expect(error?.diagnostic.location?.line == 2)
        }
    }

    private func read(_ lines: String...) throws -> Journal {
        try JournalReader.read(bytes: Array((lines.joined(separator: "\n") + "\n").utf8), path: "j")
    }

    private func problem(_ lines: String...) -> Diagnostic? {
        let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
        do throws(JournalError) {
            _ = try JournalReader.read(bytes: bytes, path: "j")
            return nil
        } catch {
            return error.diagnostic
        }
    }
}
