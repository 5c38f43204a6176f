import Exchanges
import JSONDocument
import OpenAPI
import Primitives
import Testing

@testable import Scenarios

@Suite("Selecting values by path")
struct SelectionTests {
    private let contract: Contract

    init() throws {
        contract = try ParcelContract.load()
    }

    private func view(
        _ operation: String? = "SendParcel",
        response: ResponseMessage? = nil,
        request: RequestMessage? = nil
    ) throws -> ExchangeView {
        let body = #"{"id":"P1","status":"gone","items":[{"sku":"a","price":1.50},{"sku":"b"}],"none":[],"n":null}"#
        let answer = ResponseMessage(
            status: 201,
            headers: [
                HeaderField(name: "X-Left", value: "07"), HeaderField(name: "x-tags", value: "a,b"),
                HeaderField(name: "X-Tags", value: "c"), HeaderField(name: "x-other", value: "1"),
                HeaderField(name: "X-OTHER", value: "2"), HeaderField(name: "x-size", value: "w,3,h,4"),
                HeaderField(name: "set-cookie", value: "sid=1; Path=/"),
                HeaderField(name: "Set-Cookie", value: "sid=2; HttpOnly"),
            ],
            body: Array(body.utf8)
        )
        let exchange = Exchange(
            sequence: 1,
            scenario: "sending",
            step: "send",
            operation: operation,
            contract: "1",
            request: request
                ?? RequestMessage(method: "POST", url: "https://parcels.example/v1/parcels?dry_run=true&x=1&x=%C3%BC"),
            outcome: .response(response ?? answer),
            startedAt: Instant(microsecondsSinceEpoch: 0),
            duration: .microseconds(2_007_900)
        )
        return ExchangeView.parsing(exchange, operation: operation.flatMap(contract.operation))
    }

    /// What a path finds, as text: values with their pointers.
    private func found(_ path: String, _ view: ExchangeView) throws -> String {
        switch try ItemPath.parse(path, in: .law).select(in: view) {
        case .one(let value, let pointer): return value.text + (pointer.map { " at \"\($0)\"" } ?? "")
        case .absent: return "absent"
        case .many(let selected, let some):
            let values = selected.map { ($0.value?.text ?? "absent") + ($0.pointer.map { " at \"\($0)\"" } ?? "") }
            return (some ? "some of " : "every of ") + "[" + values.joined(separator: ", ") + "]"
        }
    }

    @Test(
        "body values have pointers",
        arguments: [
            ("id", #""P1" at "/id""#), ("body.status", #""gone" at "/status""#), ("n", #"null at "/n""#),
            ("items[0].price", #"1.50 at "/items/0/price""#), ("items[2]", "absent"), ("id[0]", "absent"),
            ("id.x", "absent"), ("items.sku", "absent"), ("missing", "absent"),
            ("items[*].sku", #"every of ["a" at "/items/0/sku", "b" at "/items/1/sku"]"#),
            ("items[?].price", #"some of [1.50 at "/items/0/price", absent at "/items/1/price"]"#),
            ("none[*]", "every of []"), ("none[?].x", "some of []"), ("missing[*]", "absent"), ("id[*]", "absent"),
        ])
    func body(_ path: String, _ text: String) throws {
        #expect(try found(path, view()) == text)
    }

    @Test(
        "headers are found ignoring case, typed by their declaration, and line by line",
        arguments: [
            ("header.X-OTHER", #""1, 2""#), ("header.x-other[0]", #""1""#), ("header.x-other[1]", #""2""#),
            ("header.x-other[2]", "absent"), ("header.x-other[*]", #"every of ["1", "2"]"#),
            ("header.x-tags", #"["a","b","c"]"#), ("header.x-tags[*]", #"every of ["a", "b", "c"]"#),
            ("header.x-size.h", "4"), ("header.x-size", #"{"w":3,"h":4}"#), ("header.none", "absent"),
            ("header.none[*]", "absent"), ("cookie.sid", #""2""#), ("cookie.none", "absent"),
        ])
    func headers(_ path: String, _ text: String) throws {
        #expect(try found(path, view()) == text)
    }

    @Test("a header that does not conform to its declaration is text")
    func mistypedHeader() throws {
        let many = ResponseMessage(status: 201, headers: [HeaderField(name: "x-left", value: "many")])
        #expect(try found("header.x-left", view(response: many)) == #""many""#)
        let seven = ResponseMessage(status: 201, headers: [HeaderField(name: "x-left", value: "7")])
        #expect(try found("header.x-left", view(response: seven)) == "7")
        #expect(try found("header.x-left", view(nil, response: seven)) == #""7""#)
    }

    @Test(
        "status, time and the request have special words",
        arguments: [
            ("status", "201"), ("time", "2.007"), ("operation", #""SendParcel""#),
            ("tag", #"some of ["sending", "core"]"#), ("req.method", #""POST""#), ("req.path", #""/v1/parcels""#),
            ("req.query.dry_run", "true"), ("query.dry_run", "true"), ("req.query.x", #"["1","ü"]"#),
            ("req.query.none", "absent"), ("req.header.x", "absent"), ("req.body", "absent"),
        ])
    func words(_ path: String, _ text: String) throws {
        #expect(try found(path, view()) == text)
    }

    @Test("path parameters and cookies of the request are found, with any base path")
    func requestParts() throws {
        let request = RequestMessage(
            method: "GET",
            url: "https://parcels.example/a/b/parcels/P%2F1/labels/pdf",
            headers: [HeaderField(name: "Cookie", value: "a=1; sid=x=y")]
        )
        let view = try view("PrintLabel", request: request)
        #expect(try found("req.path.parcel_id", view) == #""P/1""#)
        #expect(try found("path.format", view) == #""pdf""#)
        #expect(try found("req.path.none", view) == "absent")
        #expect(try found("req.cookie.sid", view) == #""x=y""#)
        #expect(try found("req.cookie.none", view) == "absent")
    }

    @Test("without a response, all of its values are absent")
    func failure() throws {
        var exchange = try view().exchange
        exchange.outcome = .failure(TransportFailure(.timedOut, "too slow"))
        let view = ExchangeView.parsing(exchange, operation: nil)
        for path in ["status", "id", "$", "header.x-left", "cookie.sid", "items[*]"] {
            #expect(try found(path, view) == "absent")
        }
        #expect(try found("operation", view) == #""SendParcel""#)
    }

    @Test("a body that is not JSON has no values")
    func notJSON() throws {
        let view = try view(response: ResponseMessage(status: 200, body: Array("<html>".utf8)))
        #expect(try found("$", view) == "absent")
    }
}
