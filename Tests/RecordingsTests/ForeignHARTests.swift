import Diagnostics
import Exchanges
import Recordings
import Testing

/// Archives in the shapes that browsers, proxies and API clients write.
@Suite("Recordings of other tools")
struct ForeignHARTests {
    /// The entries of an archive.
    private func entries(_ entries: String) throws -> [RecordedExchange] {
        let text =
            "{\"log\": {\"version\": \"1.2\", \"creator\": {\"name\": \"x\", \"version\": \"1\"}, \"entries\": [\(entries)]}}"
        return try HARReader.read(Array(text.utf8), path: "x.har").recording.entries
    }

    private func response(_ content: String, headers: String = "", status: Int = 200) -> String {
        """
        {"startedDateTime": "2026-01-02T03:04:05.678Z", "time": 12.5,
         "request": {"method": "GET", "url": "https://a.example/x", "httpVersion": "h2", "headers": [], "queryString": []},
         "response": {"status": \(status), "statusText": "", "httpVersion": "HTTP/2", "headers": [\(headers)],
                      "content": \(content)}}
        """
    }

    @Test("Chrome: pseudo-headers are removed, and joined lines are split")
    func chrome() throws {
        let entry = try #require(
            try entries(
                """
                {"_initiator": {"type": "script"}, "_priority": "High", "_resourceType": "fetch", "connection": "443",
                 "startedDateTime": "2026-01-02T03:04:05.678Z", "time": 42.1,
                 "request": {"method": "POST", "url": "https://a.example/x?q=1", "httpVersion": "http/2.0",
                  "headers": [{"name": ":authority", "value": "a.example"}, {"name": ":method", "value": "POST"},
                              {"name": "content-type", "value": "application/json"}],
                  "queryString": [{"name": "q", "value": "1"}], "cookies": [], "headersSize": -1, "bodySize": 7,
                  "postData": {"mimeType": "application/json", "text": "{\\"a\\":1}"}},
                 "response": {"status": 201, "statusText": "", "httpVersion": "http/2.0",
                  "headers": [{"name": "set-cookie", "value": "a=1\\nb=2"}], "cookies": [],
                  "content": {"size": 2, "mimeType": "application/json", "text": "{}"}, "redirectURL": "",
                  "headersSize": -1, "bodySize": -1, "_transferSize": 300, "_error": null},
                 "cache": {}, "timings": {"blocked": 1, "dns": -1, "send": 0, "wait": 1, "receive": 1, "_queued": 1}}
                """
            ).first)
        #expect(entry.request.headers.map(\.name) == ["content-type"])
        #expect(entry.request.body == Array("{\"a\":1}".utf8))
        #expect(entry.outcome.response?.header("set-cookie") == ["a=1", "b=2"])
        #expect(entry.outcome.response?.cut == nil)
        #expect(entry.duration == .microseconds(42_100))
        #expect(entry.location.line == 1)
    }

    @Test("Chrome: a blocked request has status 0 and an error, and no response")
    func blocked() throws {
        let entry = try #require(
            try entries(
                """
                {"request": {"method": "GET", "url": "https://a.example/x", "headers": []},
                 "response": {"status": 0, "_error": "net::ERR_ABORTED", "headers": [], "content": {"size": 0}}}
                """
            ).first)
        #expect(entry.outcome.failure?.message == "net::ERR_ABORTED")
    }

    @Test(
        "an unrecorded body is not an empty body",
        arguments: [
            // Content left out (Chrome "HAR without content", Firefox without bodies).
            ("{\"size\": 120, \"mimeType\": \"application/json\"}", 200, true),
            ("{\"mimeType\": \"application/json\"}", 200, true),
            // Playwright keeps bodies in files of their own.
            ("{\"size\": -1, \"mimeType\": \"application/json\", \"_file\": \"abc.json\"}", 200, true),
            // Firefox cuts long bodies.
            ("{\"size\": 2000000, \"mimeType\": \"text/plain\", \"text\": \"begin\"}", 200, true),
            ("{\"size\": 0, \"mimeType\": \"x-unknown\"}", 200, false),
            ("{\"size\": 5, \"mimeType\": \"text/plain\", \"text\": \"begin\"}", 200, false),
            ("{\"size\": -1, \"mimeType\": \"\"}", 204, false), ("{}", 304, false),
        ])
    func missingBodies(content: String, status: Int, isCut: Bool) throws {
        let entry = try #require(try entries(response(content, status: status)).first)
        #expect((entry.outcome.response?.cut != nil) == isCut)
    }

    @Test("Safari and Firefox: base64 bodies, also split into lines")
    func base64() throws {
        let entry = try #require(
            try entries(
                response("{\"size\": 3, \"mimeType\": \"image/png\", \"text\": \"/w\\nAB\", \"encoding\": \"base64\"}")
            ).first)
        #expect(entry.outcome.response?.body == [0xFF, 0x00, 0x01])
        #expect(entry.outcome.response?.version == "HTTP/2")
    }

    @Test("mitmproxy: a compressed response is recorded decoded, so its encoding is removed")
    func decoded() throws {
        let headers = """
            {"name": "Content-Encoding", "value": "gzip"}, {"name": "Content-Length", "value": "20"}, \
            {"name": "Content-Type", "value": "application/json"}
            """
        let entry = try #require(
            try entries(
                response(
                    "{\"size\": 2, \"compression\": -18, \"mimeType\": \"application/json\", \"text\": \"{}\"}",
                    headers: headers)
            ).first)
        #expect(entry.outcome.response?.headers.map(\.name) == ["Content-Type"])
        #expect(entry.outcome.response?.body == Array("{}".utf8))
    }

    @Test("Postman and Insomnia: the query next to the URL, and a form as parameters")
    func form() throws {
        let entry = try #require(
            try entries(
                """
                {"request": {"method": "POST", "url": "https://a.example/x#top", "headers": [],
                  "queryString": [{"name": "a b", "value": "c&d"}, {"name": "e", "value": ""}],
                  "postData": {"mimeType": "application/x-www-form-urlencoded",
                               "params": [{"name": "k", "value": "v w"}, {"name": "é", "value": "+"}]}},
                 "response": {"status": 200, "headers": [], "content": {"size": 0}}}
                """
            ).first)
        #expect(entry.request.url == "https://a.example/x?a+b=c%26d&e=#top")
        #expect(entry.request.body == Array("k=v+w&%C3%A9=%2B".utf8))
    }

    @Test("text in the charset of its media type")
    func charset() throws {
        let header = "{\"name\": \"content-type\", \"value\": \"text/plain; charset=ISO-8859-1\"}"
        let entry = try #require(
            try entries(response("{\"size\": 1, \"mimeType\": \"text/plain\", \"text\": \"é\"}", headers: header)).first
        )
        #expect(entry.outcome.response?.body == [0xE9])
    }

    @Test("an entry that could not have been sent is reported with its location, and the others are read")
    func unusable() throws {
        let text = """
            {"log": {"entries": [
              {"request": {"method": "GET", "url": "data:text/plain,x", "headers": []}, "response": {"status": 200}},
              {"comment": "no request"},
              {"request": {"method": "GET", "url": "https://a.example/x", "headers": []},
               "response": {"status": 204, "headers": [], "content": {}}}
            ]}}
            """
        let (recording, diagnostics) = try HARReader.read(Array(text.utf8), path: "x.har")
        #expect(recording.entries.map(\.request.url) == ["https://a.example/x"])
        #expect(diagnostics.map { "\($0.severity) \($0.location?.line ?? 0)" } == ["warning 3", "note 2"])
    }

    @Test("hostile texts are plain data")
    func hostile() throws {
        let entry = try #require(
            try entries(
                """
                {"startedDateTime": "never", "time": 1e400,
                 "request": {"method": "GET", "url": "https://a.example/\\u001b[31m", "httpVersion": 3,
                  "headers": [{"name": "x", "value": "a\\r\\nInjected: yes"}, {"name": 7, "value": null}, "x"],
                  "queryString": "no"},
                 "response": {"status": 200.5, "headers": {}, "content": {"text": 5, "size": "big"}}}
                """
            ).first)
        #expect(entry.duration == .zero)
        #expect(entry.request.headers.allSatisfy { !$0.value.utf8.contains(0x0A) })
        #expect(entry.outcome.failure != nil)
    }
}
