import Exchanges
import JSONDocument
import Primitives
import TestKit
import Testing

@testable import Mocking

/// Small texts that the mock reads, and small calculations: each form by itself.
@Suite("Small forms of the mock")
struct SmallFormTests {
    // MARK: Expressions of callbacks

    /// Runtime expressions (OpenAPI 3.1.1, section 4.8.20.4).
    @Test(
        "the expression of a callback becomes a template, if it refers to the request",
        arguments: [
            ("{$request.body#/url}", "{{request.body.url}}"), ("{$request.body#/a/b_c-1}", "{{request.body.a.b_c-1}}"),
            ("{$request.query.to}/hook", "{{request.query.to}}/hook"),
            ("{$request.header.X-To}", "{{request.header.X-To}}"),
            ("{$request.path.id}", "{{request.path.id}}"), ("{$method}", "{{request.method}}"),
            (
                "https://a.example/{$request.path.id}/{$request.query.b}",
                "https://a.example/{{request.path.id}}/{{request.query.b}}"
            ),
            ("$request.body#/url", "{{request.body.url}}"), ("https://a.example/hook", "https://a.example/hook"),
            ("", ""),
            // The response, the URL and the status are not known when the message is sent.
            ("{$response.body#/url}", nil), ("{$url}", nil), ("{$statusCode}", nil), ("{$request.body}", nil),
            ("{$request.body#/a~1b}", nil), ("{$request.body#/a//b}", nil), ("{$request.body#/a b}", nil),
            ("{$request.query.}", nil),
            ("{id}", nil), ("{$request.body#/url", nil), ("$response.header.x", nil),
        ] as [(String, String?)])
    func callbacks(expression: String, template: String?) {
        #expect(CallbackExpression.template(of: expression) == template)
    }

    // MARK: Preferences

