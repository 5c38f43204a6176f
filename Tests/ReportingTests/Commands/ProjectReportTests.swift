import Conformance
import Diagnostics
import Foundation
import JSONDocument
import Primitives
import Testing

@testable import Recordings
@testable import Reporting

/// Reports of commands about a project: `init`, `list`, `run --dry-run`, `record`, `lint`.
@Suite("Reports about projects")
struct ProjectReportTests {
    private static let row = SourceLocation(file: "scenarios/a.csv", line: 2, column: 1)

    // MARK: init

    private static func initResult(_ change: (inout InitResult) -> Void) -> InitResult {
        var result = InitResult(
            output: ".", configuration: "assay.yaml",
            files: [.init(path: "scenarios/a.csv", isWritten: true, scenarios: 2, steps: 5)], servers: [],
            variables: [], placeholders: [], leftOut: [], diagnostics: Diagnostics())
        change(&result)
        return result
    }

    private static func next(_ change: (inout InitResult) -> Void) -> [String] {
        let text = InitText(style: .plain).render(initResult(change))
        let lines = text.split(separator: "\n").map { String($0) }
        return lines.drop { $0 != "Next:" }.dropFirst().map { line in
            line.dropFirst(2).components(separatedBy: "  ").first ?? ""
        }
    }

    @Test("the next commands depend on the project: folder, tables, credentials and servers")
    func nextSteps() {
        #expect(Self.next { _ in } == ["assay run", "assay explain scenarios/a.csv:2", "assay run --base-url URL"])
        #expect(Self.next { $0.output = "shop" }.first == "cd shop")
        #expect(Self.next { $0.files = [.init(path: "assay.yaml", isWritten: true)] } == ["assay lint"])
        #expect(Self.next { $0.files[0].scenarios = 0 } == ["assay run", "assay run --base-url URL"])
        #expect(Self.next { $0.variables = ["A", "B"] }.contains("export B=…"))
        let servers = [InitResult.Server(name: "live", isProduction: true), .init(name: "test", isProduction: false)]
        #expect(Self.next { $0.servers = servers }.last == "assay run --target test")
        #expect(Self.next { $0.servers = [servers[0]] }.last == "assay run --target live")
    }

    @Test("a command to type is never cut")
    func longCommands() {
        let folder = String(repeating: "very-long-folder/", count: 8)
        #expect(Self.next { $0.output = folder }.first == "cd \(folder)")
        let path = "scenarios/\(String(repeating: "x", count: 90)).csv"
        #expect(Self.next { $0.files[0].path = path }.contains("assay explain \(path):2"))
    }

