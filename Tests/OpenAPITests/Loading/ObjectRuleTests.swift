import Diagnostics
import OpenAPI
import SourceText
import TestKit
import Testing

/// What each object of a document must contain, object by object in the order of OpenAPI 3.1.1, section 4.8.
@Suite("Rules of each object")
struct ObjectRuleTests {
    /// A document, or the part of one that matters.
    enum Part: Sendable {
        case document(_ version: String, _ rest: String)
        case path(_ path: String, _ item: String)
        case operation(_ members: String, responses: String = "{'200': {description: ok}}")
        case components(_ members: String, version: String = "3.1.0")

        var text: String {
            let info = "info: {title: t, version: '1'}\n"
            switch self {
            case .document(let version, let rest): return "openapi: \(version)\n" + rest
            case .path(let path, let item):
                return "openapi: 3.1.0\n" + info + "paths:\n  \(path):\n    \(item)\n"
            case .operation(let members, let responses):
                return "openapi: 3.1.0\n" + info + "paths:\n  /a:\n    get: {\(members), responses: \(responses)}\n"
            case .components(let members, let version):
                return "openapi: \(version)\n" + info + "paths: {}\ncomponents:\n  \(members)\n"
            }
        }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let part: Part
        /// `line:column severity rule` of each finding.
        let findings: [String]

        init(_ name: String, _ part: Part, _ findings: String...) {
            self.name = name
            self.part = part
            self.findings = findings
        }

        var testDescription: String { name }
    }

    static let documents = [
        Row("no info", .document("3.1.0", "paths: {}\n"), "1:1 error info.missing"),
        Row("info without title", .document("3.1.0", "info: {version: '1'}\npaths: {}\n"), "2:1 error info.missing"),
        Row("info without version", .document("3.1.0", "info: {title: t}\npaths: {}\n"), "2:1 error info.missing"),
        Row(
            "version is a number", .document("3.1.0", "info: {title: t, version: 1}\npaths: {}\n"),
            "2:18 error openapi.shape"),
        Row(
            "openapi is a number", .document("3.1", "info: {title: t, version: '1'}\npaths: {}\n"),
            "1:10 error openapi.version"),
        Row("3.0 without paths", .document("3.0.3", "info: {title: t, version: '1'}\n"), "1:1 error paths.missing"),
        Row(
            "3.1 without paths, components, webhooks", .document("3.1.0", "info: {title: t, version: '1'}\n"),
            "1:1 error paths.missing"),
        Row(
            "paths is a list", .document("3.1.0", "info: {title: t, version: '1'}\npaths: []\n"),
            "3:1 error openapi.shape"),
        Row(
            "unknown field at the top", .document("3.1.0", "info: {title: t, version: '1'}\npaths: {}\npahts: {}\n"),
            "4:1 warning openapi.unknown-field"),
        Row(
            "server without url",
            .document("3.1.0", "info: {title: t, version: '1'}\npaths: {}\nservers:\n  - description: d\n"),
            "5:5 error server.url"),
        Row(
            "servers is an object",
            .document("3.1.0", "info: {title: t, version: '1'}\npaths: {}\nservers: {url: a}\n"),
            "4:1 error openapi.shape"),
        Row(
            "server variable without default",
            .document(
                "3.1.0",
                "info: {title: t, version: '1'}\npaths: {}\nservers:\n  - url: 'https://{v}.x'\n    variables: {v: {enum: [a]}}\n"
            ), "6:17 error server.variable"),
        Row(
            "server variable not described",
            .document("3.1.0", "info: {title: t, version: '1'}\npaths: {}\nservers:\n  - url: 'https://{v}.x'\n"),
            "5:5 error server.variable"),
        Row(
            "server variable default not in enum",
            .document(
                "3.1.0",
                "info: {title: t, version: '1'}\npaths: {}\nservers:\n  - url: 'https://{v}.x'\n    variables: {v: {default: b, enum: [a]}}\n"
            ), "6:21 error server.variable"),
        Row(
            "security of an unknown scheme",
            .document("3.1.0", "info: {title: t, version: '1'}\npaths: {}\nsecurity:\n  - A: []\n"),
            "5:5 error security.unknown"),
        Row(
            "security is an object",
            .document("3.1.0", "info: {title: t, version: '1'}\npaths: {}\nsecurity: {A: []}\n"),
            "4:1 error openapi.shape"),
        Row(
            "operation without responses, 3.0",
            .document("3.0.3", "info: {title: t, version: '1'}\npaths:\n  /a:\n    get: {operationId: a}\n"),
            "5:5 error operation.responses"),
        Row(
            "equal templates",
            .document(
                "3.1.0",
                "info: {title: t, version: '1'}\npaths:\n  '/a/{x}': {get: {parameters: [{name: x, in: path, required: true, schema: {}}], responses: {'200': {description: ok}}}}\n  '/a/{y}': {get: {parameters: [{name: y, in: path, required: true, schema: {}}], responses: {'200': {description: ok}}}}\n"
            ), "5:3 error path.ambiguous"),
        Row(
            "same operationId twice",
            .document(
                "3.1.0",
                "info: {title: t, version: '1'}\npaths:\n  /a: {get: {operationId: x, responses: {'200': {description: ok}}}}\n  /b: {get: {operationId: x, responses: {'200': {description: ok}}}}\n"
            ), "5:8 error operation.id-twice"),
    ]

