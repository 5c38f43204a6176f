import Foundation
import JSONDocument
import TestKit
import Testing

/// `assay lint` as users run it.
@Suite(.inTurn) struct LintCommandTests {
    private let tenMistakes = """
        openapi: 3.0.3
        info: {title: Books, version: '1'}
        paths:
          /books/{id}:
            get:
              operationId: readBook
              responses:
                '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Missing'}}}}
                '4xx': {description: wrong}
            put:
              operationId: readBook
              parameters: [{name: id, in: path, schema: {type: string}}]
              security: [{nobody: []}]
              responses: {}
          books:
            get: {responses: {'200': {description: ok}}}
        components:
          schemas:
            Book:
              type: object
              required: [title, pages]
              properties:
                title: {type: string, pattern: '(?i)x'}
                year: {type: integer, minimum: 5, maximum: 1}
                kind: {type: strin}
                cover: {type: string, format: urii, example: 5}
                cover: {type: string}
        """

    /// Line and column, rule, and the text that is wrong.
    private let expected = [
        "5:5 path.undeclared get", "8:72 schema.reference $ref", "9:9 response.status '4xx'",
        "10:5 operation.id-twice put", "12:20 parameter.path-required {", "13:19 security.unknown nobody",
        "14:7 operation.responses responses", "15:3 path.template books", "21:25 schema.required pages",
        "23:31 schema.pattern pattern", "24:31 schema.keyword minimum", "25:16 schema.keyword type",
        "27:9 source.duplicate-key cover",
    ]

    @Test("every mistake in a document is reported in one run, with its location, the text and advice")
    func mistakes() throws {
        try TemporaryProject.with(["api.yaml": tenMistakes]) { project in
            let run = try project.run(["lint", "api.yaml", "--report", "json"])
            #expect(run.status == 2)
            let report = try JSONDocument(parsing: run.output).root
            #expect(report["schema"]?.string == "assay/1" && report["command"]?.string == "lint")
            #expect(report["outcome"]?.string == "wrongInput" && report["exit"]?.spelling == "2")
            let diagnostics = report["diagnostics"].map { Array($0.elements) } ?? []
            let found = diagnostics.map { entry in
                let (line, column) = (entry["line"]?.spelling ?? "", entry["column"]?.spelling ?? "")
                return "\(line):\(column) \(entry["code"]?.string ?? "") \(entry["excerpt"]?.string ?? "")"
            }
            for mistake in expected { #expect(found.contains(mistake), "\(mistake) is not among \(found)") }
            #expect(diagnostics.allSatisfy { $0["file"]?.string == "api.yaml" && $0["hint"]?.string?.isEmpty == false })
            #expect(diagnostics.contains { $0["pointer"]?.string == "/components/schemas/Book/properties/kind/type" })
        }
    }

    @Test("in text output each mistake is shown with its line, the bad part underlined, and advice")
    func text() throws {
        try TemporaryProject.with(["api.yaml": tenMistakes]) { project in
            let run = try project.run(["lint", "api.yaml", "--no-color"])
            #expect(
                run.output.contains(
                    """
                    api.yaml:13:19: error: the security scheme 'nobody' is not declared under components/securitySchemes \
                    (#/paths/~1books~1{id}/put/security/0/nobody) [security.unknown]
                      | security: [{nobody: []}]
                      |             ^^^^^^
                      help: declare it under components/securitySchemes
                    """))
            #expect(run.output.hasSuffix("in 1 file\n"))
        }
    }

    @Test("all files of a project are checked: configuration, document, overlay, tables")
    func project() throws {
        try TemporaryProject.with(TemporaryProject.orders) { project in
            let run = try project.run(["lint"])
            #expect(run.status == 0, "\(run.output)\(run.error)")
            try project.write(
                TemporaryProject.orders["assay.yaml", default: ""] + "\nrubbish: 1\n", to: "assay.yaml")
            try project.write("scenario,step,call\nx,y,nowhere\n", to: "scenarios/more.csv")
            let broken = try project.run(["lint"])
            #expect(broken.status == 2)
            #expect(broken.output.contains(":1: error: the configuration has no key 'rubbish'"))
            #expect(broken.output.contains("scenarios/more.csv:2:"))
        }
        #expect(try Executable.run(["lint"]).status == 0)
    }

