import Conformance
import Diagnostics
import Exchanges
import Testing

@testable import Reporting

/// Lines about files, scenarios and requests.
@Suite("Lines of sources, scenarios and requests")
struct LinesTests {
    private static let sources = SourceExcerpts([
        "a.csv": [2: ",fetch,getParcel,,200,\"state=sent; id=1\"", 4: ";;x"],
        "a.yaml": [7: "      type: string", 8: "      enum: [a, b]", 9: ""],
    ])

    @Test(
        "a line of a file has its number, and a mark below the cell or word of the place",
        arguments: [
            // A row begins with its first cell that is not empty.
            ("a.csv", 2, 1, true, "    2 | ,fetch,getParcel,,200,\"state=sent; id=1\"", "      |  ^^^^^"),
            ("a.csv", 2, 8, true, "    2 | ,fetch,getParcel,,200,\"state=sent; id=1\"", "      |        ^^^^^^^^^"),
            (
                "a.csv", 2, 23, true, "    2 | ,fetch,getParcel,,200,\"state=sent; id=1\"",
                "      |                       ^^^^^^^^^^^^^^^^^^"
            ),
            ("a.csv", 4, 1, true, "    4 | ;;x", "      |   ^"),
            ("a.yaml", 7, 7, false, "    7 |       type: string", "      |       ^^^^"),
            ("a.yaml", 8, 14, false, "    8 |       enum: [a, b]", "      |              ^"),
            ("a.yaml", 9, 1, false, "    9 | ", "      | ^"),
            // A column outside of the line marks its end.
            ("a.yaml", 7, 99, false, "    7 |       type: string", "      |                   ^"),
        ])
    func frame(file: String, line: Int, column: Int, isTable: Bool, text: String, mark: String) {
        let frame = SourceFrame(style: .plain, redactor: .none, sources: Self.sources)
        let lines = frame.lines(at: SourceLocation(file: file, line: line, column: column), isTable: isTable)
        #expect(lines == [text, mark])
    }

    @Test("a line that was not read is not shown", arguments: [("a.csv", 3), ("b.csv", 2)])
    func unread(file: String, line: Int) {
        let frame = SourceFrame(style: .plain, redactor: .none, sources: Self.sources)
        #expect(frame.lines(at: SourceLocation(file: file, line: line, column: 1), isTable: true).isEmpty)
    }

    @Test(
        "lines around a location have no gap, and include the location",
        arguments: [(7, 1, 1, 7, 2), (8, 4, 8, 7, 3), (8, 0, 0, 8, 1), (9, 1, 5, 8, 2)])
    func around(line: Int, before: Int, after: Int, first: Int, count: Int) {
        let found = Self.sources.lines(
            around: SourceLocation(file: "a.yaml", line: line, column: 1), (before: before, after: after))
        #expect(found?.first == first && found?.lines.count == count)
    }

    @Test("no lines around a line that was not read")
    func aroundUnread() {
        let location = SourceLocation(file: "a.csv", line: 3, column: 1)
        #expect(Self.sources.lines(around: location, (before: 4, after: 4)) == nil)
    }

    @Test(
        "a scenario that has ended has a mark for its result",
        arguments: [
            (Outcome.passed, "✓ buy  a.csv:2\n"), (.failed, "✗ buy  a.csv:2\n"), (.notRun, "• buy  a.csv:2\n"),
            (.skipped, "• buy  skipped  a.csv:2\n"),
        ])
    func scenario(outcome: Outcome, line: String) {
        #expect(ScenarioLine(style: .plain).render("buy", outcome, at: "a.csv:2") == line)
    }

    @Test("names in lines cannot move the cursor or begin another line")
    func hostileNames() {
        let line = ScenarioLine(style: .plain).render("a\n::error::\u{1B}[2J", .passed, at: "\u{202E}x")
        #expect(line == "✓ a\\n::error::\\u{1b}[2J  \\u{202e}x\n")
        let request = requestLogLine(
            method: "GET", path: "/a\r\nb", operation: nil, status: 404, reason: "no \u{7}")
        #expect(request == "GET /a\\r\\nb - 404 no \\u{7}\n")
    }

    @Test(
        "a request to the mock is one line",
        arguments: [
            ("getPet", "There is no '7'.", "GET /pets/7 getPet 404 There is no '7'.\n"),
            ("getPet", nil, "GET /pets/7 getPet 404\n"), (nil, nil, "GET /pets/7 - 404\n"),
        ] as [(String?, String?, String)])
    func request(operation: String?, reason: String?, line: String) {
        #expect(
            requestLogLine(method: "GET", path: "/pets/7", operation: operation, status: 404, reason: reason) == line)
    }

    @Test(
        "progress has a rate and a remaining time once a second has passed",
        arguments: [
            (0, 0, 0, Duration.zero, "0/9 scenarios, 0 requests"),
            (3, 30, 0, .milliseconds(999), "3/9 scenarios, 30 requests"),
            (3, 30, 0, .seconds(2), "3/9 scenarios, 30 requests, 15/s, 4 s left"),
            (3, 30, 1, .seconds(2), "3/9 scenarios, 30 requests, 15/s, 1 step failed, 4 s left"),
            (1, 30, 2, .seconds(100), "1/9 scenarios, 30 requests, 0/s, 2 steps failed, 13 min left"),
            (9, 30, 0, .seconds(2), "9/9 scenarios, 30 requests, 15/s"),
            (0, 30, 0, .seconds(2), "0/9 scenarios, 30 requests, 15/s"),
        ])
    func progress(done: Int, sent: Int, failed: Int, elapsed: Duration, line: String) {
        let text = ProgressText(scenarios: 9, done: done, sent: sent, failedSteps: failed, elapsed: elapsed)
        #expect(text.line == line)
    }
}
