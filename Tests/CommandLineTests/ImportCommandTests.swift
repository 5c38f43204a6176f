import Foundation
import TestKit
import Testing

/// `assay import` as users run it.
@Suite(.inTurn) struct ImportCommandTests {
    private let create = """
        # Create a book

        ```yaml POST /books
        openapi: 3.0.0
        info: {title: Books, version: '1'}
        paths:
          /books:
            post: {operationId: createBook, responses: {'200': {description: ok}}}
        components:
          schemas: {Book: {type: object, properties: {title: {type: string}}}}
        ```
        """
    private let read = """
        ~~~~json
        {"openapi": "3.0.0", "info": {"title": "Books", "version": "1"},
         "paths": {"/books": {"get": {"operationId": "listBooks", "responses": {"200": {"description": "ok"}}}}},
         "components": {"schemas": {"Book": {"type": "object", "properties": {"title": {"type": "integer"}}}}}}
        ~~~~
        """

    @Test("pages become one document, which lint accepts")
    func merge() throws {
        try TemporaryProject.with(["a.md": create]) { project in
            let run = try project.run(["import", "a.md", "--output", "api.yaml"])
            #expect(run.status == 0, "\(run.error)")
            #expect(run.output.isEmpty)
            #expect(try project.read("api.yaml").hasPrefix("openapi: '3.0.0'\n"))
            #expect(try project.run(["lint", "api.yaml"]).status == 0)
            #expect(try project.run(["import", "a.md"]).output == project.read("api.yaml"))
        }
    }

    @Test("where pages disagree, both locations are reported, the first one is kept, and the exit code is 1")
    func disagreement() throws {
        try TemporaryProject.with(["a.md": create, "b.md": read]) { project in
            let run = try project.run(["import", "a.md", "b.md", "-o", "api.json"])
            #expect(run.status == 1)
            #expect(run.error.contains("b.md:4:81: error: the fragment has the value \"integer\""), "\(run.error)")
            #expect(run.error.contains("a.md:10:55: the earlier fragment"))
            let document = try project.read("api.json")
            #expect(document.contains("listBooks") && document.contains("createBook") && !document.contains("integer"))
        }
    }

    @Test("a page without a document is rejected with one sentence, and nothing is written")
    func none() throws {
        try TemporaryProject.with(["a.md": create, "b.md": "# SDK\n\n```python\nopenapi = 3\n```\n"]) { project in
            let run = try project.run(["import", "a.md", "b.md", "--output", "api.yaml"])
            #expect(run.status == 2)
            #expect(run.error.contains("b.md:1:1: error: the page contains no OpenAPI document in a fenced block"))
            #expect(!project.holds("api.yaml"))
            #expect(try project.run(["import", "c.md"]).status == 2)
        }
    }
}
