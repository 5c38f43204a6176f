import Exchanges
import JSONDocument
import Primitives
import Testing

@testable import Scenarios

@Suite("Values of templates from outside of a scenario") struct TemplateSourceTests {
    private static let site = ValueSite(step: "a", column: "set", place: 0)

    private static func scope(_ change: (inout ValueScope) -> Void = { _ in }) -> ValueScope {
        var scope = ValueScope(
            seed: "s", table: "t.csv", scenario: "pay", now: Instant(secondsSinceEpoch: 1_767_225_599),
            sources: ValueSources(
                environment: ["E": "env"], secrets: ["K": "key", "S": "Geheim"], variables: ["v": "var", "empty": ""]),
            row: ["c": "ß", "b c": "x"])
        change(&scope)
        return scope
    }

    private static func text(_ template: String, _ scope: ValueScope = scope()) throws -> String {
        try Template.parse(template).expandText(scope, at: site)
    }

    @Test(
        "filters are applied from left to right",
        arguments: [
            ("{{row.c|upper}}", "SS"), ("{{row.c|upper|lower}}", "ss"), ("{{row.c|base64}}", "w58="),
            ("{{row.c|base64|lower}}", "w58="), ("{{var.empty|base64}}", ""), ("{{'Ab'|lower}}{{'Ab'|upper}}", "abAB"),
            ("{{'a|b'|upper}}", "A|B"), ("{{row.b c | upper }}", "X"),
            ("{{''|hmac:secret.K}}", "5d5d139563c95b5967b9bd9a8c9b233a9dedb45072794cd232dc1b74832607d0"),
        ])
    func filters(template: String, expected: String) throws {
        #expect(try Self.text(template) == expected)
    }

    @Test(
        "times are those of the scenario, at the second, and dates those of UTC",
        arguments: [
            ("{{now}}", "2025-12-31T23:59:59Z"), ("{{now:date}}", "2025-12-31"), ("{{now+1s}}", "2026-01-01T00:00:00Z"),
            ("{{now+1s:date}}", "2026-01-01"), ("{{now-1d:date}}", "2025-12-30"),
            ("{{now+60m}}", "2026-01-01T00:59:59Z"),
            ("{{now+0d}}", "2025-12-31T23:59:59Z"), ("{{now-24h}}", "2025-12-30T23:59:59Z"),
        ])
    func times(template: String, expected: String) throws {
        #expect(try Self.text(template) == expected)
        #expect(try Self.text(template, Self.scope { $0.row = [:] }) == expected)
    }