    /// RFC 7240, section 2: names are case-insensitive, and unknown preferences are ignored.
    @Test(
        "preferences choose a status, an example, or generated values",
        arguments: [
            ("code=404", 404, nil, false), ("Code=404", 404, nil, false), (" code = 404 ", 404, nil, false),
            (#"code="404""#, 404, nil, false), ("example=north", nil, "north", false), ("dynamic=true", nil, nil, true),
            ("dynamic=false", nil, nil, false), ("dynamic", nil, nil, false), ("code=404, example=a", 404, "a", false),
            ("code=404; example=a", 404, "a", false), ("respond-async, code=201", 201, nil, false),
            ("code=99", nil, nil, false),
            ("code=1000", nil, nil, false), ("code=abc", nil, nil, false), ("", nil, nil, false),
            ("=5", nil, nil, false),
            ("code=404, code=500", 500, nil, false),
        ] as [(String, Int?, String?, Bool)])
    func preferences(header: String, status: Int?, example: String?, isDynamic: Bool) {
        let preference = Preference(header)
        #expect(preference.status == status && preference.example == example && preference.isDynamic == isDynamic)
        #expect(preference.isForDocument == (status != nil || example != nil || isDynamic))
    }

    // MARK: Faults of the transport

    @Test(
        "a fault of the transport has a share and an operation",
        arguments: [
            ("close", FaultRule(.close)), ("hang=0%", FaultRule(.hang, share: 0)), ("drip=100%", FaultRule(.drip)),
            ("reset=12.5%", FaultRule(.reset, share: 0.125)), ("garbage@a@b", FaultRule(.garbage, operation: "a@b")),
            ("truncate=50%@getParcel", FaultRule(.truncate, share: 0.5, operation: "getParcel")), ("Close", nil),
            ("close=-1%", nil), ("close=100.1%", nil), ("close=%", nil), ("close=nan%", nil), ("close=inf%", nil),
            ("close=50", nil), ("close%", nil), ("close=50%@", nil), ("@getParcel", nil), (" close", nil),
        ] as [(String, FaultRule?)])
    func faults(text: String, rule: FaultRule?) {
        #expect(FaultRule(text) == rule)
    }

    // MARK: Windows of rate limits

    private static func rule(_ limit: Int, window: Int = 60) -> RateLimitRule {
        RateLimitRule(
            limit: limit, window: window, isPerOperation: true,
            headers: .init(limit: nil, remaining: nil, retry: nil, type: nil), withCredentials: "a",
            withoutCredentials: "b")
    }

    private static func time(_ second: Double) -> Instant {
        Instant(microsecondsSinceEpoch: 1_700_000_000_000_000 + Int64((second * 1_000_000).rounded()))
    }

    @Test("a window accepts its limit, then names a wait that is long enough and shorter than the window")
    func window() {
        let rule = Self.rule(2)
        var window = RateWindow(rule, at: Self.time(0))
        var counted = window.count(rule, at: Self.time(0))
        #expect(counted.remaining == 1 && counted.retry == 0)
        counted = window.count(rule, at: Self.time(59))
        #expect(counted.remaining == 0 && counted.retry == 0)
        counted = window.count(rule, at: Self.time(59.5))
        #expect(counted.remaining == 0 && counted.retry == 1)
        counted = window.count(rule, at: Self.time(60.5))
        #expect(counted.remaining == 1 && counted.retry == 0)
    }

    @Test("a client that waits as long as required is accepted, for random limits, windows and times")
    func waits() {
        var numbers = SplitMix(seed: 3)
        for _ in 0..<500 {
            let rule = Self.rule(
                Int.random(in: 1...3, using: &numbers), window: Int.random(in: 1...30, using: &numbers))
            var now = 0.0
            var window = RateWindow(rule, at: Self.time(now))
            var inWindow = 0
            for _ in 0..<12 {
                now += Double(Int.random(in: 0...2_000, using: &numbers)) / 1_000
                let counted = window.count(rule, at: Self.time(now))
                #expect((0..<max(1, rule.limit)).contains(counted.remaining))
                #expect((0...max(1, rule.window - 1)).contains(counted.retry))
                inWindow = counted.remaining == rule.limit - 1 && counted.retry == 0 ? 1 : inWindow + 1
                guard counted.retry > 0 else {
                    #expect(inWindow <= rule.limit)
                    continue
                }
                now += Double(counted.retry)
                let waited = window.count(rule, at: Self.time(now))
                #expect(waited.retry == 0, "limit \(rule.limit), window \(rule.window), time \(now)")
                inWindow = 1
            }
        }
    }

    @Test("a limit of zero rejects every request, and a clock that was moved back begins a new window")
    func extremes() {
        let none = Self.rule(0)
        var window = RateWindow(none, at: Self.time(0))
        for second in [0.0, 1, 59, 60, 61, 500] { #expect(window.count(none, at: Self.time(second)).retry > 0) }
        let one = Self.rule(1)
        var moved = RateWindow(one, at: Self.time(1_000))
        #expect(moved.count(one, at: Self.time(1_000)).retry == 0)
        #expect(moved.count(one, at: Self.time(0)).retry == 0)
        #expect(moved.count(one, at: Self.time(1)).retry > 0)
    }

    // MARK: Rounded amounts

    /// `Int(4.35 * 100)` is 434: such amounts lose a unit, others none.
    @Test(
        "amounts are rounded as binary floating-point numbers are",
        arguments: [
            ("4.35", "4.34"), ("1.15", "1.14"), ("0.29", "0.28"), ("4.34", nil), ("4.50", nil), ("435", nil),
            ("0.00", nil),
            ("-4.35", "-4.34"), (#""4.35""#, #""4.34""#), (#""4.5""#, nil), (#""four""#, nil), ("null", nil),
            ("true", nil),
            ("4.35e0", nil), ("1234567.89", nil), ("1.0000000001", nil),
        ] as [(String, String?)])
    func rounding(amount: String, rounded: String?) throws {
        func body(_ amount: String) throws -> JSONValue {
            try JSONDocument(
                parsing: Array(#"{"order":{"amount":\#(amount),"tip":4.35},"list":[{"amount":\#(amount)}]}"#.utf8)
            ).root.value
        }
        var amounts = RoundedAmounts([["amount"]])
        let result = amounts.rounded(try body(amount))
        #expect(result.text == (try body(rounded ?? amount)).text)
        #expect(amounts.isChanged == (rounded != nil))
    }

    @Test("only members on the named path are amounts")
    func paths() throws {
        let value = try JSONDocument(
            parsing: Array(#"{"amount":4.35,"fee":{"amount":4.35},"fees":[{"amount":4.35}]}"#.utf8)
        ).root.value
        var amounts = RoundedAmounts([["fee", "amount"]])
        #expect(amounts.rounded(value).text == #"{"amount":4.35,"fee":{"amount":4.34},"fees":[{"amount":4.35}]}"#)
        var nothing = RoundedAmounts([])
        #expect(nothing.rounded(value) == value && !nothing.isChanged)
    }

    // MARK: Tokens

    @Test("tokens depend on every name of their owner, and not on where names end")
    func tokens() {
        func token(_ names: String...) -> String {
            var source = TokenSource(names)
            return source.token(16)
        }
        #expect(token("a", "b") == token("a", "b"))
        #expect(
            Set([token("a", "b"), token("b", "a"), token("ab"), token("a"), token("a", "b", ""), token("", "ab")]).count
                == 6)
        var narrowed = TokenSource(["a"]).narrowed(by: ["b"])
        #expect(narrowed.token(16) == token("a", "b"))
        var source = TokenSource(["x"])
        for _ in 0..<1_000 {
            let share = source.share()
            #expect(share >= 0 && share < 1)
        }
        #expect(source.token(64).utf8.allSatisfy { ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) })
    }
}
