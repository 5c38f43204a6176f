import Exchanges
import Foundation
import TestKit
import Testing

/// Settings of targets, observed at a server: addresses, variables, headers, cookies.
@Suite(.inTurn, .timeLimit(.minutes(20))) struct TargetSettingTests {
    /// A project with one operation and two rows of one scenario, against a server on `port`.
    static func files(_ target: String, rows: [String] = ["look,first,look,,,200,,"]) -> [String: String] {
        [
            "assay.yaml": """
            versions: {'1': {spec: s.yaml}}
            vars: {region: project, stage: project}
            targets:
              mock: {kind: mock}
            \(target)
            auth:
              clerk: {Key: '{{secret.SHOP_KEY}}'}
            default-auth: clerk
            """,
            "s.yaml": """
            openapi: 3.1.0
            info: {title: Shop, version: '1'}
            servers: [{url: https://sandbox.shop.example}]
            security: [{Key: []}]
            paths:
              /look:
                get:
                  operationId: look
                  parameters: [{name: x-version, in: header, schema: {type: string}}]
                  responses: &all
                    '200': {description: There., content: {application/json: {schema: {type: object}}}}
                post: {operationId: put, responses: *all}
            components:
              securitySchemes:
                Key: {type: apiKey, in: header, name: x-key}
            """,
            "scenarios/s.csv": (["scenario,step,call,auth,set,expect,check,opts"] + rows).joined(separator: "\n")
                + "\n",
        ]
    }

    /// A server that accepts every request, and sets a cookie at the first path segment `login`.
    static func server(_ headers: String = "") throws -> RawServer {
        try RawServer(
            answering: "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\(headers)Content-Length: 2\r\n\r\n{}")
    }

    static let environment = ["SHOP_KEY": "key-canary-1"]

    @Test("commands that send nothing show an address with a missing value as it is written")
    func missingAddress() throws {
        let target = "  live: {base-url: 'https://{{env.SHOP_HOST}}.example/{{var.region}}'}"
        try TemporaryProject.with(Self.files(target)) { project in
            let list = try project.run(["list", "--target", "live"], environment: Self.environment)
            #expect(list.status == 0 && list.output.contains("look"), "\(list.error)")
            let explain = try project.run(
                ["explain", "scenarios/s.csv:2", "--target", "live"], environment: Self.environment)
            #expect(explain.status == 0, "\(explain.error)")
            #expect(
                explain.output.contains("https://{{env.SHOP_HOST}}.example/{{var.region}}/look"), "\(explain.output)")
            for format in ["text", "json"] {
                let dry = try project.run(
                    ["run", "--target", "live", "--dry-run", "--report", format], environment: Self.environment)
                #expect(dry.status == 0, "\(dry.error)")
                #expect(dry.output.contains("https://{{env.SHOP_HOST}}.example/{{var.region}}"), "\(dry.output)")
                #expect(!dry.output.contains("address.invalid"))
            }
            let run = try project.run(["run", "--target", "live"], environment: Self.environment)
            #expect(run.status == 2)
            #expect(run.error.contains("uses the environment variable SHOP_HOST, which is not set"), "\(run.error)")
            // A wrong address is a mistake in any case.
            let wrong = try project.run(
                ["list", "--target", "live"], environment: ["SHOP_HOST": "a b", "SHOP_KEY": "key-canary-1"])
            #expect(wrong.status == 2 && wrong.error.contains("must be percent-encoded"), "\(wrong.error)")
        }
    }

    @Test("a header of the target with a secret is the value of a required parameter, and is sent")
    func secretHeader() async throws {
        try await onOwnThread {
            let server = try Self.server()
            defer { server.stop() }
            var files = Self.files(
                "  live: {base-url: 'http://127.0.0.1:\(server.port)', headers: {X-Version: '{{secret.VERSION}}'}}")
            files["s.yaml"] = files["s.yaml"]?.replacing(
                "{name: x-version, in: header, schema: {type: string}}",
                with: "{name: x-version, in: header, required: true, schema: {type: string, minLength: 5}}")
            try TemporaryProject.with(files) { project in
                let environment = Self.environment.merging(["VERSION": "version-canary-7"]) { $1 }
                let run = try project.run(["run", "--target", "live"], environment: environment)
                #expect(run.status == 0, "\(run.error)\(run.output)")
                #expect(server.requests.first?.contains("X-Version: version-canary-7") == true)
                #expect(!run.output.contains("version-canary"))
                // Without the header, the parameter is missing.
                try project.write(
                    try project.read("assay.yaml").replacing(", headers: {X-Version: '{{secret.VERSION}}'}", with: ""),
                    to: "assay.yaml")
                let missing = try project.run(["run", "--target", "live"], environment: environment)
                #expect(missing.status == 2 && missing.error.contains("x-version"), "\(missing.error)")
            }
        }
    }

    @Test("`--base-url` replaces the address of the target and keeps its other settings")
    func address() async throws {
        try await onOwnThread {
            let server = try Self.server()
            defer { server.stop() }
            let target = "  live: {base-url: 'https://nowhere.example/v1', headers: {x-team: blue}}"
            try TemporaryProject.with(Self.files(target)) { project in
                let run = try project.run(
                    ["run", "--target", "live", "--base-url", "http://127.0.0.1:\(server.port)/v2"],
                    environment: Self.environment)
                #expect(run.status == 0, "\(run.error)\(run.output)")
                let request = try #require(server.requests.first)
                #expect(request.hasPrefix("GET /v2/look HTTP/1.1") && request.contains("x-team: blue"))
                let report = try project.run(
                    ["report"] + project.journals, environment: Self.environment)
                #expect(report.status == 0, "\(report.error)")
                let mock = try project.run(
                    ["run", "--target", "mock", "--base-url", "http://127.0.0.1:1"], environment: Self.environment)
                #expect(mock.status == 2)
                #expect(mock.error.contains("the target 'mock' has no address that --base-url could replace"))
            }
        }
    }

    @Test("`--base-url` for a target leaves the production guard in force")
    func production() async throws {
        try await onOwnThread {
            let target = """
                  live: {base-url: 'https://sandbox.shop.example', production: false}
                  prod: {base-url: 'https://api.shop.example', production: true}
                """
            let rows = ["change,first,put,,,200,,"]
            try TemporaryProject.with(Self.files(target, rows: rows)) { project in
                for arguments in [
                    ["--target", "live", "--base-url", "https://api.shop.example:8443"],
                    ["--target", "prod", "--base-url", "http://127.0.0.1:1"],
                ] {
                    let run = try project.run(["run"] + arguments, environment: Self.environment)
                    #expect(run.status == 2)
                    #expect(run.error.contains("is a production target, and change › first sends POST"), "\(run.error)")
                }
            }
        }
    }

    @Test("variables of the command line precede those of the target, and these precede those of the project")
    func variables() async throws {
        try await onOwnThread {
            let server = try Self.server()
            defer { server.stop() }
            let target = """
                  live:
                    base-url: 'http://{{env.SHOP_HOST}}:\(server.port)/{{var.region}}'
                    vars: {region: target}
                """
            let rows = ["look,first,look,,header.x-version={{var.region}}-{{var.stage}},200,header.x-v={{var.stage}},"]
            let environment = Self.environment.merging(["SHOP_HOST": "127.0.0.1"]) { $1 }
            try TemporaryProject.with(Self.files(target, rows: rows)) { project in
                for (arguments, region) in [
                    ([], "target"), (["--var", "region=eu=1", "--var", "stage=cli-stage"], "eu=1"),
                ] {
                    let stage = arguments.isEmpty ? "project" : "cli-stage"
                    let journal = "\(stage).ndjson"
                    let run = try project.run(
                        ["run", "--target", "live", "--journal", journal] + arguments, environment: environment)
                    let request = try #require(server.requests.last, "\(run.error)")
                    #expect(request.hasPrefix("GET /\(region)/look HTTP/1.1"))
                    #expect(request.contains("x-version: \(region)-\(stage)"))
                    // A report of the journal judges with the same values.
                    let report = try project.run(["report", journal])
                    #expect(report.output.contains(stage), "\(report.output)\(report.error)")
                }
                let unset = try project.run(["run", "--target", "live"], environment: Self.environment)
                #expect(unset.status == 2)
                #expect(unset.error.contains("uses the environment variable SHOP_HOST, which is not set"))
                #expect(unset.error.contains("assay.yaml:6:"))
                let unknown = try project.run(
                    ["run", "--target", "live", "--var", "regoin=eu"], environment: environment)
                #expect(unknown.status == 2)
                #expect(unknown.error.contains("`--var` sets the unknown variable 'regoin'"))
                #expect(unknown.error.contains("did you mean `region`?"))
                let wrong = try project.run(["run", "--var", "region"], environment: environment)
                #expect(wrong.status == 2 && wrong.error.contains("must be NAME=VALUE"), "\(wrong.error)")
            }
        }
    }

    @Test("an address is checked once the values of its variables are known")
    func wrongAddress() async throws {
        try await onOwnThread {
            try TemporaryProject.with(Self.files("  live: {base-url: 'http://{{var.regio}}/v1'}")) { project in
                let run = try project.run(["run", "--target", "live"], environment: Self.environment)
                #expect(run.status == 2)
                #expect(run.error.contains("uses the unknown variable 'regio'"))
                #expect(run.error.contains("did you mean `var.region`?"))
                let other = try project.run(
                    ["run", "--target", "live", "--var", "regio=a@b"], environment: Self.environment)
                #expect(other.status == 2)
                #expect(other.error.contains("contains a user name or password"), "\(other.error)")
            }
        }
    }

    @Test("headers of a target are sent with every request, unless the row sets them, and secrets in them are masked")
    func headers() async throws {
        try await onOwnThread {
            let server = try Self.server()
            defer { server.stop() }
            let target = """
                  live:
                    base-url: 'http://127.0.0.1:\(server.port)'
                    headers:
                      x-team: '{{secret.SHOP_TEAM}}'
                      x-version: '{{var.stage}}'
                      User-Agent: robot
                      accept: text/plain
                """
            let rows = ["look,first,look,,,200,,", ",second,look,,header.x-version=own; header.accept=a/b,200,,"]
            let environment = Self.environment.merging(["SHOP_TEAM": "team-canary-2"]) { $1 }
            try TemporaryProject.with(Self.files(target, rows: rows)) { project in
                // A header of the target satisfies a required parameter.
                let document = try project.read("s.yaml").replacingOccurrences(
                    of: "in: header, schema", with: "in: header, required: true, schema")
                try project.write(document, to: "s.yaml")
                let run = try project.run(["run", "--target", "live"], environment: environment)
                #expect(run.status == 0, "\(run.error)\(run.output)")
                let (first, second) = (server.requests[0], server.requests[1])
                for line in ["x-team: team-canary-2", "x-version: project", "User-Agent: robot", "accept: text/plain"] {
                    #expect(first.contains("\r\n\(line)\r\n"), "\(line)")
                }
                #expect(second.contains("\r\nx-version: own\r\n") && second.contains("\r\naccept: a/b\r\n"))
                #expect(!second.contains("x-version: project"))
                for path in ["reports/latest/report.txt", "reports/latest/report.json"] + project.journals {
                    let text = try project.read(path)
                    #expect(!text.contains("canary"), "\(path)")
                }
                #expect(try project.read(project.journals[0]).contains("‹secret SHOP_TEAM›"))
                let missing = try project.run(["run", "--target", "live"], environment: Self.environment)
                #expect(missing.status == 2)
                #expect(
                    missing.error.contains(
                        "the header 'x-team' of the target 'live' uses the secret SHOP_TEAM, which has no value"))
            }
        }
    }

    @Test("a header of a target never replaces a credential")
    func credentials() async throws {
        try await onOwnThread {
            let target = "  live: {base-url: 'http://127.0.0.1:1', headers: {X-Key: '{{secret.SHOP_KEY}}'}}"
            try TemporaryProject.with(Self.files(target)) { project in
                let run = try project.run(["run", "--target", "live"], environment: Self.environment)
                #expect(run.status == 2)
                #expect(
                    run.error.contains(
                        "the target 'live' sets the header 'X-Key', which the security scheme 'Key' sends"))
                #expect(run.error.contains("put the value into a profile under `auth`"))
            }
        }
    }

    @Test("cookies are kept per scenario where the target says so", arguments: [true, false])
    func cookies(areKept: Bool) async throws {
        try await onOwnThread {
            let server = try Self.server("Set-Cookie: sid=abc; Path=/; HttpOnly\r\n")
            defer { server.stop() }
            let target = "  live: {base-url: 'http://127.0.0.1:\(server.port)', cookies: \(areKept)}"
            let rows = ["one,first,look,,,200,,", ",second,look,,,200,,", "two,first,look,,,200,,"]
            try TemporaryProject.with(Self.files(target, rows: rows)) { project in
                let run = try project.run(["run", "--target", "live", "--jobs", "1"], environment: Self.environment)
                #expect(run.status == 0, "\(run.error)\(run.output)")
                let sent = server.requests.map { $0.contains("cookie: sid=abc") }
                #expect(sent == [false, areKept, false])
            }
        }
    }
}

extension TemporaryProject {
    /// The journals of the project, the oldest first.
    var journals: [String] {
        let names = try? FileManager.default.contentsOfDirectory(
            atPath: folder.appendingPathComponent("reports/journals").path)
        return (names ?? []).sorted().map { "reports/journals/\($0)" }
    }
}
