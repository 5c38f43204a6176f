import Testing

@testable import Drafting

/// The ways to break a request that are read off its schemas.
struct RefusalDraftTests {
    private func steps(body schema: String, media: String = "application/json") throws -> [String] {
        let draft = try Drafts.draft(
            Drafts.document(
                """
                post:
                      operationId: send
                      requestBody: {required: true, content: {\(media): {schema: \(schema)}}}
                      responses: {'200': {description: ok}, '422': {description: refused}}
                """))
        return draft.lines.filter { $0.hasPrefix(",") }.map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).dropFirst().filter { !$0.isEmpty }
                .prefix(2).joined(separator: " ")
        }
    }

    @Test(
        "every restricting keyword is violated once",
        arguments: [
            ("{type: string, minLength: 3, maxLength: 4}", ["a-type a:=17", "a-too-short a=xx", "a-too-long a=xxxxx"]),
            ("{type: string, minLength: 1}", ["a-type a:=17", "a-too-short a=''"]),
            ("{type: string, pattern: '^[0-9]+$'}", ["a-type a:=17", "a-pattern a=!"]),
            ("{type: string, format: date}", ["a-type a:=17", "a-format a=no-date"]),
            ("{type: string, enum: [x, y]}", ["a-type a:=17", "a-unknown-value a=no-such-value"]),
            ("{type: number, minimum: 0.5, maximum: 2}", ["a-type a='ten'", "a-too-small a=-0.5", "a-too-large a=3"]),
            ("{type: integer, exclusiveMinimum: 0}", ["a-type a='ten'", "a-too-small a=0", "a-fraction a=1.5"]),
            ("{type: number, multipleOf: 5}", ["a-type a='ten'", "a-multiple a=6"]),
            ("{type: boolean}", ["a-type a='maybe'"]),
            ("{type: [string, 'null']}", ["a-type a:=17"]),
            ("{type: object}", ["a-type a='text'"]),
            ("{}", []),
        ])
    func bounds(schema: String, expected: [String]) throws {
        let found = try steps(body: "{type: object, required: [a], properties: {a: \(schema)}}")
        #expect(found == ["no-a !a"] + expected)
    }

    @Test("arrays are violated by length, by duplicates, and in their elements")
    func arrays() throws {
        let found = try steps(
            body:
                "{type: object, required: [a], properties: {a: {type: array, minItems: 1, maxItems: 2, uniqueItems: true, items: {type: string, const: q}}}}"
        )
        #expect(found.contains("a-too-few a:=[]"))
        #expect(
            found.contains { $0.hasPrefix("a-repeated a:=") } || found.contains { $0.hasPrefix("a-repeated \"a:=") })
        #expect(found.contains("a-type a[0]:=17") || found.contains { $0.contains("a[0]") })
    }

    @Test("nested members are violated in place")
    func nested() throws {
        let found = try steps(
            body:
                "{type: object, required: [a], properties: {a: {type: object, required: [b], additionalProperties: false, properties: {b: {type: integer}}}}}"
        )
        #expect(
            found == [
                "no-a !a", "a-type a='text'", "no-a-b !a.b", "a-undeclared body.a.unexpected:=true",
                "a-b-type a.b='ten'",
                "a-b-fraction a.b=1.5",
            ])
    }

    @Test("in a form every value is text, so texts never have the wrong type")
    func forms() throws {
        let found = try steps(
            body:
                "{type: object, required: [a, n], properties: {a: {type: string}, n: {type: integer}, l: {type: array, items: {type: string}}}}",
            media: "application/x-www-form-urlencoded")
        #expect(found == ["no-a !a", "no-n !n", "n-type n='ten'", "n-fraction n=1.5"])
    }

    @Test("an undeclared required member is named in full")
    func undeclared() throws {
        #expect(try steps(body: "{type: object, required: [a]}") == ["no-a !body.a"])
    }

    @Test("no cell contains a value that a spreadsheet reads as a formula")
    func formulas() throws {
        let draft = try Drafts.draft(Drafts.shop)
        for line in draft.lines {
            for cell in line.split(separator: ",") { #expect(!"=+-@".contains(cell.first ?? " "), "\(line)") }
        }
    }

    @Test("credentials are omitted only if a request would contain them")
    func certificates() throws {
        let draft = try Drafts.draft(
            Drafts.document(
                "get: {operationId: read, security: [{Tls: []}], responses: {'200': {description: ok}, '401': {description: who}}}",
                components: "{securitySchemes: {Tls: {type: mutualTLS}}}"))
        #expect(draft.lines.count == 2)
    }
}
