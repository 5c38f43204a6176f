import Diagnostics
import Exchanges
import Recordings
import TestKit
import Testing

/// Each member of an entry of HAR 1.2, with values that tools write and with values that they should not write.
@Suite("Members of archives")
struct HARMemberTests {
    private func read(_ entry: String) throws -> (entry: RecordedExchange?, problems: [String]) {
        let text = "{\"log\":{\"version\":\"1.2\",\"entries\":[\n\(entry)]}}"
        let (recording, diagnostics) = try HARReader.read(Array(text.utf8), path: "x.har")
        return (recording.entries.first, diagnostics.map { "\($0.severity.rawValue) \($0.rule): \($0.message)" })
    }

    private func entry(
        method: String = "\"GET\"", url: String = "\"https://a.example/x\"", request: String = "",
        status: String = "200", response: String = "",
        more: String = ""
    ) throws -> (entry: RecordedExchange?, problems: [String]) {
        try read(
            """
            {"request":{"method":\(method),"url":\(url)\(request)},
             "response":{"status":\(status)\(response)}\(more)}
            """)
    }

    @Test(
        "a method is read in the spelling that was sent",
        arguments: [
            ("\"GET\"", "GET"), ("\"get\"", "GET"), ("\"Post\"", "POST"), ("\"DELETE\"", "DELETE"),
            ("\"options\"", "OPTIONS"), ("\"PURGE\"", "PURGE"), ("\"purge\"", "purge"),
            ("\"M-SEARCH\"", "M-SEARCH"), ("\"QUERY\"", "QUERY"),
        ])
    func methods(written: String, expected: String) throws {
        let (entry, problems) = try entry(method: written)
        #expect(entry?.request.method == expected)
        #expect(problems == [])
    }

    @Test(
        "an entry without a valid method is left out, with a warning",
        arguments: ["\"\"", "null", "7", "\"G T\"", "\"GET\\r\\n\"", "\"GÉT\"", "[]"])
    func wrongMethods(method: String) throws {
        let (entry, problems) = try entry(method: method)
        #expect(entry == nil)
        #expect(problems == ["warning recording.entry: the request has no method, or no URL"])
    }

    @Test(
        "URLs are kept as they are written",
        arguments: [
            "https://a.example/", "https://a.example", "http://a.example:8080/x?y=1#z", "HTTPS://A.EXAMPLE/X",
            "https://[::1]/", "https://u:p@a.example/", "https://a.example/é%20",
            "https://a.example/?a=1&a=2",
        ])
    func urls(url: String) throws {
        let (entry, problems) = try entry(url: "\"\(url)\"")
        #expect(entry?.request.url == url)
        #expect(problems == [])
    }

    @Test(
        "an entry that is not an HTTP exchange with a server is ignored, with a note",
        arguments: [
            "data:text/plain,x", "blob:https://a.example/1", "wss://a.example/", "chrome-extension://x/y", "file:///a",
            "about:blank", "ftp://a.example/",
        ])
    func otherSchemes(url: String) throws {
        let (entry, problems) = try entry(url: "\"\(url)\"")
        #expect(entry == nil)
        #expect(problems == ["note recording.scheme: the entry is not an HTTP exchange with a server and is ignored"])
    }

    @Test("an entry with a relative URL is ignored", arguments: ["/x", "x", "//a.example/x", "?a", "1http://a", ""])
    func relative(url: String) throws {
        let (entry, problems) = try entry(url: "\"\(url)\"")
        #expect(entry == nil)
        #expect(problems == ["warning recording.entry: the request has no absolute http URL"])
    }

