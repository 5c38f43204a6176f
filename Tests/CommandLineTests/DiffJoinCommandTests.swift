import Foundation
import JSONDocument
import TestKit
import Testing

/// `assay diff` in a project: the rows that break, and their edits.
@Suite(.inTurn) struct DiffJoinCommandTests {
    private static func document(_ version: String, request: String, response: String) -> String {
        """
        openapi: 3.0.3
        info: {title: Books, version: '\(version)'}
        paths:
          /books:
            post:
              operationId: addBook
              requestBody: {content: {application/json: {schema: {type: object, properties: {\(request)}}}}}
              responses:
                '200':
                  description: ok
                  content: {application/json: {schema: {type: object, properties: {\(response)}}}}
        """
    }

    private static let table = """
        scenario,step,call,set,expect,check\r
        # keep me\r
        add,first,addBook,title=x,200,"id~integer; title=x"\r
        ,second,addBook,title=y,200,title=y\r

        """

    private static let files = [
        "assay.yaml": "default-version: one\nversions:\n  one: {spec: one.yaml}\n  two: {spec: two.yaml}\n",
        "one.yaml": document(
            "1", request: "title: {type: string}", response: "id: {type: integer}, title: {type: string}"),
        "two.yaml": document(
            "2", request: "title: {type: string}", response: "id: {type: string}, title: {type: string}"),
        "scenarios/books.csv": table,
    ]

    @Test("each change lists its rows, in every format")
    func formats() throws {
        try TemporaryProject.with(Self.files) { project in
            let text = try project.run(["diff", "one", "two", "--no-color"])
            #expect(text.status == 4)
            #expect(
                text.output.contains(
                    "  row  breaks  scenarios/books.csv:3 add/first: checks `id~integer`, but `id` is always a string now\n"
                        + "               edit: replace `id~integer` by `id~string`\n"), "\(text.output)\(text.error)")
            #expect(
                text.output.hasSuffix(
                    "1 row breaks\n1 edit of tables: run again with --edits to see, --write to make\n"))
            let json = try JSONDocument(parsing: try project.run(["diff", "one", "two", "--report", "json"]).output)
                .root
            let row = json["changes"]?[0]?["rows"]?[0]
            #expect(row?["file"]?.string == "scenarios/books.csv" && row?["line"]?.spelling == "3")
            #expect(row?["scenario"]?.string == "add" && row?["step"]?.string == "first")
            #expect(
                row?["effect"]?.string == "breaks" && row?["reason"]?.string?.hasPrefix("checks `id~integer`") == true)
            #expect(row?["edit"]?.string == "replace `id~integer` by `id~string`")
            #expect(json["summary"]?["breakingRows"]?.spelling == "1" && json["summary"]?["edits"]?.spelling == "1")
            for format in ["markdown", "changelog", "html"] {
                let page = try project.run(["diff", "one", "two", "--report", format]).output
                #expect(page.contains("scenarios/books.csv:3 add/first") && page.contains("1 row breaks"), "\(page)")
            }
            let alone = try project.run(["diff", "one", "two", "--no-join", "--report", "json"]).output
            let change = try JSONDocument(parsing: alone).root
            #expect(change["changes"]?[0]?["rows"]?.count == 0 && change["summary"]?["breakingRows"] == nil)
        }
    }

    @Test("--edits prints a diff, --write makes it, and the table then fits the new version")
    func edits() throws {
        try TemporaryProject.with(Self.files) { project in
            let diff = try project.run(["diff", "one", "two", "--edits"])
            #expect(
                diff.output == """
                    --- a/scenarios/books.csv
                    +++ b/scenarios/books.csv
                    @@ -1,4 +1,4 @@
                     scenario,step,call,set,expect,check
                     # keep me
                    -add,first,addBook,title=x,200,"id~integer; title=x"
                    +add,first,addBook,title=x,200,"id~string; title=x"
                     ,second,addBook,title=y,200,title=y

                    """)
            #expect(try project.read("scenarios/books.csv") == Self.table)
            let write = try project.run(["diff", "one", "two", "--write"])
            #expect(write.output.contains("+add,first") && write.error.contains("edited scenarios/books.csv"))
            #expect(
                try project.read("scenarios/books.csv")
                    == Self.table.replacingOccurrences(of: "id~integer", with: "id~string"))
            let lint = try project.run(["lint", "--api-version", "two"])
            #expect(lint.status == 0, "\(lint.output)\(lint.error)")
            let again = try project.run(["diff", "one", "two", "--write"])
            #expect(again.error.contains("no table needs an edit"))
        }
    }

    @Test("a table that is a link is not written, and the options that contradict each other are refused")
    func refusals() throws {
        try TemporaryProject.with(Self.files.merging(["other.csv": Self.table]) { $1 }) { project in
            let path = project.folder.appendingPathComponent("scenarios/link.csv").path
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "../other.csv")
            let run = try project.run(["diff", "one", "two", "--tables", "scenarios/link.csv", "--write"])
            #expect(run.status == 3 && run.error.contains("is a link"), "\(run.output)\(run.error)")
            #expect(try project.read("other.csv") == Self.table)
            #expect(try project.run(["diff", "one", "two", "--no-join", "--edits"]).status == 2)
            #expect(try project.run(["diff", "one", "two", "--tables", "none.csv"]).status == 2)
        }
    }

    @Test("the shipped example names the row that checks the type of an id")
    func shipped() throws {
        try TemporaryProject.with { project in
            try TemporaryProject.copyShippedProject(to: project.folder)
            let run = try project.run(["diff", "2022-09-01", "2023-08-01", "--report", "json"])
            let changes = try JSONDocument(parsing: run.output).root["changes"]
            let change = changes?.elements.first {
                $0["pointer"]?.string == "/cf_link_id" && $0["operation"]?.string == "PGCreateLink"
            }
            let rows = change?["rows"]?.elements.compactMap { $0["step"]?.string } ?? []
            #expect(rows == ["create"] && change?["rows"]?[0]?["effect"]?.string == "breaks")
            let same = try project.run(["diff", "2022-09-01", "2022-09-01", "--report", "json"])
            #expect(try JSONDocument(parsing: same.output).root["changes"]?.count == 0)
        }
    }

    @Test("lists are bounded and say how many more there are; without a project nothing is claimed")
    func bounds() throws {
        let rows = (0..<120).map { "s\($0),add,addBook,title=x,200,id~integer\n" }.joined()
        let table = "scenario,step,call,set,expect,check\n" + rows
        try TemporaryProject.with(Self.files.merging(["scenarios/books.csv": table]) { $1 }) { project in
            let json = try project.run(["diff", "one", "two", "--report", "json"]).output
            let change = try JSONDocument(parsing: json).root["changes"]?[0]
            #expect(change?["rows"]?.count == 100 && change?["moreRows"]?.spelling == "20")
            let text = try project.run(["diff", "one", "two", "--no-color"]).output
            #expect(text.contains(" and 115 more: checks `id~integer`") && text.contains("120 rows break"), "\(text)")
        }
        var files = Self.files
        files["assay.yaml"] = nil
        try TemporaryProject.with(files) { project in
            let text = try project.run(["diff", "one.yaml", "two.yaml", "--no-color"]).output
            #expect(!text.contains("row") && !text.contains("recorded"), "\(text)")
            let named = try project.run(["diff", "one.yaml", "two.yaml", "--tables", "scenarios", "--no-color"]).output
            #expect(named.contains("row  breaks  scenarios/books.csv:3"), "\(named)")
        }
    }
}
