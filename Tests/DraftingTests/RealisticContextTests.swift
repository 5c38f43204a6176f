import JSONDocument
import JSONSchema
import OpenAPI
import TestKit
import Testing

@testable import Drafting

/// The hints in the name of a member, one for each kind, and the values that its schema allows.
struct RealisticContextTests {
    /// A name, the name of the object around it, and the first text.
    static let texts: [(name: String, parent: String, text: String?)] = [
        ("email", "", "ann.lee@example.com"), ("mailAddress", "", "ann.lee@example.com"), ("emailed", "", nil),
        ("currencies", "", "USD"), ("nationality", "", "US"), ("mobile", "", "+14155550123"),
        ("faxNumber", "", "+14155550123"), ("homepage", "", "https://example.com/homepage"),
        ("callback_url", "", "https://example.com/callback"), ("url", "", "https://example.com/"),
        ("iban", "", "GB33BUKB20201555555555"), ("swift_code", "", "BUKBGB22XXX"), ("preferredLanguage", "", "en"),
        ("timeZone", "", "UTC"), ("timezone", "", "UTC"), ("zone", "", nil), ("postal_code", "", "94107"),
        ("zipcode", "", "94107"), ("town", "", "London"), ("state", "address", "CA"), ("state", "shipping", "CA"),
        ("state", "order", nil), ("region", "billingAddress", "CA"), ("delivery_state", "shipping", nil),
        ("street", "", "1 Example Street"), ("line1", "", "1 Example Street"),
        ("address_line_1", "", "1 Example Street"),
        ("address", "", "1 Example Street"), ("ipAddress", "", "192.0.2.10"), ("ip_address", "", "192.0.2.10"),
        ("ip", "", "192.0.2.10"),
        ("backgroundColor", "", "#336699"), ("unit_price", "", "10.00"), ("price_list", "", nil),
        ("orderQty", "", "1"), ("sku", "", "SKU-1001"), ("givenName", "", "Ann"), ("family_name", "", "Lee"),
        ("displayName", "", "Ann Lee"), ("userName", "", "ann.lee"), ("login", "", "ann.lee"),
        ("companyName", "", "Example Ltd"), ("organization", "", "Example Ltd"), ("name", "customer", "Ann Lee"),
        ("name", "", "Example"), ("name", "plan", "Example plan"), ("plan_name", "", "Example plan"),
        ("buyerName", "", "Ann Lee"), ("title", "", "Example title"), ("summary", "", "Example summary"),
        ("kind", "", nil), ("", "", nil), ("日本", "", nil),
    ]

    @Test("a text by its name", arguments: texts)
    func text(row: (name: String, parent: String, text: String?)) {
        let context = RealisticContext(name: row.name, parent: row.parent, format: nil)
        #expect(context.texts.first == row.text)
        #expect(context.day == nil, "a text without a format is not a day")
        // Text for a cell: without characters that end an item or start a formula or a template.
        for text in context.texts {
            #expect(text.unicodeScalars.allSatisfy { (0x20...0x7E).contains($0.value) }, "\(text)")
            #expect(!text.contains("{{") && !text.contains(";") && !"=-@".contains(text.prefix(1)), "\(text)")
        }
    }

    @Test(
        "a number by the last word of its name",
        arguments: [
            ("subtotal", "1000"), ("unitPrice", "1000"), ("itemCount", "1"), ("birthYear", "2035"), ("month", "12"),
            ("day", "15"), ("age", "30"), ("lat", "51.5"), ("longitude", "-0.12"), ("taxRate", "10"), ("port", "8080"),
            ("ttl", "3600"), ("pageSize", "10"), ("page", "1"), ("pages", nil), ("ageGroup", nil), ("", nil),
        ] as [(String, String?)])
    func number(name: String, lexeme: String?) {
        let context = RealisticContext(name: name, parent: "", format: nil)
        #expect(context.numbers.first?.text == lexeme)
    }