    static let paths = [
        Row(
            "path without a slash", .path("a", "get: {responses: {'200': {description: ok}}}"),
            "4:3 error path.template"),
        Row(
            "path parameter not declared", .path("'/a/{id}'", "get: {responses: {'200': {description: ok}}}"),
            "5:5 error path.undeclared"),
        Row(
            "unknown method", .path("/a", "fetch: {responses: {'200': {description: ok}}}"),
            "5:5 warning openapi.unknown-field"),
        Row("path item is a list", .path("/a", "[]"), "4:3 error openapi.shape"),
        Row(
            "operation without responses, 3.1", .path("/a", "get: {operationId: a}"), "5:5 warning operation.responses"),
        Row(
            "optional path parameter",
            .path(
                "'/a/{p}'",
                "get: {parameters: [{name: p, in: path, schema: {}}], responses: {'200': {description: ok}}}"),
            "5:24 error parameter.path-required"),
        Row(
            "path template unbalanced", .path("'/a/{p'", "get: {responses: {'200': {description: ok}}}"),
            "4:3 error path.template"),
        Row(
            "path template empty", .path("'/a/{}'", "get: {responses: {'200': {description: ok}}}"),
            "4:3 error path.template"),
        Row(
            "same expression twice",
            .path(
                "'/a/{p}/{p}'",
                "get: {parameters: [{name: p, in: path, required: true, schema: {}}], responses: {'200': {description: ok}}}"
            ), "4:3 error path.template"),
        Row(
            "path with a query", .path("'/a?b=c'", "get: {responses: {'200': {description: ok}}}"),
            "4:3 error path.template"),
    ]