    @Test("the URL for deliveries belongs to the scenario and its data row")
    func receiver() throws {
        let urls = ReceiverURLs(base: "https://hooks.example/r")
        func url(_ dataCase: String?) throws -> String {
            try Self.text(
                "{{receiver.url}}",
                Self.scope {
                    $0.sources.receiver = urls
                    $0.dataCase = dataCase
                })
        }
        #expect(try url(nil) == "https://hooks.example/r/\(ReceiverURLs.token(of: "pay"))")
        #expect(try url("eu") == "https://hooks.example/r/\(ReceiverURLs.token(of: "pay[eu]"))")
        #expect(try url("eu") != url("us") && url("eu") == url("eu"))
        #expect(ReceiverURLs.token(of: "a\r\n/../é").utf8.allSatisfy { (0x30...0x7A).contains($0) })
        var recorded = urls
        recorded.recorded["pay"] = "https://old.example/1"
        #expect(
            recorded.url(of: "pay") == "https://old.example/1" && recorded.url(of: "other") == urls.url(of: "other"))
        #expect(throws: ValueFailure.missing(step: "receiver", path: "url")) { try Self.text("{{receiver.url}}") }
    }

    @Test(
        "a value that does not exist is a failure with its kind",
        arguments: [
            ("{{env.X}}", ValueFailure.environment("X")), ("{{secret.X}}", .secret("X")),
            ("{{'a'|hmac:secret.X}}", .secret("X")),
            ("{{var.X}}", .invalid("unknown configuration variable 'X'")),
            ("{{row.X}}", .invalid("the data row has no column 'X'")),
            ("{{session.login.token}}", .missing(step: "session.login", path: "token")),
            ("{{a.b.c}}", .missing(step: "a", path: "b.c")),
            ("{{req.header.x}}", .invalid("{{req.header.x}} is the request of this step, which is not sent yet")),
            ("{{file:x.png}}", .invalid("a file must be the whole value of a body member in `set`")),
        ])
    func failures(template: String, failure: ValueFailure) throws {
        #expect(throws: failure) { try Self.text(template) }
        #expect(throws: failure) { try Self.text("before \(template)") }
    }

    @Test("in a preview, a value of a step without a response is its placeholder; other failures stay")
    func standIns() throws {
        let scope = Self.scope { $0.standIns = ["a.id": "<a.id>", "env.X": "never", "session.login.token": "<token>"] }
        #expect(try Self.text("x{{a.id}}", scope) == "x<a.id>")
        #expect(try Self.text("{{session.login.token}}!", scope) == "<token>!")
        #expect(try Template.parse("{{a.id}}").expand(scope, at: Self.site) == "<a.id>")
        #expect(throws: ValueFailure.missing(step: "a", path: "other")) { try Self.text("{{a.other}}", scope) }
        #expect(throws: ValueFailure.environment("X")) { try Self.text("{{env.X}}", scope) }
    }

    @Test("in a journal, a masked secret stays masked behind its filters")
    func masked() throws {
        let scope = Self.scope { $0.sources.secrets["S"] = "‹secret S›" }
        #expect(try Self.text("{{secret.S|base64}} {{secret.S|upper}}", scope) == "‹secret S› ‹secret S›")
        // A value that only looks like a mask is not a secret.
        #expect(try Self.text("{{row.m|upper}}", Self.scope { $0.row["m"] = "‹secret s›" }) == "‹SECRET S›")
    }

    @Test("the results of filters on secrets are secrets, step by step, with the name of the first")
    func derived() throws {
        let expressions = try Template.parse(
            "{{secret.S|lower|base64}} {{secret.X|upper}} {{row.c|base64}} {{secret.K|hmac:secret.Z|upper}}"
        )
        .expressions
        let derived = Self.scope().derivedSecrets(expressions)
        #expect(derived.map(\.name) == ["S", "S"])
        #expect(derived.map(\.value) == ["geheim", "Z2VoZWlt"])
    }

    @Test("secrets of filters count as uses of secrets")
    func planSecrets() throws {
        let (plan, problems) = Library.plan(
            """
            scenario,step,call,set,check
            s,a,addBook,title={{secret.B|base64}}; isbn={{'x'|hmac:secret.A}},
            ,b,addBook,title={{secret.C}},
            """, secrets: nil)
        #expect(problems.map(Library.text) == [])
        #expect(plan.secrets == ["A", "B", "C"])
        #expect(plan.secretExpressions.map(\.text) == ["secret.B|base64"])
    }

    @Test("the request of the same exchange is available to checks only")
    func current() throws {
        let exchange = Exchange(
            sequence: 1, scenario: "pay", step: "a", operation: nil, contract: "1",
            request: RequestMessage(
                method: "PUT", url: "https://x.example/a?b=1", headers: [HeaderField(name: "X-Id", value: "7")],
                body: Array(#"{"n":[1,2.50]}"#.utf8)),
            outcome: .failure(TransportFailure(.reset, "closed")), startedAt: Instant(microsecondsSinceEpoch: 0),
            duration: .zero)
        let scope = Self.scope { $0.current = ExchangeView.parsing(exchange, operation: nil) }
        #expect(try Template.parse("{{req.body.n[1]}}").expand(scope, at: Self.site).text == "2.50")
        #expect(try Self.text("{{req.method}} {{req.path}} {{req.header.x-id}} {{req.query.b}}", scope) == "PUT /a 7 1")
        #expect(throws: ValueFailure.missing(step: "a", path: "req.body.x")) { try Self.text("{{req.body.x}}", scope) }
    }

    @Test("a change of the clock moves the scenario's time if the mock accepted it", arguments: [200, 404])
    func clock(status: Int) throws {
        let (plan, _) = Library.plan("step,call,set\nz,listBooks,genre=novel\na,clock +1d,\n")
        let exchange = Exchange(
            sequence: 1, scenario: "t", step: "a", operation: nil, contract: "1",
            request: RequestMessage(method: "POST", url: "https://x.example/_mock/clock"),
            outcome: .response(ResponseMessage(status: status, body: [])),
            startedAt: Instant(secondsSinceEpoch: 1_767_225_600),
            duration: .zero)
        var scope = Self.scope()
        scope.take(ExchangeView.parsing(exchange, operation: nil), of: plan.scenarios[0].steps[1])
        #expect(try Self.text("{{now:date}}", scope) == (status == 200 ? "2026-01-01" : "2025-12-31"))
        #expect(scope.exchange(of: "a")?.exchange.response?.status == status)
        scope.take(ExchangeView.parsing(exchange, operation: nil), of: plan.scenarios[0].steps[0])
        #expect(try Self.text("{{now:date}}", scope) == (status == 200 ? "2026-01-01" : "2025-12-31"))
    }
}
