import Conformance
import Diagnostics
import Exchanges

/// One operation with one documented response, and what is found in a received one.
enum OneResponse {
    /// Judges a response to `METHOD /x`.
    ///
    /// - Parameters:
    ///   - responses: The Responses Object in YAML's flow style.
    ///   - components: The schemas of the document in flow style.
    static func verdict(
        openapi: String = "3.1.1", method: String = "get", responses: String, components: String = "{}",
        status: Int = 200, _ headers: [(String, String)], _ body: [UInt8]
    ) throws -> Verdict {
        let document = """
            openapi: \(openapi)
            info: { title: T, version: '1' }
            paths:
              /x:
                \(method):
                  operationId: x
                  responses: \(responses)
            components: { schemas: \(components) }
            """
        let bench = try Bench(spec: document, tables: [("t.csv", "scenario,step,call,expect\ns,x,x,\(status)\n")])
        return try bench.verdict(.answer(status, bytes: body, headers))
    }

    /// The findings as `rule severity place`, for a response with the status 200 and one media type.
    static func findings(
        openapi: String = "3.1.1", _ type: String, content: String, components: String = "{}", sent: String? = nil,
        _ body: [UInt8]
    ) throws -> [String] {
        try verdict(
            openapi: openapi, responses: "{ '200': { description: d, content: { \(type): \(content) } } }",
            components: components, [("content-type", sent ?? type)], body
        ).allFindings.map(\.short)
    }
}

extension Finding {
    /// `rule severity place`.
    var short: String { "\(rule) \(severity.rawValue) \(response?.description ?? "-")" }
}
