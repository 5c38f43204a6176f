import Diagnostics
import Exchanges
import JSONDocument
import TestKit
import Testing

/// Every member of every line of a journal: missing, of another kind, and unknown.
@Suite("Members of journal lines")
struct JournalMemberTests {
    /// A journal with a line of each event, and with every optional member.
    private static let lines = [
        #"{"journal":"assay-journal/2","seed":"s","startedAt":"2026-01-31T12:00:00Z","target":"mock","baseURL":"http://h","contracts":[{"name":"c","fingerprint":"f"}],"plan":"p","command":["run"],"tables":["t.csv"],"scenarios":["a"],"shard":{"index":1,"count":2,"sessions":["login"]}}"#,
        #"{"event":"sent","sequence":1,"scenario":"a","step":"b","attempt":1,"hop":1,"concurrent":true,"operation":"o","contract":"c","startedAt":"2026-01-31T12:00:00Z","request":{"method":"POST","url":"http://h/","headers":[["x","y"]],"body":{"text":"hi","cut":{"length":9,"hash":"00"}}}}"#,
        #"{"event":"received","sequence":1,"milliseconds":1.5,"response":{"status":200,"version":"HTTP/1.1","headers":[["a","b"]],"body":{"base64":"aGk="},"defects":[{"kind":"surplus","message":"m"}]}}"#,
        #"{"event":"sent","sequence":2,"scenario":"a","step":"d","attempt":1,"contract":"c","startedAt":"2026-01-31T12:00:00Z","request":{"method":"GET","url":"http://h/","headers":[]}}"#,
        #"{"event":"failed","sequence":2,"milliseconds":1,"failure":{"class":"reset","message":"m"}}"#,
        #"{"event":"late","sequence":1,"defect":{"kind":"surplus","message":"m"}}"#,
        #"{"event":"notRun","scenario":"a","step":"e","reason":{"kind":"missingValue","step":"b","path":"id"}}"#,
        #"{"event":"ended","scenario":"a"}"#,
    ]

    /// Members without which a line is still complete, by their pointer.
    private static let optional: Set<String> = [
        "/tables", "/scenarios", "/shard", "/shard/sessions", "/hop", "/concurrent", "/operation", "/request/body",
        "/request/body/cut", "/response/body", "/response/defects",
    ]

    private static func read(_ lines: [String]) throws -> Journal {
        try JournalReader.read(bytes: Array((lines.joined(separator: "\n") + "\n").utf8), path: "j")
    }

    private static func problem(_ lines: [String]) -> Diagnostic? {
        do {
            _ = try read(lines)
            return nil
        } catch {
            return (error as? JournalError)?.diagnostic
        }
    }

    /// The pointers of all members of a line.
    private static func members(_ value: JSONValue, at pointer: JSONPointer = .root) -> [JSONPointer] {
        switch value {
        case .object(let object):
            object.members.flatMap { [pointer.appending($0.name)] + members($0.value, at: pointer.appending($0.name)) }
        case .array(let elements): elements.enumerated().flatMap { members($1, at: pointer.appending($0)) }
        default: []
        }
    }

    @Test("the journal is complete")
    func whole() throws {
        let journal = try Self.read(Self.lines)
        #expect(journal.exchanges.map(\.sequence) == [1, 2])
        #expect(journal.exchanges[0].hop == 1 && journal.exchanges[0].position.isConcurrent)
        #expect(journal.exchanges[0].response?.body == Array("hi".utf8))
        #expect(journal.exchanges[0].request.cut?.length == 9)
        #expect(journal.exchanges[1].outcome.failure?.class == .reset)
        #expect(journal.notRun.map(\.step) == ["e"] && journal.ended == ["a"])
        #expect(journal.header.shard?.count == 2 && journal.header.tables == ["t.csv"])
    }

    @Test("a missing member is an error of its line, unless it is optional", arguments: lines.indices)
    func missing(line: Int) throws {
        let value = try JSONDocument(parsing: Self.lines[line]).root.value
        for pointer in Self.members(value) {
            var changed = value
            changed.remove(at: pointer)
            var lines = Self.lines
            lines[line] = changed.text
            let problem = Self.problem(lines)
            #expect(
                (problem == nil) == Self.optional.contains(pointer.description),
                "\(line) \(pointer): \(problem?.message ?? "-")")
            guard let problem else { continue }
            #expect(problem.location?.file == "j" && problem.location?.line == line + 1, "\(pointer)")
            #expect(problem.message.hasPrefix("line \(line + 1) of the journal "))
        }
    }

    @Test("a member of another kind is an error of its line, never a crash", arguments: lines.indices)
    func kinds(line: Int) throws {
        let value = try JSONDocument(parsing: Self.lines[line]).root.value
        let others: [JSONValue] = [.null, true, -1, 1.5, "x", [], [[]], [:]]
        // Flags are false for any other kind.
        let flags: Set<String> = ["/concurrent"]
        for pointer in Self.members(value) {
            let own = try #require(value.value(at: pointer))
            for other in others where other.kind != own.kind && !flags.contains(pointer.description) {
                var changed = value
                changed.set(other, at: pointer)
                var lines = Self.lines
                lines[line] = changed.text
                let problem = Self.problem(lines)
                #expect(problem != nil, "\(line) \(pointer) \(other)")
                #expect(problem?.location?.line == line + 1, "\(line) \(pointer) \(other)")
            }
        }
    }

    @Test("unknown members are ignored anywhere", arguments: lines.indices)
    func unknown(line: Int) throws {
        let expected = try Self.read(Self.lines)
        let value = try JSONDocument(parsing: Self.lines[line]).root.value
        let objects = [JSONPointer.root] + Self.members(value).filter { value.value(at: $0)?.kind == .object }
        for pointer in objects {
            var changed = value
            changed.set([1, ["a": .null]], at: pointer.appending("later"))
            var lines = Self.lines
            lines[line] = changed.text
            let journal = try Self.read(lines)
            #expect(journal.exchanges == expected.exchanges && journal.notRun == expected.notRun, "\(pointer)")
            #expect(journal.header == expected.header && journal.ended == expected.ended)
        }
    }

    @Test("a damaged byte is an error or changes nothing but its text, and never crashes")
    func damaged() {
        var random = SplitMix(seed: 4)
        let bytes = Array((Self.lines.joined(separator: "\n") + "\n").utf8)
        var errors = 0
        for _ in 0..<1_500 {
            var changed = bytes
            let place = random.number(below: changed.count)
            changed[place] = random.pick([0x00, 0x0A, 0x22, 0x5C, 0x7B, 0x7D, 0x39, 0xFF, changed[place] ^ 0x20])
            do {
                let journal = try JournalReader.read(bytes: changed, path: "j")
                #expect(journal.exchanges.count <= 2)
            } catch {
                errors += 1
                #expect(error.diagnostic.location?.line ?? 1 >= 1 && !error.diagnostic.message.isEmpty)
            }
        }
        #expect(errors > 100)
    }
}
