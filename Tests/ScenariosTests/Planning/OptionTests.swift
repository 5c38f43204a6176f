import Diagnostics
import Scenarios
import Testing

@Suite("Options of rows") struct OptionTests {
    /// The options of a step with `opts`, and the problems.
    private func options(_ opts: String) -> (StepOptions?, [String]) {
        let (plan, problems) = Library.plan(
            "scenario,step,call,set,opts\ns,a,listBooks,genre=novel,\(opts)\n,b,listBooks,genre=novel,\n")
        return (plan.scenarios.first?.steps.first?.options, problems.map(Library.text))
    }

    @Test("a row without options has the defaults")
    func none() {
        let (options, problems) = options("")
        #expect(problems == [])
        #expect(options == StepOptions())
        #expect(options?.phase == .main && options?.repetitions == 1)
    }

    @Test(
        "durations have one unit and are above zero",
        arguments: [
            ("timeout=1ms", Duration.milliseconds(1)), ("timeout=90s", .seconds(90)), ("TIMEOUT=2m", .seconds(120)),
            ("timeout=168h", .seconds(604_800)),
        ])
    func timeouts(opts: String, expected: Duration) {
        let (options, problems) = options(opts)
        #expect(problems == [])
        #expect(options?.timeout == expected)
    }

    @Test(
        "polls and retries have a limit and an interval",
        arguments: [
            ("poll=20s/2s", 20_000, 2_000), ("poll=1s/1s", 1_000, 1_000), ("poll=1m/500ms", 60_000, 500),
            ("retry=1/0s", 1, 0), ("retry=100/1h", 100, 3_600_000),
        ])
    func pairs(opts: String, first: Int, second: Int) {
        let (options, problems) = options(opts)
        #expect(problems == [])
        if opts.hasPrefix("poll") {
            #expect(options?.poll == .init(limit: .milliseconds(first), interval: .milliseconds(second)))
        } else {
            #expect(options?.retry == .init(count: first, interval: .milliseconds(second)))
        }
    }

    @Test(
        "a value that is not of the form of its option is reported with the form",
        arguments: [
            ("timeout=0s", "timeout=5s"), ("timeout=", "timeout=5s"), ("timeout=-1s", "timeout=5s"),
            ("timeout=1.5s", "timeout=5s"), ("timeout=169h", "timeout=5s"), ("timeout=5S", "timeout=5s"),
            ("poll=20s/0s", "poll=20s/2s (for 20 s, every 2 s)"), ("poll=1s/2s", "poll=20s/2s (for 20 s, every 2 s)"),
            ("poll=1s/1s/1s", "poll=20s/2s (for 20 s, every 2 s)"), ("poll=0s", "poll=20s/2s (for 20 s, every 2 s)"),
            ("poll=/1s", "poll=20s/2s (for 20 s, every 2 s)"),
            ("retry=0/1s", "retry=3/1s (3 more tries, 1 s apart)"),
            ("retry=101/1s", "retry=3/1s (3 more tries, 1 s apart)"),
            ("retry=3", "retry=3/1s (3 more tries, 1 s apart)"),
            ("follow=", "follow=3 (at most 3 redirects; the maximum is 10)"),
            ("repeat=99999999999999999999", "repeat=3 (sent 3 times; the maximum is 1000)"),
            ("burst=5/", "burst=5 (5 equal requests at once; at most 64) or burst=5/keys (a key each)"),
            ("burst=5/keys/keys", "burst=5 (5 equal requests at once; at most 64) or burst=5/keys (a key each)"),
            ("race=", "race=STEP (at once with the step directly before)"),
            ("pages=", "pages=cursor:next_cursor/50 (at most 50 pages)"), ("while=", "while=has_more"),
            ("distinct=", "distinct=items[*].id"), ("lock=", "lock=NAME"), ("rows=", "rows=data/x.csv"),
        ])
    func malformed(opts: String, usage: String) {
        let name = opts.prefix { $0 != "=" }
        let (_, problems) = options(opts)
        #expect(problems == ["2:27 '\(opts)' is not valid for the option `\(name)` | write \(usage)"])
    }

    @Test(
        "an option without its value, or with one too many, is reported",
        arguments: [
            ("poll", "the option `poll` requires a value | write poll=20s/2s (for 20 s, every 2 s)"),
            ("RACE", "the option `race` requires a value | write race=STEP (at once with the step directly before)"),
            ("lock", "the option `lock` requires a value | write lock=NAME"),
            ("rows", "the option `rows` requires a value | write rows=data/x.csv"),
            ("invalid=1", "the option `invalid` takes no value | write invalid"),
            ("Setup=", "the option `setup` takes no value | write setup"),
            ("only=yes", "the option `only` takes no value | write only"),
            ("session=x", "the option `session` takes no value | write session"),
        ])
    func values(opts: String, message: String) {
        #expect(options(opts).1 == ["2:27 \(message)"])
    }

