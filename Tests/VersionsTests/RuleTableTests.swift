import Diagnostics
import Foundation
import JSONDocument
import TestKit
import Testing

@testable import Versions

/// The table of rules, and the pages that are made of it.
@Suite struct RuleTableTests {
    @Test("ids are unique and contain direction and area")
    func ids() {
        #expect(Set(ChangeRule.all.map(\.id)).count == ChangeRule.all.count)
        for rule in ChangeRule.all where rule.direction != .none {
            #expect(rule.id.hasPrefix("\(rule.direction.rawValue).\(rule.area)."), "\(rule.id)")
        }
    }

    @Test("every rule has a mirror for the reverse edit")
    func everyMirror() {
        for rule in ChangeRule.all {
            guard let mirror = ChangeRule.named(rule.mirror) else {
                Issue.record("\(rule.id) has no mirror: \(rule.mirror)")
                continue
            }
            // A removal before its sunset and any other removal are the same addition backwards.
            let back = ChangeRule.named(mirror.mirror)
            #expect(back?.mirror == rule.mirror || mirror.mirror == rule.id, "\(rule.id) and \(mirror.id)")
            #expect(mirror.direction == rule.direction, "\(rule.id)")
            let opposite: [ChangeRule.Effect: ChangeRule.Effect] = [
                .widened: .narrowed, .narrowed: .widened, .incomparable: .incomparable,
            ]
            if let effect = opposite[rule.effect] {
                #expect(mirror.effect == effect || mirror.effect == .none, "\(rule.id) and \(mirror.id)")
            }
        }
    }

    @Test("every rule is expected by a case")
    func cases() throws {
        var expected: Set<String> = []
        for (file, isSchema) in [("schemas.yaml", true), ("operations.yaml", false)] {
            for (_, row) in try CaseTable.rows(file) {
                let names = CaseTable.texts(row["gives"])
                let forwards = isSchema ? CaseTable.placed(names) : names
                expected.formUnion(forwards)
                guard row["back"] != nil else {
                    expected.formUnion(mirrors(forwards))
                    continue
                }
                let back = CaseTable.texts(row["back"])
                expected.formUnion(isSchema ? CaseTable.placed(back) : back)
            }
        }
        // Other suites have these: bounds, dates that depend on the day, ignore files. No list of `anyOf` is undecided.
        let elsewhere = [
            ".schema-undecided", ".any-of-undecided", ".sunset-too-soon", "comparison.undecided", "ignore.",
        ]
        let missing = ChangeRule.all.map(\.id).filter { id in
            !expected.contains(id) && !elsewhere.contains { id.hasSuffix($0) || id.hasPrefix($0) }
        }
        #expect(missing.isEmpty, "write a case for each")
    }

    @Test("every schema rule exists for requests and responses")
    func directions() {
        let partners = [
            "body": "body", "property": "property", "parameter": "header", "parameter-property": "header-property",
            "header": "parameter", "header-property": "parameter-property",
        ]
        for rule in ChangeRule.schemaRules {
            let end = rule.id.split(separator: ".").dropFirst(2).joined(separator: ".")
            let direction = rule.direction == .request ? "response" : "request"
            let other = "\(direction).\(partners[rule.area] ?? "").\(end)"
            #expect(ChangeRule.named(other) != nil, "\(rule.id) has no \(other)")
        }
    }

    @Test("under strict, narrower requests and wider responses are at least warnings")
    func severities() {
        for rule in ChangeRule.all {
            let severity = rule.severity(under: .strict)
            switch (rule.effect, rule.direction) {
            case (.narrowed, .request), (.widened, .response):
                let isNegotiated = rule.id == "response.media-type.added"
                #expect(severity >= .warning || isNegotiated, "\(rule.id)")
            case (.incomparable, _): #expect(severity == .error, "\(rule.id)")
            case (.undecided, _): #expect(severity >= .warning, "\(rule.id)")
            default: break
            }
        }
    }

    @Test("docs/oasdiff-ids.csv names existing rules, and every rule is mapped or listed as ours alone")
    func oasdiffIDs() throws {
        let text = try page("oasdiff-ids.csv")
        let rows = text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        #expect(rows.first == ["id", "oasdiff"])
        var mapped: Set<String> = []
        for row in rows.dropFirst() {
            #expect(row.count == 2)
            #expect(ChangeRule.named(String(row[0])) != nil, "\(row[0]) is not a rule")
            mapped.insert(String(row[0]))
        }
        let missing = ChangeRule.all.map(\.id).filter { !mapped.contains($0) }
        #expect(missing.isEmpty, "add these to docs/oasdiff-ids.csv, without an id of oasdiff if they are ours alone")
        #expect(Set(rows.dropFirst().map { $0[1] }).subtracting([""]).count >= 509)
    }

    @Test("docs/versions.md contains the list of rules")
    func rulePage() throws {
        let table = RuleTable.markdown
        if ProcessInfo.processInfo.environment["ASSAY_RECORD"] != nil {
            let ids = ChangeRule.all.map(\.id).joined(separator: "\n")
            let folder = FileManager.default.temporaryDirectory
            try Data(table.utf8).write(to: folder.appendingPathComponent("rules.md"))
            try Data(ids.utf8).write(to: folder.appendingPathComponent("rule-ids.txt"))
        }
        #expect(try page("versions.md").contains(table), "put RuleTable.markdown into docs/versions.md")
    }

    private func page(_ name: String) throws -> String {
        try Repository.text("docs/\(name)")
    }
}
