import Exchanges
import LiveTransport
import TestKit
import Testing

@Suite("Requests that cannot be sent unchanged", .timeLimit(.minutes(20)), .urgent)
struct InvalidRequestTests {
    @Test(
        "a URL that the client would change is rejected",
        arguments: [
            ("/a b", "the URL contains a character that must be percent-encoded (RFC 3986, sections 3.3 and 3.4)"),
            ("/é", "the URL contains a character that must be percent-encoded (RFC 3986, sections 3.3 and 3.4)"),
            ("/?a=[1]", "the URL contains a character that must be percent-encoded (RFC 3986, sections 3.3 and 3.4)"),
            ("/{id}", "the URL contains a character that must be percent-encoded (RFC 3986, sections 3.3 and 3.4)"),
            (
                "/a\r\nx: y",
                "the URL contains a character that must be percent-encoded (RFC 3986, sections 3.3 and 3.4)"
            ),
            ("/%zz", "the URL has a % that is not followed by two hexadecimal digits"),
            ("/%2", "the URL has a % that is not followed by two hexadecimal digits"),
            ("/#a", "the URL has a fragment, which HTTP never sends"),
        ]
    )
    func targets(target: String, message: String) async throws {
        let server = try RawServer(answering: ExchangeTests.empty)
        defer { server.stop() }
        let outcome = await exchange(RequestMessage(method: "GET", url: server.url(target)))
        #expect(outcome == .failure(TransportFailure(.invalidRequest, message)))
        #expect(server.connections == 0)
    }

    @Test(
        "an invalid address is rejected",
        arguments: [
            ("ftp://h/", "the URL is not an absolute http or https URL"),
            ("/path", "the URL is not an absolute http or https URL"),
            ("", "the URL is not an absolute http or https URL"), ("http:///x", "the URL has no host"),
            ("http://", "the URL has no host"), ("http://a:b@h/", "the URL contains a user name, which is never sent"),
            ("http://h:0/", "the URL has a port that is not a number from 1 to 65535"),
            ("http://h:99999/", "the URL has a port that is not a number from 1 to 65535"),
            ("http://h:x/", "the URL has a port that is not a number from 1 to 65535"),
            ("http://h%20/", "the host of the URL contains an invalid character"),
            (
                "http+unix://x/",
                "the URL names no absolute path of a socket: write the path with %2F for each /"
            ), ("https+unix://%2Fx/", "the URL is not an absolute http or https URL"),
        ]
    )
    func addresses(url: String, message: String) async {
        let outcome = await exchange(RequestMessage(method: "GET", url: url))
        #expect(outcome == .failure(TransportFailure(.invalidRequest, message)))
    }

    @Test(
        "a header that would break the message or be changed is rejected",
        arguments: [
            ("x-a", "b\r\nx-c: d", "the header x-a contains a control character, such as a line break"),
            ("x-a", "b\0", "the header x-a contains a control character, such as a line break"),
            ("x-a", " b", "the header x-a starts or ends with a space"),
            ("x-a", "b\t", "the header x-a starts or ends with a space"),
            ("x a", "b", "a header name is not a valid token (RFC 9110, section 5.1)"),
            ("", "b", "a header name is not a valid token (RFC 9110, section 5.1)"),
            ("é", "b", "a header name is not a valid token (RFC 9110, section 5.1)"),
            ("Content-Length", "3", "the header Content-Length is set by the transport and cannot be set"),
            ("transfer-encoding", "x", "the header transfer-encoding is set by the transport and cannot be set"),
        ]
    )
    func headers(name: String, value: String, message: String) async throws {
        let server = try RawServer(answering: ExchangeTests.empty)
        defer { server.stop() }
        let request = RequestMessage(method: "GET", url: server.url(), headers: [HeaderField(name: name, value: value)])
        #expect(await exchange(request) == .failure(TransportFailure(.invalidRequest, message)))
        #expect(server.connections == 0)
    }

    @Test("a method that is not a token is rejected", arguments: ["", "GET /x", "G\u{E9}T", "GET\r\n"])
    func methods(method: String) async throws {
        let server = try RawServer(answering: ExchangeTests.empty)
        defer { server.stop() }
        let outcome = await exchange(RequestMessage(method: method, url: server.url()))
        #expect(outcome.failure?.class == .invalidRequest)
        #expect(server.connections == 0)
    }
}
