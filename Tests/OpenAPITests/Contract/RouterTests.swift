import OpenAPI
import Testing

@Suite("Routing")
struct RouterTests {
    private static let document = """
        openapi: 3.1.0
        info: {title: t, version: "1"}
        paths:
          /parcels/{id}: {get: {operationId: one}, parameters: [{$ref: '#/components/parameters/id'}]}
          /parcels/mine: {get: {operationId: mine}, put: {operationId: keep}}
          /parcels/{id}/label.{format}: {get: {operationId: label}}
          /{kind}/mine: {delete: {operationId: drop}}
          /parcels/{other}: {post: {operationId: change}}
          /a%20b: {get: {operationId: blank}}
          /: {get: {operationId: root}}
        components:
          parameters:
            id: {name: id, in: path, required: true, schema: {type: string}}
        """

    /// The operation and values of a route, or what else it is.
    private func route(_ method: String, _ path: String) throws -> String {
        switch try contract(Self.document).route(method: method, path: path) {
        case .operation(let operation, let values):
            ([operation.name] + values.map { "\($0.name)=\($0.text)" }).joined(separator: " ")
        case .methodNotAllowed(let methods): "not allowed: " + methods.joined(separator: ", ")
        case .unknownPath: "unknown"
        }
    }

    @Test(
        "the most concrete path wins, and values stay percent-encoded",
        arguments: [
            ("GET", "/parcels/7", "one id=7"),
            ("get", "/parcels/a%2Fb", "one id=a%2Fb"),
            ("GET", "/parcels/mine", "mine"),
            ("GET", "/parcels/%6Dine", "mine"),
            ("GET", "/parcels/7/label.pdf", "label id=7 format=pdf"),
            ("GET", "/parcels/7/label.tar.gz", "label id=7 format=tar.gz"),
            ("GET", "/parcels/7/label.", "unknown"),
            ("DELETE", "/letters/mine", "drop kind=letters"),
            ("POST", "/parcels/7", "change other=7"),
            ("GET", "/a%20b", "blank"),
            ("GET", "/", "root"),
            ("GET", "/parcels/", "unknown"),
            ("GET", "/parcels//", "unknown"),
            ("GET", "parcels", "unknown"),
            ("GET", "/Parcels/7/label.pdf", "unknown"),
        ]
    )
    func routes(method: String, path: String, expected: String) throws {
        #expect(try route(method, path) == expected)
    }

    @Test("a known path with another method names the methods that it has")
    func notAllowed() throws {
        #expect(try route("DELETE", "/parcels/mine") == "not allowed: GET, PUT")
        #expect(try route("PATCH", "/parcels/7") == "not allowed: GET, POST")
    }

    @Test("a long path costs little, whatever the template")
    func bounded() throws {
        let names = (0..<20).map { "{e\($0)}" }.joined(separator: "a")
        let text = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {'/\(names)b': {get: {operationId: x}}}"
        let contract = try contract(text)
        let clock = ContinuousClock()
        let duration = clock.measure {
            if case .unknownPath = contract.route(method: "GET", path: "/" + String(repeating: "a", count: 2_000)) {
                return
            }
            Issue.record("the path has no b")
        }
        #expect(duration < .seconds(20))
    }
}
