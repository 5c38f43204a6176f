import Foundation
import JSONDocument
import Synchronization
import TestKit
import Testing

/// Rows that are sent several times, against a server on a socket.
@Suite("Repeated rows and pages on the command line", .inTurn, .timeLimit(.minutes(20)))
struct LoopCommandTests {
    private static let document = """
        openapi: 3.1.0
        info: {title: Items, version: '1'}
        servers: [{url: https://items.example}]
        security: [{Key: []}]
        paths:
          /{list}:
            parameters: [{name: list, in: path, required: true, schema: {type: string}}]
            get:
              operationId: listItems
              parameters:
                - {name: cursor, in: query, schema: {type: string}}
                - {name: page, in: query, schema: {type: integer, minimum: 1}}
              responses: &responses
                '200':
                  description: Items.
                  headers: {link: {schema: {type: string}}}
                  content:
                    application/json:
                      schema:
                        type: object
                        properties:
                          items: {type: array, items: {type: object, properties: {id: {type: integer}}}}
                          more: {type: boolean}
                          next: {type: [string, 'null']}
            post:
              operationId: addItem
              requestBody:
                content: {application/json: {schema: {type: object, properties: {name: {type: string}}}}}
              responses: *responses
            delete: {operationId: dropItems, responses: {'204': {description: Gone.}}}
        components:
          securitySchemes: {Key: {type: apiKey, in: query, name: api_key}}
        """

    private final class Noted: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    /// Runs `rows` against a server that answers with the body and link of `answer`, and hands over the request lines.
    private static func run(
        _ rows: [String], arguments: [String] = [],
        answer: @escaping @Sendable (_ target: String) -> (body: String, link: String?),
        _ look: (Executable.Output, [String], TemporaryProject) throws -> Void
    ) throws {
        let noted = Noted()
        let server = try EchoServer { request in
            let words = request.split(separator: " ").prefix(2).map(String.init)
            let body = request.components(separatedBy: "\r\n\r\n").dropFirst().joined()
            noted.add((words + (body.isEmpty ? [] : [body])).joined(separator: " "))
            if words[0] == "DELETE" { return "HTTP/1.1 204 X\r\nConnection: close\r\n\r\n" }
            let (json, link) = answer(words[1])
            return "HTTP/1.1 200 X\r\nContent-Type: application/json\r\nConnection: close\r\n"
                + (link.map { "Link: \($0)\r\n" } ?? "") + "Content-Length: \(json.utf8.count)\r\n\r\n\(json)"
        }
        defer { server.stop() }
        let files = [
            "assay.yaml": """
            versions: {'1': {spec: s.yaml}}
            targets: {mock: {kind: mock}}
            auth: {shop: {Key: '{{secret.SHOP_KEY}}'}}
            default-auth: shop
            """,
            "s.yaml": document,
            "scenarios/s.csv": (["scenario,step,call,set,expect,check,opts"] + rows).joined(separator: "\n") + "\n",
        ]
        try TemporaryProject.with(files) { project in
            let output = try project.run(
                [
                    "run", "--base-url", "http://127.0.0.1:\(server.port)", "--journal", "run.ndjson", "--report",
                    "json=out.json",
                ]
                    + arguments, environment: ["SHOP_KEY": "key-canary-1"])
            try look(output, noted.all, project)
            for path in ["run.ndjson", "out.json"] where project.holds(path) {
                #expect(!(try project.read(path).contains("key-canary-1")))
            }
        }
    }

    private static let key = "api_key=key-canary-1"

