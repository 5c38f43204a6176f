import Diagnostics
import JSONDocument
import OpenAPI
import Scenarios
import Testing

/// Rows that send no request of their own: pauses, changes of the clock, and rows that await a delivery.
@Suite("Rows without a request") struct SilentRowTests {
    private static let hooks = """
        parcelSent: {post: {operationId: told, parameters: [{name: x-try, in: header, schema: {type: integer}}],
        requestBody: {content: {application/json: {schema: {type: object, properties: {id: {type: string}, state: {enum: [SENT, LOST]}}}}}},
        responses: {'200': {description: ok}}}}
        """

    private static func problems(_ rows: String) throws -> [String] {
        let operation = OneOperation(webhooks: hooks.replacing("\n", with: " "))
        return try operation.problems(
            "scenario,step,call,auth,version,body,set,expect,check,same_as,save,opts\n" + rows)
    }

    @Test(
        "options about requests are reported, each at its word",
        arguments: [
            ("wait 1s", "a pause", ["repeat=2", "pages=a:b", "burst=2", "race=a"]),
            (
                "clock +1d", "a change of the clock",
                ["repeat=2", "pages=a:b", "poll=2s/1s", "retry=1/1s", "follow=1", "burst=2", "race=a"]
            ),
            ("clock freeze", "a change of the clock", ["burst=3/keys", "invalid"]),
        ])
    func options(call: String, subject: String, words: [String]) throws {
        for word in words {
            let name = word.prefix { $0 != "=" }
            let found = try Self.problems("s,z,act,,,,,,,,,\n,b,\(call),,,,,,,,,\(word)\n")
            let message = word == "invalid" ? "\(subject) cannot be `invalid`" : "\(subject) has no `\(name)`"
            // Twelve characters of the row are outside of the two cells.
            #expect(found == ["3:\(call.utf8.count + 13) \(message) | remove the option"])
        }
    }

    @Test("options of a `*` row do not apply to them")
    func defaults() throws {
        let rows = "s,*,,,,,,,,,,burst=2 timeout=5s\n,a,act,,,,,,,,,\n,w,wait 1s,,,,,,,,,\n,c,clock +1d,,,,,,,,,\n"
        let operation = OneOperation()
        let (plan, problems) = try operation.plan(
            "scenario,step,call,auth,version,body,set,expect,check,same_as,save,opts\n" + rows)
        #expect(problems.map(Library.text) == [])
        #expect(plan.scenarios[0].steps.map { $0.options.burst?.count } == [2, nil, nil])
    }

