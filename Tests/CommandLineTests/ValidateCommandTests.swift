import Foundation
import JSONDocument
import TestKit
import Testing

@Suite("assay validate", .inTurn) struct ValidateCommandTests {
    private static let link = """
        HTTP/2 404
        content-type: application/json

        {"message": "no such link", "code": "link_not_found", "type": "invalid_request_error"}
        """

    @Test("the output of curl -i is judged from standard input, and the exit code shows pass or fail")
    func pipe() throws {
        let passed = try Executable.run(["validate", "--operation", "PGFetchLink"], input: Self.link)
        #expect(passed.status == 0, "\(passed)")
        #expect(passed.output == "✓ standard input  PGFetchLink 404\n1 judged: 1 passed\n")
        let broken = Self.link.replacingOccurrences(of: "\"no such link\"", with: "7")
        let failed = try Executable.run(["validate", "--operation", "PGFetchLink", "-"], input: broken)
        #expect(failed.status == 1)
        #expect(failed.output.contains("  body.type  is a number, but the schema allows only string\n"))
        #expect(failed.output.contains("    place     /message  line 1, column 13\n"))
        #expect(failed.error.isEmpty)
    }

    @Test("assay validate accepts its own JSON report by the documented schema")
    func json() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("validate-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let lines = folder.appendingPathComponent("links.ndjson")
        try "{}\n{\"message\": 1}\n{".write(to: lines, atomically: true, encoding: .utf8)
        let result = try Executable.run(["validate", "--schema", "BadRequestError", "--report", "json", lines.path])
        let root = try JSONDocument(parsing: result.output).root
        #expect(root["outcome"]?.string == "failed")
        #expect(root["results"]?.elements.map { $0["line"]?.spelling } == ["1", "2", "3"])
        let report = folder.appendingPathComponent("report.json")
        try result.output.write(to: report, atomically: true, encoding: .utf8)
        let judged = try Executable.run(
            ["validate", "--spec", "docs/validate.schema.json", "--schema", "#", report.path])
        #expect(judged.status == 0, "\(judged)")
    }

    @Test("wrong usage and unusable input are exit 2")
    func wrong() throws {
        let cases: [([String], String)] = [
            (["validate"], "pass either --operation"),
            (["validate", "--operation", "a", "--schema", "b"], "pass either --operation"),
            (["validate", "--operation", "PGFetchLink", "--header", "a: b"], "`--header` requires `--status`"),
            (["validate", "--operation", "PGFetchLink", "none.http"], "none.http cannot be read"),
            (["validate", "--operation", "PGFetchLink"], "does not start with a status line"),
            (["validate", "--operation", "Nobody"], "the document has no operation"),
            (["validate", "--spec", "none.yaml", "--schema", "#"], "none.yaml"),
        ]
        for (arguments, message) in cases {
            let result = try Executable.run(arguments)
            #expect(result.status == 2, "\(arguments)")
            #expect(result.error.contains(message), "\(arguments): \(result.error)")
            #expect(result.output.isEmpty)
        }
    }
}
