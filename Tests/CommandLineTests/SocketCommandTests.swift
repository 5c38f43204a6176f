import Foundation
import TestKit
import Testing

/// Runs over a Unix socket.
@Suite(.inTurn, .timeLimit(.minutes(10))) struct SocketCommandTests {
    /// Makes a project and a server, hands over its base URL, and removes both.
    private static func with(
        _ configuration: @escaping @Sendable (String) -> String = { _ in "" },
        _ body: @escaping @Sendable (String, RawServer, TemporaryProject) throws -> Void
    ) async throws {
        try await onOwnThread {
            // The path of a socket is short.
            let path = "/tmp/assay-\(UUID().uuidString.prefix(8)).sock"
            let server = try RawServer(atSocket: path) { connection in
                while let request = connection.readRequest() {
                    let head =
                        request.hasPrefix("GET /v1/moved ")
                        ? "302 Found\r\nlocation: /v1/look\r\nset-cookie: sid=7"
                        : request.hasPrefix("GET /v1/away ")
                            ? "302 Found\r\nlocation: http+unix://%2Frun%2Fother.sock/x" : "200 OK"
                    connection.write(
                        "HTTP/1.1 \(head)\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}")
                }
            }
            defer {
                server.stop()
                unlink(path)
            }
            let url = "http+unix://\(path.replacing("/", with: "%2F"))/v1"
            let files = [
                "assay.yaml": "versions: {'1': {spec: s.yaml}}\n" + configuration(url), "s.yaml": document,
                "scenarios/s.csv": "scenario,step,call,opts,expect\none,first,look,,200\n,moved,moved,follow=2,200\n",
            ]
            try TemporaryProject.with(files) { try body(url, server, $0) }
        }
    }

    private static let document = """
        openapi: 3.1.0
        info: {title: Shop, version: '1'}
        servers: [{url: https://sandbox.shop.example/v1}]
        paths:
          /look: &path
            get: &get
              operationId: look
              responses: &responses
                '200': {description: There., content: {application/json: {schema: {type: object}}}}
                '302': {description: Elsewhere., content: {application/json: {schema: {type: object}}}}
            post: {operationId: change, responses: *responses}
          /moved: {get: {operationId: moved, responses: *responses}}
          /away: {get: {operationId: away, responses: *responses}}
        """

    @Test("scenarios run over a socket that an option or a target names", arguments: [true, false])
    func run(isOption: Bool) async throws {
        try await Self.with({ "targets: {shop: {base-url: '\($0)', cookies: true}}\n" }) { url, server, project in
            let run = try project.run(["run"] + (isOption ? ["--base-url", url] : ["--target", "shop"]))
            #expect(run.status == 0, "\(run.error)\(run.output)")
            #expect(
                server.requests.map { $0.components(separatedBy: "\r\n")[0] } == [
                    "GET /v1/look HTTP/1.1", "GET /v1/moved HTTP/1.1", "GET /v1/look HTTP/1.1",
                ])
            #expect(server.requests.last?.contains("cookie: sid=7") == !isOption)
            let shown = try project.run(["show", "first"])
            #expect(shown.output.contains("--unix-socket '/tmp/assay-"), "\(shown.output)")
            #expect(shown.output.contains("'http://localhost/v1/look'"), "\(shown.output)")
        }
    }

    @Test("a redirect to another socket is refused")
    func redirect() async throws {
        try await Self.with { url, server, project in
            try project.write("scenario,step,call,opts,expect\none,away,away,follow=2,200\n", to: "scenarios/s.csv")
            let run = try project.run(["run", "--base-url", url])
            #expect(run.status == 1)
            #expect(run.output.contains("leads to a URL that is neither http nor https"), "\(run.output)")
            #expect(server.requests.count == 1)
        }
    }

    @Test("a missing socket ends the run with its path, and a path that no socket can have is rejected")
    func missing() async throws {
        try await Self.with { url, server, project in
            let missing = try project.run(["run", "--base-url", "http+unix://%2Ftmp%2Fassay-none.sock/v1"])
            #expect(missing.status == 3)
            #expect(missing.error.contains("the socket /tmp/assay-none.sock does not exist"), "\(missing.error)")
            let long = try project.run(["run", "--base-url", "http+unix://%2F\(String(repeating: "a", count: 150))/v1"])
            #expect(long.status == 2)
            #expect(
                long.error.contains("the base URL names a socket whose path has more than 103 bytes"), "\(long.error)")
            #expect(server.requests.isEmpty)
        }
    }

    @Test("a socket that the configuration marks as production receives safe methods only")
    func production() async throws {
        try await Self.with({ "targets: {shop: {base-url: '\($0)', production: true}}\n" }) { url, server, project in
            try project.write("scenario,step,call,expect\none,change,change,200\n", to: "scenarios/s.csv")
            for arguments in [["--target", "shop"], ["--base-url", url]] {
                let run = try project.run(["run"] + arguments)
                #expect(run.status == 2)
                #expect(run.error.contains("is a production target, and one › change sends POST"), "\(run.error)")
            }
            #expect(server.requests.isEmpty)
            #expect(try project.run(["run", "--target", "shop", "--allow-production"]).status == 0)
        }
    }
}
