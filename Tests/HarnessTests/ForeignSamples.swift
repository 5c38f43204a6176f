import Testing

/// An archive in the shape of a tool, and all that is found in it.
struct Sample: Sendable, CustomTestStringConvertible {
    var name: String
    var entries: String
    /// Rules and places of the findings above notes, in order. A body that is still encoded is a note.
    var findings: [String] = []
    /// Severity and rule of what is said of the recording.
    var diagnostics: [String] = []
    /// How many exchanges are judged.
    var judged = 1
    /// Files next to the archive.
    var files: [String: String] = [:]

    var testDescription: String { name }

    private static let json = #"{"name": "Content-Type", "value": "application/json"}"#
    private static let gzip =
        json + #", {"name": "Content-Encoding", "value": "gzip"}, {"name": "Content-Length", "value": "900"}"#
    private static let wrong = #""text": "{\"id\":\"1\",\"title\":\"A\"}""#
    private static let right = #""text": "{\"id\":1,\"title\":\"A\"}""#
    private static let unjudged = ["body.unjudged body"]

    static let all: [Sample] = bodies + encodings + requests + clients + addresses

    // MARK: Bodies that a tool leaves out or cuts

    private static let bodies: [Sample] = [
        Sample(name: "Chrome, right", entries: Shop.book(Shop.rightBook)),
        Sample(
            name: "Chrome, wrong", entries: Shop.book(#"{"size": 20, "mimeType": "application/json", \#(wrong)}"#),
            findings: ["body.type /id"]),
        Sample(
            name: "Chrome without content", entries: Shop.book(#"{"size": 120, "mimeType": "application/json"}"#),
            findings: unjudged),
        Sample(
            name: "Firefox without bodies",
            entries: Shop.book(
                #"{"size": 0, "mimeType": "application/json", "comment": "Response bodies are not included."}"#,
                response: #""bodySize": 44,"#),
            findings: unjudged),
        Sample(
            name: "Firefox, cut",
            entries: Shop.book(#"{"size": 2000000, "mimeType": "application/json", "text": "{\"id\":1,\"ti"}"#),
            findings: unjudged),
        Sample(
            name: "cut without a size, and the tool says so",
            entries: Shop.book(
                #"{"size": 10, "mimeType": "application/json", "text": "{\"id\":1,\"ti", "comment": "Truncated to 10 bytes"}"#
            ),
            findings: unjudged),
        Sample(
            name: "cut, and only the header shows it",
            entries: Shop.book(
                #"{"size": 10, "mimeType": "application/json", "text": "{\"id\":1,\"ti"}"#,
                headers: json + #", {"name": "content-length", "value": "24"}"#),
            findings: unjudged),
        Sample(
            name: "not cut, and not JSON",
            entries: Shop.book(#"{"size": 10, "mimeType": "application/json", "text": "{\"id\":1,\"ti"}"#),
            findings: ["body.json body"]),
        Sample(
            name: "a size in other units than bytes, right",
            entries: Shop.book(#"{"size": 4096, "mimeType": "application/json", \#(right)}"#)),
        Sample(
            name: "a size in other units than bytes, wrong",
            entries: Shop.book(#"{"size": 4096, "mimeType": "application/json", \#(wrong)}"#),
            findings: ["body.type /id"]),
        Sample(
            name: "a size of -1, wrong",
            entries: Shop.book(#"{"size": -1, "mimeType": "application/json", \#(wrong)}"#),
            findings: ["body.type /id"]),
        Sample(
            name: "an empty body where one is documented",
            entries: Shop.book(#"{"size": 0, "mimeType": "application/json"}"#),
            findings: ["body.missing body"]),
        Sample(
            name: "memory cache without content",
            entries: Shop.book(#"{"size": 0, "mimeType": "application/json"}"#, entry: #""_fromCache": "memory","#),
            findings: unjudged),
        Sample(
            name: "disk cache with content, wrong",
            entries: Shop.book(
                #"{"size": 20, "mimeType": "application/json", \#(wrong)}"#, entry: #""_fromCache": "disk","#),
            findings: ["body.type /id"]),
        Sample(
            name: "an aborted download",
            entries: Shop.book(
                #"{"size": 10, "mimeType": "application/json", "text": "{\"id\":1,\"ti"}"#,
                response: #""_error": "net::ERR_ABORTED","#),
            findings: unjudged),
        Sample(
            name: "Playwright, a body in a file, right",
            entries: Shop.book(#"{"size": -1, "mimeType": "application/json", "_file": "abc.json"}"#),
            files: ["abc.json": #"{"id": 1, "title": "A"}"#]),
        Sample(
            name: "Playwright, a body in a file, wrong",
            entries: Shop.book(#"{"size": -1, "mimeType": "application/json", "_file": "abc.json"}"#),
            findings: ["body.type /id"], files: ["abc.json": #"{"id": "1", "title": "A"}"#]),
        Sample(
            name: "no content where none is documented, and none recorded",
            entries: """
                {"request": {"method": "POST", "url": "https://api.shop.example/v1/login", "headers": [],
                  "postData": {"mimeType": "application/x-www-form-urlencoded", "text": "user=a"}},
                 "response": {"status": 201, "headers": [{"name": "date", "value": "x"}], "content": {"size": -1}}}
                """),
        Sample(
            name: "an event stream, whose text browsers do not keep",
            entries: """
                {"request": {"method": "GET", "url": "https://api.shop.example/v1/events", "headers": []},
                 "response": {"status": 200, "headers": [{"name": "content-type", "value": "text/event-stream"}],
                   "content": {"size": 0, "mimeType": "text/event-stream"}}}
                """, findings: unjudged),
    ]

    // MARK: Encodings

    private static let encodings: [Sample] = [
        Sample(
            name: "mitmproxy, decoded, right",
            entries: Shop.book(
                #"{"size": 21, "compression": -879, "mimeType": "application/json", \#(right)}"#, headers: gzip)),
        Sample(
            name: "mitmproxy, decoded, wrong",
            entries: Shop.book(#"{"size": 23, "mimeType": "application/json", \#(wrong)}"#, headers: gzip),
            findings: ["body.type /id"]),
        Sample(
            name: "Fiddler, still compressed",
            entries: Shop.book(
                #"{"size": 10, "mimeType": "application/json", "text": "H4sIAAAAAAAAAw==", "encoding": "base64"}"#,
                headers: gzip)),
        Sample(
            name: "Charles, brotli that the tool does not decode",
            entries: Shop.book(
                #"{"size": 6, "mimeType": "application/json", "text": "ixCAe//+", "encoding": "base64"}"#,
                headers: json + #", {"name": "content-encoding", "value": "br"}"#)),
        Sample(
            name: "Safari, base64, wrong",
            entries: Shop.book(
                #"{"size": 10, "mimeType": "application/json", "text": "eyJpZCI6\r\nIjEifQ==", "encoding": "base64"}"#),
            findings: ["body.required /title", "body.type /id"]),
        Sample(
            name: "base64 without padding",
            entries: Shop.book(
                #"{"size": 10, "mimeType": "application/json", "text": "eyJpZCI6IjEifQ", "encoding": "base64"}"#),
            findings: ["body.required /title", "body.type /id"]),
        Sample(
            name: "damaged base64",
            entries: Shop.book(#"{"size": 10, "mimeType": "application/json", "text": "e*J", "encoding": "base64"}"#),
            findings: unjudged, diagnostics: ["warning recording.entry"]),
        Sample(
            name: "an unknown encoding",
            entries: Shop.book(#"{"size": 10, "mimeType": "application/json", "text": "zz", "encoding": "rot13"}"#),
            findings: unjudged, diagnostics: ["warning recording.entry"]),
        Sample(
            name: "headers that were not recorded",
            entries: """
                {"request": {"method": "GET", "url": "https://api.shop.example/v1/traced"},
                 "response": {"status": 200, "content": {"size": 2, "mimeType": "application/json", "text": "{}"}}}
                """),
        Sample(
            name: "headers that were recorded and one that is missing",
            entries: """
                {"request": {"method": "GET", "url": "https://api.shop.example/v1/traced",
                  "headers": [{"name": "X-TRACE", "value": "1"}]},
                 "response": {"status": 200, "headers": [\(json)],
                   "content": {"size": 2, "mimeType": "application/json", "text": "{}"}}}
                """, findings: ["header.required header x-trace"]),
        Sample(
            name: "the media type beside the headers, wrong",
            entries: Shop.book(#"{"size": 23, "mimeType": "application/json", \#(wrong)}"#, headers: ""),
            findings: ["body.type /id"]),
        Sample(
            name: "HTTP/2 pseudo-headers and extensions",
            entries: Shop.book(
                Shop.rightBook, headers: json + #", {"name": ":status", "value": "200"}"#,
                request: #", {"name": ":method", "value": "GET"}, {"name": ":path", "value": "/v1/books/1"}"#,
                response: #""_transferSize": 10, "_error": null,"#,
                entry: #""_initiator": {"type": "script", "stack": {}}, "_priority": "High", "pageref": "page_1","#)),
    ]

    // MARK: Requests

    private static let requests: [Sample] = [
        Sample(
            name: "a form as fields, right",
            entries: Shop.sent(
                "/login",
                #""headers": [], "postData": {"mimeType": "application/x-www-form-urlencoded", "params": [{"name": "user", "value": "a b&c"}]}"#
            )),
        Sample(
            name: "a form as fields, wrong",
            entries: Shop.sent(
                "/login",
                #""headers": [], "postData": {"mimeType": "application/x-www-form-urlencoded", "params": [{"name": "age", "value": "old"}], "text": ""}"#
            ),
            findings: ["request.required body", "request.type body/age"]),
        Sample(
            name: "multipart fields, right",
            entries: Shop.sent(
                "/upload",
                #""headers": [{"name": "content-type", "value": "multipart/form-data; boundary=xyz"}], "postData": {"mimeType": "multipart/form-data; boundary=xyz", "params": [{"name": "title", "value": "A"}, {"name": "file", "value": "data", "fileName": "a.txt", "contentType": "text/plain"}]}"#
            )),
        Sample(
            name: "multipart fields, one missing",
            entries: Shop.sent(
                "/upload",
                #""headers": [], "postData": {"mimeType": "multipart/form-data; boundary=xyz", "params": [{"name": "title", "value": "A"}]}"#
            ),
            findings: ["request.required body"]),
        Sample(
            name: "multipart with a file whose content is not recorded",
            entries: Shop.sent(
                "/upload",
                #""headers": [], "postData": {"mimeType": "multipart/form-data; boundary=xyz", "params": [{"name": "file", "fileName": "../a.txt"}]}"#
            )),
        Sample(
            name: "multipart without its boundary",
            entries: Shop.sent(
                "/upload",
                #""headers": [], "postData": {"mimeType": "multipart/form-data", "params": [{"name": "title", "value": "A"}]}"#
            )),
        Sample(
            name: "a body that was left out",
            entries: Shop.sent(
                "/login",
                #""headers": [{"name": "content-type", "value": "application/x-www-form-urlencoded"}, {"name": "content-length", "value": "100000"}], "bodySize": 100000"#
            )),
        Sample(
            name: "a body that is missing",
            entries: Shop.sent("/login", #""headers": [{"name": "content-length", "value": "0"}], "bodySize": 0"#),
            findings: ["request.required body"]),
        Sample(
            name: "Insomnia, postData with every request",
            entries: """
                {"request": {"method": "get", "url": "HTTPS://API.shop.example:443/v1/books/1", "headers": [],
                  "queryString": [{"name": "lang", "value": "fr"}], "postData": {"mimeType": "", "text": ""}},
                 "response": {"status": "200", "headers": [\(json)], "content": {"size": 20, \(right)}}}
                """),
        Sample(
            name: "a query beside the URL, wrong",
            entries: """
                {"request": {"method": "GET", "url": "https://api.shop.example/v1/books/1", "headers": [],
                  "queryString": [{"name": "lang", "value": "de"}]},
                 "response": {"status": 200.0, "headers": [\(json)], "content": {"size": 20, \(right)}}}
                """, findings: ["request.enum query.lang"]),
        Sample(
            name: "values that a sanitizer has masked, and one that it has not",
            entries: Shop.book(
                #"{"size": 30, "mimeType": "application/json", "text": "{\"id\":\"[id redacted]\",\"title\":3}"}"#
            )
            .replacing("/books/1", with: "/books/1?lang=%5Bredacted%5D"), findings: ["body.type /title"]),
    ]

    // MARK: What the client does

    private static let clients: [Sample] = [
        Sample(
            name: "blocked, aborted and failed requests",
            entries: [
                #""status": 0, "_error": "net::ERR_BLOCKED_BY_CLIENT""#, #""status": -1, "_failureText": "aborted""#,
                #""status": 0"#,
            ]
            .map {
                #"{"request": {"method": "GET", "url": "https://api.shop.example/v1/books/2"}, "response": {\#($0)}}"#
            }
            .joined(separator: ",") + "," + Shop.book(Shop.rightBook),
            diagnostics: Array(repeating: "warning recording.unjudged", count: 3)),
        Sample(
            name: "no response at all",
            entries: #"{"request": {"method": "GET", "url": "https://api.shop.example/v1/books/2"}},"#
                + Shop.book(Shop.rightBook),
            diagnostics: ["warning recording.unjudged"]),
        Sample(
            name: "a cached copy that the server confirms",
            entries: Shop.book(
                Shop.rightBook, request: #", {"name": "If-None-Match", "value": "\"a\""}"#, status: "304")
                + "," + Shop.book(Shop.rightBook), diagnostics: ["note recording.unjudged"]),
        Sample(
            name: "304 to a request without a condition", entries: Shop.book("{}", status: "304"),
            findings: ["status.undocumented status"]),
        Sample(
            name: "a CORS preflight",
            entries: """
                {"request": {"method": "OPTIONS", "url": "https://api.shop.example/v1/books/1", "headers": [
                   {"name": "Access-Control-Request-Method", "value": "GET"}, {"name": "Origin", "value": "https://x"}]},
                 "response": {"status": 204, "headers": [], "content": {"size": 0}}},
                """ + Shop.book(Shop.rightBook), diagnostics: ["note recording.preflight"]),
        Sample(
            name: "OPTIONS that is no preflight",
            entries: """
                {"request": {"method": "OPTIONS", "url": "https://api.shop.example/v1/books/1", "headers": []},
                 "response": {"status": 204, "headers": [], "content": {"size": 0}}},
                """ + Shop.book(Shop.rightBook), diagnostics: ["warning recording.unmatched"]),
        Sample(
            name: "URLs of other schemes, tunnels and sockets",
            entries: [
                "data:text/plain,x", "blob:https://api.shop.example/1", "wss://api.shop.example/v1/books/1",
                "about:blank", "chrome-extension://a/b",
            ]
            .map { #"{"request": {"method": "GET", "url": "\#($0)"}, "response": {"status": 200}},"# }.joined()
                + #"{"request": {"method": "CONNECT", "url": "https://api.shop.example:443"}, "response": {"status": 200}},"#
                + #"{"_resourceType": "websocket", "request": {"method": "GET", "url": "https://api.shop.example/v1/books/1"}, "response": {"status": 101}},"#
                + Shop.book(Shop.rightBook),
            diagnostics: ["note recording.scheme", "note recording.unjudged"]),
        Sample(
            name: "redirects to https, of the browser and of the server",
            entries: """
                {"request": {"method": "GET", "url": "http://api.shop.example/v1/books/1", "headers": []},
                 "response": {"status": 307, "statusText": "Internal Redirect", "headers": [
                   {"name": "Location", "value": "https://api.shop.example/v1/books/1"},
                   {"name": "Non-Authoritative-Reason", "value": "HSTS"}], "content": {"size": 0}}},
                {"request": {"method": "GET", "url": "http://api.shop.example:80/v1/books/1", "headers": []},
                 "response": {"status": 301, "headers": [
                   {"name": "Location", "value": "https://api.shop.example/v1/books/1"}], "content": {"size": 0}}},
                """ + Shop.book(Shop.rightBook),
            diagnostics: ["note recording.unjudged", "note recording.unjudged"]),
        Sample(
            name: "a redirect that the contract does not document",
            entries: Shop.book(
                "{}", headers: #"{"name": "Location", "value": "https://api.shop.example/login"}"#, status: "302"),
            findings: ["status.undocumented status"]),
        Sample(
            name: "responses that a script or the browser made",
            entries: Shop.book("{}", entry: #""_wasFulfilled": true,"#) + ","
                + Shop.book("{}", entry: #""_fetchType": "Inspector Override","#) + "," + Shop.book(Shop.rightBook),
            diagnostics: ["note recording.unjudged", "note recording.unjudged"]),
        Sample(
            name: "a status that the contract does not document", entries: Shop.book(Shop.rightBook, status: "500"),
            findings: ["status.undocumented status"]),
        Sample(
            name: "Charles, DELETE without content",
            entries: """
                {"request": {"method": "DELETE", "url": "https://api.shop.example/v1/books/1", "headers": [{"name": "Host", "value": "a"}]},
                 "response": {"status": 204, "headers": [{"name": "Date", "value": "x"}], "content": {"size": 0, "mimeType": null},
                   "bodySize": -1}}
                """),
    ]

    // MARK: Addresses and times

    private static let addresses: [Sample] = [
        Sample(
            name: "IPv6, a port and a user name",
            entries: Shop.book(Shop.rightBook).replacing("https://api.shop.example", with: "http://u:p@[0:0::1]:8080")),
        Sample(
            name: "another host beside the declared one",
            entries: Shop.book(#"{"size": 20, \#(wrong)}"#).replacing("api.shop.example", with: "evil.example") + ","
                + Shop.book(Shop.rightBook)),
        Sample(
            name: "another host alone",
            entries: Shop.book(Shop.rightBook).replacing("api.shop.example", with: "localhost:3000")),
        Sample(
            name: "times that are none",
            entries: Shop.book(Shop.rightBook).replacing("\"2026-01-02T03:04:05.678Z\"", with: "\"yesterday\"")
                .replacing("12.5", with: "-1e999")),
        Sample(
            name: "members twice, the last one counts",
            entries: Shop.book(#"{"size": 1, "text": "no", "mimeType": "application/json", \#(right)}"#)),
    ]
}
