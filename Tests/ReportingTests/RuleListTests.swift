import Conformance
import Foundation
import Reporting
import TestKit
import Testing

@Suite struct RuleListTests {
    @Test("docs/rules.md equals the printed list")
    func page() throws {
        let page = try Repository.text("docs/rules.md")
        #expect(page == RuleList(Rule.all).markdown, "write it again: assay rules --report markdown > docs/rules.md")
    }

    @Test("every rule has a unique id, a meaning and a source")
    func complete() {
        let rules = Rule.all
        // A truncated body is more severe than one that cannot be parsed: both have one id, which is listed once.
        #expect(Set(rules.map(\.id)).count == rules.count)
        #expect(rules.allSatisfy { !$0.summary.isEmpty && !$0.source.isEmpty })
        #expect(RuleList(rules).text.split(separator: "\n").count == rules.count)
    }
}
