import TestKit
import Testing

/// Documents by name that lie in a folder below the project.
@Suite(.inTurn) struct ValidateFolderTests {
    @Test("a schema of a folder refers to its neighbours there")
    func neighbours() throws {
        try TemporaryProject.with([
            "schemas/a.json": #"{"$ref": "b.json#/$defs/Word"}"#,
            "schemas/b.json": #"{"$defs": {"Word": {"type": "string"}}}"#,
            "good.json": #""word""#,
            "bad.json": "1",
        ]) { project in
            let good = try project.run(["validate", "--spec", "schemas/a.json", "--schema", "#", "good.json"])
            #expect(good.status == 0, "\(good.output)\(good.error)")
            let bad = try project.run(["validate", "--spec", "schemas/a.json", "--schema", "#", "bad.json"])
            #expect(bad.status == 1)
            #expect(bad.output.contains("schemas/b.json:1:"), "\(bad.output)")
        }
    }
}
