import JSONDocument
import JSONSchema
import OpenAPI
import TestKit
import Testing

@testable import Drafting

/// Texts that are new in each run, variables for ids of the server, and values that violate a schema.
struct DraftTextTests {
    @Test(
        "a template for a new text fits the schema and resembles the sample",
        arguments: [
            ("orderId", "x", #"^.*$"#, "order-{{random:12}}"), ("orderId", "x", "^[a-z0-9]{12}$", "{{random:12}}"),
            ("orderId", "x", "^[a-z0-9]{8}$", "{{random:8}}"),
            ("orderId", "x", "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", "{{uuid}}"),
            ("ref", "INV-0001", "^INV-[a-z0-9]{4}$", "INV-{{random:4}}"),
            ("ref", "INV-ABCD", "^INV-[A-Z0-9]{4}$", "INV-{{random:4|upper}}"), ("ref", "INV-1", "^INV-[0-9]$", nil),
            ("ref", "{{x}}1234", "^[{]{2}x[}]{2}[a-z0-9]{4}$", nil),
            ("日本", "x", "^new-[a-z0-9]{12}$", "new-{{random:12}}"),
        ] as [(String, String, String, String?)])
    func fresh(name: String, sample: String, pattern: String, template: String?) throws {
        let schema = try Self.compiled(#"{"pattern": \#(JSONValue.string(pattern).text)}"#)
        let found = FreshText.template(for: name, like: sample) { text in
            schema.isValid(JSONDocument(.string(text)).root) == .valid
        }
        #expect(found == template)
    }

    private static func compiled(_ text: String) throws -> CompiledSchema {
        var documents = SchemaDocuments()
        documents.add(try JSONDocument(parsing: text), uri: "test:///s.json", file: "s.json", dialect: .draft202012)
        return try SchemaStore(documents).compiled(SchemaPlace(uri: "test:///s.json", pointer: .root))
    }

    private static func parameter(
        _ schema: String, name: String = "m", place: String = "header"
    ) throws -> (Parameter, Contract) {
        let contract = try Drafts.contract(
            Drafts.document(
                "get: {operationId: a, parameters: [{name: \(name), in: \(place), schema: \(schema)}], responses: {'200': {description: ok}}}"
            ))
        return (try #require(contract.operations.first?.parameters.first), contract)
    }

    @Test(
        "a header is new in each request by its name or its format",
        arguments: [
            ("Idempotency-Key", "{type: string}", "{{uuid}}"), ("X-Request-Id", "{type: string}", "{{uuid}}"),
            ("x-correlation-id", "{type: string, maxLength: 12}", "{{random:12}}"),
            ("nonce", "{type: string, maxLength: 8}", "{{random:8}}"),
            ("trace_id", "{type: string, maxLength: 2}", nil),
            ("X-Request-Id", "{type: integer}", nil), ("X-Tenant", "{type: string}", nil),
            ("X-Tenant", "{type: string, format: uuid}", "{{uuid}}"),
        ] as [(String, String, String?)])
    func keys(name: String, schema: String, template: String?) throws {
        let (parameter, contract) = try Self.parameter(schema, name: name)
        #expect(FreshText.key(parameter, DraftValues(contract)) == template)
    }

    @Test(
        "an id that does not exist is a text or a number that the schema allows",
        arguments: [
            ("{type: string}", "none-{{random:8}}"), ("{type: string, maxLength: 8}", "{{random:8}}"),
            ("{type: string, format: uuid}", "{{uuid}}"), ("{type: integer}", "987654321"),
            ("{type: integer, maximum: 999999}", "987654"), ("{type: integer, maximum: 9999}", "9876"),
            ("{type: integer, maximum: 10}", nil), ("{type: boolean}", nil), ("{type: string, enum: [a]}", nil),
            ("{type: [string, integer], maxLength: 3}", "987654321"),
        ] as [(String, String?)])
    func unknown(schema: String, expected: String?) throws {
        let (parameter, contract) = try Self.parameter(schema, place: "query")
        let values = DraftValues(contract)
        let found = FreshText.unknown(parameter.valueSchema?.view) { value in
            parameter.valueSchema.map { values.accepts(value, by: $0) } ?? true
        }
        #expect(found == expected)
    }

    @Test(
        "a general name gets the name of its collection, a specific one is used alone",
        arguments: [
            ("id", "/books/{id}", "book_id"), ("id", "/api/v1/books/{id}", "book_id"),
            ("bookId", "/books/{bookId}", "bookId"),
            ("key", "/users/{user}/keys/{key}", "key"), ("slug", "/categories/{slug}", "category_slug"),
            ("owner", "/repos/{owner}", "owner"), ("id", "/{id}", "id"), ("ID", "/order-lines/{ID}", "order_line_ID"),
            ("user.name", "/users/{user.name}", "user_name"), ("é", "/things/{é}", "__"),
            ("id", "/books/{id}:cancel", "book_id"),
        ])
    func variables(parameter: String, path: String, name: String) {
        var variables = DraftVariables(given: nil)
        #expect(variables.reference(to: parameter, in: path, value: "x-1") { _ in true } == "{{var.\(name)}}")
        #expect(variables.made.map(\.name) == [name] && variables.made.map(\.value) == ["x-1"])
        // The same parameter of another operation is the same variable, unless its schema rejects the value.
        #expect(variables.reference(to: parameter, in: path, value: "x-2") { _ in true } == "{{var.\(name)}}")
        #expect(variables.made.count == 1)
        let other = variables.reference(to: parameter, in: path, value: 7) { $0 == "7" }
        #expect(other != nil && other != "{{var.\(name)}}" && variables.made.count == 2)
    }

    @Test(
        "a value that is not a text of one line has no variable",
        arguments: ["", "a\nb", "a\u{7F}", .null, true, [1], ["a": 1]] as [JSONValue])
    func unwritable(value: JSONValue) {
        var variables = DraftVariables(given: nil)
        #expect(variables.reference(to: "id", in: "/a/{id}", value: value) { _ in true } == nil)
        #expect(variables.made.isEmpty)
    }

    @Test("a configuration that exists provides variables only under their names, and only those that fit")
    func given() {
        var variables = DraftVariables(given: ["book_id": "b-1", "id": "7", "owner": "ann"])
        #expect(variables.reference(to: "id", in: "/books/{id}", value: "x") { _ in true } == "{{var.book_id}}")
        #expect(variables.reference(to: "id", in: "/books/{id}", value: "x") { $0 == "7" } == nil)
        #expect(variables.reference(to: "owner", in: "/repos/{owner}", value: "x") { _ in true } == "{{var.owner}}")
        #expect(variables.reference(to: "repo", in: "/repos/{owner}/{repo}", value: "x") { _ in true } == nil)
        #expect(variables.made.isEmpty)
    }

    @Test("a violation is invalid by the keyword of its note, and each has its own name", arguments: 0..<12)
    func breaks(seed: Int) throws {
        var random = SplitMix(seed: seed + 70)
        var count = 0
        for _ in 0..<6 {
            let schema = SchemaMaker.schema(&random, depth: 1)
            let (parameter, contract) = try Self.parameter(schema.text, place: "query")
            guard let view = parameter.valueSchema?.view else { continue }
            let compiled = try contract.schemas.compiled(view.place)
            let sample = RequiredValue.value(for: view, in: contract)
            for isText in [false, true] {
                let breaks = ValueBreaks(view: view, schemas: contract.schemas, isText: isText, sample: sample).all
                #expect(Set(breaks.map(\.name)).count == breaks.count, "\(breaks.map(\.name)) of \(schema.text)")
                for made in breaks {
                    count += 1
                    let report = compiled.validate(
                        JSONDocument(made.value).root, ValidationOptions(direction: .request))
                    #expect(report.outcome == .invalid, "\(made.name): \(made.value.text) by \(schema.text)")
                    #expect(!made.note.isEmpty && made.note.unicodeScalars.allSatisfy { $0.value >= 0x20 })
                    #expect(made.value.text.utf8.count <= ValueBreaks.longestText * 2)
                }
            }
            if let sample {
                let outcome = compiled.isValid(JSONDocument(sample).root, ValidationOptions(direction: .request))
                #expect(outcome == .valid, "\(sample.text) by \(schema.text)")
            }
        }
        #expect(count > 3)
    }
}
