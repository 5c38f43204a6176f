import Exchanges
import JSONDocument
import OpenAPI
import Running
import Scenarios
import Testing

@Suite("Redirects")
struct RedirectTests {
    private static func moved(_ status: Int, _ places: String...) -> ExchangeOutcome {
        ScriptedTransport.answer(status, headers: places.map { HeaderField(name: "Location", value: $0) })
    }

    /// A step that sends `method` with a body, headers of several kinds, and follows.
    private static func following(
        _ method: String = "GET", most: Int = 3, _ change: (inout StepParts) -> Void = { _ in }
    ) throws -> Step {
        try step(
            "a",
            set: [
                "authorization=Bearer 123456789", "cookie=sid=123456789", "x-key=123456789", "accept=text/plain",
                "user-agent=test", "idempotency-key=k-1",
            ]
        ) { step in
            step.call = .undeclared(method: method, path: "/a")
            step.options.follow = most
            if method != "GET", method != "HEAD" {
                step.body = .example(
                    .object(JSONObject([("n", .string("1"))])), location: anywhere)
            }
            change(&step)
        }
    }

    private func failure(
        _ first: ExchangeOutcome, method: String = "GET", baseURL: String = "http://parcels.test",
        limits: RedirectLimits = RedirectLimits()
    ) async throws -> TransportFailure? {
        let transport = ScriptedTransport { request, _ in
            request.url == baseURL + "/a" ? first : ScriptedTransport.answer(200)
        }
        var settings = settings()
        settings.target.baseURL = baseURL
        settings.redirects = limits
        let journal = try await execute(
            [scenario("one", [try Self.following(method)])], settings: settings, transport: transport)
        #expect(transport.requests.count == 1)
        return journal.exchanges.last?.outcome.failure
    }

    @Test(
        "the method stays or becomes GET as RFC 9110 has it, and the body goes with it",
        arguments: [
            (301, "GET", "GET"), (302, "GET", "GET"), (303, "GET", "GET"), (307, "GET", "GET"), (308, "GET", "GET"),
            (301, "HEAD", "HEAD"), (302, "HEAD", "HEAD"), (303, "HEAD", "HEAD"), (307, "HEAD", "HEAD"),
            (308, "HEAD", "HEAD"), (301, "POST", "GET"), (302, "POST", "GET"), (303, "POST", "GET"),
            (307, "POST", "POST"), (308, "POST", "POST"), (301, "PUT", "PUT"), (302, "DELETE", "DELETE"),
            (303, "PUT", "GET"), (303, "DELETE", "GET"), (307, "PATCH", "PATCH"),
        ])
    func methods(status: Int, method: String, next: String) async throws {
        let transport = ScriptedTransport { request, _ in
            request.path == "/a" ? Self.moved(status, "/b?x=1#part") : ScriptedTransport.answer(200)
        }
        let journal = try await execute([scenario("one", [try Self.following(method)])], transport: transport)
        #expect(transport.requests.map(\.method) == [method, next])
        #expect(transport.requests.map(\.url) == ["http://parcels.test/a", "http://parcels.test/b?x=1"])
        let (first, second) = (transport.requests[0], transport.requests[1])
        if method == next {
            #expect(second.body == first.body && second.headers == first.headers)
        } else {
            #expect(first.body != nil && second.body == nil && second.header("content-type") == [])
            // To the same origin everything else goes along.
            #expect(second.headers == first.headers.filter { !$0.isNamed("content-type") })
        }
        #expect(journal.exchanges.map(\.attempt) == [1, 1])
        #expect(journal.exchanges.map(\.hop) == [0, 1])
        #expect(journal.exchanges.map { $0.response?.status } == [status, 200])
    }

    @Test("a row without `follow` follows no redirect, and other statuses are not redirects")
    func unasked() async throws {
        for (follow, status) in [(nil, 302), (3, 300), (3, 304), (3, 201), (3, 305)] as [(Int?, Int)] {
            let transport = ScriptedTransport { _, _ in Self.moved(status, "/b") }
            let journal = try await execute(
                [scenario("one", [try Self.following { $0.options.follow = follow }])], transport: transport)
            #expect(journal.exchanges.map { $0.response?.status } == [status])
        }
    }

