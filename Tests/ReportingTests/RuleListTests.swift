import Conformance
import Foundation
import Reporting
import TestKit
import Testing

@Suite struct RuleListTests {
    @Test("docs/rules.md is what the list prints")
    func page() throws {
        let page = try Repository.text("docs/rules.md")
        #expect(page == RuleList(Rule.all).markdown, "write it again: assay rules --report markdown > docs/rules.md")
    }

    @Test("every rule has an id of its own, a meaning and a source")
    func complete() {
        let rules = Rule.all
        // A body that was cut weighs more than one that cannot be read: one id, told once.
        #expect(Set(rules.map(\.id)).count == rules.count)
        #expect(rules.allSatisfy { !$0.summary.isEmpty && !$0.source.isEmpty })
        #expect(RuleList(rules).text.split(separator: "\n").count == rules.count)
    }
}
