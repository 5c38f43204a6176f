import JSONDocument
import Testing

@testable import Drafting

/// Values that say what they are.
struct RealisticValueTests {
    /// The value of a required member in the drafted body.
    private func value(_ name: String, _ schema: String) throws -> String? {
        let draft = try Drafts.draft(
            Drafts.document(
                "put: {operationId: put, requestBody: {required: true, content: {application/json: {schema: {type: object, required: [\(name)], properties: {\(name): \(schema)}}}}}, responses: {'200': {description: ok}}}"
            ))
        let text = try #require(draft.text("scenarios/bodies/put.json"))
        return try JSONDocument(parsing: text).root[name]?.value.text
    }

    @Test(
        "a member's value matches its name and format",
        arguments: [
            ("email", "{type: string}", #""ann.lee@example.com""#),
            ("contactEmail", "{type: string, format: email}", #""ann.lee@example.com""#),
            ("currency", "{type: string, minLength: 3, maxLength: 3}", #""USD""#),
            ("currency_code", "{type: string, pattern: '^[a-z]{3}$'}", #""usd""#),
            ("country", "{type: string, maxLength: 2}", #""US""#),
            ("countryCode", "{type: string, pattern: '^[A-Z]{3}$'}", #""USA""#),
            ("firstName", "{type: string}", #""Ann""#), ("last_name", "{type: string}", #""Lee""#),
            ("customer_name", "{type: string}", #""Ann Lee""#),
            ("customer_name", "{type: string, maxLength: 4}", #""Ann""#),
            ("amount", "{type: integer}", "1000"), ("amount", "{type: number, maximum: 20}", "10"),
            ("amount", "{type: string}", #""10.00""#), ("phoneNumber", "{type: string}", #""+14155550123""#),
            ("webhookUrl", "{type: string, format: uri}", #""https://example.com/webhook""#),
            ("city", "{type: string}", #""London""#), ("quantity", "{type: integer}", "1"),
            ("birthDate", "{type: string, format: date}", #""1990-05-17""#),
            ("dueDate", "{type: string, format: date}", #""{{now+30d:date}}""#),
            ("expires_at", "{type: string, format: date-time}", #""{{now+30d}}""#),
            ("startTime", "{type: string, format: date-time}", #""{{now+7d}}""#),
        ])
    func named(name: String, schema: String, expected: String) throws {
        #expect(try value(name, schema) == expected)
    }

    @Test(
        "values from the schema are kept",
        arguments: [
            ("email", "{type: string, example: own@example.org}", #""own@example.org""#),
            ("currency", "{type: string, enum: [INR]}", #""INR""#),
            ("country", "{type: string, default: IN}", #""IN""#),
            ("dueDate", "{type: string, format: date, example: 2031-01-01}", #""2031-01-01""#),
        ])
    func given(name: String, schema: String, expected: String) throws {
        #expect(try value(name, schema) == expected)
    }

    @Test("a value that the schema rejects is not used")
    func forbidden() throws {
        let made = try #require(try value("email", "{type: string, maxLength: 3}"))
        #expect(made.utf8.count <= 5)
    }

    @Test(
        "a summary becomes a note without text that a spreadsheet or a template interprets",
        arguments: [
            ("List all pets.", "List all pets"), ("=cmd|'/c calc'!A0", "cmd|'/c calc'!A0"), ("two\nlines", "two"),
            ("a {{secret.x}} b", "a secret.x b"), ("- 1 item", "item"), ("", ""),
            (String(repeating: "word ", count: 30), String(repeating: "word ", count: 15) + "word…"),
        ])
    func titles(summary: String, title: String) {
        #expect(Names.title(summary) == title)
    }
}
