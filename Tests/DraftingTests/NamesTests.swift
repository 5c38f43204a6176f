import Foundation
import JSONDocument
import JSONSchema
import OpenAPI
import Testing

@testable import Drafting

/// Names and cells that drafts are made of.
struct NamesTests {
    @Test(
        "a slug has lower-case ASCII words",
        arguments: [
            ("createPet", "create-pet"), ("CreatePet", "create-pet"), ("create_pet", "create-pet"),
            ("Create Pet", "create-pet"), ("create.pet", "create-pet"),
            ("APIKey", "api-key"), ("getAPIKey", "get-api-key"), ("HTTPServer", "http-server"), ("ID", "id"),
            ("userID", "user-id"), ("userIDs", "user-i-ds"),
            ("a1B2", "a1-b2"), ("v2Users", "v2-users"), ("__a__", "a"), ("--", ""), ("", ""), ("é", ""),
            ("crème brûlée", "cr-me-br-l-e"), ("a  b", "a-b"),
            ("/pets/{id}", "pets-id"), ("A", "a"), ("AB", "ab"), ("ABc", "a-bc"), ("x-request-id", "x-request-id"),
        ])
    func slug(text: String, expected: String) {
        #expect(Names.slug(text) == expected)
    }

    @Test("a slug is at most 60 bytes long")
    func longSlug() {
        #expect(Names.slug(String(repeating: "a", count: 100)).utf8.count == 60)
    }

    @Test(
        "a step begins with a letter and is not a word of templates",
        arguments: [
            ("create", "create"), ("3dModel", "a-3d-model"), ("env", "a-env"), ("uuid", "a-uuid"), ("now", "a-now"),
            ("row", "a-row"), ("", "step"), ("日本", "step"), ("environment", "environment"),
        ])
    func step(text: String, expected: String) {
        #expect(Names.step(text) == expected)
    }

    @Test(
        "the word for one of many",
        arguments: [
            ("orders", "order"), ("categories", "category"), ("boxes", "box"), ("branches", "branch"),
            ("dishes", "dish"), ("classes", "class"), ("status", "status"),
            ("address", "address"), ("addresses", "address"), ("pies", "pie"), ("series", "sery"), ("news", "new"),
            ("is", "is"), ("as", "as"), ("s", "s"), ("", ""), ("order", "order"), ("bus", "bus"),
        ])
    func singular(text: String, expected: String) {
        #expect(Names.singular(text) == expected)
    }

    @Test(
        "the resource of a path",
        arguments: [
            ("/orders", "orders"), ("/orders/{id}", "orders"), ("/v1/orders", "orders"), ("/api/v2/orders", "orders"),
            ("/rest/orders/{id}/lines", "orders"), ("/v1.2/a", "a"),
            ("/{id}", "{id}"), ("/", "api"), ("", "api"), ("/API/a", "a"), ("/version/a", "version"), ("/v/a", "a"),
            ("/{tenant}/users", "users"),
        ])
    func resource(path: String, expected: String) {
        #expect(Names.resource(path) == expected)
    }

    @Test(
        "a title is one short line without quotes and templates",
        arguments: [
            ("Create a pet.", "Create a pet"), ("Create a pet...", "Create a pet"),
            ("  Create\ta   pet ", "Create a pet"), ("First\nSecond", "First"), ("Say \"hi\"", "Say hi"),
            ("Use {{secret.KEY}}", "Use secret.KEY"), ("=1+2", ""), ("-delete", "delete"), ("+1 more", "more"),
            ("@home", "home"), ("1. Create", "Create"), ("", ""), ("…", ""), ("Zero\u{200B}width", "Zerowidth"),
            ("Bell\u{7}", "Bell"), ("Écrire", "Écrire"),
        ])
    func title(text: String, expected: String) {
        #expect(Names.title(text) == expected)
    }

    @Test("a long title is cut at a blank")
    func longTitle() {
        let title = Names.title(String(repeating: "word ", count: 40))
        #expect(title.hasSuffix("word…") && title.unicodeScalars.count <= 81)
    }

    @Test("names that are taken get a number")
    func unique() {
        var names = UsedNames()
        #expect((0..<4).map { _ in names.unique("a") } == ["a", "a-2", "a-3", "a-4"])
        #expect(names.unique("a-2") == "a-2-2")
        #expect(names.unique("b") == "b")
    }

    @Test(
        "an item is read back as the value it was written for",
        arguments: [
            (#"{"type": "string"}"#, #""a""#, "m=a"), (#"{"type": "string"}"#, #""a b""#, "m=a b"),
            (#"{"type": "string"}"#, #""""#, "m=''"), (#"{"type": "string"}"#, #"" a""#, "m=' a'"),
            (#"{"type": "string"}"#, #""a ""#, "m='a '"),
            (#"{"type": "string"}"#, #""null""#, "m='null'"), (#"{"type": "string"}"#, #""it's""#, "m='it''s'"),
            (#"{"type": "string"}"#, #""a;b""#, "m='a;b'"), (#"{"type": "string"}"#, #""é""#, "m='é'"),
            (#"{"type": "string"}"#, #""{{x}}""#, "m='{{''{{''}}x}}'"),
            (#"{"type": "string"}"#, "17", "m:=17"), (#"{"type": "string"}"#, "true", "m:=true"),
            (#"{"type": "integer"}"#, "17", "m=17"), (#"{"type": "integer"}"#, "1.50", "m=1.50"),
            (#"{"type": "integer"}"#, #""17""#, "m='17'"), (#"{"type": "boolean"}"#, "true", "m=true"),
            (#"{"type": "boolean"}"#, #""true""#, "m='true'"), ("{}", #""a""#, "m='a'"), ("{}", "1", "m:=1"),
            (#"{"type": ["string", "integer"]}"#, "1", "m:=1"), (#"{"type": ["string", "integer"]}"#, #""1""#, "m=1"),
            (#"{"type": "array"}"#, "[1,2]", "m:=[1,2]"),
            (#"{"type": "array"}"#, #"["a;b"]"#, #"m:='["a;b"]'"#),
            (#"{"type": "object"}"#, #"{"a":null}"#, #"m:={"a":null}"#), ("{}", "null", "m:=null"),
        ])
    func item(schema: String, value: String, expected: String) throws {
        let document = Drafts.document(
            "get: {operationId: a, parameters: [{name: m, in: query, schema: \(schema)}], responses: {'200': {description: ok}}}"
        )
        let view = try #require(try Drafts.contract(document).operations.first?.parameters.first?.valueSchema?.view)
        #expect(try ItemWriter.item("m", JSONDocument(parsing: value).root.value, for: view) == expected)
    }

    @Test(
        "a value that no cell can contain has no item",
        arguments: [
            #""a\nb""#, #""\u0000""#, #""\u007f""#,
            #"{"a":{"b":{}}}"#.replacingOccurrences(of: "{}}}", with: "\"{{\"}}"), #"["{{"]"#,
        ])
    func noItem(value: String) throws {
        #expect(try ItemWriter.item("m", JSONDocument(parsing: value).root.value, for: nil) == nil)
    }
}
