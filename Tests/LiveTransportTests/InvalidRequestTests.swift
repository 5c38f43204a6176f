import Exchanges
import LiveTransport
import Testing

@Suite("Requests that cannot be sent as they are", .timeLimit(.minutes(10)), .urgent)
struct InvalidRequestTests {
    @Test(
        "a URL that would be changed on the way is refused",
        arguments: [
            ("/a b", "The URL holds a character that must be percent-encoded (RFC 3986, 3.3 and 3.4)."),
            ("/é", "The URL holds a character that must be percent-encoded (RFC 3986, 3.3 and 3.4)."),
            ("/?a=[1]", "The URL holds a character that must be percent-encoded (RFC 3986, 3.3 and 3.4)."),
            ("/{id}", "The URL holds a character that must be percent-encoded (RFC 3986, 3.3 and 3.4)."),
            ("/a\r\nx: y", "The URL holds a character that must be percent-encoded (RFC 3986, 3.3 and 3.4)."),
            ("/%zz", "The URL has a % that is not followed by two hexadecimal digits."),
            ("/%2", "The URL has a % that is not followed by two hexadecimal digits."),
            ("/#a", "The URL has a fragment, which is never sent."),
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
        "an address that is none is refused",
        arguments: [
            ("ftp://h/", "The URL is not an absolute http or https URL."),
            ("/path", "The URL is not an absolute http or https URL."),
            ("", "The URL is not an absolute http or https URL."), ("http:///x", "The URL has no host."),
            ("http://", "The URL has no host."), ("http://a:b@h/", "The URL holds a user name, which is never sent."),
            ("http://h:0/", "The URL has a port that is not a number from 1 to 65535."),
            ("http://h:99999/", "The URL has a port that is not a number from 1 to 65535."),
            ("http://h:x/", "The URL has a port that is not a number from 1 to 65535."),
            ("http://h%20/", "The URL has a host with a character that no host has."),
            ("http+unix://x/", "The URL is not an absolute http or https URL."),
        ]
    )
    func addresses(url: String, message: String) async {
        let outcome = await exchange(RequestMessage(method: "GET", url: url))
        #expect(outcome == .failure(TransportFailure(.invalidRequest, message)))
    }

    @Test(
        "a header that would break the message or be changed is refused",
        arguments: [
            ("x-a", "b\r\nx-c: d", "The header x-a holds a control character, such as a line break."),
            ("x-a", "b\0", "The header x-a holds a control character, such as a line break."),
            ("x-a", " b", "The header x-a begins or ends with a blank."),
            ("x-a", "b\t", "The header x-a begins or ends with a blank."),
            ("x a", "b", "A header has a name that is not a token of letters, digits and signs (RFC 9110, 5.1)."),
            ("", "b", "A header has a name that is not a token of letters, digits and signs (RFC 9110, 5.1)."),
            ("é", "b", "A header has a name that is not a token of letters, digits and signs (RFC 9110, 5.1)."),
            ("Content-Length", "3", "The header Content-Length is set by the transport and cannot be chosen."),
            ("transfer-encoding", "x", "The header transfer-encoding is set by the transport and cannot be chosen."),
        ]
    )
    func headers(name: String, value: String, message: String) async throws {
        let server = try RawServer(answering: ExchangeTests.empty)
        defer { server.stop() }
        let request = RequestMessage(method: "GET", url: server.url(), headers: [HeaderField(name: name, value: value)])
        #expect(await exchange(request) == .failure(TransportFailure(.invalidRequest, message)))
        #expect(server.connections == 0)
    }

    @Test("a method that is no token is refused", arguments: ["", "GET /x", "G\u{E9}T", "GET\r\n"])
    func methods(method: String) async throws {
        let server = try RawServer(answering: ExchangeTests.empty)
        defer { server.stop() }
        let outcome = await exchange(RequestMessage(method: method, url: server.url()))
        #expect(outcome.failure?.class == .invalidRequest)
        #expect(server.connections == 0)
    }
}
