import Exchanges
import Testing

@testable import Mocking

/// The paths of the mock itself, and similar paths of a contract.
struct ReservedPathTests {
    private func contract(base: String, path: String) -> String {
        """
        openapi: 3.1.0
        info: {title: T, version: '1'}
        servers: [{url: '\(base)'}]
        paths:
          \(path): {get: {operationId: read, responses: {'200': {description: ok, content: {text/plain: {example: api}}}}}}
        """
    }

    @Test(
        "a path of the contract takes precedence over the mock's own",
        arguments: [
            ("/_mock/docs", "/hours", "/_mock/docs/hours", 200, "api"),
            ("/_mock/docs", "/hours", "/_mock/docs/other", 404, nil),
            ("/_mock/docs", "/hours", "/_mock/docs/_mock/state", 200, "{"),
            ("/_mock/docs", "/hours", "/_mock/state", 200, "{"),
            ("/_mock", "/hours", "/_mock/hours", 200, "api"),
            ("/_mock", "/hours", "/_mock/_mock/state", 200, "{"),
            ("/", "/_mock/hours", "/_mock/hours", 200, "api"),
            ("/", "/_mock/state", "/_mock/state", 200, "api"),
            ("/", "/_mock/{name}", "/_mock/state", 200, "api"),
            ("/", "/_mock/hours", "/_mock/state", 200, "{"),
            ("/", "/{a}/{b}", "/_mock/state", 200, "{"),
            ("/", "/{a}/{b}", "/x/state", 200, "api"),
            ("/_mocks", "/hours", "/_mocks/hours", 200, "api"),
            ("/v1", "/hours", "/v1/_mock/state", 200, "{"),
        ] as [(String, String, String, Int, String?)])
    func precedence(base: String, path: String, requested: String, status: Int, start: String?) throws {
        var mock = try TestMock(contract: contract(base: base, path: path), behaviour: nil, headers: [])
        let response = mock.send("GET", requested)
        #expect(response.status == status)
        if let start { #expect(response.text.hasPrefix(start), "\(response.text)") }
    }
}
