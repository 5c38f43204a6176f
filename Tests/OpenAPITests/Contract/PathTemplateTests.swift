import Testing

@testable import OpenAPI

/// Paths with expressions, and the links that refer to them.
@Suite("Path templates")
struct PathTemplateTests {
    @Test(
        "a path is divided into segments of text and expressions",
        arguments: [
            ("/", [[]]), ("/a", [["a"]]), ("/a/", [["a"], []]), ("//a", [[], ["a"]]), ("/{id}", [["{id}"]]),
            ("/a{id}b", [["a", "{id}", "b"]]), ("/{a}{b}", [["{a}", "{b}"]]),
            ("/{a}.{b}/c", [["{a}", ".", "{b}"], ["c"]]),
            ("/é/{ü}", [["é"], ["{ü}"]]),
        ] as [(String, [[String]])])
    func segments(text: String, expected: [[String]]) throws {
        let template = try PathTemplate(text)
        let found = template.segments.map { pieces in
            pieces.map { piece in
                switch piece {
                case .text(let text): text
                case .expression(let name): "{\(name)}"
                }
            }
        }
        #expect(found == expected)
    }

    @Test(
        "a malformed path is rejected with the reason",
        arguments: [
            ("", "the path '' does not start with a slash"), ("a", "the path 'a' does not start with a slash"),
            ("/{}", "the path '/{}' has an expression without a name"),
            ("/{a", "the path '/{a' has unbalanced braces"), ("/a}", "the path '/a}' has unbalanced braces"),
            ("/{a{b}}", "the path '/{a{b}}' has unbalanced braces"),
            ("/{a/b}", "the path '/{a/b}' has unbalanced braces"),
        ])
    func malformed(text: String, message: String) {
        let problem = #expect(throws: PathTemplate.Problem.self) { try PathTemplate(text) }
        #expect(problem?.message == message)
    }

    @Test(
        "two paths that differ only in names have one shape",
        arguments: [
            ("/a/{b}", "/a/{c}", true), ("/a/{b}", "/a/b", false), ("/{a}{b}", "/{c}{d}", true),
            ("/a", "/a/", false), ("/{a}.x", "/{b}.y", false), ("/A", "/a", false),
        ])
    func shape(left: String, right: String, isEqual: Bool) throws {
        #expect(try (PathTemplate(left).shape == PathTemplate(right).shape) == isEqual)
    }

    @Test(
        "text is more concrete than an expression, and both together are between them",
        arguments: [("/a/{b}/c{d}", [2, 0, 1]), ("/", [2]), ("/{a}{b}", [0])])
    func concreteness(text: String, expected: [Int]) throws {
        #expect(try PathTemplate(text).concreteness == expected)
    }

    @Test("names are in the order of the path, repeated ones included")
    func names() throws {
        #expect(try PathTemplate("/{b}/x{a}/{b}").names == ["b", "a", "b"])
    }
}

/// Runtime expressions of links (OpenAPI 3.1.1, section 4.8.20.4).
@Suite("Links of responses")
struct ResponseLinkTests {
    @Test(
        "a runtime expression names a part of the exchange",
        arguments: [
            ("$response.body#/id", .responseBody(["id"])), ("$response.body#/a~1b/0", .responseBody(["a/b", "0"])),
            ("$response.body#/a%20b", .responseBody(["a b"])), ("$response.header.X-Id", .responseHeader("X-Id")),
            ("$request.body#/user/id", .requestBody(["user", "id"])), ("$request.path.id", .requestPath("id")),
            ("$request.query.q", .requestQuery("q")),
            // A whole body, other parts, and constants are not the value of a path parameter.
            ("$response.body", nil), ("$response.body#", nil), ("$url", nil), ("$method", nil), ("$statusCode", nil),
            ("$request.header.X-Id", nil), ("id-7", nil), ("", nil), ("$RESPONSE.body#/id", nil),
        ] as [(String, ResponseLink.Source?)])
    func source(text: String, source: ResponseLink.Source?) {
        let links = ResponseLink.links(operationId: "read", operationRef: nil, parameters: [("id", text)])
        #expect(links.map(\.source) == [source].compactMap { $0 })
        #expect(links.allSatisfy { $0.operation == "read" && $0.parameter == "id" })
    }

    @Test(
        "a reference into `paths` names an operation",
        arguments: [
            ("#/paths/~1orders~1{id}/get", "GET /orders/{id}"), ("#/paths/~1a~1%7Bid%7D/delete", "DELETE /a/{id}"),
            ("other.yaml#/paths/~1a/get", nil), ("#/components/links/x", nil), ("#/paths/~1a", nil), ("#", nil),
            ("", nil),
        ] as [(String, String?)])
    func reference(text: String, operation: String?) {
        let links = ResponseLink.links(
            operationId: nil, operationRef: text, parameters: [("id", "$response.body#/id")])
        #expect(links.map(\.operation) == [operation].compactMap { $0 })
    }

    @Test(
        "a parameter may be qualified by its place",
        arguments: [
            ("path.id", "id"), ("query.q", "q"), ("header.X-A", "X-A"), ("cookie.c", "c"), ("id", "id"),
            ("body.id", "body.id"), ("path.", ""),
        ])
    func qualified(name: String, parameter: String) {
        let links = ResponseLink.links(
            operationId: "read", operationRef: nil, parameters: [(name, "$response.body#/id")])
        #expect(links.map(\.parameter) == [parameter])
    }
}
