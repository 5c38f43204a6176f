import Exchanges
import JSONDocument
import OpenAPI
import Testing

@testable import Scenarios

@Suite("Building requests")
struct RequestBuilderTests {
    private let contract: Contract

    init() throws {
        contract = try ParcelContract.load()
    }

    private func build(
        _ operation: String,
        _ set: [String] = [],
        defaults: [String] = [],
        body: BodySource = .unset,
        auth: AuthCase = .none,
        invalid: Bool = false,
        scope: ValueScope = ParcelContract.scope,
        userAgent: String? = nil
    ) throws -> BuiltRequest {
        let call: Call
        if let operation = contract.operation(operation) {
            call = .operation(operation, contract: "1")
        } else {
            let words = operation.split(separator: " ").map(String.init)
            call = .undeclared(method: words[0], path: words[1])
        }
        var items = try ParcelContract.items(defaults + set)
        for index in defaults.indices { items[index].isDefault = true }
        let step = ParcelContract.step("send", call, auth: auth, body: body, set: items, invalid: invalid)
        return try RequestBuilder.build(
            step,
            scope: scope,
            credentials: ParcelContract.credentialSet(contract).credentials(for: step).get(),
            baseURL: ParcelContract.base + "/",
            userAgent: userAgent
        )
    }

    private func template(_ json: String) throws -> BodySource {
        let location = contract.operations[0].location
        return .template(try JSONTemplate(JSONDocument(parsing: json).root), location: location)
    }

    @Test("body, items, defaults, negotiation and credentials form one request")
    func whole() throws {
        let request = try build(
            "SendParcel",
            [
                "body.weight=2.50", "body.to.zip=00123", "header.x-key={{uuid:key}}", "query.dry_run=true",
                "!body.count",
            ],
            body: template(#"{"id": "P-{{random:4:id}}", "count": 3, "to": {"name": "Ann \"A\" {{now:date}}"}}"#),
            auth: .profile("shop"),
            userAgent: "assay/1"
        )
        let key = try Template.parse("{{uuid:key}}")
            .expandText(ParcelContract.scope, at: ValueSite(step: "", column: "", place: 0))
        let id = try Template.parse("{{random:4:id}}")
            .expandText(ParcelContract.scope, at: ValueSite(step: "", column: "", place: 0))
        #expect(
            request.text == """
                POST https://parcels.example/v1/parcels?dry_run=true
                accept: application/json, application/problem+json
                content-type: application/json
                user-agent: assay/1
                X-Version: 2024-05
                x-key: \(key)
                x-id: id-1
                x-secret: Secret-99

                {"id":"P-\(id)","to":{"name":"Ann \\"A\\" 1970-01-01","zip":"00123"},"weight":2.50}
                """
        )
        #expect(request.parameters.map(\.parameter.name) == ["X-Version", "x-key", "dry_run"])
        #expect(request.body?["weight"]?.text == "2.50")
        #expect(request.wire.path == "/parcels")
        #expect(request.wire.query == "dry_run=true")
    }

    @Test("the step's body takes precedence over items of a * row, and the step's own items over both")
    func defaultsUnderTheBody() throws {
        let request = try build(
            "SendParcel",
            ["body.weight=2"],
            defaults: ["body.id=D", "body.weight=9", "body.to.zip=00001", "body.to.name=Nobody", "!body.count"],
            body: template(#"{"id": "P", "count": 3, "to": {"name": "Ann"}, "weight": 7}"#)
        )
        #expect(request.body?.text == #"{"id":"P","count":3,"to":{"name":"Ann","zip":"00001"},"weight":2}"#)
    }

    @Test("items alone create a body, each typed by the schema at its place")
    func itemsOnly() throws {
        let request = try build(
            "SendParcel",
            [
                "body.id=007", "body.weight=1e2", "body.count=4", "body.fragile=false", "body.remark=null",
                "body.to.floor='3'", "body.items[0].price=9.90", "body.items[0].sku=12", "body.items[1].sku=null",
                "body.extra=5", "body.more:={\"b\":1,\"a\":[null]}",
            ],
            invalid: true
        )
        #expect(
            request.body?.text
                == #"{"id":"007","weight":1e2,"count":4,"fragile":false,"remark":null,"to":{"floor":"3"},"#
                + #""items":[{"price":9.90,"sku":"12"},{"sku":"null"}],"extra":"5","more":{"b":1,"a":[null]}}"#
        )
    }

