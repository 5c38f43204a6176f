import Foundation
import JSONDocument
import TestKit
import Testing

/// Options of `assay run` that decide what becomes of findings, and `assay rules`.
@Suite(.inTurn) struct JudgingOptionTests {
    @Test("rules are listed as text, JSON and the documentation's page")
    func rules() throws {
        let text = try Executable.run(["rules"])
        #expect(text.status == 0)
        #expect(text.output.contains("body.wrapped"))
        let json = try JSONDocument(parsing: try Executable.run(["rules", "--report", "json"]).output).root
        #expect(json["command"]?.string == "rules")
        #expect(json["rules"]?.elements.contains { $0["id"]?.string == "idempotency.replay" } == true)
        #expect(try Executable.run(["rules", "--report", "yaml"]).status == 2)
    }
}
