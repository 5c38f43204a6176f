import Exchanges
import Foundation
import JSONDocument
import Synchronization
import TestKit
import Testing

/// Redirects between servers of two origins, looked at byte for byte.
@Suite(.inTurn, .timeLimit(.minutes(20))) struct RedirectCommandTests {
    private static let secrets = [
        "SHOP_KEY": "key-canary-1", "SHOP_BASIC": "clerk:basic-canary-2", "SHOP_TOKEN": "bearer-canary-3",
        "SHOP_QUERY": "query-canary-4", "SHOP_COOKIE": "cookie-canary-5",
    ]

    private static func files(_ rows: [String], targets: String = "") -> [String: String] {
        [
            "assay.yaml": """
            versions: {'1': {spec: s.yaml}}
            targets:
              mock: {kind: mock}
            \(targets)
            auth:
              key: {Key: '{{secret.SHOP_KEY}}'}
              basic: {Basic: '{{secret.SHOP_BASIC}}'}
              bearer: {Bearer: '{{secret.SHOP_TOKEN}}'}
              query: {Query: '{{secret.SHOP_QUERY}}'}
              cookie: {Cookie: '{{secret.SHOP_COOKIE}}'}
            """,
            "s.yaml": """
            openapi: 3.1.0
            info: {title: Shop, version: '1'}
            servers: [{url: https://sandbox.shop.example}]
            security: [{Key: []}, {Basic: []}, {Bearer: []}, {Query: []}, {Cookie: []}]
            paths:
              /{place}:
                parameters: [{name: place, in: path, required: true, schema: {type: string}}]
                get:
                  operationId: look
                  responses: &all
                    '200': {description: There., content: {application/json: {schema: {type: object}}}}
                    3XX: {description: Elsewhere.}
                head: {operationId: peek, responses: *all}
                post:
                  operationId: put
                  requestBody:
                    required: true
                    content: {application/json: {schema: {type: object, properties: {note: {type: string}}}}}
                  responses: *all
            components:
              securitySchemes:
                Key: {type: apiKey, in: header, name: x-key}
                Basic: {type: http, scheme: basic}
                Bearer: {type: http, scheme: bearer}
                Query: {type: apiKey, in: query, name: api_key}
                Cookie: {type: apiKey, in: cookie, name: sid}
            """,
            "scenarios/s.csv": (["scenario,step,call,auth,set,expect,check,opts"] + rows).joined(separator: "\n")
                + "\n",
        ]
    }

    /// The head, and the body of a status 200, which a response to HEAD does not have.
    private static func answer(_ status: Int, to place: String? = nil, isHead: Bool = false) -> String {
        let location = place.map { "Location: \($0)\r\n" } ?? ""
        let body = status == 200 ? "{}" : ""
        return "HTTP/1.1 \(status) X\r\n\(location)Content-Type: application/json\r\nConnection: close\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(isHead ? "" : body)"
    }

    /// A server that keeps what it gets.
    private final class Noting: Sendable {
        private let notes = Mutex<[String]>([])
        var requests: [String] { notes.withLock { $0 } }
        func note(_ request: String) { notes.withLock { $0.append(request) } }
    }

    /// Runs `rows` against a server that sends `/x-STATUS` on to `place`, and hands over what both origins got.
    private static func run(
        _ rows: [String], host: String = "127.0.0.1", arguments: [String] = [],
        targets: @escaping (Int) -> String = { _ in "" },
        environment: [String: String] = secrets,
        to place: @escaping @Sendable (_ other: String, _ request: String) -> String,
        _ look: (Executable.Output, _ own: [String], _ other: [String], TemporaryProject) throws -> Void
    ) throws {
        let (own, other) = (Noting(), Noting())
        let second = try EchoServer { request in
            other.note(request)
            return answer(200, isHead: request.hasPrefix("HEAD "))
        }
        defer { second.stop() }
        let first = try EchoServer { request in
            own.note(request)
            let path = request.split(separator: " ").dropFirst().first ?? ""
            guard let status = path.firstMatch(of: /^\/x-(\d+)/).flatMap({ Int($0.1) }) else {
                return answer(200, isHead: request.hasPrefix("HEAD "))
            }
            return answer(status, to: place("http://127.0.0.1:\(second.port)", String(path)))
        }
        defer { first.stop() }
        try TemporaryProject.with(files(rows, targets: targets(second.port))) { project in
            let output = try project.run(
                [
                    "run", "--base-url", "http://\(host):\(first.port)", "--jobs", "1", "--journal", "run.ndjson",
                    "--report", "json=out.json", "--report", "text=out.txt",
                ] + arguments, environment: environment)
            try look(output, own.requests, other.requests, project)
            var outputs = [output.output, output.error]
            for path in ["run.ndjson", "out.json", "out.txt", "reports/latest/report.json"] where project.holds(path) {
                outputs.append(try project.read(path))
            }
            for text in outputs {
                for value in secrets.values {
                    let base64 = Data(value.utf8).base64EncodedString()
                    #expect(!text.contains(value) && !text.contains(base64))
                }
            }
        }
    }

    @Test("no kind of credential goes to another origin, with any status", arguments: [301, 302, 303, 307, 308])
    func credentials(status: Int) async throws {
        try await onOwnThread {
            let kinds = ["key", "basic", "bearer", "query", "cookie"]
            let rows = kinds.enumerated().flatMap { index, kind in
                [
                    "\(index == 0 ? "s" : ""),get-\(kind),look,\(kind),place=x-\(status); header.x-own=1,200,,follow=1",
                    ",post-\(kind),put,\(kind),place=x-\(status); note=hi; header.x-own=1,200,,follow=1",
                ]
            }
            try Self.run(rows, to: { other, _ in other + "/there?y=1" }) { run, own, other, project in
                #expect(run.status == 0, "\(run.output)\(run.error)")
                #expect(own.count == 10 && other.count == 10)
                #expect(own.filter { $0.contains("canary") || $0.contains("Basic ") }.count == 10)
                for request in other {
                    let lines = request.components(separatedBy: "\r\n")
                    let isPost = status >= 307 && request.hasPrefix("POST")
                    #expect(lines[0] == (isPost ? "POST" : "GET") + " /there?y=1 HTTP/1.1")
                    let names = lines.dropFirst().prefix { !$0.isEmpty }.map { $0.prefix { $0 != ":" }.lowercased() }
                    #expect(
                        Set(names)
                            == Set(
                                ["host", "accept", "accept-encoding", "user-agent"]
                                    + (isPost ? ["content-type", "content-length"] : [])))
                    #expect(request.hasSuffix(isPost ? #"{"note":"hi"}"# : "\r\n\r\n"))
                }
                #expect(other.filter { $0.hasPrefix("POST") }.count == (status >= 307 ? 5 : 0))
                // The journal, read again, says the same.
                let again = try project.run(["report", "run.ndjson", "--report", "json"], environment: Self.secrets)
                #expect(again.status == 0, "\(again.output)\(again.error)")
                let journal = try JournalReader.read(path: project.folder.appendingPathComponent("run.ndjson").path)
                #expect(journal.exchanges.map(\.hop) == (0..<20).map { $0 % 2 })
                #expect(journal.exchanges.allSatisfy { $0.attempt == 1 })
            }
        }
    }

    @Test("to the same origin the credentials go along")
    func sameOrigin() async throws {
        try await onOwnThread {
            let rows = ["key", "basic", "bearer", "cookie"].enumerated().map { index, kind in
                "\(index == 0 ? "s" : ""),get-\(kind),look,\(kind),place=x-302,200,,follow=1"
            }
            try Self.run(rows, to: { _, _ in "/there" }) { run, own, other, _ in
                #expect(run.status == 0, "\(run.output)\(run.error)")
                #expect(other == [] && own.count == 8)
                for (first, second) in zip(own[0...], own[1...]) where second.hasPrefix("GET /there") {
                    #expect(second == first.replacingOccurrences(of: "/x-302", with: "/there"))
                }
            }
        }
    }

    @Test("a server that sends a secret on to another origin is not helped")
    func sentOn() async throws {
        try await onOwnThread {
            let rows = [
                "s,a,look,query,place=x-302,200,,follow=3",
                ",b,put,key,place=x-307; note={{secret.SHOP_TOKEN}},200,,follow=3",
            ]
            // The query that came goes along to the other origin.
            try Self.run(
                rows, to: { other, path in other + "/there" + path.drop { $0 != "?" } }
            ) { run, own, other, project in
                #expect(run.status == 1, "\(run.error)")
                #expect(other == [] && own.count == 2)
                let report = try JSONDocument(parsing: try project.read("out.json")).root
                let scenarios = report["scenarios"].map { Array($0.elements) } ?? []
                let steps = scenarios.first?["steps"].map { Array($0.elements) } ?? []
                let findings = steps.compactMap { $0["findings"].map { Array($0.elements) }?.first }
                #expect(findings.map { $0["rule"]?.string } == ["transport.redirect", "transport.redirect"])
                let messages = findings.compactMap { $0["message"]?.string }
                #expect(messages.first?.hasSuffix("with a secret in the URL") == true, "\(messages)")
                #expect(messages.last?.hasSuffix("with a secret in the body") == true, "\(messages)")
                let again = try project.run(["report", "run.ndjson", "--report", "text"], environment: Self.secrets)
                #expect(again.status == 1 && again.output.contains("transport.redirect"), "\(again.output)")
            }
        }
    }

    @Test("the password of a pair is a secret of its own, which only the step's credentials know")
    func password() async throws {
        try await onOwnThread {
            let rows = ["s,a,look,basic,place=x-302,200,,follow=3"]
            try Self.run(rows, to: { other, _ in other + "/there?p=basic%2Dcanary-2" }) { run, own, other, project in
                #expect(run.status == 1, "\(run.output)\(run.error)")
                #expect(own.count == 1 && other == [])
                #expect(run.output.contains("with a secret in the URL"), "\(run.output)")
            }
        }
    }

    @Test("a redirect does not lead what changes things to a production target")
    func production() async throws {
        try await onOwnThread {
            let rows = [
                "s,a,put,key,place=x-307; note=hi,200,,follow=3", ",b,put,key,place=x-303; note=hi,200,,follow=3",
            ]
            let targets: (Int) -> String = { "  live: {base-url: 'http://127.0.0.1:\($0)', production: true}" }
            for isAllowed in [false, true] {
                try Self.run(
                    rows, host: "localhost", arguments: isAllowed ? ["--allow-production"] : [], targets: targets,
                    to: { other, _ in other + "/there" }
                ) { run, own, other, _ in
                    #expect(run.status == (isAllowed ? 0 : 1), "\(run.output)\(run.error)")
                    #expect(own.count == 2)
                    let methods = other.map { $0.prefix { $0 != " " } }
                    #expect(methods == (isAllowed ? ["POST", "GET"] : ["GET"]))
                    #expect(run.output.contains("must not receive POST") == !isAllowed, "\(run.output)")
                }
            }
        }
    }

    @Test("odd locations are distinguished, and only valid ones are followed")
    func places() async throws {
        try await onOwnThread {
            let cases: [(place: String, told: String?)] = [
                ("", "no location"), ("/b\r\nLocation: /c", "has 2 locations"), ("a b", "not a valid URL"),
                ("http://", "not a valid URL"), ("ftp://127.0.0.1/x", "neither http nor https"),
                ("http://u:p@127.0.0.1/", "a user name"), ("OWN", "an earlier URL"), ("there", nil), ("./there?x", nil),
                ("../there#y", nil), ("HTTP://127.0.0.1:OTHER/there", nil), ("//127.0.0.1:OTHER/there", nil),
            ]
            let rows = cases.indices.map { "\($0 == 0 ? "s" : ""),s\($0),look,key,place=x-302-\($0),200,,follow=2" }
            let head = [301, 302, 303, 307, 308].map { ",h\($0),peek,key,place=x-\($0)-7,200,,follow=2" }
            try Self.run(
                rows + head,
                to: { other, path in
                    let index = path.split(separator: "-").last.flatMap { Int($0) } ?? 0
                    return cases[index].place.replacingOccurrences(of: "OWN", with: path)
                        .replacingOccurrences(of: "OTHER", with: String(other.split(separator: ":").last ?? ""))
                }
            ) { run, own, other, project in
                let report = try JSONDocument(parsing: try project.read("out.json")).root
                let scenarios = report["scenarios"].map { Array($0.elements) } ?? []
                let steps = scenarios.first?["steps"].map { Array($0.elements) } ?? []
                #expect(steps.count == rows.count + head.count)
                for (step, expected) in zip(steps, cases) {
                    let findings = step["findings"].map { Array($0.elements) } ?? []
                    let message = findings.first?["message"]?.string
                    #expect(findings.count == (expected.told == nil ? 0 : 1), "\(expected.place): \(findings)")
                    if let told = expected.told { #expect(message?.contains(told) == true, "\(message ?? "")") }
                }
                #expect(steps.dropFirst(rows.count).allSatisfy { $0["outcome"]?.string == "passed" }, "\(run.output)")
                #expect(own.filter { $0.hasPrefix("HEAD /there HTTP/1.1") }.count == 5)
                #expect(other.count == 2 && own.count == 12 + 3 + 10)
            }
        }
    }

    @Test("a request on the way without a response has an unknown outcome, and the scenario begins again")
    func killed() async throws {
        try await onOwnThread {
            let isHanging = Mutex(true)
            let second = try EchoServer { _ in
                while isHanging.withLock({ $0 }) { usleep(1_000) }
                return Self.answer(200)
            }
            defer { second.stop() }
            let place = "http://127.0.0.1:\(second.port)/there"
            let first = try EchoServer { _ in Self.answer(307, to: place) }
            defer { first.stop() }
            try TemporaryProject.with(Self.files(["s,a,put,key,place=x; note=hi,200,,follow=3"])) { project in
                let arguments = ["run", "--base-url", "http://127.0.0.1:\(first.port)", "--journal", "run.ndjson"]
                let process = try Executable.start(arguments, environment: Self.secrets, in: project.folder)
                while process.isRunning, (try? project.read("run.ndjson").contains(#""hop":1"#)) != true { usleep(500) }
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
                isHanging.withLock { $0 = false }
                let cut = try project.run(["report", "run.ndjson", "--report", "text"], environment: Self.secrets)
                #expect(cut.status == 1, "a step that was not judged to its end is no success: \(cut.output)")
                #expect(cut.output.contains("POST /there was sent, and its response is unknown"), "\(cut.output)")
                #expect(!cut.output.contains("status.unexpected"), "\(cut.output)")
                let resumed = try project.run(arguments + ["--resume"], environment: Self.secrets)
                #expect(resumed.status == 0, "\(resumed.output)\(resumed.error)")
                #expect(
                    resumed.output.contains("POST /there was sent, and its response is unknown"), "\(resumed.output)")
                let journal = try JournalReader.read(path: project.folder.appendingPathComponent("run.ndjson").path)
                #expect(journal.exchanges.map(\.hop) == [0, 1] && journal.superseded.map(\.hop) == [0])
                #expect(journal.unanswered.map(\.hop) == [1])
            }
        }
    }

    @Test("a run of nothing but redirects to nowhere has findings, and counts as a run with responses")
    func onlyRedirects() async throws {
        try await onOwnThread {
            try Self.run(["s,a,look,key,place=x-302,200,,follow=3"], to: { _, path in path }) { run, own, _, project in
                #expect(run.status == 1, "\(run.error)")
                #expect(own.count == 1)
                #expect(try project.read("out.txt").contains("an earlier URL of this chain"))
                let list = try project.run(["list", "--report", "json"])
                #expect(list.output.contains(#""follow""#), "\(list.output)")
                let dry = try project.run(["run", "--dry-run"], environment: Self.secrets)
                #expect(dry.status == 0, "\(dry.error)")
                let explained = try project.run(["explain", "scenarios/s.csv:2"], environment: Self.secrets)
                #expect(explained.output.contains("follow    up to 3 redirects; "), "\(explained.output)")
            }
        }
    }
}