    @Test("text of the wrong type is sent unchanged by an invalid row, and rejected in any other")
    func mistyped() throws {
        let request = try build("SendParcel", ["body.weight=ten", "query.dry_run=perhaps"], invalid: true)
        #expect(request.message.url == "https://parcels.example/v1/parcels?dry_run=perhaps")
        #expect(request.body?.text == #"{"weight":"ten"}"#)
        #expect(throws: ValueFailure.invalid("body.weight is text, but the schema allows number")) {
            try build("SendParcel", ["body.weight=ten"])
        }
        #expect(throws: ValueFailure.invalid("query.dry_run is text, but the schema allows boolean")) {
            try build("SendParcel", ["query.dry_run=perhaps"])
        }
        #expect(
            throws: ValueFailure.invalid("body.to is text, but the schema allows object; write it as JSON after `:=`")
        ) {
            try build("SendParcel", ["body.to=x"])
        }
        #expect(throws: ValueFailure.invalid("body.count is a quoted string, but the schema allows integer")) {
            try build("SendParcel", ["body.count='4'"])
        }
    }

    @Test("query, cookie and path values are serialised in their styles and percent-encoded")
    func places() throws {
        let list = try build(
            "ListParcels",
            [
                "query.tag:=[\"a b\",\"c&d\"]", "query.filter.from=Bern/1", "query.filter.weight=2.0",
                "cookie.session=s1", "query.extra=ü%", "header.x-trace=t",
            ],
            auth: .profile("desk")
        )
        #expect(
            list.text == """
                GET https://parcels.example/v1/parcels?tag=a%20b&tag=c%26d&page=1\
                &filter%5Bfrom%5D=Bern%2F1&filter%5Bweight%5D=2.0&extra=%C3%BC%25
                x-trace: t
                Authorization: Bearer tok
                cookie: session=s1
                """
        )
        let label = try build("PrintLabel", ["path.parcel_id=a/b c%2F?#ü"])
        #expect(
            label.text
                == "GET https://parcels.example/v1/parcels/a%2Fb%20c%252F%3F%23%C3%BC/labels/pdf\naccept: application/pdf"
        )
        #expect(label.pathValues.map(\.text) == ["a%2Fb%20c%252F%3F%23%C3%BC", "pdf"])
    }

    @Test("a path parameter is never empty and never changes the path")
    func emptyPath() throws {
        #expect(throws: ValueFailure.invalid("the path parameter 'parcel_id' is empty")) {
            try build("PrintLabel", ["path.parcel_id=''"], invalid: true)
        }
        #expect(throws: ValueFailure.invalid("the path parameter 'parcel_id' has no value: set path.parcel_id")) {
            try build("PrintLabel", ["!path.parcel_id"], invalid: true)
        }
        #expect(try build("PrintLabel", ["path.parcel_id=.."]).path == "/parcels/%2E%2E/labels/pdf")
    }

    @Test("a required parameter without value and default is rejected, and a removed one is not sent")
    func required() throws {
        #expect(
            throws: ValueFailure.invalid("the required header parameter 'x-owner' has no value: set header.x-owner")
        ) {
            try build("OpenDoor", ["path.door=3"])
        }
        let request = try build("OpenDoor", ["path.door=3", "!header.X-Owner"], invalid: true)
        #expect(request.text == "PUT https://parcels.example/v1/doors/3")
    }

    @Test("set items take precedence over content-type, accept and credentials")
    func overridden() throws {
        let request = try build(
            "SendParcel",
            [
                "body.id=1", "header.Content-Type=text/json", "header.Accept=*/*", "header.x-id=mine",
                "!header.x-secret",
            ],
            auth: .profile("shop")
        )
        #expect(
            request.text == """
                POST https://parcels.example/v1/parcels
                X-Version: 2024-05
                Content-Type: text/json
                Accept: */*
                x-id: mine

                {"id":"1"}
                """
        )
        #expect(
            try build("SendParcel", ["body.id=1", "!header.content-type", "!header.accept"]).message.headers.count == 1)
    }

    @Test("a form is serialised as a form")
    func form() throws {
        let request = try build(
            "SendParcel",
            ["header.content-type=application/x-www-form-urlencoded", "body.id=a b&c", "body.weight=2.50"]
        )
        #expect(String(decoding: request.message.body ?? [], as: UTF8.self) == "id=a%20b%26c&weight=2.50")
    }

    @Test("a form is serialised according to the encodings of the contract")
    func encodedForm() throws {
        let request = try build(
            "SendForm", ["body.to.name=Ann", "body.to.lines[0]=x y", "body.ids:=[1,2]", "body.data:={\"a\":1}"])
        #expect(
            String(decoding: request.message.body ?? [], as: UTF8.self)
                == "to%5Bname%5D=Ann&to%5Blines%5D%5B0%5D=x%20y&ids=1,2&data=%7B%22a%22%3A1%7D")
        #expect(throws: ValueFailure.self) { try build("SendForm", ["body.odd:=[1,2]"]) }
    }

    @Test("basic, query and cookie credentials are sent as their schemes require")
    func schemes() throws {
        func label(_ scheme: String) throws -> String {
            let requirement = try #require(
                contract.operation("PrintLabel")?.security.first { $0.schemes == [scheme] }
            )
            return try build("PrintLabel", ["path.parcel_id=1", "!header.accept"], auth: .requirement(requirement)).text
        }
        let url = "GET https://parcels.example/v1/parcels/1/labels/pdf"
        #expect(try label("Login") == "\(url)\nAuthorization: Basic YW5uOnBhOnNz")
        #expect(try label("QueryKey") == "\(url)?api%20key=k%261")
        #expect(try label("CookieKey") == "\(url)\ncookie: sid=c1")
    }

    @Test("an undeclared call is sent as written, with invalid characters encoded")
    func undeclared() throws {
        let request = try build(
            "PATCH /parcels/ü%20{x}?a=[1]", ["header.x-a=1", "query.b=2", "body.z=1"], invalid: true)
        #expect(
            request.text == """
                PATCH https://parcels.example/v1/parcels/%C3%BC%20%7Bx%7D?a=%5B1%5D&b=2
                content-type: application/json
                x-a: 1

                {"z":"1"}
                """
        )
    }

    @Test(
        "a header value that cannot be sent is rejected before anything is sent",
        arguments: [
            ("a\r\nx-evil: 1", "contains a line break"), ("a\nb", "contains a line break"),
            ("a\u{0}b", "contains a NUL character"),
            ("a\u{7F}", "contains a control character"), ("a\u{1B}[0m", "contains a control character"),
            ("caf\u{E9}", "contains non-ASCII characters, for which headers have no agreed encoding"),
            (" a", "starts or ends with a space, which is lost in transit"),
            ("a\t", "starts or ends with a space, which is lost in transit"),
        ])
    func hostileHeader(_ value: String, _ problem: String) throws {
        var scope = ParcelContract.scope
        scope.row["v"] = value
        let set = ["body.id=1", "header.x-trace={{row.v}}"]
        #expect(throws: ValueFailure.invalid("the value of the header 'x-trace' \(problem)")) {
            try build("SendParcel", set, scope: scope)
        }
    }

    @Test("a header name that is not a token is rejected")
    func hostileName() throws {
        #expect(throws: ValueFailure.invalid("'x\u{FFFD}evil:' is not a valid header name")) {
            try build("OpenDoor", ["path.door=1", "header.x-owner=a", "header['x\nevil:']=1"])
        }
    }

    @Test("received data with braces, control characters and quotes stays one value")
    func hostileData() throws {
        var scope = ParcelContract.scope
        let hostile = "{{uuid}}\",\"admin\":true\r\n\u{0}" + String(repeating: "ü", count: 500_000)
        scope.row["v"] = hostile
        let request = try build("SendParcel", ["body.id={{row.v}}"], scope: scope)
        let sent = try JSONDocument(parsing: request.message.body ?? []).root
        #expect(sent.count == 1)
        #expect(sent["id"]?.string == hostile)
        let query = try build("ListParcels", ["query.q={{row.v}}"], scope: scope)
        #expect(query.message.url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
        #expect(query.message.url.hasPrefix("https://parcels.example/v1/parcels?page=1&q=%7B%7Buuid%7D%7D%22%2C"))
    }

    @Test(
        "an invalid base URL is rejected",
        arguments: [
            ("parcels.example", "the base URL does not start with http:// or https://"),
            ("file:///etc", "the base URL does not start with http:// or https://"),
            ("https:///v1", "the base URL has no host"),
            ("https://a:b@parcels.example", "the base URL contains a user name; credentials belong in an auth profile"),
            ("https://parcels.example/?x=1", "the base URL has a query or a fragment"),
            ("https://parcels.example/a b", "the base URL contains characters that must be percent-encoded"),
        ])
    func baseURL(_ url: String, _ message: String) throws {
        let step = ParcelContract.step("x", .reserved(method: "GET", path: "/_mock/state"))
        #expect(throws: ValueFailure.invalid(message)) {
            try RequestBuilder.build(step, scope: ParcelContract.scope, credentials: Credentials(), baseURL: url)
        }
    }

    @Test("building twice gives the same bytes; another step, table or seed gives other bytes")
    func deterministic() throws {
        func url(_ name: String, _ scope: ValueScope) throws -> String {
            let call = Call.operation(try #require(contract.operation("OpenDoor")), contract: "1")
            let items = try ParcelContract.items(["path.door=1", "header.x-owner={{uuid}}", "query.a={{uuid}}"])
            let step = ParcelContract.step(name, call, set: items)
            return try RequestBuilder.build(
                step, scope: scope, credentials: Credentials(), baseURL: ParcelContract.base
            )
            .text
        }
        var other = ParcelContract.scope
        other.seed = "t"
        let first = try url("a", ParcelContract.scope)
        #expect(try url("a", ParcelContract.scope) == first)
        #expect(try url("b", ParcelContract.scope) != first)
        #expect(try url("a", other) != first)
        let owner = first.split(separator: " ").last.map(String.init) ?? ""
        #expect(!first.contains("a=\(owner)"))
    }
}
