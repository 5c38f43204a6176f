import Foundation
import TestKit
import Testing

/// `assay compare-mock` as a command: its input and its exit codes.
@Suite(.inTurn) struct CompareMockCommandTests {
    @Test("a missing journal, and recordings of another tool, are mistakes in every format")
    func mistakes() throws {
        try TemporaryProject.with(TemporaryProject.orders) { project in
            let missing = try project.run(["compare-mock", "none.ndjson", "--report", "json"])
            #expect(missing.status == 2, "\(missing.error)")
            #expect(missing.output.contains(#""command": "compare-mock""#), "\(missing.output)")
            #expect(missing.output.contains(#""differences": []"#), "\(missing.output)")
            try project.write(
                #"{"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": []}}"#,
                to: "other.har")
            let other = try project.run(["compare-mock", "other.har"])
            #expect(other.status == 2, "\(other.output)")
            #expect(other.error.contains("contains no recording of a scenario of this project"), "\(other.error)")
        }
    }
}
