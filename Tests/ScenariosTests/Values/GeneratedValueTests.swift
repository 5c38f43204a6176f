import Exchanges
import Primitives
import Testing

@testable import Scenarios

@Suite("Generated values")
struct GeneratedValueTests {
    private let scope = ValueScope(
        seed: "s1",
        table: "scenarios/books.csv",
        scenario: "lending",
        now: Instant(microsecondsSinceEpoch: 0)
    )
    private let site = ValueSite(step: "lend", column: "set", place: 0)

    private func text(_ template: String, _ scope: ValueScope, _ site: ValueSite) throws -> String {
        try Template.parse(template).expandText(scope, at: site)
    }

    @Test("a value is the same in every run with the same seed, on every machine")
    func stable() throws {
        #expect(try text("{{uuid:book}}", scope, site) == text("{{uuid:book}}", scope, site))
        #expect(try text("{{uuid:book}}", scope, site) == "501ea42c-a5b5-4b26-9f66-48edfe056b6b")
        #expect(try text("{{uuid}}", scope, site) == "a32a112e-638f-4822-a43a-2181c5b716c3")
        #expect(try text("{{random:12}}", scope, site) == "fevw23extgit")
    }

    @Test("a named value is the same everywhere in the scenario")
    func named() throws {
        let value = try text("{{uuid:book}}", scope, site)
        let elsewhere = ValueSite(step: "return", column: "check", place: 7, detail: "x")
        #expect(try text("{{uuid:book}}", scope, elsewhere) == value)
        #expect(try text("a {{uuid}} {{uuid:book}}", scope, elsewhere).hasSuffix(value))
    }

    @Test("a named value changes with seed, table, scenario, data case and name")
    func namedVaries() throws {
        var scopes = [scope, scope, scope, scope, scope, scope]
        scopes[1].seed = "s2"
        scopes[2].table = "scenarios/other.csv"
        scopes[3].scenario = "returning"
        scopes[4].dataCase = "a"
        scopes[5].dataCase = ""
        var values = try scopes.map { try text("{{random:20:book}}", $0, site) }
        values.append(try text("{{random:20:reader}}", scope, site))
        #expect(Set(values).count == 7)
    }

    @Test("an unnamed value changes with step, column, position, detail and its order in the text")
    func placedVaries() throws {
        let sites = [
            site,
            ValueSite(step: "return", column: "set", place: 0),
            ValueSite(step: "lend", column: "body", place: 0),
            ValueSite(step: "lend", column: "set", place: 1),
            ValueSite(step: "lend", column: "set", place: 0, detail: "/a"),
        ]
        var values = try sites.map { try text("{{uuid}}", scope, $0) }
        values += try text("{{uuid}},{{uuid}}", scope, site).split(separator: ",").map(String.init)
        #expect(Set(values).count == 6)
        #expect(values[0] == values[5])
    }

    @Test("adjacent fields are separated")
    func framing() throws {
        var left = scope
        left.seed = "ab"
        left.table = "c"
        var right = scope
        right.seed = "a"
        right.table = "bc"
        #expect(try text("{{uuid:x}}", left, site) != text("{{uuid:x}}", right, site))
    }

    @Test("UUIDs have the form of version 4")
    func uuidShape() throws {
        for place in 0..<200 {
            let uuid = try text("{{uuid}}", scope, ValueSite(step: "lend", column: "set", place: place))
            let groups = uuid.split(separator: "-")
            #expect(groups.map(\.utf8.count) == [8, 4, 4, 4, 12])
            #expect(uuid.utf8.allSatisfy { "0123456789abcdef-".utf8.contains($0) })
            #expect(groups[2].utf8.first == UInt8(ascii: "4"))
            #expect("89ab".utf8.contains(groups[3].utf8.first ?? 0))
        }
    }

    @Test("random text has its length and alphabet, and all characters are equally likely")
    func randomText() throws {
        let value = try text("{{random:1000}}", scope, site)
        #expect(value.utf8.count == 1_000)
        var counts: [UInt8: Int] = [:]
        for byte in value.utf8 { counts[byte, default: 0] += 1 }
        #expect(counts.keys.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789".utf8.contains($0) })
        #expect(counts.count == 36)
        #expect((counts.values.max() ?? 0) < 60)
        #expect(try text("{{random:8}}", scope, site) == String(value.prefix(8)))
    }

    @Test("times are relative to the time of the run, in UTC")
    func times() throws {
        var scope = scope
        scope.time = ScenarioTime(Instant(microsecondsSinceEpoch: 1_772_323_199_999_999))
        #expect(try text("{{now}}", scope, site) == "2026-02-28T23:59:59Z")
        #expect(try text("{{now+1s}}", scope, site) == "2026-03-01T00:00:00Z")
        #expect(try text("{{now+30m}}", scope, site) == "2026-03-01T00:29:59Z")
        #expect(try text("{{now-24h}}", scope, site) == "2026-02-27T23:59:59Z")
        #expect(try text("{{now+1d:date}} {{now:date}}", scope, site) == "2026-03-01 2026-02-28")
    }
}