    @Test("operations without rows are listed by reason, the first ones of each")
    func leftOut() {
        let text = InitText(style: .plain).render(
            Self.initResult { result in
                result.leftOut = (0..<6).map {
                    .init(operation: "op\($0)", what: "the operation", isWhole: true, why: "no example")
                }
                result.leftOut += [
                    .init(operation: "op9", what: "404", isWhole: false, why: "no example"),
                    .init(operation: "op8", what: "404", isWhole: false, why: "no \u{1B}[2J"),
                ]
                result.placeholders = (0..<8).map { "v\($0)" }
            })
        #expect(
            text.contains(
                """
                Left out:
                  op0, op1, op2, op3 and 2 more
                      no example
                  404 of op9
                      no example
                  404 of op8
                      no \\u{1b}[2J

                """), "\(text)")
        #expect(text.contains("\n  v0, v1, v2, v3, v4, v5 and 2 more\n"))
    }

    @Test("JSON: counts of tables, and everything that is left out")
    func initJSON() throws {
        let result = Self.initResult {
            $0.files.append(.init(path: "assay.yaml", isWritten: false))
            $0.leftOut = [.init(operation: "op", what: "404", isWhole: false, why: "no example")]
            $0.placeholders = ["id"]
        }
        let root = try JSONDocument(parsing: InitJSON().render(result)).root.value
        #expect(
            root["files"]?.text
                == #"[{"path":"scenarios/a.csv","written":true,"scenarios":2,"steps":5},"#
                + #"{"path":"assay.yaml","written":false}]"#)
        #expect(root["leftOut"]?.text == #"[{"operation":"op","what":"404","why":"no example"}]"#)
        #expect(root["variables"]?.text == #"["id"]"# && root["output"]?.string == ".")
    }

    // MARK: list

    private static func step(_ name: String, file: String = "scenarios/a.csv", skipped: String? = nil) -> ListedStep {
        ListedStep(
            name: name, location: SourceLocation(file: file, line: 4, column: 1), call: "getPet", expect: "200",
            tags: ["slow"], options: ["poll"], refs: ["R-1"], skipped: skipped)
    }

    @Test("a scenario has its tags, sessions and reasons, and a step of another table has its file")
    func listing() throws {
        let scenarios: ListedScenarios = [
            ListedScenario(
                id: "login", location: Self.row, tags: [], isSession: true, skipped: nil, steps: [Self.step("a")]),
            ListedScenario(
                id: "buy", location: Self.row, tags: ["smoke", "slow"], sessions: ["login", "admin"], skipped: nil,
                steps: [Self.step("b", file: "scenarios/b.csv"), Self.step("c", skipped: "no key")]),
            ListedScenario(
                id: "later", location: Self.row, tags: [], skipped: "only live",
                steps: [Self.step("d", skipped: "only live")]),
        ]
        let listing = Listing(scenarios: scenarios, target: "mock", diagnostics: Diagnostics())
        #expect(
            ListingText(style: .plain).render(listing) == """
                login  scenarios/a.csv:2  session
                  4  a  getPet  200  poll R-1

                buy  [smoke slow]  scenarios/a.csv:2  after login, admin
                  scenarios/b.csv:4  b  getPet  200  poll R-1
                  4                  c  getPet  200  skipped: no key

                later  scenarios/a.csv:2  skipped: only live
                  4  d  getPet  200  poll R-1

                3 scenarios, 4 steps, 2 of them skipped with the target mock

                """)
        let root = try JSONDocument(parsing: ListingJSON().render(listing)).root.value["scenarios"]
        #expect(root?[0]?["session"]?.boolean == true && root?[1]?["needs"]?.text == #"["login","admin"]"#)
        #expect(root?[2]?["skipped"]?.string == "only live")
        #expect(
            root?[1]?["steps"]?[0]?.text
                == #"{"name":"b","file":"scenarios/b.csv","line":4,"call":"getPet","expect":"200","tags":["slow"],"#
                + #""options":["poll"],"refs":["R-1"]}"#)
    }

    // MARK: run --dry-run

    @Test("a dry run has requests below the address, pauses, deliveries and skipped steps")
    func dryRun() throws {
        let actions: [PreviewedStep.Action] = [
            .send(method: "POST", url: "http://a.example/v1/x?y=1", headers: [("x-key", "‹secret KEY›")], body: "{}"),
            .send(method: "GET", url: "http://b.example/", headers: [], body: nil), .wait(.milliseconds(1_500)),
            .delivery("moved"), .skip("no key"),
        ]
        let steps = actions.enumerated().map { index, action in
            PreviewedStep(name: "s\(index)", location: Self.row, action: action)
        }
        let run = DryRun(
            scenarios: [PreviewedScenario(id: "buy", location: Self.row, steps: steps)], seed: "tulip", target: "shop",
            baseURL: "http://a.example/v1", diagnostics: Diagnostics())
        #expect(run.requests == 2)
        #expect(
            DryRunText(style: .plain).render(run) == """
                buy  scenarios/a.csv:2
                  2  s0  POST     /x?y=1             {}
                  2  s1  GET      http://b.example/
                  2  s2  wait     1.5 seconds
                  2  s3  await    moved
                  2  s4  skipped  no key

                2 requests below http://a.example/v1; nothing was sent
                  seed  tulip

                """)
        let json = try JSONDocument(parsing: DryRunJSON().render(run)).root.value["scenarios"]?[0]?["steps"]
        #expect(json?[0]?["headers"]?.text == #"[{"name":"x-key","value":"‹secret KEY›"}]"#)
        #expect(json?[0]?["body"]?.string == "{}" && json?[1]?["body"] == nil)
        #expect(json?[2]?["wait"]?.string == "1.5 seconds" && json?[3]?["await"]?.string == "moved")
        #expect(json?[4]?["skipped"]?.string == "no key" && json?[4]?["method"] == nil)
    }

    // MARK: record

    @Test("recordings: new and changed files with their changes, and a count")
    func recordings() {
        let change = RecordingChange(step: "a", place: "status", old: "200", new: "201")
        let gone = RecordingChange(step: "a\n", place: "header x", old: "\u{1B}", new: nil)
        let many = (0..<23).map { RecordingChange(step: "s\($0)", place: "/x", old: nil, new: "1") }
        let result = RecordResult(files: [
            .init(path: "f/new.har", changes: nil), .init(path: "f/same.har", changes: []),
            .init(path: "f/a.har", changes: [change, gone]), .init(path: "f/many.har", changes: many),
        ])
        let text = RecordText().render(result)
        #expect(
            text.hasPrefix(
                """
                + f/new.har
                ~ f/a.har
                    a status
                      - 200
                      + 201
                    a\\n header x
                      - \\u{1b}
                ~ f/many.har
                    s0 /x
                      + 1

                """), "\(text)")
        #expect(text.hasSuffix("    s19 /x\n      + 1\n    and 3 more\nrecordings: 1 new, 2 changed, 1 unchanged\n"))
        #expect(RecordText().render(RecordResult()) == "recordings: 0 new, 0 changed, 0 unchanged\n")
    }

    // MARK: lint and import

    @Test("checked files: no findings, or the diagnostics with the number of files")
    func checkedFiles() throws {
        #expect(CheckedFilesText(style: .plain).render(Diagnostics(), files: 1) == "✓ 1 file, no findings\n")
        let diagnostics = Diagnostics([
            Diagnostic("a.b", .warning, "odd", at: Self.row), Diagnostic("a.c", .error, "wrong"),
            Diagnostic("a.c", .error, "worse"),
        ])
        let text = CheckedFilesText(style: .plain).render(diagnostics, files: 2)
        #expect(text.hasSuffix("\n2 errors, 1 warning\nin 2 files\n"))
        let root = try JSONDocument(parsing: CheckedFilesJSON(command: "lint").render(diagnostics, files: 2, exit: 1))
            .root.value
        #expect(root["summary"]?.text == #"{"files":2,"findings":{"error":2,"warning":1,"note":0}}"#)
        #expect(root["command"]?.string == "lint" && root["diagnostics"]?.elements?.count == 3)
    }

    @Test(
        "equal diagnostics are counted, with the places of the first ones",
        arguments: [
            (2, "  2 times in all, also at a.csv:2:1"),
            (4, "  4 times in all, also at a.csv:2:1, a.csv:3:1, a.csv:4:1"),
            (
                5,
                "  5 times in all, also at a.csv:2:1, a.csv:3:1, a.csv:4:1 and 1 more place (--report json lists them)"
            ),
            (
                6,
                "  6 times in all, also at a.csv:2:1, a.csv:3:1, a.csv:4:1 and 2 more places (--report json lists them)"
            ),
        ])
    func repetitions(count: Int, line: String) {
        let entries = (1...count).map {
            Diagnostic("a.b", .error, "wrong", at: SourceLocation(file: "a.csv", line: $0, column: 1))
        }
        let lines = DiagnosticText(style: .plain).render(Diagnostics(entries)).split(separator: "\n")
        #expect(lines[1] == line)
    }

    @Test("diagnostics with further locations, other severities or other help are separate")
    func separate() {
        let place = SourceLocation(file: "a.csv", line: 1, column: 1)
        let entries = [
            Diagnostic("a.b", .error, "wrong", at: place), Diagnostic("a.b", .warning, "wrong", at: place),
            Diagnostic("a.b", .error, "wrong", at: place, help: "x"),
            Diagnostic("a.b", .error, "wrong", at: place, related: [.init("first", at: Self.row)]),
            Diagnostic("a.c", .error, "wrong", at: place), Diagnostic("a.b", .error, "wrong", at: place),
        ]
        let groups = DiagnosticGroup.groups(of: entries)
        #expect(groups.map(\.count) == [2, 1, 1, 1, 1] && groups[0].others == [place])
        let unlocated = DiagnosticGroup.groups(of: [Diagnostic("a.b", .error, "x"), Diagnostic("a.b", .error, "x")])
        #expect(unlocated.map(\.repetition) == ["2 times in all"])
    }
}
