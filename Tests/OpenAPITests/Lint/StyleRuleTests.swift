import Diagnostics
import JSONDocument
import OpenAPI
import Testing

@Suite("Lint of styles")
struct StyleRuleTests {
    private static func document(_ parameter: String, version: String) -> String {
        """
        openapi: \(version)
        info: {title: t, version: '1'}
        paths:
          /a/{p}: {get: {operationId: a, parameters: [\(parameter)], responses: {'200': {description: ok}}}}
        """
    }

    private static let schemas = [
        "{type: string}", "{type: integer}", "{type: array, items: {type: string}}",
        "{type: array, items: {type: array, items: {type: string}}}", "{type: array, items: {type: object}}",
        "{type: object, properties: {a: {type: string}}}", "{type: object, additionalProperties: {type: integer}}",
        "{type: object, properties: {a: {type: array, items: {type: string}}}}",
        "{type: object, properties: {a: {type: object, properties: {b: {type: string}}}}}",
    ]

    private static let places: [(place: String, styles: [String])] = [
        ("path", ["simple", "label", "matrix"]), ("query", ["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
        ("header", ["simple"]), ("cookie", ["form"]),
    ]

    /// A text that has something of the parameter, in the form that comes nearest to the schema.
    private static func sample(_ parameter: Parameter) -> ParameterCodec.Parsed {
        let texts: [String] =
            switch parameter.place {
            case .path: ["1", ".1", ";p=1", "a,1", "a=1", ".a.1", ".a,1", ".a=1", ";p=a,1", ";a=1"]
            case .query, .querystring: ["p=1", "p=a,1", "a=1", "p=a%201", "p=a%7C1", "p%5Ba%5D=1"]
            case .header: ["1", "a,1", "a=1"]
            case .cookie: ["p=1", "p=a,1"]
            }
        let readings = texts.map { text in
            switch parameter.place {
            case .path: ParameterCodec.parse(pathText: text, as: parameter)
            case .query, .querystring: ParameterCodec.parse(query: text, as: parameter)
            case .header: ParameterCodec.parse(headerLines: [text], as: parameter)
            case .cookie: ParameterCodec.parse(cookie: text, as: parameter)
            }
        }
        // A text that is written in another style may be read as a member that the schema does not declare.
        return readings.first { if case .undefined = $0 { true } else { false } }
            ?? readings.first { if case .value = $0 { true } else { false } } ?? .absent
    }

    @Test("a style is reported if and only if no text of the parameter can be judged")
    func agreement() throws {
        var reported = 0
        for version in ["3.0.4", "3.1.1", "3.2.0"] {
            for (place, styles) in Self.places {
                for style in styles {
                    for explode in [true, false] {
                        for schema in Self.schemas {
                            let text = """
                                {name: p, in: \(place), required: true, style: \(style), explode: \(explode), \
                                schema: \(schema)}
                                """
                            let contract = try contract(Self.document(text, version: version))
                            let parameter = try #require(contract.operations.first?.parameters.first)
                            let isReported = contract.lint().contains { $0.rule == "parameter.style-undefined" }
                            let isUndefined =
                                if case .undefined = Self.sample(parameter) { true } else { false }
                            #expect(isReported == isUndefined, "\(version) \(text)")
                            reported += isReported ? 1 : 0
                        }
                    }
                }
            }
        }
        #expect(reported > 100)
    }

    @Test(
        "an encoding that is undefined for a form is reported",
        arguments: [
            ("{style: pipeDelimited}", "{type: string}", ["parameter.style-undefined"]),
            (
                "{style: spaceDelimited, explode: true}", "{type: array, items: {type: string}}",
                ["parameter.style-undefined"]
            ),
            ("{style: matrix}", "{type: string}", ["parameter.style"]),
            ("{style: deepObject, explode: true}", "{type: object, properties: {a: {type: object}}}", []),
            ("{explode: false}", "{type: array, items: {type: string}}", []),
            ("{contentType: application/json}", "{type: object, properties: {a: {type: object}}}", []),
        ] as [(String, String, [String])]
    )
    func encodings(encoding: String, schema: String, rules: [String]) throws {
        let contract = try contract(
            """
            openapi: 3.1.1
            info: {title: t, version: '1'}
            paths:
              /f:
                post:
                  requestBody:
                    content:
                      application/x-www-form-urlencoded:
                        encoding: {m: \(encoding)}
                        schema: {type: object, properties: {m: \(schema)}}
                  responses: {'200': {description: ok}}
            """
        )
        #expect(contract.lint().map(\.rule) == rules)
    }
}
