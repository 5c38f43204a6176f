import Diagnostics
import OpenAPI
import Testing

@Suite("Lint of names")
struct NameRuleTests {
    private static func lint(_ text: String, version: String = "3.0.4") throws -> [Diagnostic] {
        try contract("openapi: \(version)\ninfo: {title: t, version: '1'}\n" + text).lint()
    }

    private static func operation(
        _ more: String, path: String = "/a", responses: String = "{description: ok}"
    ) -> String {
        "paths: {'\(path)': {get: {operationId: a, \(more) responses: {'200': \(responses)}}}}\n"
    }

    @Test(
        "names of every kind of component are checked",
        arguments: [
            "schemas", "responses", "parameters", "examples", "requestBodies", "headers", "securitySchemes", "links",
            "callbacks",
        ]
    )
    func components(kind: String) throws {
        let content = [
            "schemas": "{type: string}", "responses": "{description: x}", "examples": "{value: 1}",
            "parameters": "{name: q, in: query, schema: {type: string}}", "requestBodies": "{content: {a/b: {}}}",
            "headers": "{schema: {type: string}}", "securitySchemes": "{type: http, scheme: basic}",
            "links": "{operationId: a}", "callbacks": "{}",
        ]
        func rules(_ names: [String]) throws -> [Diagnostic] {
            let members = names.map { "'\($0)': \(content[kind] ?? "")" }.joined(separator: ", ")
            return try Self.lint(Self.operation("") + "components: {\(kind): {\(members)}}")
                .filter { $0.rule == "component.name" }
        }
        #expect(try rules(["a-Z_0.9", "A", "x.y"]).isEmpty)
        let found = try rules(["a b", "ok", "ü", "a/b", "a$"])
        #expect(found.map(\.message).count == 1)
        #expect(
            found.first?.message
                == "4 names under `\(kind)` have characters that component names cannot have: \"a b\", \"ü\", \"a/b\""
                + " and 1 more")
        #expect(found.first?.related.count == 3)
    }

    @Test(
        "paths that no request can have are reported",
        arguments: [
            ("/a?b=1", 1), ("/a?b={b}", 1), ("/a#b", 1), ("/a/../b", 1), ("/./a", 1), ("/a/..", 1), ("/a/./b?c", 2),
            ("/a", 0), ("/a.b/..c", 0), ("/...", 0), ("/{a}.{b}", 0), ("/a:b", 0),
        ]
    )
    func paths(path: String, count: Int) throws {
        let found = try Self.lint(Self.operation("", path: path)).filter { $0.rule == "path.template" }
        #expect(found.count == count)
    }

    @Test(
        "a parameter name that HTTP does not allow, or that the connection sets, is reported",
        arguments: [
            ("header", "X Y", "parameter.name"), ("header", "X:", "parameter.name"), ("header", "Ä", "parameter.name"),
            ("cookie", "a=b", "parameter.name"), ("cookie", "a b", "parameter.name"), ("header", "X-Y", nil),
            ("cookie", "a.b", nil), ("query", "a b", nil), ("header", "Host", "parameter.transport"),
            ("header", "content-length", "parameter.transport"), ("header", "Transfer-Encoding", "parameter.transport"),
            ("header", "Connection", "parameter.transport"), ("query", "host", nil),
        ] as [(String, String, String?)]
    )
    func parameters(place: String, name: String, rule: String?) throws {
        let parameter = "parameters: [{name: '\(name)', in: \(place), schema: {type: string}}],"
        #expect(try Self.lint(Self.operation(parameter)).map(\.rule) == (rule.map { [$0] } ?? []))
    }

    @Test("response header names that HTTP rejects are reported", arguments: [("X Y", 1), ("X-Y", 0), ("Größe", 1)])
    func headers(name: String, count: Int) throws {
        let response = "{description: ok, headers: {'\(name)': {schema: {type: string}}}}"
        let found = try Self.lint(Self.operation("", responses: response)).map(\.rule)
        #expect(found == Array(repeating: "response.header-name", count: count))
    }

    @Test("tags that the document does not list are reported once each, if it lists any")
    func tags() throws {
        let operations = """
            paths:
              /a: {get: {tags: [pets, pest], responses: {'200': {description: x}}}}
              /b: {get: {tags: [pest], responses: {'200': {description: x}}}}

            """
        let found = try Self.lint(operations + "tags: [{name: pets}]")
        #expect(found.map(\.message) == ["2 operations have the tag 'pest', which `tags` does not declare"])
        #expect(found.map(\.help) == ["did you mean `pets`?"])
        #expect(found.first?.related.count == 1)
        #expect(try Self.lint(operations).isEmpty)
        #expect(try Self.lint(operations + "tags: []").isEmpty)
        let parents = "tags: [{name: pets, parent: animals}, {name: pest, parent: pets}]"
        #expect(try Self.lint(operations + parents, version: "3.2.0").map(\.rule) == ["tag.undeclared"])
    }

    @Test(
        "an invalid version is reported, and the document is read",
        arguments: [
            ("'3.0.3 '", "contains spaces", "write \"3.0.3\""), ("' 3.1.0'", "contains spaces", "write \"3.1.0\""),
            ("'3.1'", "has no patch number", "write \"3.1.0\""), ("'3.0.x'", "has no patch number", "write \"3.0.0\""),
            ("'3.0.3'", nil, nil), ("'3.2.0'", nil, nil), ("'3.1.0-rc1'", nil, nil),
        ] as [(String, String?, String?)]
    )
    func versions(version: String, problem: String?, help: String?) throws {
        let found = try Self.lint(Self.operation(""), version: version)
        #expect(found.map(\.rule) == (problem == nil ? [] : ["openapi.version"]))
        #expect(found.first?.severity != .error)
        if let problem { #expect(found.first?.message.contains(problem) == true) }
        #expect(found.first?.help == help)
    }
}