    @Test("a named table is checked against the given document, and a data file for its cells")
    func tables() throws {
        try TemporaryProject.with(TemporaryProject.orders) { project in
            let table = ["lint", "scenarios/orders.csv", "--spec", "specs/orders.yaml"]
            #expect(try project.run(table + ["--quiet"]).output.isEmpty)
            try project.write("scenario,step,call,set\na,b,createOrder,prise=1\n", to: "scenarios/orders.csv")
            let run = try project.run(table)
            #expect(run.status == 2)
            #expect(run.output.contains("scenarios/orders.csv:2:17:"))
            try project.write("sku,price\nA\u{0},1\n", to: "data.csv")
            let data = try project.run(["lint", "data.csv"])
            #expect(data.status == 1)
            #expect(data.output.contains("data.csv:2:2: error: the file contains a NUL character"), "\(data.output)")
        }
    }

    @Test("a document without mistakes or with warnings ends with exit 0, and one with errors with exit 1")
    func exits() throws {
        let head = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\n"
        try TemporaryProject.with([
            "good.yaml": head + "paths: {}\n",
            "odd.yaml": head + "components: {schemas: {S: {type: string, minimum: 1}}}\n",
            "bad.yaml": head + "components: {schemas: {S: {type: string, minLength: -1}}}\n",
            "old.yaml": "swagger: '2.0'\npaths: {}\n",
            "note.txt": "KEY=canary\n",
        ]) { project in
            for (file, status) in [
                ("good.yaml", 0), ("odd.yaml", 0), ("bad.yaml", 1), ("old.yaml", 2), ("none.yaml", 2), ("note.txt", 0),
            ] {
                let run = try project.run(["lint", file])
                #expect(run.status == Int32(status), "\(file): \(run.output)")
                #expect(!run.output.contains("canary"), "a text that is no document may hold secrets")
            }
            let run = try project.run(["lint", "good.yaml", "--report", "yaml"])
            #expect(run.status == 2)
        }
    }

    @Test("a named overlay is applied to the document that it extends; actions that change nothing are reported")
    func overlay() throws {
        try TemporaryProject.with([
            "api.yaml": "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\n",
            "fix.yaml": """
            overlay: 1.0.0
            info: {title: fixes, version: '1'}
            extends: api.yaml
            actions:
              - {target: $.info, description: taken up since, update: {title: t}}
              - {target: $.nowhere, remove: true}
              - {target: $.info, update: {version: '2'}}
            """,
        ]) { project in
            let run = try project.run(["lint", "fix.yaml"])
            #expect(run.status == 0)
            #expect(run.output.contains("fix.yaml:5:14: warning: the action changes nothing"))
            #expect(run.output.contains("fix.yaml:6:14: warning: the target '$.nowhere' matches nothing"))
            #expect(!run.output.contains("fix.yaml:7"))
        }
    }

    @Test("references to files outside of the document's folder need an allowed folder")
    func allowedPaths() throws {
        try TemporaryProject.with([
            "api/root.yaml": """
            openapi: 3.1.0
            info: {title: t, version: '1'}
            components: {schemas: {S: {$ref: '../shared/types.yaml#/T'}}}
            """,
            "shared/types.yaml": "T: {type: string}\n",
        ]) { project in
            let refused = try project.run(["lint", "api/root.yaml"])
            #expect(refused.status == 2)
            #expect(refused.output.contains("api/root.yaml:3:28: error: "), "\(refused.output)")
            #expect(refused.output.contains("[reference.outside]"))
            #expect(try project.run(["lint", "api/root.yaml", "--allow-path", "shared"]).status == 0)
        }
    }
}
