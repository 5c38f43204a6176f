import Foundation
import TestKit
import Testing

/// Searches everything that a run leaves behind for values that rows or a server derive from a secret.
@Suite(.inTurn, .timeLimit(.minutes(20))) struct SecretOutputTests {
    private static let secret = "Qz7vKw3xRt9pLm2s"

    private static func hex(_ text: String) -> String {
        text.utf8.map { String($0, radix: 16) }.joined()
    }

    private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    private static let project = [
        "assay.yaml": """
        versions: {'1': {spec: openapi.yaml}}
        default-auth: main
        auth: {main: {key: '{{secret.API_KEY}}'}}
        """,
        "openapi.yaml": """
        openapi: 3.0.3
        info: {title: shop, version: '1'}
        components: {securitySchemes: {key: {type: apiKey, in: header, name: x-api-key}}}
        security: [{key: []}]
        paths:
          /a:
            get:
              operationId: a
              parameters: [{name: q, in: query, schema: {type: string}}]
              responses:
                '200':
                  description: ok
                  content:
                    application/json:
                      schema:
                        type: object
                        additionalProperties: false
                        properties: {ok: {type: boolean}}
        """,
    ]

    /// Texts that a server derives from the request and sends.
    private static let transformations: [(name: String, encode: @Sendable (String) -> String)] = [
        ("raw", { $0 }),
        ("upper", { $0.uppercased() }),
        ("lower", { $0.lowercased() }),
        ("hexadecimal", { hex($0) }),
        ("percent twice", { $0.utf8.map { "%25" + String($0, radix: 16) }.joined() }),
        ("HTML", { $0.unicodeScalars.map { "&#\($0.value);" }.joined() }),
        ("base64", { base64($0) }),
        ("base64 of a pair", { base64("user:" + $0) }),
        ("base64 twice", { base64(base64($0)) }),
        ("cut", { String(repeating: "n", count: 70) + $0 + "zzzz" }),
    ]

    /// Texts that identify the secret, or half of it.
    private static var traces: [String] {
        let spellings = [secret, secret.uppercased(), secret.lowercased()]
        let windows = spellings.flatMap { text in
            (0...(text.count - 8)).map { String(text.dropFirst($0).prefix(8)).lowercased() }
        }
        let packed = spellings.flatMap { text in
            (0..<3).map { lead in
                String(base64(String(repeating: "?", count: lead) + text).dropFirst(lead + 1).prefix(14)).lowercased()
            }
        }
        let hexadecimal = spellings.map { hex(String($0.prefix(8))) } + spellings.map { hex(String($0.suffix(8))) }
        return windows + packed + hexadecimal + [String(base64(base64(secret)).prefix(16)).lowercased()]
    }

    private static func expectNone(in texts: [String: String], _ what: String) {
        #expect(!texts.isEmpty)
        for (name, text) in texts {
            let folded = text.lowercased()
            for trace in traces where folded.contains(trace) {
                Issue.record("\(what): \(name) shows \(trace)")
            }
        }
    }

    /// Every file below the folder, except for the files of the test.
    private static func leftBehind(_ project: TemporaryProject) throws -> [String: String] {
        var texts: [String: String] = [:]
        let names = FileManager.default.enumerator(atPath: project.folder.path)?.compactMap { $0 as? String } ?? []
        try #require(!names.isEmpty, "the project is gone")
        for name in names where !["assay.yaml", "openapi.yaml", "scenarios/t.csv"].contains(name) {
            if let bytes = try? Data(contentsOf: project.folder.appendingPathComponent(name)) {
                texts[name] = String(decoding: bytes, as: UTF8.self)
            }
        }
        return texts
    }

    @Test("values that a server derives from a secret are not shown", arguments: transformations.map(\.name))
    func echoed(name: String) async throws {
        let encode = try #require(Self.transformations.first { $0.name == name }).encode
        let shown = encode(Self.secret)
        let body = "{\"ok\":\"\(shown)\",\"\(shown)\":{\"\(shown)\":[\"\(shown)\"]}}"
        let answer =
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\nx-echo: \(shown)\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n" + body
        try await onOwnThread {
            let server = try EchoServer { _ in answer }
            defer { server.stop() }
            try TemporaryProject.with(Self.project) { project in
                try project.write(
                    "scenario,step,call,set,expect,check\ns,one,a,,200,ok=true\n,two,a,q={{one.ok}},200,\n",
                    to: "scenarios/t.csv")
                let url = "http://127.0.0.1:\(server.port)"
                let run = try project.run(
                    [
                        "run", "--base-url", url, "--journal", "j.ndjson", "--write-baseline", "--report", "text",
                        "--report", "json=r.json",
                    ], environment: ["API_KEY": Self.secret])
                #expect(try project.read("baseline.yaml").contains("rule: "))
                #expect(try project.read("j.ndjson").contains("‹secret API_KEY›"))
                let again = try project.run(
                    ["report", "j.ndjson", "--report", "json"], environment: ["API_KEY": Self.secret])
                var texts = try Self.leftBehind(project)
                texts["output"] = run.output + run.error
                texts["report"] = again.output + again.error
                Self.expectNone(in: texts, name)
            }
        }
    }

    @Test(
        "nothing that a row makes of a secret is shown, in a run or before it",
        arguments: ["|upper", "|lower", "|base64", "|upper|base64", "|base64|upper", "|hmac:secret.API_KEY", ""])
    func filtered(filters: String) async throws {
        try await onOwnThread {
            let server = try EchoServer { request in
                let sent = request.split(separator: "\r\n").first { $0.lowercased().hasPrefix("x-a:") } ?? ""
                let body = "{\"ok\":\"\(sent.dropFirst(4))\"}"
                return
                    "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\n"
                    + "Content-Length: \(body.utf8.count)\r\n\r\n" + body
            }
            defer { server.stop() }
            try TemporaryProject.with(Self.project) { project in
                try project.write(
                    "scenario,step,call,set,expect\ns,one,a,header.x-a={{secret.API_KEY\(filters)}},200\n",
                    to: "scenarios/t.csv")
                let url = "http://127.0.0.1:\(server.port)"
                let environment = ["API_KEY": Self.secret]
                let run = try project.run(
                    ["run", "--base-url", url, "--journal", "j.ndjson", "--report", "json=r.json"],
                    environment: environment)
                let journal = try project.read("j.ndjson")
                #expect(journal.contains("[\"x-a\",\"‹secret API_KEY›\"]"), "\(journal)")
                var texts = try Self.leftBehind(project)
                texts["output"] = run.output + run.error
                for command in [["run", "--dry-run"], ["explain", "s/one"], ["list"], ["lint"]] {
                    let target = command[0] == "lint" || command[0] == "list" ? [] : ["--base-url", url]
                    let told = try project.run(command + target, environment: environment)
                    texts[command.joined(separator: " ")] = told.output + told.error
                }
                Self.expectNone(in: texts, filters)
            }
        }
    }

    @Test("wrong credentials reveal nothing about the right ones")
    func wrongCredentials() async throws {
        try await onOwnThread {
            let server = try EchoServer { _ in "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n" }
            defer { server.stop() }
            var journals: [String] = []
            for secret in [Self.secret, "Aa1bBc2dDe3fFg4h"] {
                try TemporaryProject.with(Self.project) { project in
                    try project.write("scenario,step,call,auth,expect\ns,one,a,wrong,401\n", to: "scenarios/t.csv")
                    _ = try project.run(
                        ["run", "--base-url", "http://127.0.0.1:\(server.port)", "--journal", "j.ndjson"],
                        environment: ["API_KEY": secret])
                    let journal = try project.read("j.ndjson")
                    journals.append(try #require(journal.firstMatch(of: /\["x-api-key","([^"]*)"\]/)).1.description)
                }
            }
            #expect(journals == ["‹secret wrong-credential›", "‹secret wrong-credential›"])
        }
    }

    @Test("the diagnostic of a mistake next to a secret does not show the secret")
    func diagnostics() throws {
        try TemporaryProject.with(Self.project) { project in
            try project.write(
                "scenario,step,call,set,expect\ns,one,a,\(Self.secret)=1; qq=\(Self.secret),200\n",
                to: "scenarios/t.csv")
            for command in [["run", "--base-url", "http://127.0.0.1:1"], ["lint"], ["list"]] {
                let told = try project.run(command, environment: ["API_KEY": Self.secret])
                #expect(told.status != 0)
                Self.expectNone(in: ["output": told.output + told.error], command.joined(separator: " "))
            }
        }
    }

    @Test("a secret that ends in a line break is used without it; one with a line break inside is named, not shown")
    func lineBreaks() async throws {
        try await onOwnThread {
            let server = try EchoServer { request in
                let isRight = request.lowercased().contains("x-api-key: \(Self.secret.lowercased())\r\n")
                let body = "{\"ok\":true}"
                return
                    "HTTP/1.1 \(isRight ? 200 : 401) X\r\nConnection: close\r\nContent-Type: application/json\r\n"
                    + "Content-Length: \(body.utf8.count)\r\n\r\n" + body
            }
            defer { server.stop() }
            try TemporaryProject.with(Self.project) { project in
                try project.write("scenario,step,call,expect\ns,one,a,200\n", to: "scenarios/t.csv")
                let url = "http://127.0.0.1:\(server.port)"
                for end in ["\n", "\r\n", "\n\n"] {
                    let run = try project.run(["run", "--base-url", url], environment: ["API_KEY": Self.secret + end])
                    #expect(run.status == 0, "\(run.output)\(run.error)")
                }
                let broken = try project.run(
                    ["run", "--base-url", url], environment: ["API_KEY": Self.secret + "\nmore"])
                #expect(broken.status == 2)
                #expect(broken.error.contains("the value of API_KEY contains a line break"))
                Self.expectNone(in: ["error": broken.error], "a line break")
            }
        }
    }

    @Test("reports and the journal are readable by their owner only; the baseline is made for committing")
    func modes() async throws {
        try await onOwnThread {
            let body = "{\"ok\":1}"
            let answer =
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n" + body
            let server = try EchoServer { _ in answer }
            defer { server.stop() }
            try TemporaryProject.with(Self.project) { project in
                try project.write("scenario,step,call,expect\ns,one,a,200\n", to: "scenarios/t.csv")
                _ = try project.run(
                    [
                        "run", "--base-url", "http://127.0.0.1:\(server.port)", "--journal", "j.ndjson", "--report",
                        "json=r.json", "--report", "text=r.txt", "--write-baseline",
                    ], environment: ["API_KEY": Self.secret])
                func mode(_ path: String) throws -> Int? {
                    let path = project.folder.appendingPathComponent(path).path
                    return try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
                }
                for path in ["j.ndjson", "r.json", "r.txt", "reports/latest/report.txt", "reports/latest/report.json"] {
                    #expect(try mode(path) == 0o600, "\(path)")
                }
                #expect(try mode("baseline.yaml") != 0o600)
            }
        }
    }
}
