import Exchanges
import JSONDocument
import OpenAPI
import Primitives
import Testing

@testable import Scenarios

@Suite("Values of logins in credentials") struct LoginValueTests {
    private static func login(_ template: String) throws -> LoginValue? {
        try #require(try Template.parse(template).expressions.first).loginValue
    }

    private static func scope(_ body: String) throws -> ValueScope {
        let (plan, _) = Library.plan(
            "scenario,step,call,set,save,opts\nlogin,a,addBook,title=x,token=title; n=pages,session\n")
        let scenario = plan.scenarios[0]
        let exchange = Exchange(
            sequence: 1, scenario: "login", step: "a", operation: nil, contract: "1",
            request: RequestMessage(method: "POST", url: "https://x.example/"),
            outcome: .response(ResponseMessage(status: 200, body: Array(body.utf8))),
            startedAt: Instant(microsecondsSinceEpoch: 0), duration: .zero)
        var scope = ValueScope(seed: "s", table: "t", scenario: "s", now: Instant(microsecondsSinceEpoch: 0))
        scope.sources.sessions["login"] = SessionValues(
            scenario, ["a": ExchangeView.parsing(exchange, of: scenario.steps[0])])
        return scope
    }

    @Test(
        "the placeholder is the expression, or its bytes if a header could not contain them",
        arguments: [
            ("{{session.login.token}}", "<session.login.token>"),
            ("{{session.login.token|base64}}", "<session.login.token|base64>"),
            ("{{session.login[é].token}}", nil), ("{{session.login[a:b].token}}", nil),
            ("{{session.login[a b].token}}", nil),
        ])
    func placeholders(template: String, placeholder: String?) throws {
        let value = try #require(try Self.login(template))
        if let placeholder { #expect(value.placeholder == placeholder) }
        #expect(value.placeholder.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x3A })
        #expect(value.placeholder.hasPrefix("<") && value.placeholder.hasSuffix(">"))
    }

    @Test("different values have different placeholders")
    func distinct() throws {
        let templates = [
            "{{session.login.token}}", "{{session.login.token2}}", "{{session.login[a b].token}}",
            "{{session.login[a:b].token}}",
        ]
        #expect(Set(try templates.map { try Self.login($0)?.placeholder }).count == templates.count)
    }

    @Test(
        "only values of sessions are logins", arguments: ["{{secret.X}}", "{{login.token}}", "{{env.X}}", "{{uuid}}"])
    func others(template: String) throws {
        #expect(try Self.login(template) == nil)
    }

    private static func credentials(_ logins: [LoginValue], _ value: String) throws -> CredentialSet {
        let contract = try ParcelContract.load()
        return CredentialSet(
            profiles: ["desk": ["Token": value, "ApiId": "id-1"], "shop": ["ApiKey": "k"]], targetProfile: "desk",
            logins: logins,
            schemes: ["1": contract.securitySchemes])
    }

    @Test("a placeholder is replaced wherever it occurs, once the value is known")
    func resolved() throws {
        let token = try #require(try Self.login("{{session.login.token|upper}}"))
        let set = try Self.credentials([token], "a-\(token.placeholder)-\(token.placeholder)")
        let known = set.resolved(try Self.scope(#"{"title":"t0k"}"#))
        #expect(known.profiles["desk"] == ["Token": "a-T0K-T0K", "ApiId": "id-1"])
        #expect(known.profiles["shop"] == ["ApiKey": "k"])
        for body in [
            "{}", #"{"title":null}"#, #"{"title":""}"#, #"{"title":"\#(String(repeating: "x", count: 16_385))"}"#,
        ] {
            let open = set.resolved(try Self.scope(body))
            #expect(
                (open.profiles["desk"] == set.profiles["desk"]) == (body != #"{"title":null}"#), "\(body.prefix(20))")
        }
    }

    @Test("a step waits for the values that its own credentials contain, also if they are made wrong")
    func needed() throws {
        let token = try #require(try Self.login("{{session.login.token}}"))
        let other = try #require(try Self.login("{{session.login.n}}"))
        let set = try Self.credentials([token, other], "x \(token.placeholder)")
        let contract = try ParcelContract.load()
        func needed(_ auth: AuthCase, _ operation: String = "ListParcels") throws -> [String] {
            let call = Call.operation(try #require(contract.operation(operation)), contract: "1")
            return set.loginValues(of: ParcelContract.step("a", call, auth: auth)).map(\.text)
        }
        #expect(try needed(.profile(nil)) == ["session.login.token"])
        #expect(try needed(.wrong) == ["session.login.token"])
        #expect(try needed(.none) == [])
        #expect(try needed(.profile(nil), "OpenDoor") == [])
        #expect(try needed(.profile("shop")) == [])
        #expect(try Self.credentials([], "x").loginValues(of: ParcelContract.step("a", .wait(.zero))).isEmpty)
    }

    @Test("a value of a session keeps its text, whatever its JSON type")
    func types() throws {
        let number = try #require(try Self.login("{{session.login.n}}"))
        #expect(number.value(in: try Self.scope(#"{"pages":1.50}"#)) == "1.50")
        #expect(number.value(in: try Self.scope(#"{"pages":true}"#)) == "true")
        #expect(number.value(in: try Self.scope(#"{"pages":[1]}"#)) == "[1]")
    }
}

extension TemplateExpression {
    fileprivate var loginValue: LoginValue? { LoginValue(self) }
}

@Suite("Keys in the URLs of next pages") struct PageCredentialTests {
    @Test(
        "a URL that lacks the key of the query gets it",
        arguments: [
            ("https://x.example/a", "https://x.example/a?api%20key=k%261"),
            ("https://x.example/a?", "https://x.example/a?api%20key=k%261"),
            ("https://x.example/a?b=1", "https://x.example/a?b=1&api%20key=k%261"),
            ("https://x.example/a?api%20key=other", "https://x.example/a?api%20key=other"),
            ("https://x.example/a?api+key=other", "https://x.example/a?api+key=other&api%20key=k%261"),
        ])
    func completed(url: String, expected: String) throws {
        let contract = try ParcelContract.load()
        let scheme = try #require(contract.securityScheme("QueryKey"))
        let credentials = Credentials([.init(scheme: scheme, value: "k&1")])
        #expect(credentials.completing(url) == expected)
    }

    @Test("keys in headers and cookies stay out of the URL")
    func others() throws {
        let contract = try ParcelContract.load()
        let members = ["ApiId", "Token", "CookieKey"].compactMap { name in
            contract.securityScheme(name).map { Credentials.Member(scheme: $0, value: "secret") }
        }
        #expect(members.count == 3)
        #expect(Credentials(members).completing("https://x.example/a") == "https://x.example/a")
    }
}