    /// `count` pages, each with one element and the request for the next page in three forms.
    private static func pages(_ count: Int, of target: String) -> (body: String, link: String?) {
        let query = target.split(separator: "?").dropFirst().first ?? ""
        let number =
            query.split(separator: "&").compactMap { pair in
                pair.hasPrefix("cursor=") || pair.hasPrefix("page=")
                    ? Int(pair.drop { !$0.isNumber }) : nil
            }.first ?? 1
        let more = number < count
        let link = more ? "</items?page=1>; rel=\"first\", </items?page=\(number + 1)>; rel=\"next\"" : nil
        let next = more ? "\"c\(number + 1)\"" : "null"
        return (#"{"items":[{"id":\#(number)}],"more":\#(more),"next":\#(next)}"#, link)
    }

    @Test(
        "a list is walked to its end by cursor, last element, page number and link",
        arguments: [
            (
                "list=items,200,items[*].id>0,pages=cursor:next distinct=items[*].id",
                ["?\(key)", "?cursor=c2&\(key)", "?cursor=c3&\(key)"]
            ),
            (
                "list=items,200,,pages=page:items[*].id/9 while=more",
                ["?\(key)", "?page=1&\(key)"]
            ),
            (
                "list=items; page=1,200,,pages=page:+1 while=more",
                ["?page=1&\(key)", "?page=2&\(key)", "?page=3&\(key)"]
            ),
            ("list=items,200,,pages=header.link", ["?\(key)", "?page=2&\(key)", "?page=3&\(key)"]),
        ])
    func walks(row: String, queries: [String]) async throws {
        try await onOwnThread {
            try Self.run(["s,list,listItems,\(row)"], answer: { Self.pages(3, of: $0) }) { output, requests, project in
                let isLoop = row.contains("page:items")
                #expect(output.status == (isLoop ? 1 : 0), "\(output.output)\(output.error)")
                #expect(requests == queries.map { "GET /items\($0)" })
                let report = try project.read("out.json")
                #expect(report.contains("pages.repeated") == isLoop)
                #expect(!report.contains("pages.single"))
            }
        }
    }

    @Test("a walk stops at a loop, at the maximum, and at a link to another origin; each is a finding")
    func stops() async throws {
        try await onOwnThread {
            let rows = [
                "loop,list,listItems,list=loop,200,,pages=cursor:next",
                "max,list,listItems,list=max,200,,pages=cursor:next/3",
                "away,list,listItems,list=away,200,,pages=header.link",
            ]
            try Self.run(
                rows, arguments: ["--jobs", "1"],
                answer: { target in
                    if target.hasPrefix("/loop") { return (#"{"items":[],"next":"same"}"#, nil) }
                    if target.hasPrefix("/away") { return ("{}", #"<http://127.0.0.1:1/items>; rel="next""#) }
                    // Every cursor is longer than the one before.
                    let cursor = String(repeating: "x", count: target.count { $0 == "x" })
                    return (#"{"items":[],"next":"\#(cursor)"}"#, nil)
                }
            ) { output, requests, project in
                #expect(output.status == 1)
                #expect(requests.filter { $0.contains("/loop") }.count == 2)
                #expect(requests.filter { $0.contains("/max") }.count <= 3)
                #expect(requests.filter { $0.contains("/away") }.count == 1)
                let report = try project.read("out.json")
                for rule in ["pages.repeated", "pages.limit", "pages.next"] {
                    #expect(report.contains(rule), "\(rule)")
                }
                #expect(output.output.contains("leads to another origin, http://127.0.0.1:1"))
            }
        }
    }

    @Test("the journal of a walk gives the same verdict again, and its recording is replayed page by page")
    func replayed() async throws {
        try await onOwnThread {
            let row = "s,list,listItems,list=items,200,items[*].id<3,pages=cursor:next"
            try Self.run([row], arguments: ["--record", "fixtures"], answer: { Self.pages(3, of: $0) }) {
                output, requests, project in
                #expect(output.status == 1)
                #expect(output.output.contains("on page 3 of 3"), "\(output.output)")
                let again = try project.run(
                    ["run", "--target", "fixtures", "--report", "json"], environment: ["SHOP_KEY": "key-canary-1"])
                #expect(again.status == 1, "\(again.error)")
                let text = String(decoding: again.output.utf8, as: UTF8.self)
                #expect(text.contains("on page 3 of 3") && !text.contains("transport."), "\(text)")
                #expect(requests.count == 3)
            }
        }
    }

    @Test("a repeated row sends a request for each repetition, with fresh values, and is one failure")
    func repeated() async throws {
        try await onOwnThread {
            let rows = [
                "s,add,addItem,list=items; name={{uuid}},200,more=true,repeat=3",
                ",again,addItem,list=items; name={{add.req.body.name}},200,,",
                ",drop,dropItems,list=items,204,,teardown repeat=2",
            ]
            try Self.run(rows, answer: { _ in (#"{"more":false}"#, nil) }) { output, requests, project in
                #expect(output.status == 1)
                #expect(requests.count == 6)
                #expect(Set(requests.prefix(3)).count == 3)
                #expect(requests[3] == requests[2])
                #expect(output.output.contains("✗ 1  check  s › add[1]"))
                #expect(output.output.contains("also in   2 more steps: s › add[2], s › add[3]"), "\(output.output)")
                #expect(!output.output.contains("✗ 2"))
            }
        }
    }

    @Test("a walk ends on the mock, and the table is listed and explained with its loops")
    func mocked() async throws {
        try await onOwnThread {
            let rows = [
                "s,list,listItems,list=items,200,,pages=cursor:next/7 while=more distinct=items[*].id",
                ",add,addItem,list=items,200,,repeat=2",
            ]
            try Self.run(rows, answer: { Self.pages(2, of: $0) }) { _, _, project in
                let secrets = ["SHOP_KEY": "key-canary-1"]
                let run = try project.run(["run"], environment: secrets)
                #expect(run.status == 0, "\(run.output)\(run.error)")
                #expect(run.output.contains("note: pages.single"), "\(run.output)")
                let list = try project.run(["list"], environment: secrets).output
                #expect(list.contains("pages") && list.contains("add[2]"), "\(list)")
                let explained = try project.run(["explain", "scenarios/s.csv:2"], environment: secrets).output
                #expect(
                    explained.contains("cursor gets the value of next, while more; at most 7 pages"), "\(explained)")
                #expect(explained.contains("items[*].id differs on all pages"))
                let repeated = try project.run(["explain", "scenarios/s.csv:3"], environment: secrets).output
                #expect(repeated.contains("s › add[1]") && !repeated.contains("add[2]"), "\(repeated)")
                #expect(repeated.contains("the row is sent 2 times"))
                let dry = try project.run(["run", "--dry-run"], environment: secrets).output
                #expect(dry.contains("add[1]") && dry.contains("add[2]"), "\(dry)")
                // `fmt` keeps the options as they are.
                #expect(try project.run(["fmt"]).status == 0)
                #expect(
                    try project.read("scenarios/s.csv").contains("pages=cursor:next/7 while=more distinct=items[*].id"))
            }
        }
    }
}
