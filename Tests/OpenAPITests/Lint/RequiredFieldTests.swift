import Diagnostics
import OpenAPI
import TestKit
import Testing

/// Incomplete objects that are usable nevertheless, each beside a document that is complete.
@Suite("Lint of required fields")
struct RequiredFieldTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let text: String
        /// The finding at the mark `①`; `nil` for none.
        let finding: String?
        let version: String

        /// Members of a document, and the finding in them.
        init(_ text: String, _ finding: String?, version: String = "3.1.0") {
            self.text = text
            self.finding = finding
            self.version = version
        }

        var testDescription: String { "\(version): \(text)" }
    }

    private static func response(_ text: String, _ finding: String?, version: String = "3.1.0") -> Row {
        Row("paths: {/a: {get: {responses: {'200': \(text)}}}}", finding, version: version)
    }

    private static func scheme(_ text: String, _ finding: String?, version: String = "3.1.0") -> Row {
        Row("paths: {}\ncomponents: {securitySchemes: {A: \(text)}}", finding, version: version)
    }

    static let responses: [Row] = [
        Row(
            "paths: {/a: {get: {responses: {①'200': {}}}}}",
            "warning openapi.required-field: a response requires `description`"),
        Row(
            "paths: {/a: {get: {responses: {①'200': {}}}}}",
            "warning openapi.required-field: a response requires `description`", version: "3.0.4"),
        // OpenAPI 3.2.0, section 4.17 makes the description optional.
        response("{}", nil, version: "3.2.0"),
        response("{description: ''}", nil),
        Row(
            "paths: {/a: {get: {responses: {'200': {$ref: '#/components/responses/R'}}}}}\n"
                + "components: {responses: {R: {description: d}}}", nil),
        Row(
            "paths: {/a: {get: {responses: {'200': {$ref: '#/components/responses/R'}}}}}\n"
                + "components: {responses: {①R: {}}}",
            "warning openapi.required-field: a response requires `description`"),
        response(
            "{description: d, headers: {①Content-Type: {schema: {type: string}}}}",
            "note response.header-ignored: the header Content-Type is ignored, because `content` describes it"),
        response(
            "{description: d, headers: {①content-type: {schema: {type: string}}}}",
            "note response.header-ignored: the header content-type is ignored, because `content` describes it"),
        response("{description: d, headers: {Content-Length: {schema: {type: integer}}}}", nil),
    ]

    static let documents: [Row] = [
        Row(
            "info: {title: t, version: '1', ①license: {url: 'https://a.example'}}\npaths: {}",
            "warning openapi.required-field: a license object requires `name`"),
        Row("info: {title: t, version: '1', license: {name: MIT}}\npaths: {}", nil),
        Row(
            "paths: {}\ntags: [①{description: d}]",
            "warning openapi.required-field: a tag requires `name`"),
        Row("paths: {}\ntags: [{name: a}, ①{name: a}]", "warning tag.twice: the tag 'a' is declared twice"),
        // Names of tags are case-sensitive (OpenAPI 3.1.1, section 4.1).
        Row("paths: {}\ntags: [{name: a}, {name: A}]", nil),
        Row(
            "paths: {}\n①externalDocs: {description: d}",
            "warning openapi.required-field: an external documentation object requires `url`"),
        Row("paths: {}\nexternalDocs: {url: 'https://a.example'}", nil),
        Row(
            "paths: {/a: {post: {requestBody: {①content: {}}, responses: {'200': {description: d}}}}}",
            "warning body.content: the request body lists no media type"),
        Row(
            "paths: {/a: {post: {requestBody: {content: {text/plain: {}}}, responses: {'200': {description: d}}}}}", nil
        ),
    ]

    static let schemes: [Row] = [
        Row(
            "paths: {}\ncomponents: {securitySchemes: {①A: {type: oauth2}}}",
            "warning security.scheme: an oauth2 scheme requires `flows`"),
        scheme("{type: oauth2, flows: {password: {tokenUrl: 'https://a.example', scopes: {}}}}", nil),
        Row(
            "paths: {}\ncomponents: {securitySchemes: {①A: {type: openIdConnect}}}",
            "warning security.scheme: an openIdConnect scheme requires `openIdConnectUrl`"),
        scheme("{type: openIdConnect, openIdConnectUrl: 'https://a.example'}", nil),
        Row(
            "paths: {}\ncomponents: {securitySchemes: {①A: {type: mutualTLS}}}",
            "warning security.scheme: the type mutualTLS was added in OpenAPI 3.1", version: "3.0.4"),
        scheme("{type: mutualTLS}", nil),
    ]

    @Test("a missing field is reported at its object, and a complete object is not", arguments: responses)
    func responseFields(row: Row) throws { try check(row) }

    @Test("information, tags, bodies and external documentation", arguments: documents)
    func documentFields(row: Row) throws { try check(row) }

    @Test("security schemes", arguments: schemes)
    func schemeFields(row: Row) throws { try check(row) }

    private func check(_ row: Row) throws {
        let head = "openapi: \(row.version)\n" + (row.text.hasPrefix("info") ? "" : "info: {title: t, version: '1'}\n")
        let marked = MarkedText(head + row.text + "\n")
        let contract = try contract(marked.text)
        #expect(contract.check().map(\.testLine) == [], "these mistakes do not affect how the document is used")
        let expected = row.finding.map { "\(marked.places.first?.description ?? "nowhere") \($0)" }
        #expect(contract.lint().map(\.testLine) == [expected].compactMap { $0 })
    }
}
