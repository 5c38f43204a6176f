import Diagnostics
import OpenAPI
import TestKit
import Testing

/// The fixed fields of each object in each edition (OpenAPI 3.0.4, section 4.7; 3.1.1, section 4.8; 3.2.0, section 4).
@Suite("Fixed fields of objects")
struct FixedFieldTests {
    struct Object: Sendable, CustomTestStringConvertible {
        /// The object in messages.
        let name: String
        /// A document in which `%` stands for the members of the object.
        let document: String
        /// The members that the object always has, then those that the test adds, by the edition that added them.
        let base: String
        let fields: [String: [String]]

        init(_ name: String, _ document: String, base: String = "", _ fields: [String: [String]]) {
            (self.name, self.document, self.base, self.fields) = (name, document, base, fields)
        }

        var testDescription: String { name }

        /// The document of an edition with these members added.
        func text(_ version: String, _ members: [String]) -> String {
            let inside = ((base.isEmpty ? [] : [base]) + members).joined(separator: ", ")
            return "openapi: \(version).0\n" + document.replacing("%", with: inside)
        }
    }

    static let info = "info: {title: t, version: '1'}\n"
    static let operation = info + "paths: {/a: {get: {responses: {'200': {description: ok}}, %}}}\n"
    static let response = info + "paths: {/a: {get: {responses: {'200': {%}}}}}\n"
    static let body = info + "paths: {/a: {post: {responses: {'200': {description: ok}}, requestBody: {%}}}}\n"
    static let parameter = info + "paths: {/a: {get: {responses: {'200': {description: ok}}, parameters: [{%}]}}}\n"
    static let components = info + "paths: {}\ncomponents: {%}\n"
    static func component(_ kind: String) -> String { info + "paths: {}\ncomponents: {\(kind): {C: {%}}}\n" }

    static let objects = [
        Object(
            "an info object", "info: {%}\npaths: {}\n", base: "title: t, version: '1'",
            [
                "3.0": ["description: d", "termsOfService: 'https://a.example'", "contact: {}", "license: {name: l}"],
                "3.1": ["summary: s"],
            ]),
        Object(
            "a contact object", "info: {title: t, version: '1', contact: {%}}\npaths: {}\n",
            ["3.0": ["name: n", "url: 'https://a.example'", "email: a@b.example"]]),
        Object(
            "a license object", "info: {title: t, version: '1', license: {%}}\npaths: {}\n", base: "name: n",
            ["3.0": ["url: 'https://a.example'"], "3.1": ["identifier: MIT"]]),
        Object(
            "a server", info + "servers: [{%}]\npaths: {}\n", base: "url: /v",
            ["3.0": ["description: d", "variables: {}"], "3.2": ["name: n"]]),
        Object(
            "a server variable", info + "servers: [{url: '/{v}', variables: {v: {%}}}]\npaths: {}\n",
            base: "default: a",
            ["3.0": ["enum: [a]", "description: d"]]),
        Object(
            "a path item", info + "paths: {/a: {%}}\n",
            [
                "3.0": ["summary: s", "description: d", "servers: []", "parameters: []"]
                    + ["get", "put", "post", "delete", "options", "head", "patch", "trace"].map {
                        "\($0): {responses: {'200': {description: ok}}}"
                    },
                "3.2": ["query: {responses: {'200': {}}}", "additionalOperations: {LINK: {responses: {'200': {}}}}"],
            ]),
        Object(
            "an operation", operation,
            [
                "3.0": [
                    "tags: []", "summary: s", "description: d", "externalDocs: {url: 'https://a.example'}",
                    "operationId: a",
                    "parameters: []", "requestBody: {content: {text/plain: {}}}", "callbacks: {}", "deprecated: true",
                    "security: []",
                    "servers: []",
                ]
            ]),
        Object(
            "an external documentation object", operation.replacing("%", with: "externalDocs: {%}"),
            base: "url: 'https://a.example'",
            ["3.0": ["description: d"]]),
        Object(
            "a parameter", parameter, base: "name: p, in: query, schema: {type: string}",
            [
                "3.0": [
                    "description: d", "required: false", "deprecated: false", "allowEmptyValue: false", "style: form",
                    "explode: true", "allowReserved: false", "example: a",
                ]
            ]),
        Object(
            "a request body", body, base: "content: {text/plain: {}}", ["3.0": ["description: d", "required: true"]]),
        Object(
            "a media type object", body.replacing("%", with: "content: {multipart/form-data: {%}}"),
            [
                "3.0": ["schema: {type: object}", "example: {}", "encoding: {}"],
                "3.2": ["itemSchema: {}", "prefixEncoding: []", "itemEncoding: {}"],
            ]),
        Object(
            "an encoding object", body.replacing("%", with: "content: {multipart/form-data: {encoding: {a: {%}}}}"),
            [
                "3.0": [
                    "contentType: text/plain", "headers: {}", "style: form", "explode: true", "allowReserved: false",
                ],
                "3.2": ["encoding: {}", "prefixEncoding: []", "itemEncoding: {}"],
            ]),
        Object(
            "a response", response, base: "description: ok",
            ["3.0": ["headers: {}", "content: {}", "links: {}"], "3.2": ["summary: s"]]),
        Object(
            "a header", response.replacing("%", with: "description: ok, headers: {X-A: {%}}"),
            base: "schema: {type: string}",
            [
                "3.0": [
                    "description: d", "required: true", "deprecated: false", "style: simple", "explode: false",
                    "example: a",
                ]
            ]),
        Object(
            "an example", component("examples"),
            [
                "3.0": ["summary: s", "description: d", "value: 1"],
                "3.2": ["dataValue: 1", "serializedValue: '1'"],
            ]),
        Object(
            "a link",
            info + "paths: {/a: {get: {operationId: a, responses: {'200': {description: ok, links: {l: {%}}}}}}}\n",
            base: "operationId: a",
            ["3.0": ["description: d", "parameters: {}", "requestBody: 1", "server: {url: /v}"]]),
        Object(
            "a components object", components,
            [
                "3.0": [
                    "schemas: {}", "responses: {}", "parameters: {}", "examples: {}", "requestBodies: {}",
                    "headers: {}",
                    "securitySchemes: {}", "links: {}", "callbacks: {}",
                ], "3.1": ["pathItems: {}"], "3.2": ["mediaTypes: {}"],
            ]),
        Object(
            "a security scheme", component("securitySchemes"), base: "type: oauth2",
            [
                "3.0": [
                    "description: d", "name: n", "in: header", "scheme: s", "bearerFormat: b", "flows: {}",
                    "openIdConnectUrl: 'https://a.example'",
                ], "3.2": ["oauth2MetadataUrl: 'https://a.example'", "deprecated: true"],
            ]),
        Object(
            "a tag", info + "paths: {}\ntags: [{%}]\n", base: "name: n",
            [
                "3.0": ["description: d", "externalDocs: {url: 'https://a.example'}"],
                "3.2": ["summary: s", "parent: n", "kind: nav"],
            ]),
        Object(
            "an OpenAPI document", "%\n" + info + "paths: {}\n",
            [
                "3.0": [
                    "servers: []", "components: {}", "security: []", "tags: []",
                    "externalDocs: {url: 'https://a.example'}",
                ],
                "3.1": ["webhooks: {}", "jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema'"],
                "3.2": ["$self: 'https://a.example/api'"],
            ]),
    ]

