import Diagnostics
import Scenarios
import Testing

@Suite("Session scenarios") struct SessionTests {
    private static let session = """
        scenario,step,call,set,expect,save,opts
        enter,first,addBook,title=Emma,200,id=book_id; name=title,session
        ,second,addBook,title=Emma,200,id=book_id,

        """

    private static func problems(_ rows: String, header: String = "scenario,step,call,set,check,opts") -> [String] {
        Library.plan(tables: ["scenarios/a.csv": "\(header)\n\(rows)", "scenarios/b.csv": session]).1
            .filter { $0.location?.file == "scenarios/a.csv" }.map(Library.text)
    }

    @Test("a row uses a value that a session scenario saves, whichever table is read first")
    func use() throws {
        let table = """
            scenario,step,call,body,set
            s,one,addBook,,title={{session.enter.name}}; pages={{session.enter.id}}
            ,two,addBook,b.json,
            ,three,getBook,,book_id=x-{{session.enter.id|upper}}
            t,one,getBook,,book_id=x

            """
        let files = ["scenarios/b.json": #"{"title": "{{session.enter.name}}"}"#]
        for other in ["scenarios/a0.csv", "scenarios/z.csv"] {
            let (plan, found) = Library.plan(tables: ["scenarios/a.csv": table, other: Self.session], files: files)
            #expect(found.map(Library.text) == [])
            let uses = plan.scenarios.filter { !$0.options.isSession }.map { $0.sessions.map(\.id) }
            #expect(uses == [["enter"], []])
            #expect(plan.scenarios.filter(\.options.isSession).map(\.id) == ["enter"])
        }
    }

    @Test("a value keeps its JSON type, and has no type before the run")
    func types() {
        // `pages` is an integer, `lent` a boolean, `title` a text.
        #expect(
            Self.problems(
                "s,a,addBook,title={{session.enter.id}}; pages={{session.enter.id}}; lent={{session.enter.name}},,\n")
                == [])
    }

    @Test(
        "a wrong reference is reported with the nearest name",
        arguments: [
            (
                "title={{session.entr.id}}",
                "2:19 unknown session scenario 'entr' | did you mean `enter`?"
            ),
            (
                "title={{session.enter.nam}}",
                "2:19 the scenario 'enter' saves no value 'nam' | did you mean `name`?"
            ),
            (
                "title={{session.enter.quantity}}",
                "2:19 the scenario 'enter' saves no value 'quantity' | it saves id, name"
            ),
            (
                "title={{session.plain.id}}",
                "2:19 the scenario 'plain' is not a session scenario | add `session` to the `opts` of its first row"
            ),
            (
                "title={{session.s.id}}",
                "2:19 the scenario 's' is not a session scenario | add `session` to the `opts` of its first row"
            ),
            (
                "title={{session.enter}}",
                "2:29 'enter' names a session scenario, but no value of it | write {{session.enter.NAME}}"
            ),
            (
                "title={{session.enter.header.x}}",
                "2:35 'header.x' is not the name of a saved value | save the value in the session scenario: "
                    + "save = NAME=header.x"
            ),
            ("title={{session.enter[x.id}}", "2:34 `]` is missing after the data case"),
        ])
    func mistakes(set: String, message: String) {
        #expect(Self.problems("s,a,addBook,\(set),,\nplain,a,addBook,title=x,,\n") == [message])
    }

