import Exchanges
import JSONDocument
import Testing

@testable import Conformance
@testable import Reporting

/// The part of a response that explains a finding.
@Suite("Excerpts of responses")
struct ResponseExcerptTests {
    private static func lines(
        _ body: String, at place: ResponsePlace? = nil, headers: [(String, String)] = [], cut: BodyCut? = nil,
        width: Int = 60, redactor: Redactor = .none
    ) -> [String] {
        let response = ResponseMessage(
            status: 200, headers: headers.map { HeaderField(name: $0.0, value: $0.1) }, body: Array(body.utf8), cut: cut
        )
        return ResponseExcerpt(style: TextStyle(isColoured: false, width: width), redactor: redactor)
            .lines(of: response, at: place)
    }

    private static func body(_ tokens: String...) -> ResponsePlace { .body(JSONPointer(tokens), nil) }

    @Test("the first line has status, media type and size, also of a body that was cut")
    func head() {
        #expect(Self.lines("") == ["HTTP/1.1 200, 0 bytes"])
        #expect(
            Self.lines("x", headers: [("Content-Type", "text/plain")]) == ["HTTP/1.1 200, text/plain, 1 byte", "x"])
        #expect(Self.lines("ab", cut: BodyCut(length: 900, hash: "")).first == "HTTP/1.1 200, 900 bytes")
    }

    @Test(
        "the wrong place is marked, or the innermost value that should contain it",
        arguments: [
            (["a"], 5, "^^^"), (["b", "0"], 15, "^"), (["b"], 14, "^"), (["b", "9"], 14, "^"), (["none"], 0, "^"),
            (["b", "0", "x", "y"], 15, "^"), (["c"], 24, "^^^^^^^^"),
        ])
    func marks(tokens: [String], offset: Int, carets: String) {
        let place = ResponsePlace.body(JSONPointer(tokens), nil)
        let mark = String(repeating: " ", count: offset) + carets
        let lines = Self.lines(#"{"a":1.5,"b": [7,8],"c":"x\"y\n"}"#, at: place)
        #expect(lines.dropFirst().first == #"{"a":1.5,"b": [7,8],"c":"x\"y\n"}"#)
        #expect(lines.last == mark, "\(lines)")
    }

    @Test("of a body with several lines, the line of the place is shown", arguments: ["\n", "\r\n", "\r"])
    func lineOfPlace(end: String) {
        let body = ["{", "  \"a\": 1,", "  \"b\": \"two\"", "}"].joined(separator: end)
        #expect(Self.lines(body, at: Self.body("b")).dropFirst() == ["  \"b\": \"two\"", "       ^^^^^"])
    }

    @Test(
        "a body without a place is shown from its beginning, at most three lines",
        arguments: [
            ("one", ["one"]), ("one\n\ntwo", ["one", "two"]), ("1\n2\n3", ["1", "2", "3"]),
            ("1\n2\n3\n4\n5", ["1", "2", "3", "…"]), ("\n", []),
            (String(repeating: "x", count: 51), [String(repeating: "x", count: 49) + "…"]),
        ])
    func beginning(body: String, lines: [String]) {
        #expect(Array(Self.lines(body).dropFirst()) == lines)
        // The root of a body is the body as a whole, and a place in a body that is not JSON has no mark.
        #expect(Array(Self.lines(body, at: Self.body()).dropFirst()) == lines)
        #expect(Array(Self.lines(body, at: Self.body("a")).dropFirst()) == lines)
    }

    @Test("invisible characters of a body are escaped within the width")
    func invisible() {
        let lines = Self.lines(String(repeating: "\u{202E}", count: 30))
        #expect(lines[1] == String(repeating: "\\u{202e}", count: 6) + "\\…")
    }

    @Test("a body that is not text is described, and a cut one is shown as far as it is text")
    func binary() {
        let style = TextStyle(isColoured: false, width: 60)
        let excerpt = ResponseExcerpt(style: style, redactor: .none)
        let whole = ResponseMessage(status: 200, body: [0xFF, 0x00])
        #expect(excerpt.lines(of: whole, at: nil).last == "(a body that is not text)")
        let cut = ResponseMessage(
            status: 200, body: Array("é".utf8) + [0xC3], cut: BodyCut(length: 9, hash: ""))
        #expect(excerpt.lines(of: cut, at: nil).last == "é\u{FFFD}")
    }

    @Test(
        "headers that identify the response or explain a refusal are shown",
        arguments: [
            ("X-Request-Id", true, true), ("traceparent-trace-id", true, true), ("X-Correlation-ID", true, true),
            ("Location", true, false), ("Retry-After", true, false), ("WWW-Authenticate", true, false),
            ("Date", false, false), ("Content-Type", false, false), ("Set-Cookie", false, false),
        ])
    func headers(name: String, isShown: Bool, isShownForBody: Bool) {
        let headers = [(name, "v")]
        #expect(Self.lines("", headers: headers).contains("\(name): v") == isShown)
        #expect(Self.lines("{}", at: Self.body("a"), headers: headers).contains("\(name): v") == isShownForBody)
    }

    @Test("the header of a finding is shown in any case, and at most four headers are")
    func headerPlace() {
        #expect(Self.lines("", at: .header("DATE"), headers: [("Date", "now")]).last == "Date: now")
        let many = (0..<9).map { ("x-request-id-\($0)", "v") }
        #expect(Self.lines("", headers: many).count == 5)
        #expect(Self.lines("", headers: [("x-request-id", "")]).count == 1)
        #expect(Self.lines("", headers: [("x-request-id", "a\r\n::error::")]).last == "x-request-id: a\\r\\n::error::")
    }

    @Test("a secret is masked before the line is cut")
    func secrets() {
        let redactor = Redactor(secrets: [("KEY", "swordfish-42")])
        for padding in 30..<60 {
            let lines = Self.lines(String(repeating: "x", count: padding) + "swordfish-42", redactor: redactor)
            #expect(!lines[1].contains("swordf"), "\(lines[1])")
        }
    }
}
