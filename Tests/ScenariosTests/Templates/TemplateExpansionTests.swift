import Exchanges
import JSONDocument
import Primitives
import Testing

@testable import Scenarios

@Suite("Expanding templates")
struct TemplateExpansionTests {
    private let site = ValueSite(step: "lend", column: "set", place: 0)

    private func scope() -> ValueScope {
        let body =
            #"{"id":"B-1","price":100.50,"open":true,"none":null,"tags":["a","b"],"odd":"{{uuid}} {{'{{'}}","o":{"x":1}}"#
        let exchange = Exchange(
            sequence: 1,
            scenario: "lending",
            step: "create",
            operation: nil,
            contract: "1",
            request: RequestMessage(
                method: "POST",
                url: "https://books.example/v1/books?copy=2",
                headers: [HeaderField(name: "X-Id", value: "r-7")],
                body: Array(#"{"sent":[1,2]}"#.utf8)
            ),
            outcome: .response(
                ResponseMessage(
                    status: 201,
                    headers: [HeaderField(name: "ETag", value: "v1"), HeaderField(name: "etag", value: "v2")],
                    body: Array(body.utf8)
                )
            ),
            startedAt: Instant(microsecondsSinceEpoch: 0),
            duration: .milliseconds(1_234)
        )
        let view = ExchangeView.parsing(
            exchange,
            operation: nil,
            saves: ["tag": ItemPath(.body, [.name("tags"), .index(1)]), "id": ItemPath(.header("etag"), [.index(0)])]
        )
        return ValueScope(
            seed: "s",
            table: "t.csv",
            scenario: "lending",
            now: Instant(microsecondsSinceEpoch: 0),
            sources: ValueSources(
                environment: ["HOME_SHELF": "7"], secrets: ["key": "Jefe"], variables: ["town": "Straße"]),
            row: ["amount": "{{uuid}}", "two words": "x"],
            exchanges: ["create": view, "alt[A+B]": view],
            firstCases: ["alt": "alt[A+B]"]
        )
    }

    private func value(_ text: String) throws -> JSONValue {
        try Template.parse(text).expand(scope(), at: site)
    }

    @Test(
        "a template that is the whole value keeps its JSON type and spelling",
        arguments: [
            ("{{create.price}}", "100.50"), ("{{create.open}}", "true"), ("{{create.none}}", "null"),
            ("{{create.o}}", #"{"x":1}"#), ("{{create.tags}}", #"["a","b"]"#), ("{{create.tags[*]}}", #"["a","b"]"#),
            ("{{create.tags[1]}}", #""b""#), ("{{create.status}}", "201"), ("{{create.time}}", "1.234"),
            ("{{create.header.etag}}", #""v1, v2""#), ("{{create.header.ETag[1]}}", #""v2""#),
            ("{{create.req.header.x-id}}", #""r-7""#), ("{{create.req.method}}", #""POST""#),
            ("{{create.req.path}}", #""/v1/books""#), ("{{create.req.query.copy}}", #""2""#),
            ("{{create.req.body.sent[0]}}", "1"), ("{{create.req.$}}", #"{"sent":[1,2]}"#),
            ("{{alt.price}}", "100.50"), ("{{alt[A+B].price}}", "100.50"),
        ])
    func typed(_ text: String, _ json: String) throws {
        #expect(try value(text).text == json)
    }

    @Test("a saved name takes precedence over a body member, which is available as body.name")
    func saved() throws {
        #expect(try value("{{create.tag}}") == "b")
        #expect(try value("{{create.id}}") == "v1")
        #expect(try value("{{create.body.id}}") == "B-1")
    }

    @Test(
        "inside a text, values are written as text",
        arguments: [
            ("n={{create.price}}", "n=100.50"), ("{{create.tags}}!", #"["a","b"]!"#),
            ("{{create.none}} {{create.open}}", "null true"), ("{{env.HOME_SHELF}}", "7"), ("{{secret.key}}", "Jefe"),
            ("{{row.two words}}", "x"), ("{{var.town|upper}}", "STRASSE"), ("{{var.town|lower}}", "straße"),
            ("{{'{{'}}{{secret.key|base64}}", "{{SmVmZQ=="),
            (
                "{{'what do ya want for nothing?'|hmac:secret.key}}",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
        ])
    func text(_ template: String, _ text: String) throws {
        #expect(try value(template) == .string(text))
    }

    @Test("inserted values are never parsed as templates")
    func onlyOnce() throws {
        #expect(try value("{{create.odd}}") == "{{uuid}} {{'{{'}}")
        #expect(try value("x{{create.odd}}") == "x{{uuid}} {{'{{'}}")
        #expect(try value("{{row.amount}}") == "{{uuid}}")
    }

    @Test("a missing value is a failure that names it")
    func failures() throws {
        #expect(throws: ValueFailure.missing(step: "create", path: "title")) { try value("{{create.title}}") }
        #expect(throws: ValueFailure.missing(step: "create", path: "tags[9]")) { try value("{{create.tags[9]}}") }
        #expect(throws: ValueFailure.missing(step: "fetch", path: "id")) { try value("a {{fetch.id}}") }
        #expect(throws: ValueFailure.environment("NONE")) { try value("{{env.NONE}}") }
        #expect(throws: ValueFailure.secret("none")) { try value("{{uuid|hmac:secret.none}}") }
        #expect(throws: ValueFailure.invalid("the data row has no column 'x'")) { try value("{{row.x}}") }
        #expect(throws: ValueFailure.invalid("unknown configuration variable 'x'")) { try value("{{var.x}}") }
    }

    @Test("values inserted into a pattern are literal")
    func pattern() throws {
        var scope = scope()
        scope.row["x"] = "a.b]-é"
        let source = try Template.parse(#"id-{{row.x}}\d+"#).expandPattern(scope, at: site)
        #expect(source == #"id-a\x2eb\x5d\x2dé\d+"#)
    }

    @Test("a body file is expanded on its tree, so nothing can break out of its string")
    func body() throws {
        var scope = scope()
        scope.row["x"] = "\",\"admin\":true,\"y\":\"\n\u{0}"
        let document = try JSONDocument(
            parsing:
                #"{"a":"{{row.x}}","{{uuid}}":[1,"{{create.price}}","n{{create.price}}","plain"],"z":{"k":"{{'{{'}}"}}"#
        )
        let template = try JSONTemplate(document.root)
        #expect(template.references.count == 3)
        #expect(template.templates.map(\.pointer.description) == ["/a", "/{{uuid}}/1", "/{{uuid}}/2"])
        #expect(
            try template.expand(scope, at: site).text
                == #"{"a":"\",\"admin\":true,\"y\":\"\n\u0000","{{uuid}}":[1,100.50,"n100.50","plain"],"z":{"k":"{{"}}"#
        )
    }

    @Test("equal unnamed templates in different members of a body differ")
    func bodyPlaces() throws {
        let document = try JSONDocument(parsing: #"{"a":"{{uuid}}","b":"{{uuid}}","c":"{{uuid:x}}","d":"{{uuid:x}}"}"#)
        let value = try JSONTemplate(document.root).expand(scope(), at: site)
        #expect(value["a"] != value["b"])
        #expect(value["c"] == value["d"])
    }

    @Test("a constant body is recognised, and an invalid template is reported with its place")
    func bodyErrors() throws {
        let constant = try JSONTemplate(JSONDocument(parsing: #"{"a":[1,{"b":"x"}]}"#).root)
        #expect(constant.constantValue?.text == #"{"a":[1,{"b":"x"}]}"#)
        let wrong = try JSONDocument(parsing: "{\n  \"a\": [\"ok\", \"b {{uuuid}}\"]\n}")
        let error = #expect(throws: JSONTemplateError.self) { try JSONTemplate(wrong.root) }
        #expect(error?.pointer.description == "/a/1")
        #expect(error?.position.line == 2)
        #expect(error?.position.column == 15)
        #expect(error?.syntax.offset == 4)
        #expect(error?.syntax.message == "unknown value 'uuuid'")
    }

    @Test("a megabyte is expanded unchanged")
    func large() throws {
        var scope = scope()
        scope.row["x"] = String(repeating: "{{é\u{0}", count: 250_000)
        let text = try Template.parse("<{{row.x}}>").expandText(scope, at: site)
        #expect(text.utf8.count == 250_000 * 5 + 2)
    }
}
