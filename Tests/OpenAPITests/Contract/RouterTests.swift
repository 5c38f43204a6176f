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

    @Test("an unknown method on a known path lists the available methods")
    func notAllowed() throws {
        #expect(try route("DELETE", "/parcels/mine") == "not allowed: GET, PUT")
        #expect(try route("PATCH", "/parcels/7") == "not allowed: GET, POST")
    }

    @Test("a long path is cheap with any template")
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

    @Test(
        "a segment with several expressions is split so that the values match",
        arguments: [
            ("/files/a.tar.gz", "name=a.tar ext=gz"), ("/files/a.gz", "name=a ext=gz"),
            ("/files/a.zip", "name=a ext=zip"),
            ("/files/a.b.zip", "name=a ext=b.zip"), ("/points/1.5,-2.5", "lat=1.5 lon=-2.5"),
            ("/points/x", "unknown"),
        ])
    func splits(path: String, expected: String) throws {
        let contract = try contract(
            """
            openapi: 3.1.0
            info: {title: t, version: "1"}
            paths:
              /files/{name}.{ext}:
                get: {operationId: file, parameters: [{name: name, in: path, required: true, schema: {type: string}}, {name: ext, in: path, required: true, schema: {enum: [tar, gz]}}]}
              /points/{lat},{lon}:
                get: {operationId: point, parameters: [{name: lat, in: path, required: true, schema: {type: number}}, {name: lon, in: path, required: true, schema: {type: number}}]}
            """)
        guard case .operation(let operation, let values) = contract.route(method: "GET", path: path) else {
            #expect(expected == "unknown")
            return
        }
        #expect(values.map { "\($0.name)=\($0.text)" }.joined(separator: " ") == expected)
        let tail = try #require(operation.pathValues(inTailOf: "/v1" + path))
        #expect(tail.map { "\($0.name)=\($0.text)" }.joined(separator: " ") == expected)
    }

    @Test("a long segment of many dots is routed quickly")
    func manyDots() throws {
        let contract = try contract(
            """
            openapi: 3.1.0
            info: {title: t, version: "1"}
            paths:
              /x/{a}.{b}.{c}.{d}.{e}:
                get: {operationId: x, parameters: [{name: e, in: path, required: true, schema: {enum: [none]}}]}
            """)
        let path = "/x/" + String(repeating: "a.", count: 4_000) + "z"
        guard case .operation = contract.route(method: "GET", path: path) else {
            Issue.record("not routed")
            return
        }
    }
}