    @Test("a check cannot use a value of a session scenario")
    func checks() {
        #expect(
            Self.problems("s,a,addBook,title=x,title={{session.enter.name}},\n") == [
                "2:27 a check cannot use a value of a session scenario | send the value, and compare with the request: "
                    + "{{req.…}} or {{STEP.req.…}}"
            ])
    }

    @Test("a law cannot use a value of a session scenario")
    func laws() {
        let laws = "law,check\nl,title={{session.enter.name}}\n"
        let found = Library.plan(tables: ["scenarios/laws.csv": laws, "scenarios/b.csv": Self.session]).1
        #expect(found.map(\.message) == ["a law cannot refer to session scenarios"])
    }

    @Test("scenarios that need values of each other are reported, each reference")
    func cycles() {
        let rows = """
            a,one,addBook,title={{session.b.id}},,id=book_id,session
            b,one,addBook,title={{session.a.id}},,id=book_id,session
            c,one,addBook,title={{session.c.id}},,id=book_id,session
            d,one,addBook,title={{session.a.id}},,id=book_id,

            """
        #expect(
            Self.problems(rows, header: "scenario,step,call,set,check,save,opts").filter { !$0.contains("warning") }
                == [
                    "2:21 the scenarios need values of each other: b → a → b | take the value from a scenario that does not "
                        + "need it",
                    "3:21 the scenarios need values of each other: a → b → a | take the value from a scenario that does not "
                        + "need it",
                    "4:21 the scenario 'c' needs a value of itself | take the value from a scenario that does not need it",
                ])
    }

    @Test("a session scenario has a name that references can contain, and no teardown rows")
    func rules() {
        #expect(
            Self.problems("log in,a,addBook,title=x,,session\n,b,addBook,title=x,,teardown\n") == [
                "2:27 references cannot contain the name of the session scenario 'log in' | start the name with a "
                    + "letter, then use letters, digits, '-' and '_'",
                "2:27 the session scenario 'log in' has the teardown step 'b', which would run before the scenarios "
                    + "that use the session | remove the step, or move it into a scenario of its own",
            ])
    }

    @Test("one data row of a session scenario is named by its case")
    func cases() {
        let session =
            "scenario,step,call,set,save,opts\nenter,a,addBook,title={{row.title}},id=book_id,session rows=d.csv\n"
        let files = ["scenarios/d.csv": "case,title\nfirst,Emma\nnext one,Emma\n"]
        func result(_ reference: String) -> (uses: [String], found: [String]) {
            let table = "scenario,step,call,set\ns,a,addBook,title={{session.\(reference)}}\n"
            let (plan, found) = Library.plan(
                tables: ["scenarios/a.csv": table, "scenarios/b.csv": session], files: files)
            return (plan.scenarios[0].sessions.map(\.id), found.map(Library.text))
        }
        #expect(result("enter[next one].id").uses == ["enter[next one]"])
        #expect(result("enter[next one].id").found == [])
        #expect(
            result("enter.id").found == [
                "2:19 the scenario 'enter' has data rows | it runs once per data row: write session.enter[first].id"
            ])
    }

    @Test("a saved value of a session scenario is used, another unused one is a warning")
    func unused() {
        #expect(Self.problems("s,a,addBook,title={{session.enter.id}},,\n") == [])
        let table = Self.session.replacing(",session", with: ",")
        #expect(Library.problems(table).contains { $0.contains("warning: the saved value 'name' is never used") })
    }

    @Test("a scenario that a profile names as its login is a session scenario without the option")
    func logins() {
        var settings = Library.settings()
        settings.logins = ["enter"]
        let table = TableSource(
            path: "scenarios/b.csv", bytes: Array(Self.session.replacing(",session", with: ",").utf8))
        let (plan, found) = Planner.plan(tables: [table], contracts: Library.contracts, settings: settings)
        #expect(plan.scenarios.map(\.options.isSession) == [true] && found.isEmpty)
        #expect(table.containsSession(["enter"]) && !table.containsSession(["other"]))
        #expect(TableSource(path: "x.csv", bytes: Array(Self.session.utf8)).containsSession([]))
    }

    @Test("the names of secrets are names of variables of a shell")
    func names() throws {
        for (text, name) in [("sign-in.token", "SIGN_IN_TOKEN"), ("a[b é].c", "A_B____C")] {
            let template = try Template.parse("{{session.\(text)}}")
            #expect(template.sessionReferences.map(\.secretName) == [name])
            #expect(template.sessionReferences.map(\.text) == ["session.\(text)"])
        }
    }
}
