import Diagnostics
import OpenAPI
import TestKit
import Testing

/// Server URLs and their variables (OpenAPI 3.1.1, sections 4.8.5 and 4.8.6).
@Suite("Server URLs")
struct ServerTemplateTests {
    private static func contract(_ servers: String, version: String = "3.1.0") throws -> Contract {
        try OpenAPITests.contract(
            """
            openapi: \(version)
            info: {title: t, version: '1'}
            servers: \(servers)
            paths: {/a: {get: {responses: {'200': {description: ok}}}}}
            """)
    }

    @Test(
        "a URL is divided at its variables, and each has its default first",
        arguments: [
            ("{url: 'https://a.example/v1'}", "https://a.example/v1", [.literal("https://a.example/v1")]),
            ("{url: ''}", "", [.literal("")]), ("{url: /v1}", "/v1", [.literal("/v1")]),
            (
                "{url: 'https://{r}.example', variables: {r: {default: eu, enum: [us, eu, asia]}}}",
                "https://eu.example",
                [.literal("https://"), .variable(values: ["eu", "us", "asia"], isOpen: false), .literal(".example")]
            ),
            (
                "{url: '{base}', variables: {base: {default: 'https://a.example'}}}", "https://a.example",
                [.literal(""), .variable(values: ["https://a.example"], isOpen: true), .literal("")]
            ),
            (
                "{url: 'https://a.example:{p}{p}', variables: {p: {default: '8'}}}", "https://a.example:88",
                [
                    .literal("https://a.example:"), .variable(values: ["8"], isOpen: true), .literal(""),
                    .variable(values: ["8"], isOpen: true), .literal(""),
                ]
            ),
            // A default outside of the list is reported, and counts as a value.
            (
                "{url: 'https://a.example/{v}', variables: {v: {default: x, enum: [y]}}}", "https://a.example/x",
                [.literal("https://a.example/"), .variable(values: ["x", "y"], isOpen: false), .literal("")]
            ),
            (
                "{url: 'https://a.example/{v}', variables: {v: {default: x}, unused: {default: y}}}",
                "https://a.example/x",
                [.literal("https://a.example/"), .variable(values: ["x"], isOpen: true), .literal("")]
            ),
        ] as [(String, String, [ServerURLPart])])
    func templates(server: String, url: String, parts: [ServerURLPart]) throws {
        let read = try #require(Self.contract("[\(server)]").servers.first)
        #expect(read.url == url)
        #expect(read.template == parts)
    }

    @Test(
        "a URL that no request can be sent to is reported at its place, and the server is left out",
        arguments: [
            ("①url: 'https://a.example/}'", "contains the character U+007D, which a URL cannot contain"),
            ("①url: 'https://a.example/é'", "contains the character U+00E9, which a URL cannot contain"),
            ("①url: 'https://a.example/a\\b'", "contains the character U+005C, which a URL cannot contain"),
            ("①url: 'https://a.example/#x'", "has a query or a fragment, which a base URL cannot have"),
            ("①url: 'https:a.example'", "has no host"), ("①url: 'https:/a.example'", "has no host"),
            ("①url: 'ws://a.example'", "has the scheme 'ws', but only http and https are supported"),
            ("①url: 'HTTPS://'", "has no host"), ("①url: 'http://@a.example'", "contains credentials"),
            // The text of a variable counts as well.
            (
                "①url: 'https://{h}/', variables: {h: {default: 'a b'}}",
                "contains the character U+0020, which a URL cannot contain"
            ),
            ("①url: 'https://{h}/', variables: {h: {default: ''}}", "has no host"),
        ])
    func unusable(server: String, problem: String) throws {
        let marked = MarkedText(
            """
            openapi: 3.1.0
            info: {title: t, version: '1'}
            servers: [{url: 'https://first.example'}, {\(server)}, {url: /last}]
            paths: {}
            """)
        let contract = try OpenAPITests.contract(marked.text)
        #expect(contract.servers.map(\.url) == ["https://first.example", "/last"])
        #expect(
            contract.diagnostics.map(\.testLine) == ["\(marked.places[0]) error server.url: the server URL \(problem)"])
    }

    @Test("OpenAPI 3.0 only recommends that a default is one of the values, and later versions require it")
    func severity() throws {
        let servers = "[{url: '/{v}', variables: {v: {default: x, enum: [y]}}}]"
        for (version, severity) in [("3.0.4", Severity.warning), ("3.1.1", .error), ("3.2.0", .error)] {
            let contract = try Self.contract(servers, version: version)
            #expect(contract.diagnostics.map(\.severity) == [severity], "\(version)")
            #expect(contract.servers.map(\.url) == ["/x"], "\(version)")
        }
    }

    @Test(
        "an operation has its own servers, otherwise those of its path, otherwise those of the document",
        arguments: [
            ("[{url: /o}]", "[{url: /p}]", ["/o"]), (nil, "[{url: /p}, {url: /q}]", ["/p", "/q"]), (nil, nil, ["/d"]),
            ("[{url: /o}]", nil, ["/o"]),
            // An empty list declares none.
            ("[]", "[{url: /p}]", ["/p"]), ("[]", "[]", ["/d"]), (nil, "[]", ["/d"]),
        ] as [(String?, String?, [String])])
    func inheritance(own: String?, path: String?, expected: [String]) throws {
        let contract = try OpenAPITests.contract(
            """
            openapi: 3.1.0
            info: {title: t, version: '1'}
            servers: [{url: /d}]
            paths:
              /a:
                \(path.map { "servers: \($0)" } ?? "summary: s")
                get: {operationId: read, \(own.map { "servers: \($0), " } ?? "")responses: {'200': {description: ok}}}
            """)
        #expect(contract.operation("read")?.servers.map(\.url) == expected)
    }
}
