import Foundation
import Testing

@testable import Drafting

/// The rows that are drafted for each keyword of a request body or a parameter, with their exact cells.
struct RefusalKeywordTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let schema: String
        /// `step | set | note` of each row about the member or parameter `m`.
        let rows: [String]

        init(_ name: String, _ schema: String, _ rows: String...) {
            self.name = name
            self.schema = schema
            self.rows = rows
        }

        var testDescription: String { "\(name): \(schema)" }
    }

    static let members = [
        Row("text", "{type: string}", "m-type | m:=17 | `m` is of type string"),
        Row("number", "{type: number}", "m-type | m='ten' | `m` is of type number"),
        Row(
            "integer", "{type: integer}", "m-type | m='ten' | `m` is of type integer",
            "m-fraction | m=1.5 | `m` is an integer"),
        Row("boolean", "{type: boolean}", "m-type | m='maybe' | `m` is of type boolean"),
        Row("list", "{type: array, items: {}}", "m-type | m='text' | `m` is of type array"),
        Row("object", "{type: object}", "m-type | m='text' | `m` is of type object"),
        Row("any type", "{}"),
        Row("text or null", "{type: [string, 'null']}", "m-type | m:=17 | `m` is of type string"),
        Row(
            "minLength", "{type: string, minLength: 3}", "m-type | m:=17 | `m` is of type string",
            "m-too-short | m=xx | `m` has at least 3 characters"),
        Row(
            "minLength of one", "{type: string, minLength: 1}", "m-type | m:=17 | `m` is of type string",
            "m-too-short | m='' | `m` has at least 1 character"),
        Row("minLength of zero", "{type: string, minLength: 0}", "m-type | m:=17 | `m` is of type string"),
        Row(
            "maxLength", "{type: string, maxLength: 2}", "m-type | m:=17 | `m` is of type string",
            "m-too-long | m=xxx | `m` has at most 2 characters"),
        Row(
            "maxLength of zero", "{type: string, maxLength: 0}", "m-type | m:=17 | `m` is of type string",
            "m-too-long | m=x | `m` has at most 0 characters"),
        Row(
            "both lengths", "{type: string, minLength: 2, maxLength: 2}", "m-type | m:=17 | `m` is of type string",
            "m-too-short | m=x | `m` has at least 2 characters", "m-too-long | m=xxx | `m` has at most 2 characters"),
        Row(
            "pattern", "{type: string, pattern: '^[0-9]{4}$'}", "m-type | m:=17 | `m` is of type string",
            "m-pattern | m=! | `m` matches `^[0-9]{4}$`"),
        Row(
            "pattern that the first texts match", "{type: string, pattern: '^[!n]'}",
            "m-type | m:=17 | `m` is of type string", "m-pattern | m=0 | `m` matches `^[!n]`"),
        Row(
            "format", "{type: string, format: date-time}", "m-type | m:=17 | `m` is of type string",
            "m-format | m=no-date-time | `m` has the format date-time"),
        Row("format that is not judged", "{type: string, format: password}", "m-type | m:=17 | `m` is of type string"),
        Row(
            "enum", "{type: string, enum: [a, b]}", "m-type | m:=17 | `m` is of type string",
            "m-unknown-value | m=no-such-value | `m` is one of 2 values"),
        Row(
            "enum of one", "{type: string, enum: [a]}", "m-type | m:=17 | `m` is of type string",
            "m-unknown-value | m=no-such-value | `m` is one fixed value"),
        Row(
            "enum of numbers", "{type: integer, enum: [1, 2, 3]}", "m-type | m='ten' | `m` is of type integer",
            "m-unknown-value | m=987654 | `m` is one of 3 values", "m-fraction | m=1.5 | `m` is an integer"),
        Row(
            "const", "{const: a}", "m-type | m:=17 | `m` is of type string",
            "m-unknown-value | m=no-such-value | `m` is one fixed value"),
        Row(
            "minimum", "{type: integer, minimum: 1}", "m-type | m='ten' | `m` is of type integer",
            "m-too-small | m=0 | `m` is at least 1", "m-fraction | m=1.5 | `m` is an integer"),
        Row(
            "negative minimum", "{type: integer, minimum: -5}", "m-type | m='ten' | `m` is of type integer",
            "m-too-small | m=-6 | `m` is at least -5", "m-fraction | m=1.5 | `m` is an integer"),
        Row(
            "minimum with a fraction", "{type: number, minimum: 0.5}", "m-type | m='ten' | `m` is of type number",
            "m-too-small | m=-0.5 | `m` is at least 0.5"),
        Row(
            "minimum beyond 64 bits", "{type: integer, minimum: 100000000000000000000}",
            "m-type | m='ten' | `m` is of type integer",
            "m-too-small | m=99999999999999999999 | `m` is at least 100000000000000000000",
            "m-fraction | m=1.5 | `m` is an integer"),
        Row(
            "maximum", "{type: integer, maximum: 9}", "m-type | m='ten' | `m` is of type integer",
            "m-too-large | m=10 | `m` is at most 9", "m-fraction | m=1.5 | `m` is an integer"),
        Row(
            "exclusiveMinimum", "{type: number, exclusiveMinimum: 0}", "m-type | m='ten' | `m` is of type number",
            "m-too-small | m=0 | `m` is above 0"),
        Row(
            "exclusiveMaximum", "{type: number, exclusiveMaximum: 1.5}", "m-type | m='ten' | `m` is of type number",
            "m-too-large | m=1.5 | `m` is below 1.5"),
        Row(
            "multipleOf", "{type: integer, multipleOf: 5}", "m-type | m='ten' | `m` is of type integer",
            "m-multiple | m=6 | `m` is a multiple of 5", "m-fraction | m=1.5 | `m` is an integer"),
        Row(
            "multipleOf hundredths", "{type: number, multipleOf: 0.01}", "m-type | m='ten' | `m` is of type number",
            "m-multiple | m=1.005 | `m` is a multiple of 0.01"),
        Row(
            "multipleOf one", "{type: number, multipleOf: 1}", "m-type | m='ten' | `m` is of type number",
            "m-multiple | m=1.5 | `m` is a multiple of 1"),
        Row(
            "minItems", "{type: array, items: {type: string, const: a}, minItems: 1}",
            "m-type | m='text' | `m` is of type array", "m-too-few | m:=[] | `m` has at least 1 element",
            "m-type-2 | m[0]:=17 | `m[0]` is of type string",
            "m-unknown-value | m[0]=no-such-value | `m[0]` is one fixed value"),
        Row(
            "maxItems", "{type: array, items: {type: integer, minimum: 1, maximum: 1}, minItems: 1, maxItems: 2}",
            "m-type | m='text' | `m` is of type array",
            "m-too-few | m:=[] | `m` has at least 1 element", "m-too-many | m:=[1,1,1] | `m` has at most 2 elements",
            "m-type-2 | m[0]='ten' | `m[0]` is of type integer", "m-too-small | m[0]=0 | `m[0]` is at least 1",
            "m-too-large | m[0]=2 | `m[0]` is at most 1",
            "m-fraction | m[0]=1.5 | `m[0]` is an integer"),
        Row("readOnly", "{type: string, readOnly: true}"),
    ]

    private func breaks(_ document: String) throws -> [String] {
        let draft = try Drafts.draft(document)
        return draft.files.filter { $0.path.hasSuffix(".csv") }.flatMap { file -> [String] in
            let rows = Cells.rows(file.text)
            guard let header = rows.first else { return [] }
            let column = { (name: String) in header.firstIndex(of: name) ?? 0 }
            let steps = rows.dropFirst().filter { $0[column("step")].hasPrefix("m-") }
            return steps.map { [$0[column("step")], $0[column("set")], $0[column("note")]].joined(separator: " | ") }
        }
    }

    @Test("a member of a body", arguments: members)
    func member(row: Row) throws {
        let body =
            "{required: true, content: {application/json: {schema: {type: object, properties: {m: \(row.schema)}}}}}"
        let found = try breaks(
            Drafts.document(
                "post: {operationId: send, requestBody: \(body), responses: {'200': {description: ok}, '400': {description: no}}}"
            ))
        #expect(found == row.rows)
    }

    static let parameters = [
        Row("text", "{type: string}"),
        Row(
            "integer", "{type: integer}", "m-type | m=ten | `m` is of type integer",
            "m-fraction | m=1.5 | `m` is an integer"),
        Row("boolean", "{type: boolean}", "m-type | m=maybe | `m` is of type boolean"),
        Row(
            "maximum", "{type: integer, maximum: 9}", "m-type | m=ten | `m` is of type integer",
            "m-too-large | m=10 | `m` is at most 9", "m-fraction | m=1.5 | `m` is an integer"),
        Row("enum", "{type: string, enum: [a, b]}", "m-unknown-value | m=no-such-value | `m` is one of 2 values"),
        Row("pattern", "{type: string, pattern: '^[a-z]+$'}", "m-pattern | m=! | `m` matches `^[a-z]+$`"),
        Row("minLength", "{type: string, minLength: 3}", "m-too-short | m=xx | `m` has at least 3 characters"),
        Row("format", "{type: string, format: uuid}", "m-format | m=no-uuid | `m` has the format uuid"),
        Row("list", "{type: array, items: {type: integer}}"),
    ]

    @Test("a query parameter", arguments: parameters)
    func parameter(row: Row) throws {
        let found = try breaks(
            Drafts.document(
                "get: {operationId: find, parameters: [{name: m, in: query, schema: \(row.schema)}], responses: {'200': {description: ok}, '400': {description: no}}}"
            ))
        #expect(found.map { $0.replacingOccurrences(of: "'", with: "") } == row.rows)
    }

    @Test(
        "the expected status is the one that the document declares for wrong requests",
        arguments: [
            ("{'400': {description: no}}", "400"), ("{'422': {description: no}}", "422"),
            ("{4XX: {description: no}}", "4xx"),
            ("{default: {description: no}}", "4xx"),
            ("{'400': {description: no}, '422': {description: no}}", "400|422"),
        ])
    func status(responses: String, expected: String) throws {
        let text = responses.dropFirst().dropLast()
        let draft = try Drafts.draft(
            Drafts.document(
                "get: {operationId: find, parameters: [{name: m, in: query, required: true, schema: {type: integer}}], responses: {'200': {description: ok}, \(text)}}"
            ))
        let rows = Cells.rows(try #require(draft.files.first { $0.path.hasSuffix(".csv") }?.text))
        let column = try #require(rows.first?.firstIndex(of: "expect"))
        #expect(rows.first { $0.contains("invalid") }?[column] == expected)
    }
}

/// The cells of a table whose cells contain no line ends.
enum Cells {
    static func rows(_ text: String) -> [[String]] {
        text.split(separator: "\n").map { line in
            var cells = [""]
            var isQuoted = false
            for character in line {
                switch character {
                case "\"": isQuoted.toggle()
                case "," where !isQuoted: cells.append("")
                default: cells[cells.count - 1].append(character)
                }
            }
            return cells
        }
    }
}
