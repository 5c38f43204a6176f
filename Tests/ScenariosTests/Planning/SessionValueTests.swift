import Exchanges
import JSONDocument
import OpenAPI
import Primitives
import Testing

@testable import Scenarios

@Suite("Values of session scenarios") struct SessionValueTests {
    private func reference(_ text: String) throws -> SessionReference {
        let template = try Template.parse("{{session.\(text)}}")
        return try #require(template.sessionReferences.first)
    }

    @Test(
        "the name of a value as a secret is one that a shell accepts",
        arguments: [
            ("sign-in.token", "SIGN_IN_TOKEN"), ("login.access_token", "LOGIN_ACCESS_TOKEN"),
            ("login[anna].token", "LOGIN_ANNA__TOKEN"), ("größe.id", "GR__E_ID"), ("a.b.c", "A_B_C"),
            ("a.b[0]", "A_B_0_"),
        ])
    func secretNames(text: String, name: String) throws {
        let reference = try reference(text)
        #expect(reference.secretName == name)
        #expect(reference.text == "session.\(text)")
    }

    @Test("a reference names a scenario, a saved value and a path below it")
    func parts() throws {
        let plain = try reference("login.user.name")
        #expect(plain.scenario == "login" && plain.savedName == "user" && plain.source == "session.login")
        let row = try reference("login[anna].token")
        #expect(row.scenario == "login[anna]" && row.savedName == "token")
        let step = SessionReference(scenario: "login", step: "enter", path: try ItemPath.parse("token"))
        #expect(
            step.savedName == nil && step.source == "session.login.enter" && step.text == "session.login.enter.token")
    }

    /// The scenario `login` with two steps that save `id`, and their exchanges.
    private func values(_ bodies: [String: String]) throws -> SessionValues {
        let (plan, problems) = Library.plan(
            """
            scenario,step,call,set,save,opts
            login,one,addBook,title=x,id=book_id; name=title,session
            ,two,addBook,title=x,id=book_id,
            """)
        #expect(problems.map(Library.text) == [])
        let scenario = plan.scenarios[0]
        let views = scenario.steps.compactMap { step in
            bodies[step.name].map { body in
                (
                    step.name,
                    ExchangeView.parsing(
                        Exchange(
                            sequence: 1, scenario: "login", step: step.name, operation: nil, contract: "1",
                            request: RequestMessage(method: "POST", url: "https://x.example/"),
                            outcome: .response(ResponseMessage(status: 200, body: Array(body.utf8))),
                            startedAt: Instant(microsecondsSinceEpoch: 0), duration: .zero), of: step)
                )
            }
        }
        return SessionValues(scenario, Dictionary(uniqueKeysWithValues: views))
    }

    @Test("of several values with one name, the last one that was received is used")
    func last() throws {
        let both = try values(["one": #"{"book_id":"1","title":"A"}"#, "two": #"{"book_id":"2"}"#])
        #expect(try both.value(of: reference("login.id")) == "2")
        #expect(try both.value(of: reference("login.name")) == "A")
        let first = try values(["one": #"{"book_id":"1"}"#])
        #expect(try first.value(of: reference("login.id")) == "1")
        let empty = try values(["one": #"{"book_id":"1"}"#, "two": "{}"])
        #expect(try empty.value(of: reference("login.id")) == "1")
        #expect(try empty.value(of: reference("login.name")) == nil)
        #expect(try values([:]).value(of: reference("login.id")) == nil)
    }

    @Test("a value of a step is read from its response; an unknown step has none")
    func ofStep() throws {
        let values = try values(["one": #"{"book_id":"1","tags":["a",2]}"#])
        func value(_ step: String, _ path: String) throws -> JSONValue? {
            values.value(of: SessionReference(scenario: "login", step: step, path: try ItemPath.parse(path)))
        }
        #expect(try value("one", "tags[1]") == 2)
        #expect(try value("one", "id") == "1")
        #expect(try value("two", "book_id") == nil)
        #expect(try value("three", "book_id") == nil)
    }

    @Test("a masked value is replaced by a placeholder, because a mask cannot be sent")
    func masked() throws {
        let values = try values(["one": #"{"book_id":"‹secret LOGIN_ID›","title":"a ‹secret x›"}"#])
        #expect(try values.value(of: reference("login.id")) == "<session.login.id>")
        #expect(try values.value(of: reference("login.name")) == "a ‹secret x›")
    }

    @Test("a profile's `login` is a scenario or a step of it; filters stay")
    func logins() throws {
        func text(_ template: String, step: String? = nil) throws -> String {
            let template = try Template.parse(template).loggedIn(by: "sign-in", step: step)
            return template.expressions.map(\.text).joined(separator: " ")
        }
        #expect(try text("Bearer {{login.token}}") == "session.sign-in.token")
        #expect(try text("{{login.token|base64}}") == "session.sign-in.token|base64")
        #expect(try text("{{login.token}} {{secret.X}}", step: "enter") == "session.sign-in.enter.token secret.X")
        #expect(try text("{{other.token}}") == "other.token")
        let template = try Template.parse("{{login.a[0].b}}").loggedIn(by: "s", step: "t")
        #expect(template.sessionReferences.map(\.step) == ["t"])
        #expect(template.keepsType)
    }

    @Test(
        "a cycle of sessions is the shortest way from one to itself",
        arguments: [
            (["a": ["b"], "b": ["a"]], "a", "b", ["a", "b"]), (["a": ["a"]], "a", "a", ["a"]),
            (["a": ["b", "c"], "b": ["d"], "c": ["z"], "d": ["z"]], "a", "z", ["a", "c", "z"]),
            (["a": ["b"], "b": ["c"], "c": ["b"]], "a", "z", nil), ([:], "a", "z", nil),
        ] as [([String: [String]], String, String, [String]?)])
    func cycles(uses: [String: [String]], start: String, end: String, way: [String]?) {
        #expect(sessionCycle(from: start, to: end, uses) == way)
    }

    @Test("the message about a cycle closes it")
    func cycleMessage() {
        #expect(sessionCycleMessage(["a"]) == "the scenario 'a' needs a value of itself")
        #expect(sessionCycleMessage(["a", "b"]) == "the scenarios need values of each other: a → b → a")
        #expect(sessionCycleMessage(["\u{1B}[2J"]).unicodeScalars.allSatisfy { $0.value >= 0x20 })
    }

    @Test("a wrong reference has the help for its cause")
    func problems() throws {
        let table = """
            scenario,step,call,set,save,opts
            none,one,addBook,title=x,,session
            full,one,addBook,title=x,id=book_id; name=title,session
            ,w,wait 1s,,,
            plain,one,addBook,title=x,,
            each,one,addBook,title={{row.t}},id=book_id,session rows=d.csv
            """
        let (plan, diagnostics) = Library.plan(table, files: ["scenarios/d.csv": "case,t\neu,x\nus,y\n"])
        #expect(diagnostics.map(Library.text) == [])
        func problem(_ scenario: String, step: String? = nil, _ path: String) throws -> String? {
            let reference = SessionReference(scenario: scenario, step: step, path: try ItemPath.parse(path))
            return plan.sessionProblem(reference).map { "\($0.rule) \($0.message) | \($0.help ?? "")" }
        }
        #expect(try problem("full", "id") == nil)
        #expect(try problem("each[eu]", "id") == nil)
        #expect(try problem("full", step: "one", "anything") == nil)
        #expect(
            try problem("none", "id")
                == "table.unknown-session-value the scenario 'none' saves no value 'id' | "
                + "save it in the row that receives it: id=PATH in the column `save`")
        #expect(
            try problem("full", "zzz")
                == "table.unknown-session-value the scenario 'full' saves no value 'zzz' | it saves id, name")
        #expect(
            try problem("each", "id")
                == "table.unknown-session the scenario 'each' has data rows | it runs once per data row: write session.each[eu].id"
        )
        #expect(
            try problem("plain", "id")
                == "table.unknown-session the scenario 'plain' is not a session scenario | add `session` to the `opts` of its first row"
        )
        #expect(
            try problem("zzzzzz", "id")
                == "table.unknown-session unknown session scenario 'zzzzzz' | the session scenarios are none, full, each[eu], each[us]"
        )
        #expect(
            try problem("full", step: "on", "id")
                == "table.unknown-step the scenario 'full' has no step 'on' | did you mean `full.one`?")
        // A pause has no values.
        #expect(
            try problem("full", step: "w", "id")?.hasPrefix("table.unknown-step the scenario 'full' has no step 'w'")
                == true)
        #expect(
            Plan.empty.sessionProblem(SessionReference(scenario: "x", path: try ItemPath.parse("id")))?.help
                == "write the scenario, with the option `session` in its first row")
    }
}
