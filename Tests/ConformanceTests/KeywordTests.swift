import Exchanges
import Testing

@Suite("Keywords of OpenAPI 3.1")
struct KeywordTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        var schema: String
        var body: String
        var told: String
        var testDescription: String { schema }

        init(_ schema: String, _ body: String, _ told: String) {
            self.schema = schema
            self.body = body
            self.told = told
        }
    }

    @Test(
        "a violated keyword is reported with its pointer and place",
        arguments: [
            Fault("{ const: 5 }", "6", "body.const @body 1:1 parcels.yaml:12:25"),
            Fault("{ type: [string, 'null'] }", "6", "body.type @body 1:1 parcels.yaml:12:25"),
            Fault("{ exclusiveMaximum: 5 }", "5", "body.exclusiveMaximum @body 1:1 parcels.yaml:12:25"),
            Fault("{ exclusiveMinimum: 5 }", "5", "body.exclusiveMinimum @body 1:1 parcels.yaml:12:25"),
            Fault("{ prefixItems: [{ type: string }] }", "[1]", "body.type @/0 1:2 parcels.yaml:12:41"),
            Fault("{ contains: { type: string } }", "[1]", "body.contains @body 1:1 parcels.yaml:12:25"),
            Fault(
                "{ dependentRequired: { a: [b] } }", #"{"a":1}"#, "body.dependentRequired @/b 1:1 parcels.yaml:12:25"),
            Fault(
                "{ propertyNames: { maxLength: 1 } }", #"{"ab":1}"#, "body.propertyNames @/ab 1:7 parcels.yaml:12:25"),
            Fault(
                "{ patternProperties: { '^x': { type: string } } }", #"{"xy":1}"#,
                "body.type @/xy 1:7 parcels.yaml:12:54"),
            Fault(
                "{ if: { type: string }, then: { minLength: 2 } }", #""a""#,
                "body.minLength @body 1:1 parcels.yaml:12:55"),
            Fault(
                "{ properties: { a: {} }, unevaluatedProperties: false }", #"{"a":1,"b":2}"#,
                "body.unevaluatedProperties @/b 1:12 parcels.yaml:12:48"),
            Fault("{ oneOf: [{ minimum: 1 }, { maximum: 5 }] }", "3", "body.oneOf @body 1:1 parcels.yaml:12:25"),
            Fault("false", "3", "body.false @body 1:1 parcels.yaml:12:23"),
        ])
    func keywords(fault: Fault) throws {
        let spec = """
            openapi: 3.1.0
            info: { title: Books, version: '1' }
            paths:
              /books:
                get:
                  operationId: listBooks
                  responses:
                    '200':
                      description: all
                      content:
                        application/json:
                          schema: \(fault.schema)
            """
        let bench = try Bench(spec: spec, tables: [("t.csv", "scenario,step,call\nall,list,listBooks\n")])
        let told = try bench.verdict(.answer(200, fault.body)).told.map { $0.split(separator: "\n")[0] }
        #expect(told == ["\(fault.told) t.csv:2:1"])
    }
}
