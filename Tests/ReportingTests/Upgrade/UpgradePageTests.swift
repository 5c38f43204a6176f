import Diagnostics
import JSONDocument
import Primitives
import TestKit
import Testing

@testable import Reporting
@testable import Versions

/// The comparison of two versions as one page, in each format.
@Suite("Reports on upgrades")
struct UpgradePageTests {
    private static let subject = Change.Subject(name: "readParcel", method: "GET", path: "/parcels/{id}")

    private static func step(_ name: String, line: Int = 2, file: String = "scenarios/a.csv") -> UpgradeStep {
        UpgradeStep(
            scenario: "send", step: name, location: SourceLocation(file: file, line: line, column: 1),
            operation: subject)
    }

    private static func difference(
        _ name: String, _ kind: ResponseDifference.Kind, from: String? = nil, to: String? = nil
    ) -> ResponseDifference {
        ResponseDifference(.body(JSONPointer([name])), kind, from: from, to: to)
    }

    /// A change of each severity, as the comparison of two contracts finds it.
    private static func change(_ severity: Severity) throws -> Change {
        try #require(try ChangeSamples.changes().first { $0.severity == severity })
    }

    private static func set(_ changes: Change...) -> Upgrade.ChangeSet {
        Upgrade.ChangeSet(first: changes[0], changes: changes)
    }

    private static func unannounced(
        _ difference: ResponseDifference, _ severity: Severity = .error, operation: String = "readParcel",
        deviation: String? = nil, steps: [UpgradeStep] = [step("read")]
    ) -> Upgrade.Unannounced {
        Upgrade.Unannounced(
            operation: operation, status: 200, difference: difference, severity: severity, deviation: deviation,
            steps: steps)
    }

    private static func upgrade(_ change: (inout Upgrade) throws -> Void = { _ in }) throws -> Upgrade {
        var upgrade = Upgrade(from: "v1", to: "v2")
        upgrade.comparedSteps = 3
        upgrade.volatile = VolatilePlaces()
        try change(&upgrade)
        return upgrade
    }

    private static func text(_ upgrade: Upgrade) -> String {
        UpgradeText(style: .plain).render(upgrade, target: "mock")
    }

    private static func section(_ title: String, of upgrade: Upgrade) -> UpgradePage.Section? {
        UpgradePage(upgrade, target: "mock").sections.first { $0.title.hasPrefix(title) }
    }