    @Test("every cell about a request or a response is reported for a pause")
    func cells() throws {
        let found = try Self.problems("s,a,wait 1s,none,v1,none,x=1,200,x=1,a,n=x,\n")
        let columns = ["auth", "version", "body", "set", "expect", "check", "same_as", "save"]
        #expect(
            found.map { String($0.drop { $0 != " " }) }
                == columns.map { " a pause has no `\($0)` | leave the cell empty" })
    }

    @Test("a row that awaits a delivery checks it and saves values of it, typed by the contract")
    func awaited() throws {
        let operation = OneOperation(webhooks: Self.hooks.replacing("\n", with: " "))
        let (plan, problems) = try operation.plan(
            """
            scenario,step,call,set,check,save,opts
            s,a,act,,,,
            ,told,AWAIT parcelSent,status=500,state=SENT; header.x-try=1; body.odd~present,id=id,poll=5s
            ,b,act,header.x-id={{told.id}},,,
            """)
        #expect(problems.map(Library.text) == [])
        let steps = plan.scenarios[0].steps
        let awaited = try #require(steps[1].call.awaited)
        #expect(awaited.reply == 500 && awaited.webhook.name == "parcelSent" && awaited.contract == "1")
        #expect(steps[1].callText == "await parcelSent")
        #expect(steps[1].deliveryLimit == .seconds(5))
        #expect(steps.map(\.needsReceiver) == [false, true, false])
        #expect(plan.awaitsDeliveries && plan.scenarios[0].awaitsDeliveries)
        #expect(AwaitedDelivery.usualLimit == .seconds(30))
    }

    @Test(
        "mistakes of a row that awaits a delivery",
        arguments: [
            (
                "await parcelSnt,,,,,,,,,",
                "2:11 the contract '1' has no webhook 'parcelSnt' | did you mean `parcelSent`?"
            ),
            (
                "await x,,,,,,,,,",
                "2:11 the contract '1' has no webhook 'x' | its webhooks and callbacks are parcelSent"
            ),
            (
                "await parcelSent,none,,,,,,,,",
                "2:22 a step that awaits a delivery has no `auth` | leave the cell empty; `check` is about the delivery"
            ),
            (
                "await parcelSent,,,,,200,,,,",
                "2:26 a step that awaits a delivery has no `expect` | leave the cell empty; `check` is about the delivery"
            ),
            (
                "await parcelSent,,,none,,,,,,",
                "2:24 a step that awaits a delivery has no `body` | leave the cell empty; `check` is about the delivery"
            ),
            (
                "await parcelSent,,,,,,,z,,",
                "2:28 a step that awaits a delivery has no `same_as` | leave the cell empty; `check` is about the delivery"
            ),
            (
                "await parcelSent,,,,status=600,,,,,",
                "2:25 `set` of a step that awaits a delivery can only contain the status of our response | write status=500, with a status from 200 to 599"
            ),
            (
                "await parcelSent,,,,id=1,,,,,",
                "2:25 `set` of a step that awaits a delivery can only contain the status of our response | write status=500, with a status from 200 to 599"
            ),
            (
                "await parcelSent,,,,status>200,,,,,",
                "2:25 `set` of a step that awaits a delivery can only contain the status of our response | write status=500, with a status from 200 to 599"
            ),
            (
                "await parcelSent,,,,,,stat=SENT,,,",
                "2:27 the contract declares no member 'stat' at 'stat' | did you mean `state`?"
            ),
            (
                "await parcelSent,,,,,,header.x-try=often,,,",
                "2:40 'header.x-try': 'often' is text, but the schema allows integer"
            ),
            (
                "await parcelSent,,,,,,,,n=nothing,",
                "2:31 the contract declares no member 'nothing' at 'nothing' | write body.nothing for an undeclared member"
            ),
            (
                "await parcelSent,,,,,,,,,repeat=2",
                "2:30 a step that awaits a delivery has no `repeat` | remove the option; `poll=30s` sets the longest wait"
            ),
            (
                "await parcelSent,,,,,,,,,timeout=5s",
                "2:30 a step that awaits a delivery has no `timeout` | remove the option; `poll=30s` sets the longest wait"
            ),
            (
                "await parcelSent,,,,,,,,,burst=2",
                "2:30 a step that awaits a delivery has no `burst` | remove the option; `poll=30s` sets the longest wait"
            ),
            (
                "await parcelSent,,,,,,,,,race=z",
                "2:30 a step that awaits a delivery has no `race` | remove the option; `poll=30s` sets the longest wait"
            ),
            (
                "await parcelSent,,,,,,,,,invalid",
                "2:30 a step that awaits a delivery sends no request that could be invalid | remove `invalid`"
            ),
        ])
    func mistakes(row: String, message: String) throws {
        let found = try Self.problems("s,a,\(row)\n,z,act,,,,,,,,,setup\n")
        #expect(found.contains(message), "\(found)")
        #expect(found.count == 1, "\(found)")
    }

    @Test("without webhooks and callbacks, the help says where to declare one")
    func noWebhooks() throws {
        let found = try OneOperation().problems("step,call\na,await parcelSent\n")
        #expect(
            found == [
                "2:9 the contract '1' has no webhook 'parcelSent' | "
                    + "declare it under `webhooks` of the document, or under `callbacks` of an operation"
            ])
    }

    @Test(
        "a step that sends nothing, or changes the clock, cannot race",
        arguments: [
            ("await parcelSent", "the step 'a' cannot race: it sends no request"),
            ("clock +1d", "the step 'a' cannot race: it changes the clock"),
            ("wait 1s", "`race=a` is not the step directly before 'b' | write race=a, or move the row below 'a'"),
        ])
    func races(call: String, message: String) throws {
        let found = try Self.problems("s,z,act,,,,,,,,,\n,a,\(call),,,,,,,,,\n,b,act,,,,,,,,,race=a\n")
        #expect(found == ["4:21 \(message)"])
    }

    @Test(
        "a change of the clock is a duration, a time, `freeze` or `reset`, in one spelling",
        arguments: [
            ("clock +1s", "clock +1s"), ("clock +90m", "clock +90m"), ("clock  RESET", "clock reset"),
            ("clock 2026-03-01T01:00:00+01:00", "clock 2026-03-01T00:00:00Z"), ("CLOCK +36h", "clock +36h"),
        ])
    func clocks(call: String, text: String) throws {
        let operation = OneOperation()
        let (plan, problems) = try operation.plan("step,call\nz,act\na,\(call)\n")
        #expect(problems.map(Library.text) == [])
        #expect(plan.scenarios[0].steps[1].callText == text)
        #expect(plan.scenarios[0].options.usesClock)
    }

    @Test(
        "other changes of the clock are reported at the second word",
        arguments: ["clock -3d", "clock +", "clock +0d", "clock +3", "clock 2026-03-01", "clock thaw", "clock +1d2h"])
    func wrongClocks(call: String) throws {
        let found = try OneOperation().problems("step,call\na,\(call)\n")
        let word = call.dropFirst(6)
        #expect(
            found.first
                == "2:9 '\(word)' is not a valid change of the clock | write clock +3d (s, m, h or d), "
                + "clock 2026-03-01T00:00:00Z, clock freeze or clock reset")
    }
}
