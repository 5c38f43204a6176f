import Exchanges
import Foundation
import TestKit
import Testing

/// Proxies and certificates from options, targets and the environment, with real proxies.
@Suite(.inTurn, .timeLimit(.minutes(20))) struct NetworkSettingTests {
    private static func run(
        _ target: String, _ arguments: [String], _ environment: [String: String] = [:],
        _ check: (Executable.Output, TemporaryProject) throws -> Void
    ) throws {
        try TemporaryProject.with(TargetSettingTests.files(target)) { project in
            let environment = TargetSettingTests.environment.merging(environment) { $1 }
            try check(project.run(["run", "--target", "live"] + arguments, environment: environment), project)
        }
    }

    @Test("a proxy comes from the options, the target or the environment, in this order")
    func precedence() async throws {
        try await onOwnThread {
            let server = try TargetSettingTests.server()
            defer { server.stop() }
            let proxies = try (0..<3).map { _ in try ProxyServer() }
            defer { for proxy in proxies { proxy.stop() } }
            let (ofOption, ofTarget, ofEnvironment) = (proxies[0], proxies[1], proxies[2])
            let url = "base-url: 'http://127.0.0.1:\(server.port)'"
            let environment = ["HTTP_PROXY": "http://127.0.0.1:\(ofEnvironment.port)", "HTTPS_PROXY": "none:1"]
            let own = ", proxy: '127.0.0.1:\(ofTarget.port)'"
            let option = ["--proxy", "127.0.0.1:\(ofOption.port)"]
            let except = environment.merging(["no_proxy": "127.0.0.1"]) { $1 }
            let cases: [(String, [String], [String: String], [Int])] = [
                ("", [], [:], [0, 0, 0]), ("", [], environment, [0, 0, 1]), (own, [], environment, [0, 1, 1]),
                (own, option, environment, [1, 1, 1]), ("", ["--no-proxy"], environment, [1, 1, 1]),
                (", proxy: false", [], environment, [1, 1, 1]), ("", [], except, [1, 1, 1]),
                // The exceptions of the environment are for its own proxies.
                (own, [], except, [1, 2, 1]),
            ]
            for (target, arguments, environment, counts) in cases {
                try Self.run("  live: {\(url)\(target)}", arguments, environment) { run, _ in
                    #expect(run.status == 0, "\(target) \(arguments): \(run.error)\(run.output)")
                    #expect(proxies.map(\.requests.count) == counts, "\(target) \(arguments)")
                }
            }
            #expect(server.requests.count == cases.count)
        }
    }

    @Test("the built-in mock is never reached through a proxy")
    func mock() async throws {
        try await onOwnThread {
            let unused = try RawServer.unusedPort()
            try TemporaryProject.with(TargetSettingTests.files("")) { project in
                let run = try project.run(
                    ["run", "--target", "mock"], environment: ["HTTP_PROXY": "127.0.0.1:\(unused)"])
                #expect(run.status == 0, "\(run.error)\(run.output)")
                let refused = try project.run(["run", "--target", "mock", "--insecure"])
                #expect(refused.status == 2)
                #expect(refused.error.contains("the target 'mock' is not reached over the network"))
            }
        }
    }

    @Test("the password of a proxy is in no file and no output")
    func password() async throws {
        try await onOwnThread {
            let server = try TargetSettingTests.server()
            defer { server.stop() }
            let proxy = try ProxyServer(requiring: "Basic YW5uYTpwYXNzLWNhbmFyeQ==")
            defer { proxy.stop() }
            let target =
                "  live: {base-url: 'http://127.0.0.1:\(server.port)', "
                + "proxy: 'http://anna:{{secret.PROXY_PASSWORD}}@127.0.0.1:\(proxy.port)'}"
            try Self.run(target, [], ["PROXY_PASSWORD": "pass-canary"]) { run, project in
                #expect(run.status == 0, "\(run.error)\(run.output)")
                #expect(proxy.requests.count == 1)
                for path in ["reports/latest/report.txt", "reports/latest/report.json"] + project.journals {
                    let text = try project.read(path)
                    #expect(!text.contains("pass-canary") && !text.contains("YW5uYTpwYXNzLWNhbmFyeQ"), "\(path)")
                }
            }
            try Self.run(
                "  live: {base-url: 'http://127.0.0.1:\(server.port)'}",
                ["--proxy", "http://anna:pass-canary@127.0.0.1:\(proxy.port)"]
            ) { run, project in
                #expect(run.status == 0, "\(run.error)\(run.output)")
                // The journal contains the command line.
                let journal = try project.read(project.journals[0])
                #expect(!journal.contains("pass-canary"))
            }
        }
    }

    @Test("a run whose proxy fails names the proxy, its source and what to do")
    func failures() async throws {
        try await onOwnThread {
            let unused = try RawServer.unusedPort()
            let target = "  live: {base-url: 'http://127.0.0.1:1'}"
            try Self.run(target, [], ["http_proxy": "127.0.0.1:\(unused)"]) { run, _ in
                #expect(run.status == 3)
                #expect(
                    run.error.contains("the proxy 127.0.0.1:\(unused) (http_proxy) cannot be reached"), "\(run.error)")
                #expect(run.error.contains("correct the proxy, or pass --no-proxy for direct connections"))
            }
            try Self.run(target, ["--proxy", "https://anna:canary@proxy.test"]) { run, _ in
                #expect(run.status == 2)
                #expect(run.error.contains("--proxy has a scheme that is not supported: only HTTP proxies are"))
                #expect(!run.error.contains("canary"))
            }
            try Self.run(target, [], ["HTTP_PROXY": "http://anna:canary@"]) { run, _ in
                #expect(run.status == 2)
                #expect(run.error.contains("HTTP_PROXY has no valid host and port"))
                #expect(!run.error.contains("canary"))
            }
            try Self.run(target, ["--proxy", "a:1", "--no-proxy"]) { run, _ in
                #expect(run.status == 2)
                #expect(run.error.contains("`--proxy` cannot be combined with `--no-proxy`"))
            }
        }
    }

    @Test("files of certificates are checked before anything is sent")
    func files() async throws {
        try await onOwnThread {
            try Self.run("  live: {base-url: 'http://127.0.0.1:1', ca: certs/own.pem}", []) { run, project in
                #expect(run.status == 2)
                #expect(
                    run.error.contains("the file 'certs/own.pem' (`ca` of the target 'live') does not exist"),
                    "\(run.error)")
                #expect(project.journals.isEmpty)
            }
            for (arguments, environment, source) in [
                (["--cacert", "s.yaml"], [:], "(--cacert)"),
                ([], ["SSL_CERT_FILE": "s.yaml"], "(the environment variable SSL_CERT_FILE)"),
                (["--cert", "s.yaml"], [:], "(--cert)"),
            ] as [([String], [String: String], String)] {
                try Self.run("  live: {base-url: 'http://127.0.0.1:1'}", arguments, environment) { run, _ in
                    #expect(run.status == 2)
                    #expect(
                        run.error.contains("the file 's.yaml' \(source) contains no certificate in PEM"),
                        "\(run.error)")
                }
            }
            try Self.run("  live: {base-url: 'http://127.0.0.1:1'}", ["--key", "s.yaml"]) { run, _ in
                #expect(run.status == 2 && run.error.contains("`--key` requires `--cert`"))
            }
        }
    }

    @Test("a run that verifies no certificates says so in every report")
    func insecure() async throws {
        try await onOwnThread {
            let server = try TargetSettingTests.server()
            defer { server.stop() }
            let url = "http://127.0.0.1:\(server.port)"
            for (target, arguments) in [
                ("  live: {base-url: '\(url)', insecure: true}", []), ("  live: {base-url: '\(url)'}", ["--insecure"]),
            ] {
                try Self.run(target, arguments) { run, project in
                    let warning = "the certificates of servers are not verified"
                    #expect(run.status == 0 && run.error.contains(warning), "\(run.error)")
                    for path in ["reports/latest/report.txt", "reports/latest/report.json"] {
                        #expect((try? project.read(path))?.contains(warning) == true, "\(path)")
                    }
                }
            }
        }
    }
}
