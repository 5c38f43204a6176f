import Foundation
import JSONDocument
import TestKit
import Testing

/// `assay diff` as users run it.
@Suite(.inTurn) struct DiffCommandTests {
    private static let old = """
        openapi: 3.0.3
        info: {title: Books, version: '1'}
        paths:
          /books/{id}:
            get:
              operationId: readBook
              parameters: [{name: id, in: path, required: true, schema: {type: string}}]
              responses:
                '200':
                  description: ok
                  content:
                    application/json:
                      schema:
                        type: object
                        properties:
                          pages: {type: integer}
                          title: {type: string, maxLength: 100}
        """
    private static let new = old.replacingOccurrences(of: "pages: {type: integer}", with: "pages: {type: string}")
    private static let added = old.replacingOccurrences(of: "maxLength: 100", with: "maxLength: 50")

    private static let files = ["old.yaml": old, "new.yaml": new, "added.yaml": added]

    @Test("breaking changes end with 4, others with 0, and --fail-on moves the line")
    func exits() throws {
        try TemporaryProject.with(Self.files) { project in
            for (arguments, status) in [
                (["old.yaml", "old.yaml"], 0), (["old.yaml", "new.yaml"], 4), (["old.yaml", "added.yaml"], 0),
                (["old.yaml", "added.yaml", "--fail-on", "info"], 4), (["old.yaml", "none.yaml"], 2),
                (["old.yaml", "new.yaml", "--preset", "nonsense"], 2),
                (["old.yaml", "new.yaml", "--report", "pdf"], 2),
            ] {
                let run = try project.run(["diff"] + arguments)
                #expect(run.status == Int32(status), "\(arguments): \(run.output)\(run.error)")
            }
        }
    }

    @Test("mistakes in both sides are reported together")
    func bothSides() throws {
        try TemporaryProject.with(Self.files) { project in
            let run = try project.run(["diff", "first.yaml", "second.yaml"])
            #expect(run.status == 2)
            #expect(run.error.contains("'first.yaml'") && run.error.contains("'second.yaml'"), "\(run.error)")
        }
    }

