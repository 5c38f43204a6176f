import Diagnostics
import Exchanges
import JSONDocument
import OpenAPI
import Testing

@testable import Scenarios

/// Requests that cannot be built: the reason, in words without secrets.
@Suite("Requests that cannot be built") struct RequestFailureTests {
    private let contract: Contract

    init() throws {
        contract = try ParcelContract.load()
    }

    private func failure(
        _ call: Call, _ set: [String] = [], body: BodySource = .unset, credentials: Credentials = Credentials(),
        invalid: Bool = false
    ) throws -> String {
        let step = ParcelContract.step("send", call, body: body, set: try ParcelContract.items(set), invalid: invalid)
        do {
            let request = try RequestBuilder.build(
                step, scope: ParcelContract.scope, credentials: credentials, baseURL: ParcelContract.base)
            return "built: \(request.message.method) \(request.message.url)"
        } catch {
            guard case .invalid(let message) = error else { return "\(error)" }
            return message
        }
    }

    private func operation(_ name: String) throws -> Call {
        .operation(try #require(contract.operation(name)), contract: "1")
    }

    @Test("steps without a request have none")
    func noRequest() throws {
        #expect(try failure(.wait(.seconds(1))) == "a pause sends no request")
        #expect(try failure(.unmapped(event: "lend")) == "the target cannot trigger the event 'lend'")
        let webhooks = try OneOperation(webhooks: "told: {post: {responses: {'200': {description: ok}}}}").contracts
        let webhook = try #require(webhooks.defaultContract?.outgoing.first)
        #expect(
            try failure(.delivery(AwaitedDelivery(webhook, contract: "1")))
                == "a step that awaits a delivery sends no request")
    }

    @Test(
        "a part of the response cannot be set",
        arguments: ["status=200", "time=1"])
    func responseParts(item: String) throws {
        let name = item.prefix { $0 != "=" }
        #expect(try failure(operation("SendParcel"), [item]) == "\(name) cannot be set")
    }

