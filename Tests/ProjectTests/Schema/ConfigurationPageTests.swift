import Foundation
import TestKit
import Testing

@Suite("The reference page of the configuration")
struct ConfigurationPageTests {
    @Test("the tables of the page are those of the schema; recording snapshots writes them")
    func tables() throws {
        let page = try Repository.text("docs/configuration.md")
        let start = try #require(page.range(of: ConfigurationPage.mark)).upperBound
        let tables = ConfigurationPage(schema: try ConfigurationSchema()).tables
        #expect(tables.components(separatedBy: "\n### ").count > 8)
        try Snapshots("docs").expect(page[..<start] + tables, is: "configuration.md")
    }
}