    @Test(
        "an unknown option is reported with the nearest one",
        arguments: [
            ("polll=2s/1s", "did you mean `poll=20s/2s (for 20 s, every 2 s)`?"),
            ("tear-down", "did you mean `teardown`?"), ("skipp", "did you mean `skip`?"),
            ("brust=5", "did you mean `burst=5 (5 equal requests at once; at most 64) or burst=5/keys (a key each)`?"),
        ])
    func unknown(opts: String, help: String) {
        let problems = options(opts).1
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("2:27 unknown option '\(opts.prefix { $0 != "=" })'") == true, "\(problems)")
        #expect(problems.first?.hasSuffix(help) == true, "\(problems)")
    }

    @Test("each word has its position, also after a blank, a line break and a quote")
    func positions() {
        let table = "scenario,step,call,set,opts\ns,a,listBooks,genre=novel,\"  slow\n\tskip  fast=1\"\n"
        #expect(
            Library.problems(table).map { String($0.prefix { $0 != "|" }) } == [
                "2:30 unknown option 'slow' ", "3:8 unknown option 'fast' ",
            ])
    }

    @Test(
        "options of which one excludes the other are reported",
        arguments: [
            ("teardown setup", "2:27 a step cannot be both `setup` and `teardown`"),
            ("live mock", "2:27 a step cannot be both `mock` and `live`"),
            ("timeout=5s TIMEOUT=6s", "2:38 duplicate option 'timeout'"),
            ("poll=2s/1s burst=2", "2:27 `burst` cannot be combined with `poll` | remove one of them"),
        ])
    func contradictions(opts: String, message: String) {
        #expect(options(opts).1 == [message])
    }

    @Test("`setup`, `teardown`, `mock` and `live` of a row replace those of the `*` row above")
    func replaced() {
        let (plan, problems) = Library.plan(
            """
            scenario,step,call,set,opts
            s,*,listBooks,genre=novel,setup mock timeout=5s retry=1/1s
            ,a,,,
            ,b,,,teardown live timeout=9s
            ,*,,,follow=2
            ,c,,,
            """)
        #expect(problems.map(Library.text) == [])
        let steps = plan.scenarios[0].steps
        #expect(steps.map(\.options.phase) == [.setup, .teardown, .setup])
        #expect(steps.map(\.options.mockOnly) == [true, false, true])
        #expect(steps.map(\.options.liveOnly) == [false, true, false])
        #expect(steps.map(\.options.timeout) == [.seconds(5), .seconds(9), .seconds(5)])
        #expect(steps.map(\.options.retry?.count) == [1, 1, 1])
        #expect(steps.map(\.options.follow) == [nil, nil, 2])
    }

    @Test("a `*` row cannot race: the option names the step before one row")
    func raceOfDefaults() {
        let table = """
            scenario,step,call,set,opts
            s,a,addBook,title=x,
            ,*,addBook,title=y,timeout=5s race=a
            ,b,,,
            """
        #expect(
            Library.problems(table) == [
                "3:31 `race=` has no effect in a `*` row | move it to the second of the two rows"
            ])
    }

    @Test("a phase is left only by its own word")
    func phases() {
        var options = StepOptions()
        options.isSetup = true
        options.isTeardown = false
        #expect(options.phase == .setup)
        options.isTeardown = true
        options.isSetup = false
        #expect(options.phase == .teardown)
        options.isTeardown = false
        #expect(options.phase == .main)
    }

    @Test(
        "a scenario runs on one kind of target only if every row that sends a request does",
        arguments: [
            (["mock", "mock"], ScenarioOptions.Mode.mock), (["live", "live"], .live), (["mock", ""], .any),
            (["mock", "live"], .any), (["", ""], .any),
        ])
    func modes(opts: [String], mode: ScenarioOptions.Mode) {
        let rows = opts.enumerated().map { "\($0 == 0 ? "s" : ""),r\($0),listBooks,genre=novel,\($1)\n" }.joined()
        let (plan, problems) = Library.plan("scenario,step,call,set,opts\n" + rows + ",w,wait 1s,,\n")
        #expect(problems.map(Library.text) == [])
        #expect(plan.scenarios[0].options.mode == mode)
    }

    @Test("a scenario is skipped only if every row that sends a request is skipped")
    func skipped() {
        let rows = { (second: String) in
            "scenario,step,call,set,opts\ns,a,listBooks,genre=novel,skip\n,b,listBooks,genre=novel,\(second)\n,w,wait 1s,,\n"
        }
        #expect(Library.plan(rows("skip")).0.scenarios[0].options.skip)
        #expect(!Library.plan(rows("")).0.scenarios[0].options.skip)
    }

    @Test("a lock may be repeated, in a `*` row and in a used scenario too, but there is one only")
    func locks() {
        let table = """
            scenario,step,call,set,opts
            s,*,listBooks,genre=novel,lock=shelf
            ,a,,,lock=shelf
            ,u,use #inner,,
            t,u,use #inner,,lock=desk
            inner,a,listBooks,genre=novel,lock=shelf
            """
        #expect(
            Library.problems(table) == [
                "5:5 the scenario that is used requires the lock 'shelf', but this scenario sets 'desk' | "
                    + "a scenario can hold only one lock"
            ])
        #expect(Library.plan(table).0.scenarios.map(\.options.lock) == ["shelf", "shelf", "shelf"])
    }
}
