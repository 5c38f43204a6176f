import Foundation
import JSONDocument
import TestKit
import Testing

/// The first steps of a user with a document.
@Suite(.inTurn) struct InitCommandTests {
    private static let document = [
        "notes.yaml": """
        openapi: 3.1.0
        info: {title: Notes, version: '1'}
        servers: [{url: https://notes.example}, {url: https://sandbox.notes.example}]
        security: [{Key: []}]
        paths:
          /notes:
            post:
              operationId: createNote
              requestBody:
                required: true
                content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}
              responses:
                '201': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}}
                '400': {description: refused}
          /notes/{id}:
            get:
              operationId: getNote
              parameters: [{name: id, in: path, required: true, schema: {type: string}}]
              responses:
                '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}}
                '404': {description: none}
        components:
          securitySchemes: {Key: {type: apiKey, in: header, name: x-key}}
          schemas:
            Note: {type: object, required: [text], properties: {id: {type: string, readOnly: true}, text: {type: string}}}
        """
    ]

    @Test("init lists the written files, the gaps and the next steps")
    func text() throws {
        try TemporaryProject.with(Self.document) { project in
            let run = try project.run(["init", "notes.yaml"])
            #expect(run.status == 0, "\(run.error)")
            #expect(
                run.output == """
                      written  assay.yaml
                      written  scenarios/notes.csv  3 scenarios, 5 steps
                      written  scenarios/bodies/    1 file

                    Left out:
                      a request without credentials of createNote, getNote
                          the document declares no response 401, 403, 4XX or default

                    Next:
                      assay run                            runs every row against the built-in mock
                      assay explain scenarios/notes.csv:2  shows the request of one row and where its values come from
                      export KEY=…                         a credential of the server; the mock needs none
                      assay run --target sandbox           does the same with a server

                    """)
        }
    }

    @Test("from an empty folder, one command each: drafted, without findings, in canonical form, and passing")
    func first() throws {
        try TemporaryProject.with(Self.document) { project in
            #expect(try project.run(["init", "notes.yaml"]).status == 0)
            #expect(try project.run(["fmt", "--check"]).status == 0)
            #expect(try project.run(["lint"]).status == 0)
            #expect(try project.run(["list"]).status == 0)
            #expect(try project.run(["explain", "scenarios/notes.csv:2"]).status == 0)
            #expect(try project.run(["run", "--dry-run"]).status == 0)
            let run = try project.run(["run"])
            #expect(run.status == 0, "\(run.output)\(run.error)")
            #expect(run.output.contains("✓ 3 scenarios: 3 passed"))
        }
    }

    @Test("a second init changes no file")
    func again() throws {
        try TemporaryProject.with(Self.document) { project in
            #expect(try project.run(["init", "notes.yaml"]).status == 0)
            let run = try project.run(["init", "notes.yaml"])
            #expect(run.status == 0)
            #expect(run.output.hasPrefix("  kept  assay.yaml           already existed\n"), "\(run.output)")
            #expect(!run.output.contains("written"))
        }
    }

    @Test("the JSON form names files and gaps; a file that is not a document ends with exit 2")
    func json() throws {
        try TemporaryProject.with(Self.document) { project in
            let report = try JSONDocument(parsing: try project.run(["init", "notes.yaml", "--report", "json"]).output)
                .root
            #expect(report["command"]?.string == "init")
            #expect(report["files"]?[1]?["path"]?.string == "scenarios/notes.csv")
            #expect(report["leftOut"]?.count == 2)
            try project.write("a: 1\n", to: "none.yaml")
            let wrong = try project.run(["init", "none.yaml"])
            #expect(wrong.status == 2)
            #expect(
                wrong.error.hasPrefix(
                    "none.yaml:1:1: error: the file is not an OpenAPI document: the field `openapi` is missing"))
        }
    }
}