    @Test(
        "to another origin goes nothing but what everybody may see",
        arguments: [
            "http://other.test/b", "//other.test/b", "http://parcels.test:8080/b", "https://parcels.test/b",
            "http://parcels.test./b", "HTTP://PARCELS.TEST:81/b",
        ])
    func otherOrigin(place: String) async throws {
        for (status, method) in [(302, "POST"), (307, "POST"), (302, "GET")] {
            let transport = ScriptedTransport { request, _ in
                request.path == "/a" ? Self.moved(status, place) : ScriptedTransport.answer(200)
            }
            _ = try await execute([scenario("one", [try Self.following(method)])], transport: transport)
            let last = try #require(transport.requests.last)
            #expect(transport.requests.count == 2)
            #expect(
                last.headers.map { $0.name.lowercased() }.sorted()
                    == (status == 307 ? ["accept", "content-type", "user-agent"] : ["accept", "user-agent"]))
            #expect((last.body != nil) == (status == 307))
        }
    }

    @Test(
        "the same origin in another spelling is the same", arguments: ["HTTP://Parcels.TEST:80/b", "//parcels.test:/b"])
    func sameOrigin(place: String) async throws {
        let transport = ScriptedTransport { request, _ in
            request.path == "/a" ? Self.moved(302, place) : ScriptedTransport.answer(200)
        }
        _ = try await execute([scenario("one", [try Self.following()])], transport: transport)
        #expect(transport.requests.count == 2 && transport.requests[0].headers == transport.requests[1].headers)
    }

    @Test("headers removed for another origin stay removed after a redirect back")
    func wayHome() async throws {
        let transport = ScriptedTransport { request, _ in
            switch request.path {
            case "/a": Self.moved(302, "http://other.test/b")
            case "/b": Self.moved(302, "http://parcels.test/c")
            default: ScriptedTransport.answer(200)
            }
        }
        _ = try await execute([scenario("one", [try Self.following()])], transport: transport)
        #expect(transport.requests.map(\.path) == ["/a", "/b", "/c"])
        #expect(transport.requests.last?.headers.map(\.name) == ["accept", "user-agent"])
    }

    @Test(
        "a redirect to nowhere is a fault of its own, and nothing is sent",
        arguments: [
            (moved(302), "has no location to follow"), (moved(302, ""), "has no location to follow"),
            (moved(302, "/b", "/b"), "has 2 locations"),
            (moved(302, "a b"), "has a location that is not a valid URL"),
            (moved(302, "/é"), "has a location that is not a valid URL"),
            (moved(302, "/%zz"), "has a location that is not a valid URL"),
            (moved(302, "http://"), "has a location that is not a valid URL"),
            (moved(302, "http://h:99999/"), "has a location that is not a valid URL"),
            (moved(302, "http:/b"), "has a location that is not a valid URL"),
            (moved(302, "\\\\other\\b"), "has a location that is not a valid URL"),
            (moved(302, "ftp://parcels.test/b"), "leads to a URL that is neither http nor https"),
            (moved(302, "file:///etc/passwd"), "leads to a URL that is neither http nor https"),
            (moved(302, "javascript:alert(1)"), "leads to a URL that is neither http nor https"),
            (moved(302, "http://u:p@parcels.test/b"), "leads to a URL with a user name"),
            (moved(302, "/a"), "leads back to an earlier URL of this chain"),
            (moved(302, "#part"), "leads back to an earlier URL of this chain"),
            (moved(302, "HTTP://PARCELS.test:80/x/../a"), "leads back to an earlier URL of this chain"),
        ])
    func nowhere(first: ExchangeOutcome, reason: String) async throws {
        #expect(try await failure(first) == TransportFailure(.redirect, "the response 302 \(reason)"))
    }

    @Test("a redirect from https to http is refused")
    func downgrade() async throws {
        for place in ["http://parcels.test/b", "http://other.test/b"] {
            let failure = try await failure(Self.moved(302, place), baseURL: "https://parcels.test")
            #expect(failure?.class == .redirect)
            #expect(failure?.message.contains("leads from https to http") == true)
        }
    }

    @Test("loops over several URLs end, and so do chains that are too long")
    func endless() async throws {
        let loop = ScriptedTransport { request, _ in
            switch request.path {
            case "/a": Self.moved(302, "/b")
            case "/b": Self.moved(302, "/c")
            default: Self.moved(302, "/b")
            }
        }
        let looped = try await execute([scenario("one", [try Self.following(most: 10)])], transport: loop)
        #expect(loop.paths == ["/a", "/b", "/c"])
        #expect(
            looped.exchanges.last?.outcome.failure?.message
                == "the response 302 leads back to an earlier URL of this chain")
        let endless = ScriptedTransport { request, _ in Self.moved(301, request.path + "x") }
        let journal = try await execute([scenario("one", [try Self.following(most: 2)])], transport: endless)
        #expect(endless.paths == ["/a", "/ax", "/axx"])
        #expect(
            journal.exchanges.last?.outcome.failure
                == TransportFailure(.redirect, "the response 301 is one redirect more than `follow=2` allows"))
    }

    @Test(
        "no secret goes to another origin, in whatever spelling",
        arguments: [
            "http://other.test/?k=top/secret+1", "http://other.test/top%2Fsecret%2B1",
            "http://other.test/?k=%74op/secret%2b1",
            "http://other.test/?k=dG9wL3NlY3JldCsx", "http://other.test/?k=YXRvcC9zZWNyZXQrMQ",
            "//other.test/?k=top%2fsecret+1",
        ])
    func secretInURL(place: String) async throws {
        let limits = RedirectLimits(redactor: Redactor(secrets: [("KEY", "top/secret+1")]))
        let failure = try await failure(Self.moved(302, place), limits: limits)
        #expect(
            failure
                == TransportFailure(
                    .redirect, "the response 302 leads to another origin, http://other.test, with a secret in the URL"))
        // At home it may.
        let transport = ScriptedTransport { request, _ in
            request.path == "/a" ? Self.moved(302, "/b?k=top/secret+1") : ScriptedTransport.answer(200)
        }
        var settings = settings()
        settings.redirects = limits
        _ = try await execute([scenario("one", [try Self.following()])], settings: settings, transport: transport)
        #expect(transport.paths == ["/a", "/b"])
    }

    @Test("no secret goes to another origin in a body or a header either")
    func secretElsewhere() async throws {
        let secret = RedirectLimits(redactor: Redactor(secrets: [("KEY", "text/plain")]))
        let header = try await failure(Self.moved(302, "http://other.test/"), limits: secret)
        #expect(header?.message.contains("with a secret in a header") == true)
        let inBody = RedirectLimits(redactor: Redactor(secrets: [("KEY", #"{"n":"1"}"#)]))
        let body = try await failure(Self.moved(307, "http://other.test/"), method: "POST", limits: inBody)
        #expect(body?.message.contains("with a secret in the body") == true)
    }

    @Test("a value that is stored as a token is not sent to another origin either")
    func redacted() async throws {
        let places = RedactedPlaces([.body([.name("n")])], hash: { _ in [1, 2, 3, 4, 5, 6, 7, 8] })
        let limits = RedirectLimits(redactor: Redactor(secrets: [], places: places))
        let failure = try await failure(Self.moved(307, "http://other.test/"), method: "POST", limits: limits)
        #expect(failure?.message.contains("with a secret in the body") == true, "\(String(describing: failure))")
    }

    @Test("a message shows no secret of the URL")
    func maskedMessage() async throws {
        let limits = RedirectLimits(redactor: Redactor(secrets: [("KEY", "topsecret")]))
        let failure = try await failure(Self.moved(302, "http://topsecret.other.test/"), limits: limits)
        #expect(failure?.message.contains("‹secret KEY›") == true)
        #expect(failure?.message.contains("topsecret") == false)
    }

    @Test("an unsafe request is not sent to a forbidden origin, a safe one is")
    func forbidden() async throws {
        let limits = RedirectLimits { method, origin in
            method == "GET" || origin != "https://prod.test:444" ? nil : "a production target"
        }
        let place = "https://prod.test:444/b"
        #expect(
            try await failure(Self.moved(307, place), method: "POST", limits: limits)
                == TransportFailure(
                    .redirect,
                    "the response 307 leads to https://prod.test:444, which is a production target and must not receive POST"
                ))
        var settings = settings()
        settings.redirects = limits
        let transport = ScriptedTransport { request, _ in
            request.path == "/a" ? Self.moved(303, place) : ScriptedTransport.answer(200)
        }
        _ = try await execute([scenario("one", [try Self.following("POST")])], settings: settings, transport: transport)
        #expect(transport.requests.map(\.method) == ["POST", "GET"])
    }

    @Test("later rows see the last response and the request that the row itself sent")
    func values() async throws {
        let transport = ScriptedTransport { request, _ in
            request.path == "/a" ? Self.moved(303, "/b") : ScriptedTransport.answer(200, #"{"n": 7}"#)
        }
        let after = try step("after", set: ["x-n={{a.n}}", "x-key={{a.req.header.x-key}}"]) { step in
            step.call = .undeclared(method: "POST", path: "/after")
            step.body = .asStep("a")
        }
        let journal = try await execute(
            [scenario("one", [try Self.following("POST"), after])], transport: transport)
        #expect(journal.exchanges.count == 3, "\(journal.notRun)")
        #expect(transport.requests.last?.header("x-n") == ["7"])
        #expect(transport.requests.last?.header("x-key") == ["123456789"])
        #expect(transport.requests.last?.body == transport.requests.first?.body)
    }

    @Test("the deadline covers all redirects, and each of their exchanges waits for its turn")
    func deadline() async throws {
        let clock = TestClock()
        let transport = ScriptedTransport { request, _ in
            clock.advance(.seconds(2))
            return request.path == "/axx" ? ScriptedTransport.answer(200) : Self.moved(302, request.path + "x")
        }
        var settings = settings()
        settings.pace.interval = .seconds(5)
        let only = try Self.following { $0.options.timeout = .seconds(10) }
        _ = try await execute([scenario("one", [only])], settings: settings, transport: transport, clock: clock)
        #expect(transport.deadlines == [.seconds(10), .seconds(8), .seconds(6)])
        #expect(clock.sleeps == [.seconds(3), .seconds(3)])
    }

    @Test(
        "a chain of redirects is retried only where each of its requests may be repeated",
        arguments: ["GET", "POST"], [true, false])
    func retries(method: String, hasKey: Bool) async throws {
        let transport = ScriptedTransport { request, before in
            request.path == "/a"
                ? Self.moved(303, "/b") : before == 0 ? ScriptedTransport.answer(503) : ScriptedTransport.answer(200)
        }
        let only = try Self.following(method) { step in
            step.options.retry = .init(count: 2, interval: .seconds(1))
            if !hasKey { step.set.removeAll { $0.text.utf8.starts(with: "idempotency".utf8) } }
        }
        let journal = try await execute([scenario("one", [only])], transport: transport)
        let isRetried = method == "GET" || hasKey
        #expect(transport.paths == (isRetried ? ["/a", "/b", "/a", "/b"] : ["/a", "/b"]))
        #expect(journal.exchanges.map(\.attempt) == (isRetried ? [1, 1, 2, 2] : [1, 1]))
        #expect(journal.exchanges.map(\.hop) == (isRetried ? [0, 1, 0, 1] : [0, 1]))
    }

    @Test("a refused redirect is not retried and does not end the run")
    func refusedOnce() async throws {
        let transport = ScriptedTransport { _, _ in Self.moved(302) }
        let rows = try (0..<15).map { number in
            try Self.following {
                $0.name = "s\(number)"
                $0.referenceName = $0.name
                $0.options.retry = .init(count: 2, interval: .seconds(1))
            }
        }
        let journal = try await execute([scenario("one", rows)], transport: transport)
        #expect(transport.requests.count == 15)
        #expect(journal.notRun == [])
    }
}
