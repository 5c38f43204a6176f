import Conformance
import Diagnostics
import Foundation
import Harness
import TestKit
import Testing

/// Archives in the shapes that other tools write, judged by one contract.
///
/// Each sample lists the exact findings. Such a shape can cause two mistakes, a false alarm and a missed finding, so
/// most shapes occur twice: with a valid response and with an invalid one.
@Suite("Recordings of other tools, judged", .inTurn)
struct ForeignRecordingTests {
    @Test("gaps and additions of a tool are not findings, and mistakes of the server are", arguments: Sample.all)
    func judged(sample: Sample) throws {
        let result = try Shop.replay(sample.entries, files: sample.files)
        let found = result.verdict.allFindings.filter { $0.severity > .note }.map { finding in
            finding.rule + (finding.response.map { " \($0.description)" } ?? finding.clause.map { " \($0)" } ?? "")
        }
        #expect(found == sample.findings, "\(result.verdict.allFindings.map { "\($0.rule): \($0.message)" })")
        let said = result.diagnostics.entries.filter { $0.rule.hasPrefix("recording.") }.map {
            "\($0.severity) \($0.rule)"
        }
        #expect(said == sample.diagnostics, "\(result.diagnostics.entries.map(\.message))")
        #expect(result.verdict.exchanges.count == sample.judged)
    }

