import Foundation
import JSONDocument
import TestKit
import Testing

/// `assay upgrade` as users run it.
@Suite(.inTurn) struct UpgradeCommandTests {
    private static func document(_ version: String, pages: String, required: String = "[title]") -> String {
        """
        openapi: 3.0.3
        info: {title: Books, version: '\(version)'}
        servers: [{url: 'https://books.example.com'}]
        paths:
          /books:
            post:
              operationId: addBook
              requestBody:
                required: true
                content:
                  application/json:
                    schema:
                      type: object
                      required: \(required)
                      properties: {title: {type: string}, isbn: {type: string}}
              responses:
                '201':
                  description: made
                  content:
                    application/json:
                      schema:
                        type: object
                        required: [title, pages]
                        properties: {title: {type: string}, isbn: {type: string}, pages: {type: \(pages)}}
                '400':
                  description: wrong
                  content: {application/json: {schema: {type: object, properties: {message: {type: string}}}}}
        """
    }

    private static let files = [
        "assay.yaml": """
        default-version: '1'
        versions:
          '1': {spec: specs/1.yaml}
          '2': {spec: specs/2.yaml}
          '3': {spec: specs/3.yaml}
          '4': {spec: specs/4.yaml}
        scenarios: scenarios/*.csv
        """,
        "specs/1.yaml": document("1", pages: "integer"),
        "specs/2.yaml": document("2", pages: "string"),
        "specs/3.yaml": document("3", pages: "integer", required: "[title, isbn]"),
        "specs/4.yaml": document("4", pages: "integer"),
        "scenarios/books.csv": """
        scenario,step,call,set,expect,check
        books,add,addBook,title=Emma,201,pages~integer

        """,
    ]

    @Test("an announced change that breaks a row ends with 4; versions that agree with 0")
    func exits() throws {
        try TemporaryProject.with(Self.files) { project in
            for (arguments, status) in [
                (["--from", "1", "--to", "2"], 4), (["--from", "1", "--to", "3"], 4),
                (["--from", "1", "--to", "4"], 0),
                (["--from", "1", "--to", "1"], 2), (["--from", "1", "--to", "9"], 2), (["--from", "1"], 2),
                (["--from", "1", "--to", "2", "--report", "pdf"], 2), (["--from", "1", "--to", "2", "--jobs", "0"], 2),
                (["--from", "1", "--to", "2", "none.csv"], 2),
            ] {
                let run = try project.run(["upgrade"] + arguments)
                #expect(run.status == Int32(status), "\(arguments): \(run.output)\(run.error)")
            }
        }
    }

    @Test("the page names the change, the row and what to do")
    func page() throws {
        try TemporaryProject.with(Self.files) { project in
            let type = try project.run(["upgrade", "--from", "1", "--to", "2", "--seed", "s"])
            #expect(type.output.contains("the type of response property 'pages' changed from integer to string"))
            #expect(type.output.contains("scenarios/books.csv:2"))
            #expect(type.output.contains("every difference is announced"))
            let required = try project.run(["upgrade", "--from", "1", "--to", "3"])
            #expect(required.output.contains("'isbn'"), "\(required.output)")
            #expect(required.output.contains("request.property.became-required"), "\(required.output)")
        }
    }

    @Test("a row that is suggested can be put into the table, and shows its change")
    func suggestedRows() throws {
        var files = Self.files
        files["specs/4.yaml"] = files["specs/4.yaml"]?.replacingOccurrences(
            of: "properties: {title: {type: string}, isbn: {type: string}}\n      responses",
            with: "properties: {title: {type: string}, isbn: {type: string}, status: {type: string, example: 'a; b'}, "
                + "copies: {type: integer, default: 3}}\n      responses")
        try #require(files["specs/4.yaml"]?.contains("copies") == true)
        try TemporaryProject.with(files) { project in
            let arguments = ["upgrade", "--from", "1", "--to", "4", "--report", "json"]
            let json = try JSONDocument(parsing: try project.run(arguments).output).root
            let entries = json["unexercised"]?.elements.map { $0 } ?? []
            let cells = entries.compactMap { $0["row"]?["set"]?.string }
            // `status` alone is the status of the response.
            #expect(cells == ["body.status='a; b'", "copies=3"])
            // The rows as they are, under the version that has the members.
            let rows = cells.enumerated().map { "more\($0.offset),add,addBook,v4,title=Emma; \($0.element),201," }
            try project.write(
                "scenario,step,call,version,set,expect,check\n" + rows.joined(separator: "\n") + "\n",
                to: "scenarios/more.csv")
            let run = try project.run(["run", "--api-version", "4", "scenarios/more.csv"])
            #expect(run.status == 0, "\(run.output)\(run.error)")
        }
    }

    @Test("every format goes to its file, and the same run gives the same bytes")
    func formats() throws {
        try TemporaryProject.with(Self.files) { project in
            let arguments = [
                "upgrade", "--from", "1", "--to", "2", "--seed", "s", "--report", "json=a.json", "--report",
                "markdown=a.md", "--report", "html=a.html",
            ]
            #expect(try project.run(arguments).status == 4)
            let first = try ["a.json", "a.md", "a.html"].map { try project.read($0) }
            #expect(try project.run(arguments).status == 4)
            #expect(try ["a.json", "a.md", "a.html"].map { try project.read($0) } == first)
            let json = try JSONDocument(parsing: first[0]).root
            #expect(json["exit"]?.value == 4)
            #expect(json["broken"]?[0]?["row"]?["line"]?.value == 2)
            #expect(first[1].contains("## Announced, and breaks rows: change your tables"))
            #expect(first[2].contains("<h2>Announced, and breaks rows: change your tables</h2>"))
        }
    }

    @Test("wrong input is one JSON value on standard output, too")
    func wrongInput() throws {
        try TemporaryProject.with(Self.files) { project in
            let run = try project.run(["upgrade", "--from", "1", "--to", "9", "--report", "json"])
            let json = try JSONDocument(parsing: run.output).root
            #expect(json["command"]?.string == "upgrade")
            #expect(json["exit"]?.value == 2)
            #expect(json["diagnostics"]?[0]?["code"]?.string == "usage.unknown-version")
        }
    }

    @Test("text from documents cannot command the terminal or the page")
    func hostile() throws {
        var files = Self.files
        let name = "\\u001b[31m<script>alert(1)</script>|*_`"
        for version in ["1", "2"] {
            files["specs/\(version).yaml"] = files["specs/\(version).yaml"]?
                .replacingOccurrences(of: "pages", with: "\"\(name)\"")
        }
        files["scenarios/books.csv"] = "scenario,step,call,set,expect\nbooks,add,addBook,title=Emma,201\n"
        try TemporaryProject.with(files) { project in
            let run = try project.run([
                "upgrade", "--from", "1", "--to", "2", "--report", "markdown=a.md", "--report", "html=a.html",
            ])
            #expect(run.output.contains("alert(1)"), "\(run.output)\(run.error)")
            #expect(!run.output.contains("\u{1B}"))
            #expect(try !project.read("a.html").contains("<script>"))
            #expect(try !project.read("a.md").contains("<script>"))
        }
    }
}