    static let operations = [
        Row("responses empty", .operation("operationId: a", responses: "{}"), "5:27 error operation.responses"),
        Row(
            "status 99", .operation("operationId: a", responses: "{'99': {description: ok}}"),
            "5:39 error response.status"),
        Row(
            "status 600", .operation("operationId: a", responses: "{'600': {description: ok}}"),
            "5:39 error response.status"),
        Row(
            "range in lower case", .operation("operationId: a", responses: "{2xx: {description: ok}}"),
            "5:39 error response.status"),
        Row(
            "range 2X", .operation("operationId: a", responses: "{2X: {description: ok}}"), "5:39 error response.status"
        ),
        Row("response is text", .operation("operationId: a", responses: "{'200': ok}"), "5:39 error openapi.shape"),
        Row(
            "response header without schema",
            .operation("operationId: a", responses: "{'200': {description: ok, headers: {x: {description: d}}}}"),
            "5:74 error parameter.schema"),
        Row(
            "response header with name",
            .operation("operationId: a", responses: "{'200': {description: ok, headers: {x: {name: x, schema: {}}}}}"),
            "5:78 warning openapi.unknown-field"),
        Row(
            "media type malformed",
            .operation("operationId: a", responses: "{'200': {description: ok, content: {json: {}}}}"),
            "5:74 error media-type.malformed"),
        Row(
            "example and examples",
            .operation(
                "operationId: a",
                responses: "{'200': {description: ok, content: {application/json: {example: 1, examples: {}}}}}"),
            "5:105 warning example.both"),
        Row(
            "link without operation",
            .operation("operationId: a", responses: "{'200': {description: ok, links: {l: {}}}}"),
            "5:72 error link.operation"),
        Row(
            "link to unknown operation",
            .operation("operationId: a", responses: "{'200': {description: ok, links: {l: {operationId: none}}}}"),
            "5:76 error link.operation"),
        Row(
            "link with both",
            .operation(
                "operationId: a",
                responses: "{'200': {description: ok, links: {l: {operationId: a, operationRef: '#/paths/~1a/get'}}}}"),
            "5:76 error link.operation"),
        Row("parameters is an object", .operation("parameters: {}"), "5:11 error openapi.shape"),
        Row("parameter without name", .operation("parameters: [{in: query, schema: {}}]"), "5:24 error parameter.name"),
        Row("parameter without in", .operation("parameters: [{name: p, schema: {}}]"), "5:24 error parameter.in"),
        Row(
            "parameter in body", .operation("parameters: [{name: p, in: body, schema: {}}]"), "5:34 error parameter.in"),
        Row(
            "parameter without schema and content", .operation("parameters: [{name: p, in: query}]"),
            "5:24 error parameter.schema"),
        Row(
            "parameter with schema and content",
            .operation("parameters: [{name: p, in: query, schema: {}, content: {application/json: {}}}]"),
            "5:24 error parameter.schema"),
        Row(
            "parameter with two contents",
            .operation("parameters: [{name: p, in: query, content: {application/json: {}, text/plain: {}}}]"),
            "5:45 error parameter.schema"),
        Row(
            "parameter with empty content", .operation("parameters: [{name: p, in: query, content: {}}]"),
            "5:45 error parameter.schema"),
        Row(
            "same parameter twice",
            .operation("parameters: [{name: p, in: query, schema: {}}, {name: p, in: query, schema: {}}]"),
            "5:58 error parameter.twice"),
        Row(
            "same header in other case",
            .operation("parameters: [{name: p, in: header, schema: {}}, {name: P, in: header, schema: {}}]"),
            "5:59 error parameter.twice"),
        Row(
            "path parameter that the path lacks",
            .operation("parameters: [{name: p, in: path, required: true, schema: {}}]"), "5:5 warning path.unused"),
        Row(
            "style of another place", .operation("parameters: [{name: p, in: query, style: matrix, schema: {}}]"),
            "5:45 error parameter.style"),
        Row(
            "unknown style", .operation("parameters: [{name: p, in: query, style: fancy, schema: {}}]"),
            "5:45 error parameter.style"),
        Row(
            "deepObject of text",
            .operation("parameters: [{name: p, in: query, style: deepObject, schema: {type: string}}]"),
            "5:45 warning parameter.style-undefined"),
        Row(
            "header parameter accept", .operation("parameters: [{name: Accept, in: header, schema: {}}]"),
            "5:24 note parameter.ignored"),
        Row(
            "required is text", .operation("parameters: [{name: p, in: query, required: 'yes', schema: {}}]"),
            "5:45 error openapi.shape"),
        Row(
            "unknown parameter field", .operation("parameters: [{name: p, in: query, schema: {}, requried: true}]"),
            "5:57 warning openapi.unknown-field"),
        Row("requestBody without content", .operation("requestBody: {required: true}"), "5:11 error body.content"),
        Row("operationId is a number", .operation("operationId: 7"), "5:11 error openapi.shape"),
        Row("deprecated is text", .operation("operationId: a, deprecated: 'no'"), "5:27 error openapi.shape"),
        Row("tags is text", .operation("operationId: a, tags: x"), "5:27 error openapi.shape"),
        Row("unknown operation field", .operation("operationId: a, sumary: s"), "5:27 warning openapi.unknown-field"),
    ]