    @Test("an invalid request is a note if it was rejected, and a finding if it was accepted")
    func rejectedRequests() throws {
        func request(_ status: Int, _ body: String) throws -> [Finding] {
            let entry = """
                {"request": {"method": "POST", "url": "https://api.shop.example/v1/books",
                  "headers": [{"name": "content-type", "value": "application/json"}],
                  "postData": {"mimeType": "application/json", "text": "{\\"title\\": 5}"}},
                 "response": {"status": \(status), "headers": [{"name": "content-type", "value": "application/json"}],
                  "content": {"size": -1, "text": "\(body)"}}}
                """
            return try Shop.replay(entry).verdict.allFindings
        }
        let rejected = try request(400, #"{\"error\": \"title must be a string\"}"#)
        #expect(rejected.map(\.severity) == [.note])
        #expect(rejected.first?.rule == "request.type")
        #expect(
            rejected.first?.message.hasPrefix(
                "the request violated the contract and the server rejected it with 400: body/title")
                == true, "\(rejected.first?.message ?? "")")
        let accepted = try request(201, #"{\"id\": 1, \"title\": \"A\"}"#)
        #expect(accepted.map(\.severity) == [.error])
        #expect(accepted.first?.message.hasPrefix("the request violates the contract: ") == true)
        // A mistake of the server in a rejection is a finding.
        let wrong = try request(400, #"{\"error\": 7}"#)
        #expect(wrong.filter { $0.severity == .error }.map(\.rule) == ["body.type"])
    }

    @Test("body files are read inside the archive's folder only")
    func attachments() throws {
        func entry(_ file: String) -> String {
            Shop.book(#"{"size": -1, "mimeType": "application/json", "_file": "\#(file)"}"#)
        }
        for file in ["../outside.json", "/etc/passwd", "sub/../../outside.json", "link.json", "none.json", ""] {
            let result = try Shop.replay(entry(file)) { folder in
                try Data(#"{"id": "wrong"}"#.utf8).write(to: folder.appending(path: "../outside.json"))
                try FileManager.default.createSymbolicLink(
                    atPath: folder.appending(path: "link.json").path, withDestinationPath: "../outside.json")
            }
            #expect(result.verdict.allFindings.allSatisfy { $0.severity < .error }, "\(file)")
            #expect(result.diagnostics.entries.contains { $0.rule == "recording.entry" }, "\(file)")
        }
    }

    @Test(
        "a container is not an archive, and the message says how to get one",
        arguments: [
            ([0x50, 0x4B, 0x03, 0x04, 0, 0], "the file is a zip file, not an HTTP Archive"),
            ([0x1F, 0x8B, 8, 0], "the file is compressed with gzip, not an HTTP Archive"),
            ([], "the file is empty, not an HTTP Archive"),
        ] as [([UInt8], String)])
    func containers(bytes: [UInt8], message: String) throws {
        let error = #expect(throws: HarnessError.self) {
            try Shop.replay("") { try Data(bytes).write(to: $0.appending(path: "x.har")) }
        }
        #expect(error?.diagnostics.entries.map(\.message) == [message])
        #expect(error?.diagnostics.entries.first?.help != nil)
    }

    @Test("a long list of requests without an operation is shortened")
    func manyUnmatched() throws {
        let entries = (0..<500).map {
            #"{"request": {"method": "GET", "url": "https://api.shop.example/v2/\#($0)"}, "response": {"status": 200}}"#
        }
        let result = try Shop.replay((entries + [Shop.book(Shop.rightBook)]).joined(separator: ","))
        let unmatched = result.diagnostics.entries.filter { $0.rule == "recording.unmatched" }
        #expect(unmatched.count == 51)
        #expect(unmatched.last?.message == "450 more entries are not judged")
    }
}

/// A project of one contract, and archives for it.
enum Shop {
    static let rightBook = #"{"size": 24, "mimeType": "application/json", "text": "{\"id\":1,\"title\":\"Émile\"}"}"#

    /// An entry of GET /books/1 with this `content`.
    static func book(
        _ content: String, headers: String = #"{"name": "Content-Type", "value": "application/json"}"#,
        request: String = "", status: String = "200", response: String = "", entry: String = ""
    ) -> String {
        """
        {"startedDateTime": "2026-01-02T03:04:05.678Z", "time": 12.5, \(entry)
         "request": {"method": "GET", "url": "https://api.shop.example/v1/books/1", "httpVersion": "h2",
           "headers": [{"name": "accept", "value": "*/*"}\(request)], "queryString": [], "cookies": []},
         "response": {"status": \(status), "statusText": "", "httpVersion": "HTTP/2", "headers": [\(headers)], \(response)
           "content": \(content)}}
        """
    }

    /// An entry that sends `request` members to a URL below the server and receives 201 without content.
    static func sent(_ path: String, _ request: String) -> String {
        """
        {"request": {"method": "POST", "url": "https://api.shop.example/v1\(path)", \(request)},
         "response": {"status": 201, "headers": [{"name": "date", "value": "x"}], "content": {"size": 0, "mimeType": ""}}}
        """
    }

    /// The verdict on an archive of these entries.
    static func replay(
        _ entries: String, files: [String: String] = [:], _ prepare: (URL) throws -> Void = { _ in }
    ) throws -> RunResult {
        let base = FileManager.default.temporaryDirectory.appending(path: "assay-\(UUID().uuidString)")
        let folder = base.appending(path: "project")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: base) }
        try Data(contract.utf8).write(to: folder.appending(path: "openapi.yaml"))
        let text = #"{"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": [\#(entries)]}}"#
        try Data(text.utf8).write(to: folder.appending(path: "x.har"))
        for (name, content) in files { try Data(content.utf8).write(to: folder.appending(path: name)) }
        try prepare(folder)
        var request = ReplayRequest()
        request.recordings = ["x.har"]
        request.contracts.spec = "openapi.yaml"
        return try ReplaySession.result(try Workspace.open(folder.path), request)
    }

    private static let contract = """
        openapi: 3.0.3
        info: {title: Shop, version: '1'}
        servers: [{url: 'https://api.shop.example/v1'}, {url: 'http://[::1]:8080/v1'}]
        paths:
          /books:
            post:
              operationId: addBook
              requestBody:
                required: true
                content: {application/json: {schema: {type: object, required: [title], properties: {title: {type: string}}}}}
              responses:
                '201': {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/Book'}}}}
                '400': {description: wrong, content: {application/json: {schema: {$ref: '#/components/schemas/Error'}}}}
          /books/{id}:
            get:
              operationId: getBook
              parameters:
                - {name: id, in: path, required: true, schema: {type: integer}}
                - {name: lang, in: query, schema: {type: string, enum: [en, fr]}}
              responses:
                '200': {description: found, content: {application/json: {schema: {$ref: '#/components/schemas/Book'}}}}
                '404': {description: unknown, content: {application/json: {schema: {$ref: '#/components/schemas/Error'}}}}
            delete:
              operationId: deleteBook
              parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
              responses: {'204': {description: gone}}
          /traced:
            get:
              operationId: traced
              parameters: [{name: x-trace, in: header, required: true, schema: {type: string}}]
              responses:
                '200':
                  description: found
                  headers: {x-trace: {required: true, schema: {type: string}}}
                  content: {application/json: {schema: {type: object}}}
          /login:
            post:
              operationId: login
              requestBody:
                required: true
                content:
                  application/x-www-form-urlencoded:
                    schema: {type: object, required: [user], properties: {user: {type: string}, age: {type: integer}}}
              responses: {'201': {description: in}}
          /upload:
            post:
              operationId: upload
              requestBody:
                required: true
                content:
                  multipart/form-data:
                    schema:
                      type: object
                      required: [title, file]
                      properties: {title: {type: string}, file: {type: string, format: binary, minLength: 1}}
              responses: {'201': {description: kept}}
          /events:
            get:
              operationId: events
              responses: {'200': {description: on, content: {text/event-stream: {schema: {type: string, minLength: 1}}}}}
        components:
          schemas:
            Book:
              type: object
              required: [id, title]
              properties: {id: {type: integer}, title: {type: string}}
              additionalProperties: false
            Error: {type: object, required: [error], properties: {error: {type: string}}}
        """
}
