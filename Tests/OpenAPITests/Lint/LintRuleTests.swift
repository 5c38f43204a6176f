import Diagnostics
import Foundation
import OpenAPI
import TestKit
import Testing

@Suite("The table of lint rules")
struct LintRuleTests {
    private static let page = Repository.root.appendingPathComponent("docs/lint.md")

    @Test("every id is unique and is found by name")
    func ids() {
        let ids = LintRule.all.map(\.id)
        #expect(Set(ids).count == ids.count)
        for rule in LintRule.all {
            #expect(LintRule.named(rule.id) == rule)
            #expect(!rule.summary.isEmpty && !rule.advice.isEmpty && rule.id.contains("."))
        }
        #expect(LintRule.named("no.such") == nil)
    }

    @Test("the page of rules lists exactly these rules")
    func page() throws {
        let lines = try String(contentsOf: Self.page, encoding: .utf8).split(separator: "\n").map { String($0) }
        let listed = lines.filter { $0.hasPrefix("| `") }
        let rows = LintRule.all.map { rule in
            let weight = rule.preventsUse ? "refused" : rule.severity.rawValue
            return "| `\(rule.id)` | \(weight) | \(rule.summary) | \(rule.advice) |"
        }
        #expect(listed == rows)
    }
}