    @Test("a matcher is not a value")
    func matchers() throws {
        var item = try ParcelContract.item("body.id", .text(Template(constant: "x")))
        item.value = .matcher(.uuid)
        let step = ParcelContract.step("send", try operation("SendParcel"), set: [item])
        #expect(throws: ValueFailure.invalid("body.id is not a value that can be sent")) {
            try RequestBuilder.build(
                step, scope: ParcelContract.scope, credentials: Credentials(), baseURL: ParcelContract.base)
        }
    }

    @Test(
        "a parameter is omitted as a whole, and a body member part by part",
        arguments: [
            ("ListParcels", "!query.filter.from", "query.filter.from: a parameter can only be omitted as a whole"),
            ("ListParcels", "!query.tag[0]", "query.tag[0]: a parameter can only be omitted as a whole"),
            ("ListParcels", "!query.filter", "built: GET https://parcels.example/v1/parcels?page=1"),
            ("SendParcel", "!body.items[?].sku", "built: POST https://parcels.example/v1/parcels"),
        ])
    func omitted(name: String, item: String, message: String) throws {
        #expect(try failure(operation(name), [item]) == message)
    }

    @Test("`[?]` does not select a member to omit")
    func omittedSome() throws {
        #expect(
            try failure(operation("SendParcel"), ["body.items:=[{\"sku\":\"a\"}]", "!body.items[?].sku"])
                == "body.items[?].sku cannot be omitted: [?] does not select an element; write [0] or [*]")
    }

    @Test(
        "a value that its place cannot have is reported with the kind that is there",
        arguments: [
            (["body.id=x", "body.id.y=1"], "body.id.y cannot be set: 'y' would be a member of a string"),
            (["body.items:=[]", "body.items.y=1"], "body.items.y cannot be set: 'y' would be a member of an array"),
            (["body.to:={}", "body.to[0]=1"], "body.to[0] cannot be set: [0] would be an element of an object"),
            (["body.items[1].sku=x"], "body.items[1].sku cannot be set: the array has only 0 elements"),
            (
                ["body.weight:=true", "body.weight[0]=1"],
                "body.weight[0] cannot be set: [0] would be an element of a boolean"
            ),
            (["body.items[*].sku=x"], "body.items[*].sku cannot be set: [*] matches no element"),
        ])
    func places(set: [String], message: String) throws {
        #expect(try failure(operation("SendParcel"), set) == message)
    }

    @Test("a form is an object, and a multipart body has members or elements")
    func forms() throws {
        #expect(
            try failure(operation("SendParcel"), ["header.content-type=application/x-www-form-urlencoded", "$:=[1]"])
                == "a form requires an object, but the body is of type array")
        #expect(
            try failure(operation("SendParcel"), ["header.content-type=multipart/form-data", "$:=\"x\""])
                == "a multipart body is made of the members of an object or the elements of a list, but the body is a value of type string"
        )
        #expect(try failure(operation("SendForm"), ["body.odd:=[1,2]"]).hasPrefix("built:") == false)
    }

    @Test("only a multipart body has parts with headers, and binary files")
    func parts() throws {
        let step = try operation("SendParcel")
        var header = try ParcelContract.item("body.id", .text(Template(constant: "x")))
        header.path = try ItemPath.parse("part.photo.header.x-sum", in: .set)
        func build(_ items: [Item]) throws {
            _ = try RequestBuilder.build(
                ParcelContract.step("send", step, set: items), scope: ParcelContract.scope, credentials: Credentials(),
                baseURL: ParcelContract.base)
        }
        let id = try ParcelContract.item("body.id", .text(Template(constant: "x")))
        #expect(throws: ValueFailure.invalid("only the parts of a multipart body have headers")) {
            try build([id, header])
        }
        var file = id
        file.file = ProjectFile(path: "images/cat.png", bytes: [0xFF, 0xD8])
        #expect(
            throws: ValueFailure.invalid(
                "the file 'images/cat.png' is not text, so only a multipart body can contain it; `file PATH` in `body` sends it as the whole body"
            )
        ) { try build([file]) }
        file.file = ProjectFile(path: "notes.txt", bytes: Array("é".utf8))
        try build([file])
    }

    @Test(
        "a header of a part is as strict as any other header",
        arguments: [
            ("x-sum", "a\r\nb", "part.photo.header.x-sum contains a line break"),
            ("x sum", "a", "'x sum' is not a valid header name"),
        ])
    func partHeaders(name: String, value: String, message: String) throws {
        let contract = try ParcelContract.load(
            """
            openapi: 3.1.0
            info: {title: Up, version: '1'}
            paths: {/u: {post: {operationId: up, requestBody: {content: {multipart/form-data: {schema: {type: object}}}}, responses: {'200': {description: ok}}}}}
            """)
        var header = try ParcelContract.item("body.id", .text(Template(constant: value)))
        header.path = ItemPath(.partHeader([.name("photo")], name))
        let photo = try ParcelContract.item("body.photo", .text(Template(constant: "x")))
        let step = ParcelContract.step(
            "send", .operation(try #require(contract.operation("up")), contract: "1"), set: [photo, header])
        #expect(throws: ValueFailure.invalid(message)) {
            try RequestBuilder.build(
                step, scope: ParcelContract.scope, credentials: Credentials(), baseURL: ParcelContract.base)
        }
    }

    @Test("a cookie has a name that a header can contain, and a path only its own parameters")
    func names() throws {
        #expect(try failure(operation("ListParcels"), ["cookie['a;b']=1"]) == "'a;b' is not a valid cookie name")
        #expect(try failure(operation("ListParcels"), ["path.x=1"]) == "the path has no parameter 'x'")
        #expect(
            try failure(.undeclared(method: "GET", path: "/parcels/1"), ["path.parcel_id=1"], invalid: true)
                == "the path has no parameter 'parcel_id'")
    }

    @Test("a secret that cannot be sent is reported without the secret")
    func secretHeaders() throws {
        let scheme = try #require(contract.securityScheme("ApiKey"))
        let message = try failure(
            operation("ListParcels"), credentials: Credentials([.init(scheme: scheme, value: "top\nsecret")]))
        #expect(message == "the value of the header 'x-secret' contains a line break")
    }

    @Test("text of another type is sent by an invalid row in the style of its place")
    func invalidStyles() throws {
        let contract = try ParcelContract.load(
            """
            openapi: 3.1.0
            info: {title: P, version: '1'}
            paths:
              /a/{p}:
                get:
                  operationId: read
                  parameters:
                    - {name: p, in: path, required: true, schema: {type: array, items: {type: string}}}
                    - {name: q, in: query, style: deepObject, explode: true, schema: {type: object}}
                    - {name: h, in: header, schema: {type: object}}
                    - {name: c, in: cookie, schema: {type: object}}
                  responses: {'200': {description: ok}}
            """)
        let call = Call.operation(try #require(contract.operation("read")), contract: "1")
        let items = try ParcelContract.items(["path.p=a/b", "query.q=x y", "header.h=t", "cookie.c=u v"])
        let step = ParcelContract.step("send", call, set: items, invalid: true)
        let built = try RequestBuilder.build(
            step, scope: ParcelContract.scope, credentials: Credentials(), baseURL: "http://x.example")
        #expect(built.message.url == "http://x.example/a/a%2Fb?q=x%20y")
        #expect(built.message.header("h") == ["t"] && built.message.header("cookie") == ["c=u%20v"])
    }
}