    static let components = [
        Row("scheme without type", .components("securitySchemes: {A: {name: x}}"), "5:21 error security.scheme"),
        Row("scheme of unknown type", .components("securitySchemes: {A: {type: magic}}"), "5:25 error security.scheme"),
        Row(
            "apiKey without name", .components("securitySchemes: {A: {type: apiKey, in: header}}"),
            "5:21 error security.scheme"),
        Row(
            "apiKey without in", .components("securitySchemes: {A: {type: apiKey, name: x}}"),
            "5:21 error security.scheme"),
        Row(
            "apiKey in path", .components("securitySchemes: {A: {type: apiKey, name: x, in: path}}"),
            "5:21 error security.scheme"),
        Row("http without scheme", .components("securitySchemes: {A: {type: http}}"), "5:21 error security.scheme"),
        Row(
            "component name with a space", .components("schemas: {'a b': {type: string}}"),
            "5:13 warning component.name"),
        Row("unknown component kind", .components("shemas: {}"), "5:3 warning openapi.unknown-field"),
        Row(
            "schema is text", .components("schemas: {A: text}"), "5:13 error openapi.shape", "5:16 error schema.keyword"
        ),
        Row("schema of unknown type", .components("schemas: {A: {type: text}}"), "5:17 error schema.keyword"),
        Row(
            "type list in 3.0", .components("schemas: {A: {type: [string]}}", version: "3.0.3"),
            "5:17 error schema.keyword"),
        Row(
            "array without items in 3.0", .components("schemas: {A: {type: array}}", version: "3.0.3"),
            "5:13 warning schema.items"),
        Row(
            "nullable in 3.1", .components("schemas: {A: {type: string, nullable: true}}"),
            "5:31 warning schema.unknown-keyword"),
        Row(
            "discriminator without propertyName",
            .components("schemas: {A: {oneOf: [{type: object}], discriminator: {}}}"), "5:42 error schema.discriminator"
        ),
        Row("enum is text", .components("schemas: {A: {enum: a}}"), "5:17 error schema.keyword"),
        Row(
            "properties is a list", .components("schemas: {A: {properties: []}}"), "5:13 warning schema.no-type",
            "5:17 error schema.keyword"),
        Row(
            "required names twice", .components("schemas: {A: {required: [a, a]}}"), "5:13 warning schema.no-type",
            "5:17 note schema.keyword"),
        Row("minLength negative", .components("schemas: {A: {minLength: -1}}"), "5:17 error schema.keyword"),
        Row("multipleOf zero", .components("schemas: {A: {multipleOf: 0}}"), "5:17 error schema.keyword"),
        Row("pattern invalid", .components("schemas: {A: {pattern: '['}}"), "5:17 error schema.pattern"),
        Row(
            "default breaks its schema", .components("schemas: {A: {type: integer, default: x}}"),
            "5:32 warning schema.default"),
        Row(
            "example breaks its schema", .components("schemas: {A: {type: integer, example: x}}"),
            "5:32 warning example.schema"),
        Row(
            "$ref to nothing", .components("schemas: {A: {$ref: '#/components/schemas/B'}}"),
            "5:17 error schema.reference"),
        Row(
            "$ref to a response",
            .components("schemas: {A: {$ref: '#/components/responses/R'}}\n  responses: {R: {description: ok}}"),
            "5:17 error reference.kind"),
    ]

    @Test("the document, its information, servers and security requirements", arguments: documents)
    func documentsRules(row: Row) throws { try check(row) }

    @Test("paths and path items", arguments: paths)
    func pathsRules(row: Row) throws { try check(row) }

    @Test("operations, parameters, bodies, responses, headers and links", arguments: operations)
    func operationsRules(row: Row) throws { try check(row) }

    @Test("components, security schemes and schemas", arguments: components)
    func componentsRules(row: Row) throws { try check(row) }

    private func check(_ row: Row) throws {
        let diagnostics: [Diagnostic]
        do {
            let contract = try Contract.load(text: row.part.text)
            diagnostics = contract.check() + contract.lint()
        } catch let error as SourceError {
            diagnostics = error.diagnostics
        }
        let found = diagnostics.map { diagnostic in
            diagnostic.testLine.split(separator: ":", maxSplits: 2).prefix(2).joined(separator: ":")
        }
        #expect(Set(found) == Set(row.findings))
    }
}
