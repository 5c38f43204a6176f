import Exchanges
import Foundation
import JSONDocument
import OpenAPI
import Primitives
import SourceText
import TestKit
import Testing

@testable import Mocking

/// The shipped behaviour file of the payment links.
struct ShippedBehaviourTests {
    private static let folder = Repository.root.appending(path: "specs/cashfree")

    private static let headers = [
        ("x-client-id", "id"), ("x-client-secret", "secret"), ("x-api-version", "2022-09-01"), ("x-request-id", "r1"),
    ]

    private static let link = """
        {"link_id":"my_link","link_amount":100,"link_currency":"INR","link_purpose":"Two tickets",
         "customer_details":{"customer_name":"Asha Rao","customer_phone":"9876543210","customer_email":"a@example.com"},
         "link_partial_payments":true,"link_minimum_partial_amount":20,"link_notes":{"key_1":"value_1"},
         "link_meta":{"return_url":"https://shop.example.com/r","notify_url":"https://shop.example.com/n","upi_intent":true},
         "link_notify":{"send_email":true,"send_sms":false}}
        """

    private static let plain = """
        {"link_id":"plain","link_amount":99.50,"link_currency":"INR","link_purpose":"x",
         "customer_details":{"customer_phone":"+91 98765"}}
        """

    private static func mock(replacing text: String? = nil, with other: String = "") throws -> TestMock {
        let reader = SourceReader(root: folder.path)
        let contract = try ContractLoader.load(
            file: "2022-09-01.yaml", overlays: ["2022-09-01.overlay.yaml"], name: "2022-09-01", reader: reader)
        var bytes = try reader.bytes("2022-09-01.behaviour.yaml")
        if let text {
            let source = String(decoding: bytes, as: UTF8.self)
            try #require(source.contains(text), "the file does not hold '\(text)'")
            bytes = Array(source.replacing(text, with: other, maxReplacements: 1).utf8)
        }
        let source = try SourceReader.parse(bytes, path: "behaviour.yaml", limits: SourceLimits())
        let behaviour = try Behaviour.parse(source, contract: contract)
        #expect(behaviour.diagnostics.isEmpty)
        return TestMock(
            versions: [MockVersion(contract: contract, behaviour: behaviour)],
            credentials: [
                "XClientID": ["id"], "XClientSecret": ["secret"], "XPartnerAPIKey": ["partner"],
                "XPartnerMerchantID": ["merchant"], "XClientSignatureHeader": ["signature"],
            ], headers: headers)
    }

    @Test("the response to a new link is like that of the live server")
    func create() throws {
        var mock = try Self.mock()
        let response = mock.send("POST", "/pg/links", Self.link)
        #expect(response.status == 200)
        let url = try #require(response.json?["link_url"]?.string)
        #expect(
            response.text
                == #"{"cf_link_id":30111525,"link_id":"my_link","link_status":"ACTIVE","link_currency":"INR","#
                + #""link_amount":100,"link_amount_paid":0,"link_partial_payments":true,"link_minimum_partial_amount":20,"#
                + #""link_purpose":"Two tickets","link_created_at":"2023-11-15T03:43:20+05:30","#
                + #""customer_details":{"customer_name":"Asha Rao","country_code":"+91","customer_phone":"9876543210","#
                + #""customer_email":"a@example.com"},"link_meta":{"notify_url":"https://shop.example.com/n","#
                + #""payment_methods":"","return_url":"https://shop.example.com/r","upi_intent":"true"},"#
                + #""link_url":"\#(url)","link_expiry_time":"2023-12-15T03:43:20+05:30","#
                + #""link_notes":{"key_1":"value_1"},"link_auto_reminders":false,"#
                + #""link_notify":{"send_email":true,"send_sms":false},"thank_you_msg":"","terms_and_conditions":"","#
                + #""enable_invoice":false}"# + "\n")
        #expect(response.line("content-type") == "application/json; charset=UTF-8")
        #expect(response.line("x-api-version") == "2022-09-01")
        #expect(response.line("x-request-id") == "r1")
        #expect(response.line("x-ratelimit-type") == "app_id")
        #expect(response.line("x-ratelimit-retry") == "0")
        #expect(response.line("x-idempotency-key") == nil)
        try expectContract(response, "PGCreateLink", mock.versions[0].contract)
    }

    @Test("members that were not sent are returned with the defaults")
    func defaults() throws {
        var mock = try Self.mock()
        let link = mock.send("POST", "/pg/links", Self.plain)
        try expectContract(link, "PGCreateLink", mock.versions[0].contract)
        #expect(link.json?["link_partial_payments"] == false)
        #expect(link.json?["link_minimum_partial_amount"] == .null)
        #expect(link.json?["link_notes"] == .object([:]))
        #expect(link.json?["link_meta"] == .object(["payment_methods": "", "upi_intent": "false"]))
    }