    private static let versions = ["3.0", "3.1", "3.2"]

    /// What is unknown in a document, with the advice.
    private static func unknown(_ object: Object, _ version: String, _ members: [String]) throws -> [String] {
        let isRoot = object.name == "an OpenAPI document"
        let text =
            isRoot
            ? "openapi: \(version).0\n" + members.map { $0 + "\n" }.joined() + Self.info + "paths: {}\n"
            : object.text(version, members)
        return try contract(text).diagnostics.filter { $0.rule == "openapi.unknown-field" }.map {
            "\($0.message) (\($0.help ?? "no help"))"
        }
    }

    @Test(
        "a field is known since the edition that added it, and earlier editions name that edition", arguments: objects)
    func editions(object: Object) throws {
        for (index, version) in Self.versions.enumerated() {
            let known = Self.versions[...index].flatMap { object.fields[$0] ?? [] }
            #expect(try Self.unknown(object, version, known) == [], "\(version)")
            for later in Self.versions[(index + 1)...] {
                for field in object.fields[later] ?? [] {
                    let name = field.prefix { $0 != ":" }
                    #expect(
                        try Self.unknown(object, version, [field])
                            == ["\(object.name) has no field '\(name)' (the field was added in OpenAPI \(later))"],
                        "\(version)")
                }
            }
        }
    }

    @Test("a misspelt field is unknown, an extension is not, and the case of letters counts", arguments: objects)
    func misspelt(object: Object) throws {
        let fields = Self.versions.flatMap { object.fields[$0] ?? [] }
        for field in fields.prefix(3) {
            let name = String(field.prefix { $0 != ":" })
            #expect(
                try Self.unknown(object, "3.2", ["\(name)z: 1"]) == [
                    "\(object.name) has no field '\(name)z' (did you mean `\(name)`?)"
                ])
            let capital = name.prefix(1).uppercased() + name.dropFirst()
            guard capital != name else { continue }
            #expect(try Self.unknown(object, "3.2", ["\(capital): 1"]).count == 1)
        }
        #expect(try Self.unknown(object, "3.2", ["x-note: 1", "x-: {a: 1}"]) == [])
        #expect(try Self.unknown(object, "3.2", ["X-note: 1"]).count == 1)
    }
}
