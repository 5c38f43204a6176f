import Diagnostics
import JSONDocument
import Primitives
import Testing

@testable import Reporting

/// The reports of a command that failed, in every format: each has every mistake, and none looks like a success.
@Suite("Reports of failed commands")
struct FailurePageTests {
    private static let place = SourceLocation(file: "a b.csv", line: 3, column: 7)

    private static let page = FailurePage(
        command: "run",
        Diagnostics([
            Diagnostic("a.note", .note, "aside", at: place),
            Diagnostic("a.wrong", .error, "the cell is <wrong>", at: place, help: "write *x* | `y_z`"),
            Diagnostic("a.odd", .warning, "odd: 100 %, \"quoted\""), Diagnostic("a.gone", .error, "no file"),
        ]))

    @Test("Markdown: a line for each mistake, sorted by location")
    func markdown() {
        #expect(
            Self.page.markdown == """
                # assay run failed

                - **warning** odd: 100 %, "quoted"
                - **error** no file
                - **note** a b.csv:3:7: aside
                - **error** a b.csv:3:7: the cell is &lt;wrong&gt;: write \\*x\\* \\| `y_z`

                """)
    }

    @Test("JUnit: an error for each error, and the others as output")
    func junit() throws {
        let root = try XMLReader.read(Self.page.junit)
        #expect(
            root.attributes["tests"] == "4" && root.attributes["errors"] == "2" && root.attributes["failures"] == "0")
        let errors = root.all.filter { $0.name == "error" }
        #expect(errors.map { $0.attributes["message"] } == ["no file", "a b.csv:3:7: the cell is <wrong>"])
        #expect(errors.last?.text == "a b.csv:3:7: the cell is <wrong>\nhelp: write *x* | `y_z`")
        #expect(root.all.count { $0.name == "system-out" } == 2)
        #expect(
            root.all.filter { $0.name == "testcase" }.allSatisfy { $0.attributes["classname"] == "assay run failed" })
    }

    @Test("GitHub: a command for each mistake, with its file if it has one")
    func github() {
        #expect(
            Self.page.github.split(separator: "\n") == [
                "::warning title=a.odd::odd: 100 %25, \"quoted\"", "::error title=a.gone::no file",
                "::notice file=a b.csv,line=3,col=7,title=a.note::aside",
                "::error file=a b.csv,line=3,col=7,title=a.wrong::the cell is <wrong>%0Ahelp: write *x* | `y_z`",
            ])
    }

    @Test("GitLab: an entry for each mistake, in assay.yaml if it has no file")
    func gitlab() throws {
        let entries = try #require(try JSONDocument(parsing: Self.page.gitlab).root.value.elements)
        #expect(entries.compactMap { $0["severity"]?.string } == ["minor", "major", "info", "major"])
        #expect(
            entries.compactMap { $0["location"]?["path"]?.string } == [
                "assay.yaml", "assay.yaml", "a b.csv", "a b.csv",
            ])
        #expect(entries[3]["location"]?["lines"]?["begin"]?.number?.int == 3)
        #expect(entries[3]["description"]?.string == "the cell is <wrong>; write *x* | `y_z`")
        #expect(Set(entries.compactMap { $0["fingerprint"]?.string }).count == 4)
    }

    @Test("SARIF: notifications of a run that was not successful, without results")
    func sarif() throws {
        let run = try JSONDocument(parsing: Self.page.sarif).root.value["runs"]?[0]
        #expect(run?["results"]?.elements?.isEmpty == true)
        let notifications = run?["invocations"]?[0]?["toolConfigurationNotifications"]?.elements ?? []
        #expect(notifications.compactMap { $0["level"]?.string } == ["warning", "error", "note", "error"])
        let place = notifications.last?["locations"]?[0]?["physicalLocation"]
        #expect(place?["artifactLocation"]?["uri"]?.string == "a%20b.csv")
        #expect(place?["region"]?.text == #"{"startLine":3,"startColumn":7}"#)
        #expect(notifications.first?["locations"] == nil)
    }

    @Test("TAP: a comment for each mistake, then the first error ends the tests")
    func tap() {
        #expect(
            Self.page.tap == """
                TAP version 14
                # odd: 100 %, "quoted"
                # no file
                # a b.csv:3:7: aside
                # a b.csv:3:7: the cell is <wrong>
                Bail out! no file

                """)
        #expect(FailurePage(command: "run", Diagnostics()).tap == "TAP version 14\nBail out! the command failed\n")
    }

    @Test("CTRF: a failed test for each error")
    func ctrf() throws {
        let results = try JSONDocument(parsing: Self.page.ctrf).root.value["results"]
        #expect(results?["summary"]?["failed"]?.number?.int == 2 && results?["summary"]?["tests"]?.number?.int == 2)
        let tests = results?["tests"]?.elements ?? []
        #expect(
            tests.compactMap { $0["message"]?.string } == ["no file", "the cell is <wrong>\nhelp: write *x* | `y_z`"])
        #expect(tests.last?["filePath"]?.string == "a b.csv" && tests.first?["filePath"] == nil)
        #expect(tests.last?["suite"]?.text == #"["assay run"]"#)
    }

    @Test("HTML: each mistake with its severity and help")
    func html() {
        let page = Self.page.html
        #expect(page.contains("<li><span class=\"error\">error</span> no file</li>"))
        #expect(page.contains("the cell is &lt;wrong&gt;<br><span class=\"place\">write *x* | `y_z`</span></li>"))
        #expect(page.components("<li>") == 4 && page.contains("<title>assay run failed</title>"))
    }

    @Test("hostile mistakes are neutralised in every format, and every format names them")
    func hostile() throws {
        let text = "x\n::error::own\r%0A<b>\u{1B}[2J]]>\u{202E}|`"
        let page = FailurePage(
            command: "run",
            Diagnostics([
                Diagnostic(
                    "a.b", .error, text, at: SourceLocation(file: "\u{7}\n::x.csv", line: 1, column: 1), help: text)
            ]))
        let formats = [
            ("markdown", page.markdown), ("github", page.github), ("gitlab", page.gitlab), ("sarif", page.sarif),
            ("tap", page.tap), ("ctrf", page.ctrf), ("junit", page.junit), ("html", page.html),
        ]
        for (name, text) in formats {
            #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.isVisible }, "\(name)")
            #expect(text.contains("::own") || text.contains("%3A%3Aown"), "\(name)")
            let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
            #expect(lines.count { $0.hasPrefix("::") } == (name == "github" ? 1 : 0), "\(name)")
            #expect(["github", "gitlab", "sarif", "tap", "ctrf"].contains(name) || !text.contains("<b>"), "\(name)")
        }
        _ = try XMLReader.read(page.junit)
    }
}

extension String {
    /// How often a text occurs.
    fileprivate func components(_ text: String) -> Int { ranges(of: text).count }
}