    @Test(
        "the list of query parameters counts only where the URL has no query",
        arguments: [
            ("https://a.example/x", #"[{"name":"a","value":"1"}]"#, "https://a.example/x?a=1"),
            (
                "https://a.example/x", #"[{"name":"a","value":"1"},{"name":"b","value":"x y"}]"#,
                "https://a.example/x?a=1&b=x%20y"
            ),
            ("https://a.example/x?a=2", #"[{"name":"a","value":"1"}]"#, "https://a.example/x?a=2"),
            ("https://a.example/x?", #"[{"name":"a","value":"1"}]"#, "https://a.example/x?"),
            ("https://a.example/x#f", #"[{"name":"a","value":"1"}]"#, "https://a.example/x?a=1#f"),
            ("https://a.example/x", "[]", "https://a.example/x"), ("https://a.example/x", "{}", "https://a.example/x"),
            ("https://a.example/x", "\"a=1\"", "https://a.example/x"),
        ])
    func queries(url: String, list: String, expected: String) throws {
        let (entry, _) = try entry(url: "\"\(url)\"", request: ",\"queryString\":\(list)")
        #expect(entry?.request.url.replacing("+", with: "%20") == expected)
    }

    @Test(
        "header lines",
        arguments: [
            (#"[{"name":"a","value":"1"}]"#, ["a: 1"]), (#"[{"name":"A","value":""}]"#, ["A: "]),
            (#"[{"name":":status","value":"200"},{"name":"b","value":"2"}]"#, ["b: 2"]),
            (#"[{"name":"a","value":7}]"#, ["a: 7"]), (#"[{"name":"a","value":"1\n2"}]"#, ["a: 1", "a: 2"]),
            (#"[{"name":"a","value":"1\r\n2\r\n3"}]"#, ["a: 1", "a: 2", "a: 3"]),
            (#"[{"name":"","value":"1"}]"#, []), (#"[{"name":"a"}]"#, []), (#"[{"value":"1"}]"#, []),
            (#"[{"name":"a","value":null}]"#, []), (#"["a: 1"]"#, []), ("{}", []), ("null", []),
            (#"[{"name":"a","value":"é"},{"name":"a","value":"é"}]"#, ["a: é", "a: é"]),
        ])
    func headers(list: String, expected: [String]) throws {
        let (entry, _) = try entry(request: ",\"headers\":\(list)")
        #expect(entry?.request.headers.map { "\($0.name): \($0.value)" } == expected)
    }

    @Test(
        "the status of a response, and invalid statuses",
        arguments: [
            ("200", 200), ("204", 204), ("599", 599), ("999", 999), ("101", 101), ("\"200\"", 200), ("200.0", 200),
            ("0", nil), ("-1", nil), ("100", nil), ("103", nil), ("199", nil), ("1000", nil),
            ("null", nil), ("\"\"", nil), ("\"OK\"", nil), ("200.5", nil), ("[]", nil), ("1e400", nil), ("2e2", 200),
        ])
    func statuses(status: String, expected: Int?) throws {
        let (entry, _) = try entry(status: status)
        #expect(entry?.outcome.response?.status == expected)
        #expect((entry?.outcome.failure != nil) == (expected == nil))
    }

    @Test(
        "the reason for a missing response is read from the member that the tool uses",
        arguments: [
            (",\"_error\":\"net::ERR_FAILED\"", "", "net::ERR_FAILED"),
            (",\"_failureText\":\"NS_ERROR\"", "", "NS_ERROR"), ("", ",\"_error\":\"refused\"", "refused"),
            (",\"comment\":\"no route\"", "", "no route"),
            (",\"statusText\":\"aborted\"", "", "aborted"),
            (",\"_error\":\"\",\"statusText\":\"aborted\"", "", "aborted"), ("", "", "no response was recorded"),
        ])
    func failures(response: String, more: String, expected: String) throws {
        let (entry, _) = try entry(status: "0", response: response, more: more)
        #expect(entry?.outcome.failure?.message == expected)
        #expect(entry?.unjudged?.contains(expected) == true)
    }

    @Test(
        "a response that the client made is not judged",
        arguments: [
            (",\"_wasFulfilled\":true", "", "a script responded in place of the server"),
            (",\"_fetchType\":\"Inspector Override\"", "", "the browser replaced the response"),
            ("", ",\"_serviceWorkerResponseSource\":\"fallback-code\"", "a service worker made the response"),
            (",\"_resourceType\":\"websocket\"", "", "it opens a WebSocket connection"),
            (",\"_webSocketMessages\":[]", "", "it opens a WebSocket connection"),
            (
                "", ",\"headers\":[{\"name\":\"Non-Authoritative-Reason\",\"value\":\"HSTS\"}]",
                "the browser made the redirect itself"
            ),
            (",\"_wasFulfilled\":false", "", nil), (",\"_fetchType\":\"Network Load\"", "", nil),
            ("", ",\"_serviceWorkerResponseSource\":\"network\"", nil), ("", "", nil),
        ])
    func clientMade(more: String, response: String, expected: String?) throws {
        let (entry, _) = try entry(response: response, more: more)
        #expect(entry?.unjudged == expected)
    }

    @Test(
        "a redirect to the same URL under https is not judged",
        arguments: [
            ("http://a.example/x", "https://a.example/x", true),
            ("http://a.example:80/x", "https://a.example:443/x", true),
            ("http://A.example/x", "https://a.EXAMPLE/x", true), ("http://a.example", "https://a.example/", true),
            ("http://a.example/x", "https://a.example/y", false), ("http://a.example/x", "https://b.example/x", false),
            ("http://a.example/x?a=1", "https://a.example/x", false),
            ("https://a.example/x", "https://a.example/x", false),
            ("http://a.example/x", "http://a.example/x/", false), ("http://a.example/X", "https://a.example/x", false),
            ("http://a.example:8080/x", "https://a.example/x", false),
        ])
    func upgrades(url: String, target: String, isUpgrade: Bool) throws {
        let (entry, _) = try entry(
            url: "\"\(url)\"", status: "301", response: ",\"headers\":[{\"name\":\"Location\",\"value\":\"\(target)\"}]"
        )
        #expect((entry?.unjudged == "it only redirects to https") == isUpgrade)
    }

    @Test(
        "the duration of an exchange",
        arguments: [
            ("12.5", Duration.microseconds(12_500)), ("0", .zero), ("-1", .zero), ("1e3", .seconds(1)),
            ("1e999", .zero), ("\"soon\"", .zero), ("null", .zero), ("0.001", .microseconds(1)),
        ])
    func durations(time: String, expected: Duration) throws {
        let (entry, _) = try entry(more: ",\"time\":\(time)")
        #expect(entry?.duration == expected)
    }

    @Test(
        "a file that is not an archive is rejected, and the message names its kind",
        arguments: [
            ("", "the file is empty, not an HTTP Archive"),
            ("PK\u{3}\u{4}rest", "the file is a zip file, not an HTTP Archive"),
            ("{}", "the file is not an HTTP Archive: it has no `log.entries`"),
            ("[]", "the file is not an HTTP Archive: it has no `log.entries`"),
            ("{\"log\":{}}", "the file is not an HTTP Archive: it has no `log.entries`"),
            ("{\"log\":{\"entries\":{}}}", "the file is not an HTTP Archive: it has no `log.entries`"),
            ("7", "the file is not an HTTP Archive: it has no `log.entries`"),
        ])
    func otherFiles(text: String, message: String) {
        let error = #expect(throws: RecordingError.self) { try HARReader.read(Array(text.utf8), path: "x.har") }
        #expect(error?.diagnostics.map(\.message) == [message])
        #expect(error?.diagnostics.first?.location?.description == "x.har:1:1")
    }

    @Test("a file compressed with gzip, or in another encoding than UTF-8, is rejected")
    func otherBytes() {
        for bytes in [[0x1F, 0x8B, 8, 0], [0xFF, 0xFE, 0x7B, 0], [0x7B, 0xC3]] as [[UInt8]] {
            let error = #expect(throws: RecordingError.self) { try HARReader.read(bytes, path: "x.har") }
            #expect(error?.diagnostics.count == 1)
        }
    }

    @Test(
        "a mistake is reported at the location of its entry",
        arguments: [
            ("{}", "2:1"), ("{\"request\":{}}", "2:12"), ("{\"request\":[]}", "2:1"),
            ("  {\"request\": {\"method\":\"GET\"}}", "2:15"),
        ])
    func locations(entry: String, place: String) throws {
        let text = "{\"log\":{\"entries\":[\n\(entry)]}}"
        let diagnostic = try #require(try HARReader.read(Array(text.utf8), path: "x.har").diagnostics.first)
        #expect(diagnostic.location?.description == "x.har:\(place)")
    }
}
