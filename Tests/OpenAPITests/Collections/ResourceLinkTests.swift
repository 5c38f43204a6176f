import TestKit
import Testing

@testable import OpenAPI

/// Which operation provides the value of a path parameter.
@Suite("Links between resources")
struct ResourceLinkTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let paths: String
        /// The links as `operation: parameter = source`, with `creates` and `owns` where they apply, and the parameters
        /// without a provider as `operation: parameter ?`.
        let links: [String]

        init(_ name: String, _ paths: String, _ links: String...) {
            self.name = name
            self.paths = paths
            self.links = links
        }

        var testDescription: String { name }
    }

    /// An operation whose response has the members `names`.
    private static func post(_ names: String..., status: String = "201") -> String {
        let members = names.map { "\($0): {type: string}" }.joined(separator: ", ")
        return """
            post: {responses: {'\(status)': {description: d, content: {application/json: {schema: {type: object, \
            properties: {\(members)}}}}}}}
            """
    }

    private static func item(_ name: String, type: String = "string", method: String = "get") -> String {
        """
        {\(method): {parameters: [{name: \(name), in: path, required: true, schema: {type: \(type)}}], \
        responses: {'200': {description: d}}}}
        """
    }

    static let names: [Row] = [
        Row(
            "a member with the parameter's name",
            "/orders: {\(post("order_id", "id"))}\n/orders/{orderId}: \(item("orderId"))",
            "GET /orders/{orderId}: orderId = POST /orders response order_id, creates, owns"),
        Row(
            "a member with the name minus that of the collection",
            "/orders: {\(post("number", "id"))}\n/orders/{order_number}: \(item("order_number"))",
            "GET /orders/{order_number}: order_number = POST /orders response number, creates, owns"),
        Row(
            "the member `id`", "/orders: {\(post("name", "id"))}\n/orders/{key}: \(item("key"))",
            "GET /orders/{key}: key = POST /orders response id, creates, owns"),
        Row(
            "the only member that ends in `Id`", "/parties: {\(post("name", "cfId"))}\n/parties/{key}: \(item("key"))",
            "GET /parties/{key}: key = POST /parties response cfId, creates, owns"),
        Row(
            "two members that end in `Id`", "/parties: {\(post("oneId", "twoId"))}\n/parties/{key}: \(item("key"))",
            "GET /parties/{key}: key ?"),
        // The id of a job does not identify what the job creates.
        Row(
            "the id of work in progress", "/files: {\(post("jobId"))}\n/files/{key}: \(item("key"))",
            "GET /files/{key}: key ?"),
        Row(
            "the id of a job in a collection of jobs", "/jobs: {\(post("jobId"))}\n/jobs/{key}: \(item("key"))",
            "GET /jobs/{key}: key = POST /jobs response jobId, creates, owns"),
        // Text cannot be an integer.
        Row(
            "a member of another type", "/orders: {\(post("name"))}\n/orders/{n}: \(item("n", type: "integer"))",
            "GET /orders/{n}: n ?"),
        Row(
            "no success", "/orders: {\(post("id", status: "400"))}\n/orders/{id}: \(item("id"))",
            "GET /orders/{id}: id ?"),
    ]

    static let paths: [Row] = [
        Row(
            "an operation on the resource",
            "/orders: {\(post("id"))}\n/orders/{id}/cancel: \(item("id", method: "put"))",
            "PUT /orders/{id}/cancel: id = POST /orders response id, creates, owns"),
        Row(
            "a custom verb", "/orders: {\(post("id"))}\n'/orders/{id}:cancel': \(item("id", method: "put"))",
            "PUT /orders/{id}:cancel: id = POST /orders response id, creates, owns"),
        // Such a path is one of its own, so the item is not the one that the collection stores.
        Row(
            "an extension", "/orders: {\(post("id"))}\n'/orders/{id}.json': \(item("id"))",
            "GET /orders/{id}.json: id = POST /orders response id, owns"),
        Row(
            "a trailing slash", "/orders: {\(post("id"))}\n/orders/{id}/: \(item("id"))",
            "GET /orders/{id}/: id = POST /orders response id, owns"),
        Row(
            "text before the expression", "/orders: {\(post("id"))}\n'/orders/no-{id}': \(item("id"))",
            "GET /orders/no-{id}: id ?"),
        Row(
            "a collection in a resource",
            """
            /orders: {\(post("id"))}
            /orders/{o}/lines: {parameters: [{name: o, in: path, required: true, schema: {type: string}}], \(post("id"))}
            /orders/{o}/lines/{l}: {get: {parameters: [{name: o, in: path, required: true, schema: {type: string}}, \
            {name: l, in: path, required: true, schema: {type: string}}], responses: {'200': {description: d}}}}
            """,
            "POST /orders/{o}/lines: o = POST /orders response id, creates, owns",
            "GET /orders/{o}/lines/{l}: o = POST /orders response id, creates, owns",
            "GET /orders/{o}/lines/{l}: l = POST /orders/{o}/lines response id, creates, owns"),
        Row(
            "another collection", "/orders: {\(post("id"))}\n/items/{id}: \(item("id"))", "GET /items/{id}: id ?"),
        Row(
            "a wrapped resource",
            """
            /orders: {post: {responses: {'201': {description: d, content: {application/json: {schema: {type: object, \
            properties: {data: {type: object, properties: {id: {type: string}}}}}}}}}}}
            /orders/{id}: \(item("id"))
            """,
            "GET /orders/{id}: id = POST /orders response data/id, owns"),
        Row(
            "an id that the client chooses in the body",
            """
            /orders: {post: {requestBody: {content: {application/json: {schema: {type: object, required: [id], \
            properties: {id: {type: string}}}}}}, responses: {'204': {description: d}}}}
            /orders/{id}: \(item("id"))
            """,
            "GET /orders/{id}: id = POST /orders request id, owns"),
        Row(
            "an id that the client chooses in the path",
            """
            /orders/{id}:
              parameters: [{name: id, in: path, required: true, schema: {type: string}}]
              put: {responses: {'201': {description: d}}}
              get: {responses: {'200': {description: d}}}
            """,
            "PUT /orders/{id}: id ?", "GET /orders/{id}: id = PUT /orders/{id} path id, owns"),
        Row(
            "a PUT that creates nothing",
            """
            /orders/{id}:
              parameters: [{name: id, in: path, required: true, schema: {type: string}}]
              put: {responses: {'200': {description: d}}}
              get: {responses: {'200': {description: d}}}
            """,
            "PUT /orders/{id}: id ?", "GET /orders/{id}: id ?"),
    ]

    static let declared: [Row] = [
        Row(
            "a link of the document",
            """
            /login: {post: {responses: {'200': {description: d, links: {user: {operationRef: '#/paths/~1users~1{id}/get', \
            parameters: {path.id: $response.header.X-User}}}}}}}
            /users/{id}: \(item("id"))
            """,
            "GET /users/{id}: id = POST /login header X-User"),
        Row(
            "a link to a query parameter of the request",
            """
            /login: {post: {responses: {'200': {description: d, links: {user: {operationId: readUser, \
            parameters: {id: $request.query.u}}}}}}}
            /users/{id}: {get: {operationId: readUser, parameters: [{name: id, in: path, required: true, \
            schema: {type: string}}], responses: {'200': {description: d}}}}
            """,
            "GET /users/{id}: id = POST /login query u"),
        // The operation that creates the resource is preferred.
        Row(
            "a link and a collection",
            """
            /login: {post: {responses: {'200': {description: d, links: {user: {operationRef: '#/paths/~1users~1{id}/get', \
            parameters: {id: $response.body#/user}}}}}}}
            /users: {\(post("id"))}
            /users/{id}: \(item("id"))
            """,
            "GET /users/{id}: id = POST /users response id, creates, owns"),
        Row(
            "a link of a failure",
            """
            /login: {post: {responses: {'400': {description: d, links: {user: {operationRef: '#/paths/~1users~1{id}/get', \
            parameters: {id: $response.body#/user}}}}}}}
            /users/{id}: \(item("id"))
            """,
            "GET /users/{id}: id ?"),
    ]

    @Test("the member that identifies the resource", arguments: names)
    func member(row: Row) throws { try check(row) }

    @Test("the collection and the item", arguments: paths)
    func collection(row: Row) throws { try check(row) }

    @Test("links of the document", arguments: declared)
    func documented(row: Row) throws { try check(row) }

    private func check(_ row: Row) throws {
        let paths = row.paths.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
        let contract = try contract("openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths:\n\(paths)\n")
        let links = ResourceLinks(contract.operations)
        let found = contract.operations.flatMap { operation in
            links.links(of: operation).map { link in
                "\(operation.key): \(link.parameter) = \(link.provider.key) \(Self.text(link.source))"
                    + (link.isCreation ? ", creates" : "") + (link.isOwner ? ", owns" : "")
            } + links.unlinked(of: operation).map { "\(operation.key): \($0) ?" }
        }
        #expect(found.sorted() == row.links.sorted())
        for operation in contract.operations {
            let isUsed = found.contains { $0.contains("= \(operation.key) ") }
            #expect(links.isProvider(operation) == isUsed, "\(operation.key)")
        }
    }

    private static func text(_ source: ResourceLinks.Source) -> String {
        switch source {
        case .responseBody(let path): "response \(path.joined(separator: "/"))"
        case .responseHeader(let name): "header \(name)"
        case .requestBody(let path): "request \(path.joined(separator: "/"))"
        case .requestPath(let name): "path \(name)"
        case .requestQuery(let name): "query \(name)"
        }
    }

    @Test(
        "a path ends in a parameter",
        arguments: [
            ("/orders/{id}", true), ("/orders/{id}/", true), ("/orders/{id}.json", true), ("/orders", false),
            ("/orders/{id}/lines", false), ("/orders/{id}:cancel", false), ("/orders/no-{id}", false), ("/", false),
            ("orders", false),
        ])
    func endsInParameter(path: String, isItem: Bool) {
        #expect(ResourceLinks.isItem(path) == isItem)
    }

    @Test(
        "spellings of one name are equal",
        arguments: [("orderId", "orderid"), ("order_id", "orderid"), ("Order-ID", "orderid"), ("é_A", "éa"), ("", "")])
    func folded(text: String, expected: String) {
        #expect(ResourceLinks.folded(text) == expected)
    }
}
