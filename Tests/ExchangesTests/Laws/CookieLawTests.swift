import Exchanges
import Primitives
import Testing

/// RFC 6265, sections 5.1 to 5.4, as far as the jar follows it.
@Suite("Cookies by RFC 6265")
struct CookieLawTests {
    private static let now = Instant(microsecondsSinceEpoch: 1_700_000_000_000_000)

    private static func jar(_ lines: [String], from url: String = "https://api.test/") -> CookieJar {
        var jar = CookieJar()
        jar.store(
            ResponseMessage(status: 200, headers: lines.map { HeaderField(name: "set-cookie", value: $0) }), from: url,
            now: now)
        return jar
    }

    private static func sent(_ jar: CookieJar, to url: String, after seconds: Int = 0) -> String? {
        jar.applied(to: RequestMessage(method: "GET", url: url), now: now.advanced(by: .seconds(seconds)))
            .header("cookie").first
    }

    /// Section 5.1.4, path-match and default-path.
    @Test(
        "a path includes itself and the paths below it",
        arguments: [
            ("/", "/", true), ("/", "/a", true), ("/", "", true), ("/a", "/a", true), ("/a", "/a/", true),
            ("/a", "/a/b", true),
            ("/a", "/ab", false), ("/a", "/", false), ("/a/", "/a", false), ("/a/", "/a/", true), ("/a/", "/a/b", true),
            ("/a", "/A", false), ("/a", "/a?x=/b", true), ("/a/b", "/a", false), ("/a%20b", "/a%20b/c", true),
            ("/a b", "/a%20b", false),
        ])
    func paths(path: String, requested: String, isSent: Bool) {
        let jar = Self.jar(["a=1; Path=\(path)"])
        #expect(Self.sent(jar, to: "https://api.test\(requested)") == (isSent ? "a=1" : nil))
    }

    @Test(
        "without a path, a cookie is for the folder of the request",
        arguments: [
            ("/", "/x", true), ("/a", "/x", true), ("/a/", "/a/x", true), ("/a/", "/x", false), ("/a/b", "/a/x", true),
            ("/a/b", "/a", true), ("/a/b", "/b", false), ("/a/b/c?d=/e/f", "/a/b/x", true), ("", "/x", true),
        ])
    func defaultPath(from: String, requested: String, isSent: Bool) {
        for line in ["a=1", "a=1; Path", "a=1; Path=", "a=1; Path=relative"] {
            let jar = Self.jar([line], from: "https://api.test\(from)")
            #expect(Self.sent(jar, to: "https://api.test\(requested)") == (isSent ? "a=1" : nil), "\(line)")
        }
    }

    /// Section 5.2: attributes are separated by semicolons, their names are case-insensitive, and unknown ones are
    /// ignored.
    @Test(
        "name, value and attributes are trimmed, and unknown attributes are ignored",
        arguments: [
            ("a=1", "a=1"), (" a = 1 ", "a=1"), ("a=1;", "a=1"), ("a=1; ; ;", "a=1"), ("a=", "a="), ("a=b=c", "a=b=c"),
            ("a=\"1\"", "a=\"1\""), ("a=1; HttpOnly; SameSite=Lax; Priority=High", "a=1"),
            ("a=1; PATH=/; SECURE", "a=1"),
            ("a=1; max-AGE=60", "a=1"), ("a=1; Path=/x; Path=/", "a=1"), ("a=1; Max-Age=0; Max-Age=60", "a=1"),
        ])
    func attributes(line: String, expected: String) {
        #expect(Self.sent(Self.jar([line]), to: "https://api.test/") == expected)
    }

    /// Sections 5.2.1, 5.2.2 and 5.3.
    @Test(
        "a cookie ends by its age, or else at its date",
        arguments: [
            ("", 1_000_000, true), ("Max-Age=1", 0, true), ("Max-Age=1", 1, false), ("Max-Age=0", 0, false),
            ("Max-Age=-1", 0, false), ("Max-Age=1.5", 999, true), ("Max-Age=", 999, true), ("Max-Age=+60", 999, true),
            ("Max-Age=99999999999", 31_535_999, true), ("Expires=Tue, 14 Nov 2023 22:13:21 GMT", 0, true),
            ("Expires=Tue, 14 Nov 2023 22:13:21 GMT", 1, false), ("Expires=Tue, 14 Nov 2023 22:13:20 GMT", 0, false),
            ("Expires=Thu, 01 Jan 1970 00:00:00 GMT", 0, false), ("Expires=tomorrow", 999, true),
            ("Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=60", 59, true),
            ("Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT", 59, true),
            ("Max-Age=0; Expires=Fri, 01 Jan 2100 00:00:00 GMT", 0, false),
        ])
    func expiry(attributes: String, seconds: Int, isSent: Bool) {
        let jar = Self.jar(["a=1; \(attributes)"])
        #expect(Self.sent(jar, to: "https://api.test/", after: seconds) == (isSent ? "a=1" : nil))
    }

    @Test("a cookie is identified by name, path and origin")
    func identity() {
        var jar = Self.jar(["a=1; Path=/", "a=2; Path=/x", "A=3; Path=/"])
        #expect(Self.sent(jar, to: "https://api.test/x") == "a=2; a=1; A=3")
        jar.store(
            ResponseMessage(status: 200, headers: [HeaderField(name: "Set-Cookie", value: "a=; Path=/; Max-Age=0")]),
            from: "https://api.test/", now: Self.now)
        #expect(Self.sent(jar, to: "https://api.test/x") == "a=2; A=3")
        // Another origin cannot remove it.
        jar.store(
            ResponseMessage(status: 200, headers: [HeaderField(name: "Set-Cookie", value: "A=; Path=/; Max-Age=0")]),
            from: "http://api.test/", now: Self.now)
        #expect(Self.sent(jar, to: "https://api.test/x") == "a=2; A=3")
    }

    @Test("the cookies of a request come first and are not repeated")
    func own() {
        let jar = Self.jar(["a=1", "b=2"])
        func sent(_ own: [String]) -> [String] {
            jar.applied(
                to: RequestMessage(
                    method: "GET", url: "https://api.test/", headers: own.map { HeaderField(name: "cookie", value: $0) }
                ),
                now: Self.now
            ).header("cookie")
        }
        #expect(sent([]) == ["a=1; b=2"])
        #expect(sent(["c=3"]) == ["c=3; a=1; b=2"])
        #expect(sent(["b=9"]) == ["b=9; a=1"])
        #expect(sent(["a=8", "b=9"]) == ["a=8", "b=9"])
        #expect(sent(["a=8", "c=9"]) == ["a=8; c=9; b=2"])
    }

    @Test(
        "a cookie cannot bring other characters into a request",
        arguments: ["a=1\r\nx: 2", "a=1\u{0}", "a=é", "a b=1", "a=1 2", "é=1", "a=1\t2", "=1", ";a=1", ""])
    func hostile(line: String) {
        #expect(Self.sent(Self.jar([line]), to: "https://api.test/") == nil)
    }

    @Test(
        "a URL that has no origin neither stores nor receives cookies",
        arguments: ["", "/path", "mailto:a@b", "http://", "nonsense"])
    func noOrigin(url: String) {
        #expect(Self.sent(Self.jar(["a=1"], from: url), to: "https://api.test/") == nil)
        #expect(Self.sent(Self.jar(["a=1"]), to: url) == nil)
    }
}
