import Diagnostics
import OpenAPI
import Scenarios
import TestKit

/// A contract with the operation `act` (`POST /things`), of which a test chooses the parts, and the tables over it.
struct OneOperation {
    /// Parameters in flow style, separated by commas.
    var parameters = ""
    /// The schema of the JSON body of the request; `nil` for no body.
    var request: String?
    /// The schema of the JSON body of the response with status 200; `nil` for no body.
    var response: String?
    /// The headers of that response, in flow style.
    var headers = ""
    /// Further responses, in flow style, each with a comma before it.
    var otherResponses = ""
    /// The security requirements, in flow style.
    var security = "[]"
    /// The security schemes, in flow style.
    var schemes = ""
    /// Webhooks of the document, in flow style.
    var webhooks = ""
    /// Settings of the plan.
    var settings = Library.settings()

    var contracts: Contracts {
        get throws {
            func content(_ schema: String?) -> String {
                schema.map { "content: {application/json: {schema: \($0)}}" } ?? ""
            }
            let body = request.map { "requestBody: {\(content($0))}" } ?? ""
            let document = """
                openapi: 3.1.0
                info: {title: One, version: '1'}
                servers: [{url: https://one.example}]
                paths:
                  /things:
                    post:
                      operationId: act
                      security: \(security)
                      parameters: [\(parameters)]
                      \(body)
                      responses:
                        {'200': {description: ok, headers: {\(headers)}, \(content(response))}\(otherResponses)}
                webhooks: {\(webhooks)}
                components: {securitySchemes: {\(schemes)}}
                """
            return Contracts([try Contract.load(text: document, name: "1", file: "one.yaml")])
        }
    }

    /// Plans one table, `scenarios/t.csv`.
    func plan(_ table: String) throws -> (Plan, [Diagnostic]) {
        Planner.plan(
            tables: [TableSource(path: "scenarios/t.csv", bytes: Array(table.utf8))], contracts: try contracts,
            settings: settings)
    }

    /// The problems of a table as people read them.
    func problems(_ table: String) throws -> [String] { try plan(table).1.map(Library.text) }

    /// The problems of a table over the contract of a whole document.
    static func problems(_ table: String, in document: String) throws -> [String] {
        Planner.plan(
            tables: [TableSource(path: "scenarios/t.csv", bytes: Array(table.utf8))],
            contracts: Contracts([try Contract.load(text: document, name: "1")]), settings: Library.settings()
        ).1.map(Library.text)
    }
}