    @Test(
        "a day by its name: days that begin are near, days that end are far, and days of the past have none",
        arguments: [
            ("startDate", "date", "{{now+7d:date}}", "2035-01-08"),
            ("checkIn", "date", "{{now+7d:date}}", "2035-01-08"),
            ("pickup_at", "date-time", "{{now+7d}}", "2035-01-08T09:30:00Z"),
            ("dueOn", "date", "{{now+30d:date}}", "2035-01-31"),
            ("valid_until", "date-time", "{{now+30d}}", "2035-01-31T09:30:00Z"),
            ("checkOut", "date", "{{now+30d:date}}", "2035-01-31"), ("birthDate", "date", nil, nil),
            ("dateOfBirth", "date", nil, nil), ("dob", "date", nil, nil), ("createdAt", "date-time", nil, nil),
            ("startDate", nil, nil, nil), ("startDate", "time", nil, nil), ("due", "uuid", nil, nil),
        ] as [(String, String?, String?, String?)])
    func day(name: String, format: String?, template: String?, example: String?) {
        let day = RealisticContext(name: name, parent: "", format: format).day
        #expect(day?.template == template)
        #expect(day?.example == example)
        if let format, let example { #expect(FormatFacts.accepts(format, .string(example))) }
    }

    @Test(
        "a format that the name does not describe has no text",
        arguments: [
            ("email", "uuid"), ("name", "byte"), ("phone", "int64"), ("url", "ipv4"), ("birthDate", "time"),
            ("city", "hostname-like"),
        ])
    func foreign(name: String, format: String) {
        #expect(RealisticContext(name: name, parent: "", format: format).texts.isEmpty)
    }

    /// The schema of the body of an operation, and its contract.
    private static func body(_ schema: String) throws -> (view: SchemaView, contract: Contract) {
        let contract = try Drafts.contract(
            Drafts.document(
                "post: {operationId: a, requestBody: {content: {application/json: {schema: \(schema)}}}, responses: {'200': {description: ok}}}"
            ))
        let media = try #require(contract.operations.first?.requestBody?.content.first)
        return (try #require(media.schema?.view), contract)
    }

    @Test(
        "the first candidate that the schema allows replaces a generated value",
        arguments: [
            ("{type: string}", #""x""#, "country", #""US""#),
            ("{type: string, minLength: 3}", #""xxx""#, "country", #""USA""#),
            ("{type: string, minLength: 5}", #""xxxxx""#, "country", #""United States""#),
            ("{type: string, minLength: 50}", #""keep""#, "country", #""keep""#),
            ("{type: string, pattern: '^[0-9]+$'}", #""1""#, "phone", #""4155550123""#),
            ("{type: string, enum: [a, b]}", #""a""#, "country", #""a""#), ("{const: a}", #""a""#, "country", #""a""#),
            ("{type: string, default: d}", #""x""#, "country", #""x""#),
            ("{type: string, examples: [e]}", #""x""#, "country", #""x""#),
            ("{type: integer, maximum: 20}", "7", "amount", "10"), ("{type: integer, maximum: 5}", "3", "amount", "1"),
            ("{type: integer, minimum: 5000}", "6000", "amount", "6000"), ("{type: boolean}", "true", "amount", "true"),
            ("{type: [string, 'null']}", "null", "country", "null"),
            (
                "{type: object, properties: {customer: {type: object, properties: {name: {type: string}}}}}",
                #"{"customer":{"name":"x"},"other":"y"}"#, "", #"{"customer":{"name":"Ann Lee"},"other":"y"}"#
            ),
            (
                "{type: object, properties: {emails: {type: array, items: {type: string}}}}", #"{"emails":["x","y"]}"#,
                "",
                #"{"emails":["ann.lee@example.com","y"]}"#
            ),
            (
                "{type: object, properties: {address: {type: object, properties: {state: {type: string, maxLength: 2}}}}}",
                #"{"address":{"state":"x"}}"#, "", #"{"address":{"state":"CA"}}"#
            ),
        ])
    func replaced(schema: String, value: String, name: String, expected: String) throws {
        let (view, contract) = try Self.body(schema)
        var realistic = RealisticValues(contract.schemas)
        let made = realistic.changed(try JSONDocument(parsing: value).root.value, view, name: name)
        #expect(made.text == expected)
        #expect(realistic.templates.isEmpty)
    }

    @Test("a day is a template in a body, at its place, and not in a parameter")
    func templates() throws {
        let (view, contract) = try Self.body(
            "{type: object, properties: {trip: {type: object, properties: {startDate: {type: string, format: date}}}, dueDate: {type: string, format: date, pattern: '^2024'}}}"
        )
        let value: JSONValue = ["trip": ["startDate": "2024-01-01"], "dueDate": "2024-01-02"]
        var realistic = RealisticValues(contract.schemas)
        let made = realistic.changed(value, view, name: "")
        #expect(made.text == #"{"trip":{"startDate":"2035-01-08"},"dueDate":"2024-01-02"}"#)
        #expect(realistic.templates.map(\.place.description) == ["/trip/startDate"])
        #expect(realistic.templates.map(\.template) == ["{{now+7d:date}}"])
        let plain = RealisticValues(contract.schemas)
        let parameter: SchemaView? = view
        #expect(plain.changed(value, parameter, name: "") == value)
    }

    @Test("a changed value is still valid, whatever its schema is", arguments: 0..<8)
    func valid(seed: Int) throws {
        var random = SplitMix(seed: seed)
        let names = ["email", "country", "amount", "dueDate", "name", "phone", "url", "quantity"]
        var changes = 0
        for _ in 0..<6 {
            let members = names.filter { _ in random.once(in: 2) }.map { ($0, SchemaMaker.schema(&random, depth: 0)) }
            let schema: JSONValue = ["type": "object", "properties": .object(JSONObject(members))]
            let (view, contract) = try Self.body(schema.text)
            guard let value = RequiredValue.value(for: view, in: contract) else { continue }
            var full = value
            for name in members.map(\.0) {
                guard let property = view.property(name) else { continue }
                full[name] = RequiredValue.value(for: property, in: contract)
            }
            var realistic = RealisticValues(contract.schemas)
            let made = realistic.changed(full, view, name: "")
            changes += made == full ? 0 : 1
            let compiled = try contract.schemas.compiled(view.place)
            #expect(
                compiled.isValid(JSONDocument(made).root, ValidationOptions(direction: .request)) == .valid,
                "\(made.text) by \(schema.text)")
        }
        #expect(changes > 0)
    }
}