    @Test("the text names what changed, where, and both files")
    func text() throws {
        try TemporaryProject.with(Self.files) { project in
            let run = try project.run(["diff", "old.yaml", "new.yaml"])
            #expect(
                run.output == """
                    error: the type of response property 'pages' changed from integer to string [response.property.type-changed]
                      in   GET /books/{id} (readBook)
                      at   200/pages
                      old  old.yaml:16:27  integer
                      new  new.yaml:16:27  string

                    1 change: 1 error from old.yaml to new.yaml

                    """)
            #expect(
                try project.run(["diff", "old.yaml", "old.yaml"]).output == "✓ no changes from old.yaml to old.yaml\n")
        }
    }

    @Test("the JSON report has the members that the command line promises")
    func json() throws {
        try TemporaryProject.with(Self.files) { project in
            let run = try project.run(["diff", "old.yaml", "new.yaml", "--report", "json"])
            let report = try JSONDocument(parsing: run.output).root
            #expect(report["schema"]?.string == "assay/1" && report["command"]?.string == "diff")
            #expect(report["exit"]?.spelling == "4" && report["outcome"]?.string == "failed")
            let change = report["changes"]?[0]
            #expect(change?["id"]?.string == "response.property.type-changed")
            #expect(change?["severity"]?.string == "error" && change?["direction"]?.string == "response")
            #expect(change?["operation"]?.string == "readBook" && change?["path"]?.string == "/books/{id}")
            #expect(change?["pointer"]?.string == "/pages")
            #expect(change?["from"]?.string == "integer" && change?["to"]?.string == "string")
            #expect(change?["base"]?["file"]?.string == "old.yaml" && change?["base"]?["line"]?.spelling == "16")
            #expect(change?["revision"]?["file"]?.string == "new.yaml")
            #expect(change?["rows"]?.kind == .array && change?["recordings"]?.kind == .array)
            #expect(change?["fingerprint"]?.string?.utf8.count == 16)
            let failed = try project.run(["diff", "old.yaml", "none.yaml", "--report", "json"])
            #expect(try JSONDocument(parsing: failed.output).root["outcome"]?.string == "wrongInput")
        }
    }

    @Test("a comment shows errors and folds the rest; pages escape what documents say")
    func pages() throws {
        let hostile = Self.old.replacingOccurrences(of: "title:", with: "\"<script>|x\":")
        try TemporaryProject.with(Self.files.merging(["hostile.yaml": hostile]) { $1 }) { project in
            let comment = try project.run(["diff", "old.yaml", "hostile.yaml", "--report", "markdown"]).output
            #expect(comment.contains("<details>") && !comment.contains("<script>"))
            let log = try project.run(["diff", "old.yaml", "hostile.yaml", "--report", "changelog"]).output
            #expect(log.hasPrefix("# Changes from old.yaml to hostile.yaml") && !log.contains("<script>"))
            let run = try project.run(["diff", "old.yaml", "hostile.yaml", "--report", "html=page.html"])
            #expect(run.output.contains("changes"))
            let page = try project.read("page.html")
            #expect(page.contains("&lt;script&gt;") && !page.contains("<script>"))
        }
    }

    @Test("accepted changes are notes; entries that match nothing or have expired are reported")
    func ignored() throws {
        func entry(_ id: String, _ until: String) -> String {
            "ignore:\n  - {id: \(id), place: 200/pages, reason: known, until: '\(until)'}\n"
        }
        try TemporaryProject.with(Self.files) { project in
            try project.write(entry("response.property.type-changed", "2999-12-31"), to: "accepted.yaml")
            let accepted = try project.run(["diff", "old.yaml", "new.yaml", "--ignore", "accepted.yaml"])
            #expect(accepted.status == 0 && accepted.output.contains("accepted until 2999-12-31: known"))
            try project.write(entry("response.property.type-changed", "2000-12-31"), to: "accepted.yaml")
            let expired = try project.run(["diff", "old.yaml", "new.yaml", "--ignore", "accepted.yaml"])
            #expect(expired.status == 4 && expired.output.contains("[ignore.expired]"))
            try project.write(entry("response.property.type-widened", "2999-12-31"), to: "accepted.yaml")
            let unmatched = try project.run(["diff", "old.yaml", "new.yaml", "--ignore", "accepted.yaml"])
            #expect(unmatched.output.contains("[ignore.unmatched]"))
            try project.write(entry("response.property.type-chnged", "2999-12-31"), to: "accepted.yaml")
            let wrong = try project.run(["diff", "old.yaml", "new.yaml", "--ignore", "accepted.yaml"])
            #expect(wrong.status == 2 && wrong.error.contains("did you mean `response.property.type-changed`?"))
        }
    }

    @Test("folders are compared by file name, and versions by their names")
    func foldersAndVersions() throws {
        try TemporaryProject.with([
            "a/books.yaml": Self.old, "b/books.yaml": Self.new, "b/more.yaml": Self.old, "a/notes.yaml": "a: 1\n",
            "c/other.yaml": Self.old,
            "assay.yaml": "versions:\n  one: {spec: a/books.yaml}\n  two: {spec: b/books.yaml}\n",
        ]) { project in
            let folders = try project.run(["diff", "a", "b"])
            #expect(
                folders.status == 4 && folders.output.contains("[operation.added]"), "\(folders.output)\(folders.error)"
            )
            #expect(try project.run(["diff", "a", "c"]).status == 2)
            #expect(try project.run(["diff", "a", "b/books.yaml"]).status == 2)
            let versions = try project.run(["diff", "one", "two"])
            #expect(versions.status == 4 && versions.output.contains("a/books.yaml:16:27"))
            let unknown = try project.run(["diff", "one", "twp"])
            #expect(unknown.status == 2 && unknown.error.contains("did you mean 'two'?"))
        }
    }

    @Test(
        "a file of a git revision is compared with the file of today",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/git"), "there is no git"))
    func revisions() throws {
        try TemporaryProject.with(["specs/books.yaml": Self.old, "specs/part.yaml": "{type: string}"]) { project in
            let referring = Self.old.replacingOccurrences(
                of: "title: {type: string, maxLength: 100}", with: "title: {$ref: 'part.yaml'}")
            try project.write(referring, to: "specs/books.yaml")
            for arguments in [
                ["init", "--quiet"], ["add", "."],
                ["-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "-m", "x"],
            ] {
                let git = Process()
                git.executableURL = URL(fileURLWithPath: "/usr/bin/env")
                git.arguments = ["git"] + arguments
                git.currentDirectoryURL = project.folder
                try git.run()
                git.waitUntilExit()
                try #require(git.terminationStatus == 0, "git \(arguments)")
            }
            try project.write(
                referring.replacingOccurrences(of: "pages: {type: integer}", with: "pages: {type: string}"),
                to: "specs/books.yaml")
            let environment = ["PATH": "/usr/bin:/bin:/usr/local/bin", "TMPDIR": project.folder.path]
            let run = try project.run(["diff", "HEAD:specs/books.yaml", "specs/books.yaml"], environment: environment)
            #expect(run.status == 4 && run.output.contains("HEAD:specs/books.yaml:16:27"), "\(run.output)\(run.error)")
            #expect(run.output.contains("1 change"))
            for hostile in ["--output=x:specs/books.yaml", "HEAD:../x", "HEAD:-x", "HE AD:x", ":x", "HEAD:none.yaml"] {
                let run = try project.run(["diff", "--", hostile, "specs/books.yaml"], environment: environment)
                #expect(run.status == 2, "\(hostile): \(run.output)\(run.error)")
            }
            #expect(!project.holds("x"))
        }
    }

    @Test("contracts without a common operation are never clean")
    func nothingInCommon() throws {
        let empty = "openapi: 3.0.3\ninfo: {title: Books, version: '1'}\npaths: {}\n"
        try TemporaryProject.with([
            "old.yaml": Self.old, "empty.yaml": empty, "broken.yaml": "openapi: 3.0.3\npaths: [",
        ]) {
            project in
            for (old, new, status) in [("empty", "empty", 4), ("empty", "old", 4), ("broken", "old", 2)] {
                let run = try project.run(["diff", "\(old).yaml", "\(new).yaml"])
                #expect(run.status == Int32(status), "\(old) and \(new): \(run.output)\(run.error)")
            }
        }
    }
}
