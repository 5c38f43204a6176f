import Diagnostics
import JSONDocument
import Testing

@testable import Reporting

/// Reports of commands that judge nothing: text and JSON are functions of the same values.
@Suite("Reports of commands") struct CommandReportTests {
    private let plain = TextStyle(isColoured: false)
    private let row = SourceLocation(file: "scenarios/a.csv", line: 2, column: 1)
    private let odd = Diagnostic("table.odd", .warning, "odd", at: SourceLocation(file: "a.csv", line: 3, column: 4))

    @Test("every report begins with the same members and ends with the diagnostics")
    func envelope() throws {
        let text = JSONEnvelope("x").render(
            exit: 1, [("a", 1), ("left", nil), ("b", ["c"])], diagnostics: [odd])
        let root = try JSONDocument(parsing: text).root
        let names = root.members.map(\.name)
        #expect(names == ["schema", "command", "outcome", "exit", "a", "b", "diagnostics"])
        #expect(root["outcome"]?.string == "failed" && root["exit"]?.spelling == "1")
        #expect(root["diagnostics"]?[0]?["line"]?.spelling == "3")
        // The text equals that of the complete value.
        #expect(text == root.value.text(.pretty) + "\n")
    }

    @Test("a listing as text and JSON")
    func listing() throws {
        var skipped = step("two", "readOrder")
        skipped.skipped = "no key"
        let listing = Listing(
            scenarios: [
                ListedScenario(
                    id: "buy", location: row, tags: ["smoke"], skipped: nil,
                    steps: [step("one", "createOrder"), skipped])
            ], target: "mock", diagnostics: Diagnostics([odd]))
        #expect(
            ListingText(style: plain).render(listing) == """
                buy  [smoke]  scenarios/a.csv:2
                  3  one  createOrder  200  setup
                  3  two  readOrder    200  skipped: no key

                1 scenario, 2 steps, 1 of them skipped with the target mock

                """)
        let root = try JSONDocument(parsing: ListingJSON().render(listing)).root
        #expect(root["command"]?.string == "list" && root["target"]?.string == "mock")
        let steps = root["scenarios"]?[0]?["steps"]
        #expect(steps?[1]?["skipped"]?.string == "no key")
    }

    private func step(_ name: String, _ call: String) -> ListedStep {
        ListedStep(
            name: name, location: SourceLocation(file: "scenarios/a.csv", line: 3, column: 1), call: call,
            expect: "200", tags: [], options: ["setup"], skipped: nil)
    }

    @Test("a dry run as text and JSON")
    func dryRun() throws {
        let steps: [(String, PreviewedStep.Action)] = [
            ("one", .send(method: "GET", url: "http://a.example/v1/x", headers: [("accept", "*/*")], body: nil)),
            ("two", .wait(.seconds(1))), ("three", .skip("no key")),
        ]
        let run = DryRun(
            scenarios: [
                PreviewedScenario(
                    id: "buy", location: row,
                    steps: steps.map { PreviewedStep(name: $0.0, location: row, action: $0.1) })
            ], seed: "s", target: "shop", baseURL: "http://a.example/v1", diagnostics: Diagnostics())
        #expect(
            DryRunText(style: plain).render(run) == """
                buy  scenarios/a.csv:2
                  2  one    GET      /x
                  2  two    wait     1.0 seconds
                  2  three  skipped  no key

                1 request below http://a.example/v1; nothing was sent
                  seed  s

                """)
        let root = try JSONDocument(parsing: DryRunJSON().render(run)).root
        #expect(root["command"]?.string == "run" && root["requests"]?.spelling == "1")
        let first = root["scenarios"]?[0]?["steps"]?[0]
        #expect(first?["headers"]?.spelling == #"[{"name":"accept","value":"*/*"}]"#)
    }

    @Test("the strength of scenarios as text and JSON: survivors of one response are a group")
    func strength() throws {
        func fault(_ place: String) -> TriedFault {
            TriedFault(
                rule: "body.type", contract: "1", operation: "getParcel", response: "200", place: place, location: row)
        }
        let trials =
            (1...5).map { StrengthTrial(fault: fault("/\($0)"), fate: .survived(.unnoticed(scenarios: ["a"]))) } + [
                StrengthTrial(fault: fault("/x"), fate: .noticed(scenario: "a", step: "b", rule: "body.type")),
                StrengthTrial(fault: fault("/y"), fate: .outOfReach),
            ]
        let strength = Strength(seed: "s", versions: ["1"], trials: trials)
        #expect(
            StrengthText().render(strength) == """
                rule            noticed      survived  out of reach
                body.type             1             5             1

                Not noticed:
                  getParcel 200 (1): a received it and passed
                      body.type /1  (scenarios/a.csv:2:1)
                      body.type /2  (scenarios/a.csv:2:1)
                      body.type /3  (scenarios/a.csv:2:1)
                      and 2 more

                1 of 6 faults noticed: 16.6 %
                1 more faults are in responses that the mock never sends on its own

                """)
        #expect(StrengthText(isQuiet: true).render(strength) == "16.6 %\n")
        let root = try JSONDocument(parsing: StrengthJSON().render(strength, exit: 0)).root
        #expect(root["summary"]?.spelling == #"{"broken":6,"noticed":1,"survived":5,"outOfReach":1,"score":0.166}"#)
        #expect(root["breaches"]?[6]?["fate"]?.string == "outOfReach")
    }

    @Test("a first project as text: bodies are counted, and the next commands depend on the written files")
    func firstProject() throws {
        let result = InitResult(
            output: "new", configuration: "assay.yaml",
            files: [
                .init(path: "assay.yaml", isWritten: false),
                .init(path: "scenarios/books.csv", isWritten: true, scenarios: 1, steps: 2),
                .init(path: "scenarios/bodies/a.json", isWritten: true),
                .init(path: "scenarios/bodies/b.json", isWritten: false),
            ], servers: [.init(name: "live", isProduction: true)], variables: ["KEY"], placeholders: ["book_id"],
            leftOut: [.init(operation: "addBook", what: "the operation", isWhole: true, why: "no example")],
            diagnostics: Diagnostics())
        #expect(
            InitText(style: plain).render(result) == """
                  kept     assay.yaml           already existed
                  written  scenarios/books.csv  1 scenario, 2 steps
                  written  scenarios/bodies/    1 file, 1 already existed

                Left out:
                  addBook
                      no example

                Values to replace before a run against a real server, under `vars` in assay.yaml:
                  book_id

                Next:
                  cd new
                  assay run                            runs every row against the built-in mock
                  assay explain scenarios/books.csv:2  shows the request of one row and where its values come from
                  export KEY=…                         a credential of the server; the mock needs none
                  assay run --target live              sends only reading requests to the server

                """)
        let root = try JSONDocument(parsing: InitJSON().render(result)).root
        let written = root["files"]?.elements.map { $0["written"]?.spelling } ?? []
        #expect(written == ["false", "true", "true", "false"])
    }

    @Test("the page of a failed command contains its diagnostics, escaped, and no report")
    func failurePage() {
        let page = FailurePage(
            command: "diff", Diagnostics([Diagnostic("a.b", .error, "'<x>' is wrong", at: row, help: "write *y*")]))
        #expect(
            page.markdown == """
                # assay diff failed

                - **error** scenarios/a.csv:2:1: '&lt;x&gt;' is wrong: write \\*y\\*

                """)
        #expect(page.html.contains("<h1>assay diff failed</h1>"))
        #expect(page.html.contains("&#39;&lt;x&gt;&#39; is wrong"))
    }
}