    @Test("an upgrade without differences says so where work would be required")
    func nothing() throws {
        #expect(
            Self.text(try Self.upgrade()) == """
                From v1 to v2

                Not announced: ask the provider
                  ✓ every difference is announced by the contracts

                Announced and seen: change your client
                  ✓ no announced change that rows show breaks a client

                Announced, and breaks rows: change your tables
                  ✓ no row breaks

                3 steps compared on mock: 0 announced changes seen, 0 not, 0 differences not announced, 0 rows break

                """)
    }

    @Test("values are not compared where recordings of one version exist once, and the page says so")
    func values() throws {
        let text = Self.text(try Self.upgrade { $0.volatile = nil })
        #expect(
            text.hasSuffix(
                "values are not compared, only statuses, members and types: recordings of one version exist once\n"))
    }

    @Test("equal differences of operations are one entry, the most severe ones first")
    func unannounced() throws {
        let gone = Self.difference("tag", .disappeared, from: "\"a\"")
        let type = Self.difference("id", .typeChanged, from: "integer", to: "string")
        let upgrade = try Self.upgrade {
            $0.unannounced = [
                Self.unannounced(gone, .warning), Self.unannounced(type, deviation: "is a string"),
                Self.unannounced(gone, .warning, operation: "listParcels", steps: [Self.step("list", line: 9)]),
            ]
        }
        let section = try #require(Self.section("Not announced", of: upgrade))
        #expect(
            section.entries.map(\.title) == [
                "the type of id changed from integer to string", "tag disappeared: it was \"a\"",
            ])
        #expect(section.entries.map(\.severity) == [.error, .warning])
        #expect(
            section.entries[0].lines.map { "\($0.label) \($0.text)" } == [
                "in readParcel 200; rows 1: scenarios/a.csv:2", "new is a string",
            ])
        #expect(section.entries[1].lines[0].text == "readParcel 200, listParcels 200; rows 2: scenarios/a.csv:2,9")
    }

    @Test("a response that only violates the new contract is an entry with its deviation")
    func deviationOnly() throws {
        let upgrade = try Self.upgrade {
            $0.unannounced = [Self.unannounced(Self.difference("id", .valueChanged), deviation: "is no uuid")]
        }
        let entry = try #require(Self.section("Not announced", of: upgrade)?.entries.first)
        #expect(entry.title == "id: is no uuid" && entry.lines.count == 1)
    }

    @Test("rows that break are grouped by reason; those that no change explains are not announced")
    func broken() throws {
        let upgrade = try Self.upgrade {
            $0.broken = [
                .init(step: Self.step("a", line: 2), reason: "checks id", rules: ["r.b"]),
                .init(step: Self.step("b", line: 3), reason: "fails", rules: []),
                .init(step: Self.step("c", line: 4), reason: "sends tag", rules: ["r.a"]),
                .init(step: Self.step("d", line: 5), reason: "sends tag", rules: ["r.c", "r.a"]),
            ]
        }
        let tables = try #require(Self.section("Announced, and breaks rows", of: upgrade))
        #expect(tables.entries.map(\.title) == ["sends tag", "checks id"])
        #expect(
            tables.entries[0].rules == ["r.a", "r.c"] && tables.entries[0].lines[0].text == "2: scenarios/a.csv:4,5")
        let unexplained = try #require(Self.section("Not announced", of: upgrade)?.entries)
        #expect(unexplained.map(\.title) == ["fails, and no change announces it: fails"])
        #expect(Self.text(upgrade).contains("0 differences not announced, 4 rows break\n"))
    }

    @Test("a changed row counts once, even if several changes break it")
    func rowsOnce() throws {
        let upgrade = try Self.upgrade {
            $0.broken = ["x", "y"].map { .init(step: Self.step("a"), reason: $0, rules: ["r"]) }
        }
        #expect(Self.text(upgrade).contains(" 1 row breaks\n"))
    }

    @Test("announced changes are in the section of what they require")
    func announced() throws {
        let (error, note) = (try Self.change(.error), try Self.change(.note))
        let seen = Self.difference("id", .typeChanged, from: "integer", to: "string")
        let upgrade = try Self.upgrade {
            $0.announced = [
                .init(change: Self.set(error), difference: seen, steps: [Self.step("a")]),
                .init(change: Self.set(error), difference: nil, steps: []),
                .init(change: Self.set(note), difference: seen, steps: []),
            ]
            $0.unexercised = [
                .init(
                    change: Self.set(error), reason: "no row",
                    row: .init(call: "readParcel", set: "id=7", check: "id=7"))
            ]
        }
        func titles(_ title: String) -> [String] { Self.section(title, of: upgrade)?.entries.map(\.title) ?? [] }
        #expect(titles("Announced and seen: change your client") == [error.message])
        #expect(titles("Announced, used by rows, and no difference") == [error.message])
        #expect(titles("Announced, seen and compatible") == [note.message])
        #expect(titles("Announced, and shown by no row") == [error.message])
        let added = Self.section("Announced, and shown by no row", of: upgrade)?.entries.first?.lines.first
        #expect(added?.label == "add" && added?.text == "call readParcel, set id=7, check id=7")
        #expect(Self.text(upgrade).contains("2 announced changes seen, 2 not,"))
    }

    @Test("of a long section the first entries are shown, and the others are counted")
    func limits() throws {
        let upgrade = try Self.upgrade { upgrade in
            upgrade.unannounced = (0..<10).map { Self.unannounced(Self.difference("m\($0)", .appeared, to: "1")) }
            upgrade.notCompared = (0..<5).map { .init(step: Self.step("s\($0)"), reason: "reason \($0)") }
            upgrade.accepted = (0..<9).map { Self.step("n\($0)") }
        }
        func counts(_ title: String) -> String {
            let section = Self.section(title, of: upgrade)
            return "\(section?.entries.count ?? 0), \(section?.rest ?? "")"
        }
        #expect(counts("Not announced") == "8, 2 more are in the JSON report")
        #expect(counts("Not compared") == "4, 1 more is in the JSON report")
        #expect(counts("Negative rows that v2 accepts") == "8, 1 more is in the JSON report")
    }

    @Test("rows are listed by table: three lines of two tables")
    func rows() throws {
        let steps =
            [2, 3, 4, 5].map { Self.step("a\($0)", line: $0) } + [Self.step("again", line: 2)]
            + ["b", "c", "d"].map { Self.step($0, file: "\($0).csv") }
        let upgrade = try Self.upgrade {
            $0.notCompared = steps.map { .init(step: $0, reason: "no response") }
        }
        let entry = try #require(Self.section("Not compared", of: upgrade)?.entries.first)
        #expect(entry.lines[0].text == "7: scenarios/a.csv:2,3,4,…, b.csv:2 and 2 more tables")
    }

    @Test("hostile names are escaped in text, Markdown and HTML")
    func hostile() throws {
        let name = "\u{1B}[2J<script>alert(1)</script>|*_`\n::error::"
        let upgrade = try Self.upgrade {
            $0.from = name
            $0.unannounced = [
                Self.unannounced(
                    Self.difference(name, .appeared, to: name), operation: name, deviation: name,
                    steps: [Self.step(name, file: name)])
            ]
            $0.broken = [.init(step: Self.step("a"), reason: name, rules: ["r"])]
            $0.accepted = [Self.step(name)]
        }
        let text = Self.text(upgrade)
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.isVisible })
        #expect(!text.split(separator: "\n").contains { $0.hasPrefix("::") })
        let html = UpgradeHTML().render(upgrade, target: name)
        #expect(!html.contains("<script") && html.contains("&lt;script&gt;"))
        let markdown = UpgradeMarkdown().render(upgrade, target: name)
        for line in markdown.split(separator: "\n") where line.hasPrefix("- **") || line.hasPrefix("  - ") {
            let rest = String(line.replacing(/^ *- (\*\*[a-z]+\*\* )?/, with: ""))
            #expect(!MarkdownReader.shown(rest).hasMarkup, "\(line)")
        }
        #expect(!markdown.contains("<script"))
    }

    @Test("JSON has the documented shape with every kind of entry")
    func json() throws {
        let error = try Self.change(.error)
        let upgrade = try Self.upgrade {
            $0.announced = [
                .init(
                    change: Self.set(error), difference: Self.difference("id", .typeChanged, from: "1", to: "2"),
                    steps: [Self.step("a")]),
                .init(change: Self.set(error), difference: nil, steps: []),
            ]
            $0.unexercised = [
                .init(change: Self.set(error), reason: "no row", row: .init(call: "readParcel")),
                .init(change: Self.set(error), reason: "no row", row: nil),
            ]
            $0.unannounced = [Self.unannounced(Self.difference("id", .appeared, to: "1"), deviation: "is odd")]
            $0.broken = [.init(step: Self.step("a"), reason: "x", rules: ["r"])]
            $0.accepted = [Self.step("n")]
            $0.notCompared = [.init(step: Self.step("s"), reason: "x")]
        }
        let report = UpgradeJSON().render(
            upgrade, target: "mock", seed: "s", exit: 4, diagnostics: [Diagnostic("a.b", .note, "odd")])
        #expect(try PublishedSchema("upgrade").problems(report) == [])
        let root = try JSONDocument(parsing: report).root.value
        #expect(
            root["summary"]?.text
                == #"{"compared":3,"announced":2,"unexercised":2,"unannounced":1,"broken":1,"accepted":1,"#
                + #""notCompared":1,"quietChanges":0,"comparesValues":true}"#)
    }
}