    @Test("a link is created, fetched, paid in parts, its orders listed, and then it cannot be cancelled")
    func story() throws {
        var mock = try Self.mock()
        let contract = mock.versions[0].contract
        let made = mock.send("POST", "/pg/links", Self.link)
        #expect(mock.send("GET", "/pg/links/my_link").body == made.body)
        #expect(mock.send("GET", "/pg/links/my_link/orders").text == "[]\n")
        let part = mock.send("POST", "/pg/_mock/events/pay", #"{"id":"my_link","amount":40.5}"#)
        #expect(part.json?["changed"] == .object(["/link_amount_paid": 40.5, "/link_status": "PARTIALLY_PAID"]))
        #expect(mock.send("POST", "/pg/_mock/events/pay", #"{"id":"my_link","amount":60}"#).status == 409)
        let rest = mock.send("POST", "/pg/_mock/events/pay", #"{"id":"my_link"}"#)
        #expect(rest.json?["entity"]?["link_status"] == "PAID")
        let paid = mock.send("GET", "/pg/links/my_link")
        #expect(paid.json?["link_amount_paid"] == 100)
        try expectContract(paid, "PGFetchLink", contract)
        let orders = mock.send("GET", "/pg/links/my_link/orders")
        try expectContract(orders, "PGLinkFetchOrders", contract)
        #expect(orders.json?.elements?.map { $0["order_amount"]?.text } == ["40.5", "59.5"])
        let id = try #require(orders.json?[0]?["order_id"]?.string)
        #expect(id.hasPrefix("CFPay_"))
        #expect(orders.json?[0]?["payments"]?["url"]?.string?.hasSuffix("/orders/\(id)/payments") == true)
        let refused = mock.send("POST", "/pg/links/my_link/cancel")
        #expect(refused.status == 400)
        #expect(
            refused.text == #"{"message":"Only link in ACTIVE state can be cancelled","code":"link_not_active","#
                + #""type":"invalid_request_error"}"# + "\n")
        try expectContract(refused, "PGCancelLink", contract)
    }

    @Test("a link can be cancelled only once")
    func cancel() throws {
        var mock = try Self.mock()
        _ = mock.send("POST", "/pg/links", Self.link)
        let cancelled = mock.send("POST", "/pg/links/my_link/cancel")
        #expect(cancelled.json?["link_status"] == "CANCELLED")
        try expectContract(cancelled, "PGCancelLink", mock.versions[0].contract)
        #expect(mock.send("POST", "/pg/links/my_link/cancel").json?["code"] == "link_not_active")
        #expect(mock.send("POST", "/pg/_mock/events/pay", #"{"id":"my_link"}"#).status == 409)
    }

    @Test("a link without partial payments is paid completely or not at all, and orders fit their schema")
    func whole() throws {
        var mock = try Self.mock()
        _ = mock.send("POST", "/pg/links", Self.plain)
        #expect(mock.send("POST", "/pg/_mock/events/pay", #"{"id":"plain","amount":50}"#).status == 409)
        #expect(mock.send("POST", "/pg/_mock/events/pay", #"{"id":"plain","amount":100}"#).status == 409)
        #expect(mock.send("POST", "/pg/_mock/events/pay", #"{"id":"plain","amount":99.5}"#).status == 200)
        let orders = mock.send("GET", "/pg/links/plain/orders")
        try expectContract(orders, "PGLinkFetchOrders", mock.versions[0].contract)
        #expect(orders.json?[0]?["customer_details"]?["customer_phone"] == "9999999999")
    }

    @Test("a first payment below the minimum is rejected")
    func minimum() throws {
        var mock = try Self.mock()
        _ = mock.send("POST", "/pg/links", Self.link)
        #expect(mock.send("POST", "/pg/_mock/events/pay", #"{"id":"my_link","amount":19.99}"#).status == 409)
        #expect(mock.send("POST", "/pg/_mock/events/pay", #"{"id":"my_link","amount":20}"#).status == 200)
        #expect(mock.send("POST", "/pg/_mock/events/pay", #"{"id":"my_link","amount":1}"#).status == 200)
    }

    @Test("a link expires after thirty days, or on request")
    func expiry() throws {
        var mock = try Self.mock()
        _ = mock.send("POST", "/pg/links", Self.link)
        _ = mock.send("POST", "/pg/links", Self.plain)
        #expect(mock.send("POST", "/pg/_mock/events/expire", #"{"id":"plain"}"#).status == 200)
        #expect(mock.send("GET", "/pg/links/plain").json?["link_status"] == "EXPIRED")
        mock.now = mock.now.advanced(by: .seconds(30 * 86_400 - 1))
        #expect(mock.send("GET", "/pg/links/my_link").json?["link_status"] == "ACTIVE")
        mock.now = mock.now.advanced(by: .seconds(1))
        #expect(mock.send("GET", "/pg/links/my_link").json?["link_status"] == "EXPIRED")
    }

    /// Requests with their known responses.
    static let refusals: [(String, String, String, String?, [(String, String)], Int, String)] = [
        (
            "PGFetchLink", "GET", "/pg/links/none", nil, headers, 404,
            #"{"message":"No request found with link Id none","code":"link_not_found","type":"invalid_request_error"}"#
        ),
        (
            "PGLinkFetchOrders", "GET", "/pg/links/none/orders", nil, headers, 404,
            #"{"message":"No request found with link ID none","code":"link_not_found","type":"invalid_request_error"}"#
        ),
        (
            "PGCancelLink", "POST", "/pg/links/none/cancel", nil, headers, 404,
            #"{"message":"No request found with link Id none","code":"link_not_found","type":"invalid_request_error"}"#
        ),
        (
            "PGFetchLink", "GET", "/pg/links/none", nil, Array(headers.dropFirst()), 401,
            #"{"message":"authentication Failed","code":"request_failed","type":"authentication_error"}"#
        ),
        (
            "PGFetchLink", "GET", "/pg/links/none", nil, [("x-client-id", "x")] + headers.dropFirst(), 401,
            #"{"message":"authentication Failed","code":"request_failed","type":"authentication_error"}"#
        ),
        (
            "PGFetchLink", "GET", "/pg/links/none", nil, [("x-client-id", "id"), ("x-client-secret", "secret")], 400,
            #"{"message":"version is missing in header","code":"request_failed","type":"invalid_request_error"}"#
        ),
        (
            "PGFetchLink", "GET", "/pg/links/none", nil, [("x-api-version", "2021-01-01")], 400,
            #"{"message":"version is invalid in header","code":"version_invalid","type":"invalid_request_error"}"#
        ),
        (
            "PGFetchLink", "GET", "/pg/orphans", nil, headers, 404,
            #"{"message":"bad URL, please check API documentation","code":"request_failed","type":"invalid_request_error"}"#
        ),
        (
            "PGCreateLink", "POST", "/pg/links", link.replacing("my_link", with: ""), headers, 400,
            #"{"message":"link_id : is missing in the request. Value received: ","code":"link_id_missing","type":"invalid_request_error"}"#
        ),
        (
            "PGCreateLink", "POST", "/pg/links", link.replacing("\"customer_phone\":\"9876543210\",", with: ""),
            headers, 400,
            #"{"message":"customer_details.customer_phone : is missing in the request. Value received: ","#
                + #""code":"customer_details.customer_phone_missing","type":"invalid_request_error"}"#
        ),
        (
            "PGCreateLink", "POST", "/pg/links", link.replacing(":100,", with: ":-1,"), headers, 400,
            #"{"message":"link_amount : Invalid amount entered ","code":"link_amount_invalid","type":"invalid_request_error"}"#
        ),
        (
            "PGCreateLink", "POST", "/pg/links", link.replacing("INR", with: "USD"), headers, 400,
            #"{"message":"Currency USD is not enabled","code":"link_post_failed","type":"invalid_request_error"}"#
        ),
    ]

    @Test("each rejection has the known text", arguments: refusals)
    func refusal(
        operation: String, method: String, path: String, body: String?, headers: [(String, String)], status: Int,
        text: String
    ) throws {
        var mock = try Self.mock()
        let response = mock.send(method, path, body, headers: headers)
        #expect(response.status == status)
        #expect(response.text == text + "\n")
        #expect(response.line("content-type") == "application/json; charset=UTF-8")
        try expectContract(response, operation, mock.versions[0].contract)
    }

    @Test("a value of the wrong type is rejected with the field, the reason and the received value")
    func wrongType() throws {
        var mock = try Self.mock()
        let response = mock.send("POST", "/pg/links", Self.link.replacing(":100,", with: ":\"ten\","))
        #expect(response.status == 400)
        #expect(response.json?["code"] == "link_amount_invalid")
        #expect(response.json?["message"]?.string?.hasPrefix("link_amount : ") == true)
        #expect(response.json?["message"]?.string?.hasSuffix(". Value received: ten") == true)
        try expectContract(response, "PGCreateLink", mock.versions[0].contract)
    }

    @Test("each of the four alternatives of credentials is enough")
    func alternatives() throws {
        var mock = try Self.mock()
        let version = [("x-api-version", "2022-09-01")]
        let ways = [
            [("x-client-id", "id"), ("x-client-secret", "secret")],
            [("x-client-id", "id"), ("x-partner-apikey", "partner")],
            [("x-client-id", "id"), ("x-client-signature", "signature")],
            [("x-partner-merchantid", "merchant"), ("x-partner-apikey", "partner")],
        ]
        for way in ways {
            #expect(mock.send("GET", "/pg/links/none", headers: way + version).status == 404)
            for member in way {
                #expect(mock.send("GET", "/pg/links/none", headers: [member] + version).status == 401)
            }
        }
    }

    @Test("a key repeats its response, rejects another body, and a link is not created twice")
    func idempotency() throws {
        var mock = try Self.mock()
        let key = [("x-idempotency-key", "key")]
        let first = mock.send("POST", "/pg/links", Self.link, adding: key)
        #expect(first.line("x-idempotency-replayed") == "false")
        let again = mock.send("POST", "/pg/links", Self.link, adding: key)
        #expect(again.body == first.body)
        #expect(again.line("x-idempotency-replayed") == "true")
        #expect(again.line("x-idempotency-key") == "key")
        let other = mock.send("POST", "/pg/links", Self.plain, adding: key)
        #expect(other.status == 422)
        #expect(
            other.text == #"{"message":"invalid body in request for x-idempotency-key","code":"request_invalid","#
                + #""type":"idempotency_error"}"# + "\n")
        try expectContract(other, "PGCreateLink", mock.versions[0].contract)
        let duplicate = mock.send("POST", "/pg/links", Self.link)
        #expect(duplicate.status == 409)
        #expect(duplicate.json?["message"] == "Link ID already exists")
        try expectContract(duplicate, "PGCreateLink", mock.versions[0].contract)
    }

    @Test("without a request id the header is empty")
    func blankRequestID() throws {
        var mock = try Self.mock()
        let response = mock.send("GET", "/pg/links/none", headers: Array(Self.headers.dropLast()))
        #expect(response.line("x-request-id") == "")
    }

    // MARK: Broken copies

    @Test("a copy that cancels into ACTIVE shows ACTIVE")
    func brokenCancel() throws {
        var mock = try Self.mock(replacing: "{from: ACTIVE, to: CANCELLED}", with: "{from: ACTIVE, to: ACTIVE}")
        _ = mock.send("POST", "/pg/links", Self.link)
        #expect(mock.send("POST", "/pg/links/my_link/cancel").json?["link_status"] == "ACTIVE")
        #expect(mock.send("POST", "/pg/links/my_link/cancel").status == 200)
    }

    @Test("a copy with false as its replay flag responds with false")
    func brokenFlag() throws {
        var mock = try Self.mock(replacing: "again: 'true'", with: "again: 'false'")
        let key = [("x-idempotency-key", "key")]
        _ = mock.send("POST", "/pg/links", Self.link, adding: key)
        #expect(mock.send("POST", "/pg/links", Self.link, adding: key).line("x-idempotency-replayed") == "false")
    }

    @Test("a copy that loses a field when fetching loses it there only")
    func brokenFetch() throws {
        var mock = try Self.mock(replacing: "read: links", with: "read: links\n    omit: link_url")
        #expect(mock.send("POST", "/pg/links", Self.link).json?["link_url"] != nil)
        #expect(mock.send("GET", "/pg/links/my_link").json?["link_url"] == nil)
    }

    @Test("a copy that defines 200 for unknown ids responds with 200")
    func brokenUnknown() throws {
        var mock = try Self.mock(
            replacing: "unknown:\n    status: 404", with: "unknown:\n    status: 200")
        #expect(mock.send("GET", "/pg/links/none").status == 200)
    }

    @Test("a copy with credentials turned off responds without them")
    func brokenCredentials() throws {
        var mock = try Self.mock(replacing: "enforced: true", with: "enforced: false")
        #expect(mock.send("GET", "/pg/links/none", headers: [("x-api-version", "2022-09-01")]).status == 404)
    }

    @Test("a copy with another message, key scope, window or version header behaves accordingly")
    func brokenRest() throws {
        var mock = try Self.mock(replacing: "header: x-idempotency-key", with: "header: x-other-key")
        let key = [("x-idempotency-key", "key")]
        _ = mock.send("POST", "/pg/links", Self.link, adding: key)
        #expect(mock.send("POST", "/pg/links", Self.link, adding: key).status == 409)
        mock = try Self.mock(replacing: "limit: 60000", with: "limit: 1")
        _ = mock.send("GET", "/pg/links/none")
        #expect(mock.send("GET", "/pg/links/none").status == 429)
        mock = try Self.mock(replacing: "x-api-version: '2022-09-01'", with: "x-api-version: '2023-08-01'")
        #expect(mock.send("GET", "/pg/links/none").line("x-api-version") == "2023-08-01")
    }
}
