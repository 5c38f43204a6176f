import Diagnostics
import JSONDocument
import JSONSchema
import Testing

/// Which grammar a pattern is read by.
@Suite("Patterns of schemas")
struct PatternTests {
    @Test(
        "a pattern that needs the grammar without the u flag is valid in 3.0, and noted in 3.1",
        arguments: [
            (#"^\\@\\:\\!\\-$"#, "@:!-", "a"), (#"^[\\w-.]+$"#, "a-.b", "a b"), (#"^a{$"#, "a{", "a"),
            (#"^\\_\\ \\\"x$"#, #"_ \"x"#, "x"),
        ])
    func legacy(pattern: String, right: String, wrong: String) throws {
        for dialect in [SchemaDialect.openAPI30, .draft202012] {
            let schema = try compile(#"{"pattern": "\#(pattern)"}"#, dialect)
            #expect(schema.unusable.isEmpty)
            #expect(schema.notes.map(\.rule) == (dialect == .openAPI30 ? [] : ["schema.pattern"]))
            #expect(schema.notes.allSatisfy { $0.severity == .warning })
            #expect(try schema.outcome("\"\(right)\"") == .valid)
            #expect(try schema.outcome("\"\(wrong)\"") == .invalid)
        }
    }

    @Test(
        "a pattern written as in a program is reported",
        arguments: [
            ("/^a$/i", true, true), ("/^a/", true, true), ("/a$/", true, true), ("/a/gi", true, false),
            ("/v1/", false, false), ("/a/b", false, false), ("^/a/$", false, false), ("/", false, false),
            ("//", false, false),
        ])
    func literals(pattern: String, isReported: Bool, isUnusable: Bool) throws {
        for dialect in [SchemaDialect.openAPI30, .draft202012] {
            let schema = try compile(#"{"type": "string", "pattern": "\#(pattern)"}"#, dialect)
            #expect(schema.notes.contains { $0.rule == "schema.pattern" } == isReported)
            #expect(schema.unusable.isEmpty != isUnusable)
        }
    }
}
