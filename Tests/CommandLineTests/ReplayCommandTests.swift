import Foundation
import TestKit
import Testing

@Suite("assay replay", .inTurn, .timeLimit(.minutes(20)))
struct ReplayCommandTests {
    private static let contract = """
        openapi: 3.0.3
        info: {title: Shop, version: '1'}
        servers: [{url: 'https://api.shop.example'}]
        paths:
          /books/{id}:
            get:
              operationId: getBook
              parameters: [{name: id, in: path, required: true, schema: {type: string, maxLength: 8}}]
              responses:
                '200':
                  description: found
                  content: {application/json: {schema: {type: object, additionalProperties: false}}}
        """

    @Test("control characters of a recording do not reach the terminal or a report")
    func injection() async throws {
        try await onOwnThread {
            let hostile = #"\u001b]0;title\u0007\u001b[31m\u202e\u0000\r\n::error::x<script>"#
            let entry = #"""
                {"startedDateTime": "\#(hostile)", "comment": "\#(hostile)",
                 "request": {"method": "GET", "url": "https://api.shop.example/books/\#(hostile)",
                   "headers": [{"name": "x-\#(hostile)", "value": "\#(hostile)"}]},
                 "response": {"status": 200, "headers": [{"name": "content-type", "value": "application/json"}],
                   "content": {"size": 9, "text": "{\"\\u001b[31m\": 1}", "_file": "\#(hostile)"}}},
                {"request": {"method": "GET", "url": "https://api.shop.example/none/\#(hostile)"}, "response": {"status": 200}},
                {"request": {"method": "GET", "url": "https://api.shop.example/books/1"},
                  "response": {"status": 0, "_error": "\#(hostile)"}},
                {"request": {"method": "GET", "url": "https://api.shop.example/books/1"},
                  "response": {"status": 200, "content": {"size": 1, "_file": "../\#(hostile)"}}}
                """#
            let files = ["openapi.yaml": Self.contract, "x.har": #"{"log": {"entries": [\#(entry)]}}"#]
            try TemporaryProject.with(files) { project in
                let result = try project.run(["replay", "x.har", "--spec", "openapi.yaml"])
                #expect(result.status == 1, "\(result.error)")
                for text in [result.output, result.error] {
                    let wrong = text.unicodeScalars.filter {
                        ($0.value < 0x20 && $0 != "\n") || $0.value == 0x7F || $0.value == 0x202E
                    }
                    #expect(wrong.isEmpty, "\(text)")
                    #expect(!text.contains("\n::error::"))
                }
                #expect(result.error.contains("is not judged"))
            }
        }
    }

    @Test("a zip file and an empty file end with exit 2 and advice")
    func containers() async throws {
        try await onOwnThread {
            try TemporaryProject.with(["openapi.yaml": Self.contract, "trace.har": "PK\u{3}\u{4}zip", "empty.har": ""])
            {
                project in
                let zip = try project.run(["replay", "trace.har", "--spec", "openapi.yaml"])
                #expect(zip.status == 2)
                #expect(zip.error.contains("the file is a zip file, not an HTTP Archive"), "\(zip.error)")
                #expect(zip.error.contains("unpack it"))
                let empty = try project.run(["replay", "empty.har", "--spec", "openapi.yaml"])
                #expect(empty.status == 2 && empty.error.contains("the file is empty"), "\(empty.error)")
            }
        }
    }
}
