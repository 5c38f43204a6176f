import Conformance
import Diagnostics
import Exchanges
import JSONDocument
import Scenarios
import Testing

@Suite("Requests at once")
struct RaceTests {
    static let document = """
        openapi: 3.0.3
        info: { title: Payments, version: '1' }
        servers: [{ url: https://parcels.example/v1 }]
        paths:
          /payments:
            get:
              operationId: listPayments
              responses:
                '200': { description: all, content: { application/json: { schema: { type: array } } } }
                '4XX': { description: refused }
            post:
              operationId: pay
              requestBody: { content: { application/json: { schema: { type: object, properties: { id: { type: string, nullable: true } } } } } }
              responses:
                '200': &ok { description: again, content: { application/json: { schema: { type: object } } } }
                '201': *ok
                '4XX': { description: refused }
                '500': { description: failed }
          /payments/{id}:
            parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
            get: { operationId: fetch, responses: { '200': *ok, '4XX': { description: no } } }
            put: { operationId: capture, responses: { '200': *ok, '4XX': { description: no }, '500': { description: failed } } }
            post: { operationId: void, responses: { '200': *ok, '4XX': { description: no } } }
        """

    static let flag = IdempotencyPromise.Flag(header: "x-again")

    static func bench(
        _ rows: String, idempotency: Bool = true, oneEffect: OneEffectPromise? = OneEffectPromise(),
        final: [String] = [], except: [String] = []
    ) throws -> Bench {
        var bench = try Bench(
            spec: document, tables: [("t.csv", "scenario,step,call,set,expect,check,same_as,opts\n" + rows)])
        let promise = IdempotencyPromise(header: "x-key", replayed: flag)
        bench.policy.promises = Promises(
            idempotency: idempotency ? promise : nil,
            resources: [
                ResourcePromise(
                    name: "payment", id: "id", create: ["pay"], fetch: ["fetch", "capture", "void"],
                    final: final.isEmpty ? [] : [.init(member: "state", values: final)],
                    except: try except.map { try ItemPath.parse($0) }, oneEffect: oneEffect)
            ])
        for index in bench.plan.scenarios.indices {
            bench.plan.scenarios[index].steps = bench.plan.scenarios[index].steps.map { step in
                guard var burst = step.options.burst, idempotency else { return step }
                var options = step.options
                burst.replayed = flag
                options.series = .burst(burst)
                return step.with(options: options)
            }
        }
        return bench
    }

    static func ok(_ id: String = "P-1", _ status: Int = 201, again: String? = "false") -> ExchangeOutcome {
        .answer(
            status, #"{"id":"\#(id)"}"#,
            [("content-type", "application/json")] + (again.map { [("x-again", $0)] } ?? []))
    }
    static let replay = ok(again: "true")
    static func no(_ status: Int) -> ExchangeOutcome { .answer(status, "", [("x-again", "false")]) }
    static let lost = ExchangeOutcome.fault(.reset, "closed")

    static let keyed = "s,pay,pay,header.x-key=k,201,id~present,,burst=3\n"

    @Test("one effect is correct: the others are replays or documented refusals, whatever their order")
    func correct() throws {
        let good: [[ExchangeOutcome]] = [
            [Self.ok(), Self.replay, Self.replay], [Self.replay, Self.ok(), Self.replay],
            [Self.no(409), Self.no(409), Self.ok()], [Self.no(429), Self.ok(), Self.no(422)],
            [Self.ok(), Self.ok(again: "true"), Self.ok("P-1", 200, again: "true")],
        ]
        for answers in good {
            let verdict = try Self.bench(Self.keyed).verdict(["pay": answers])
            #expect(verdict.errors == [], "\(verdict.told)")
            #expect(verdict.outcomes == ["pay passed"])
            #expect(!verdict.scenarios[0].steps[0].isFlaky)
        }
    }

    @Test(
        "each wrong combination of responses has its own rule",
        arguments: [
            ([ok("P-1"), ok("P-2", again: "true"), replay], "race.effects"),
            ([ok(), ok(), replay], "race.effects"),
            ([ok(), ok(again: nil), replay], "idempotency.flag"),
            ([no(409), no(409), no(409)], "race.no-effect"),
            ([no(409), no(422), no(429)], "race.no-effect"),
            ([ok(), no(404), no(409)], "race.refused"),
            ([ok(), no(500), replay], "race.failed"), ([no(500), no(409), no(409)], "race.failed"),
            ([replay, replay, replay], "idempotency.flag"),
        ] as [([ExchangeOutcome], String)])
    func wrong(answers: [ExchangeOutcome], rule: String) throws {
        let verdict = try Self.bench(Self.keyed).verdict(["pay": answers])
        #expect(verdict.errors == [rule], "\(verdict.told)")
        #expect(verdict.outcomes == ["pay failed"])
    }

    @Test("two effects name both exchanges")
    func names() throws {
        let verdict = try Self.bench(Self.keyed).verdict([
            "pay": [Self.no(409), Self.ok("P-1"), Self.ok("P-2", again: "true")]
        ])
        let finding = try #require(verdict.allFindings.first { $0.rule == "race.effects" })
        #expect(finding.row.exchange == 3)
        #expect(finding.message.contains("exchange 2"))
        #expect(finding.details == ["2 of 3 requests had an effect: exchanges 2, 3"])
        #expect(finding.differences.map(\.pointer.description) == ["/id"])
    }

    @Test(
        "a request without a response may have had the effect, so nothing is concluded from it",
        arguments: [[lost, no(409), no(409)], [lost, replay, replay], [lost, lost, lost], [ok(), lost, replay]])
    func unknown(answers: [ExchangeOutcome]) throws {
        let verdict = try Self.bench(Self.keyed).verdict(["pay": answers])
        #expect(Set(verdict.errors) == ["transport.reset"], "\(verdict.told)")
    }

    @Test("a server that limits the rate of all requests fails the row, not the promise")
    func limited() throws {
        let verdict = try Self.bench(Self.keyed).verdict(["pay": [Self.no(429), Self.no(429), Self.no(429)]])
        #expect(verdict.errors == ["status.unexpected"], "\(verdict.told)")
    }

    @Test(
        "without a key, the id of the request or the promise itself makes the effect one",
        arguments: [
            ("id=P-1", OneEffectPromise(), true), ("", OneEffectPromise(), false),
            ("", OneEffectPromise(operations: ["pay"]), true),
            // With null, the server makes the id of each resource.
            ("id:=null", OneEffectPromise(), false),
        ])
    func keyless(set: String, promise: OneEffectPromise, isOne: Bool) throws {
        let rows = "s,pay,pay,\(set),201,,,burst=2\n"
        let bench = try Self.bench(rows, idempotency: false, oneEffect: promise)
        let verdict = try bench.verdict(["pay": [Self.ok("P-1"), Self.ok("P-2")]])
        #expect(verdict.errors.contains("race.effects") == isOne, "\(verdict.told)")
        #expect(try bench.verdict(["pay": [Self.ok("P-1"), Self.ok("P-1")]]).errors.contains("race.effects") == false)
    }

    @Test("without any promise, the responses are judged one by one, and a warning says so")
    func unpromised() throws {
        let bench = try Self.bench("s,pay,pay,id=P-1,201,,,burst=2\n", idempotency: false, oneEffect: nil)
        let verdict = try bench.verdict(["pay": [Self.ok("P-1"), Self.ok("P-1")]])
        #expect(verdict.raceRules == ["race.unjudged"])
        #expect(verdict.outcomes == ["pay passed"])
        #expect(try bench.verdict(["pay": [Self.ok(), Self.no(404)]]).errors == ["status.unexpected"])
        let reads = try Self.bench("s,all,listPayments,,200,,,burst=2\n", idempotency: false, oneEffect: nil)
        #expect(try reads.verdict(["all": [.answer(200, "[]"), .answer(200, "[]")]]).told == [])
    }

    @Test("a burst with the key of an earlier step repeats its response")
    func replays() throws {
        let rows = "s,first,pay,header.x-key=k,201,,,\n,pay,pay,header.x-key=k,201,,,burst=2\n"
        let bench = try Self.bench(rows)
        #expect(try bench.verdict(["first": [Self.ok()], "pay": [Self.replay, Self.replay]]).errors == [])
        let changed = try bench.verdict(["first": [Self.ok()], "pay": [Self.replay, Self.ok("P-2", again: "true")]])
        #expect(changed.errors == ["idempotency.replay"])
    }

    @Test("a burst with keys of its own may have several effects, but not if the promise allows one in any case")
    func ownKeys() throws {
        let rows = "s,first,pay,header.x-key=k,201,,,\n,pay,pay,header.x-key=k,201,,,burst=2\n"
        func errors(_ promise: OneEffectPromise) throws -> [String] {
            let bench = try Self.bench(rows, oneEffect: promise)
            var journal = try bench.journal([
                "first": [Self.ok()], "pay": [Self.ok(again: "true"), Self.ok("P-2")],
            ])
            let last = journal.exchanges.count - 1
            for index in journal.exchanges[last].request.headers.indices
            where journal.exchanges[last].request.headers[index].isNamed("x-key") {
                journal.exchanges[last].request.headers[index].value = "k-2"
            }
            return Judge(plan: bench.plan, contracts: bench.contracts, policy: bench.policy).verdict(journal).errors
        }
        #expect(try errors(OneEffectPromise()) == [])
        #expect(try errors(OneEffectPromise(operations: ["pay"])) == ["race.effects"])
    }

    @Test("places that the promise leaves out may differ between the responses of a burst")
    func except() throws {
        let answers: [ExchangeOutcome] = ["1", "2"].map { stamp in
            .answer(
                201, #"{"id":"P-1","stamp":\#(stamp)}"#, [("content-type", "application/json"), ("x-again", "true")])
        }
        func errors(_ except: [String]) throws -> [String] {
            let rows = "s,pay,pay,id=P-1,201,,,burst=2\n"
            return try Self.bench(rows, idempotency: false, except: except).verdict(["pay": answers]).errors
        }
        #expect(try errors([]) == ["race.effects"])
        #expect(try errors(["stamp"]) == [])
    }

    @Test("a body that was not stored completely is not compared, and that is said")
    func cut() throws {
        let whole = #"{"id":"P-1","note":"long"}"#
        func outcome(_ again: String, isCut: Bool) -> ExchangeOutcome {
            guard
                case .response(var response) = ExchangeOutcome.answer(
                    201, whole,
                    [
                        ("content-type", "application/json"), ("x-again", again),
                    ])
            else { return Self.lost }
            if isCut {
                response.body = Array(response.body.prefix(9))
                response.cut = BodyCut(of: Array(whole.utf8))
            }
            return .response(response)
        }
        for (first, second) in [(false, true), (true, false), (true, true)] {
            let verdict = try Self.bench(Self.keyed.replacing("id~present", with: "")).verdict([
                "pay": [outcome("false", isCut: first), outcome("true", isCut: second)]
            ])
            #expect(verdict.raceRules.filter { $0.hasPrefix("race.") } == ["race.unjudged"], "\(verdict.told)")
        }
    }

    @Test("a row may expect further rejections, and 429")
    func furtherRefusals() throws {
        let refused = try Self.bench(Self.keyed.replacing(",201,", with: ",201|404,"))
        #expect(try refused.verdict(["pay": [Self.ok(), Self.no(404), Self.replay]]).errors == [])
        let limited = try Self.bench(
            "s,all,listPayments,,200|429,header.x-left~present,,burst=2\n", idempotency: false, oneEffect: nil)
        let left = [("content-type", "application/json"), ("x-left", "1")]
        #expect(try limited.verdict(["all": [.answer(200, "[]", left), Self.no(429)]]).errors == ["check"])
        // A limit that the row does not expect says nothing about the other responses.
        let plain = try Self.bench("s,all,listPayments,,200,,,burst=2\n", idempotency: false, oneEffect: nil)
        #expect(try plain.verdict(["all": [.answer(200, "[]", left), Self.no(429)]]).errors == [])
    }

    @Test("later rows refer to the effect of a burst, or else to its first response")
    func shown() throws {
        func answer(_ status: Int, _ note: String) -> ExchangeOutcome {
            .answer(status, #"{"id":"P-1","note":"\#(note)"}"#)
        }
        let rows = "s,pay,pay,id=P-1,STATUS,,,burst=3\n,next,fetch,id=P-1,200,note={{pay.note}},,\n"
        let refused = try Self.bench(rows.replacing("STATUS", with: "409"), idempotency: false, oneEffect: nil)
        let all = [answer(409, "a"), answer(409, "b"), answer(409, "c")]
        #expect(try !refused.verdict(["pay": all, "next": [answer(200, "a")]]).errors.contains("check"))
        #expect(try refused.verdict(["pay": all, "next": [answer(200, "c")]]).errors.contains("check"))
        let accepted = try Self.bench(rows.replacing("STATUS", with: "201"), idempotency: false)
        let one = [answer(409, "a"), answer(201, "b"), answer(409, "c")]
        #expect(try !accepted.verdict(["pay": one, "next": [answer(200, "b")]]).errors.contains("check"))
    }

    @Test("after a failure in a burst, its key may be known or new")
    func unsureKey() throws {
        let bench = try Self.bench(Self.keyed + ",again,pay,header.x-key=k,201,,,\n")
        for answer in [Self.replay, Self.ok("P-2")] {
            let verdict = try bench.verdict(["pay": [Self.no(500), Self.no(409), Self.no(409)], "again": [answer]])
            #expect(verdict.errors == ["race.failed"], "\(verdict.told)")
        }
    }

    @Test("after a jump of the clock, a key may be known or forgotten")
    func keyAfterClock() throws {
        let rows = "s,first,pay,header.x-key=k,201,,,\n,jump,clock +3d,,,,,\n,again,pay,header.x-key=k,201,,,\n"
        for answer in [Self.replay, Self.ok("P-2")] {
            let verdict = try Self.bench(rows).verdict([
                "first": [Self.ok()], "jump": [.answer(200, "{}")], "again": [answer],
            ])
            #expect(verdict.errors == [], "\(verdict.told)")
        }
    }

    @Test("a row that expects a rejection describes every response of its burst")
    func expectedRefusal() throws {
        let bench = try Self.bench("s,pay,pay,header.x-key=k,409,,,burst=2\n")
        #expect(try bench.verdict(["pay": [Self.no(409), Self.no(409)]]).errors == [])
        #expect(try bench.verdict(["pay": [Self.no(409), Self.no(404)]]).errors == ["status.unexpected"])
    }

    // MARK: Counts

    @Test(
        "a later list counts the effects",
        arguments: [
            (#"[{"id":"P-1"}]"#, []), (#"[{"id":"P-1"},{"id":"P-2"}]"#, ["race.count"]), ("[]", ["race.count"]),
        ])
    func counts(list: String, rules: [String]) throws {
        let promise = OneEffectPromise(counts: [.init(of: "pay", call: "listPayments", items: try ItemPath.parse("$"))])
        let bench = try Self.bench(Self.keyed + ",all,listPayments,,200,,,\n", oneEffect: promise)
        let verdict = try bench.verdict(["pay": [Self.ok(), Self.replay, Self.replay], "all": [.answer(200, list)]])
        #expect(verdict.raceRules == rules, "\(verdict.told)")
    }

    @Test("only elements with the value that was sent are counted")
    func countsWhere() throws {
        let promise = OneEffectPromise(
            counts: [.init(of: "pay", call: "listPayments", items: try ItemPath.parse("$"), where: "id")])
        let bench = try Self.bench(
            "s,pay,pay,id=P-1; header.x-key=k,201,,,burst=2\n,all,listPayments,,200,,,\n", oneEffect: promise)
        func rules(_ list: String) throws -> [String] {
            try bench.verdict(["pay": [Self.ok(), Self.replay], "all": [.answer(200, list)]]).raceRules
        }
        #expect(try rules(#"[{"id":"P-1"},{"id":"P-2"}]"#) == [])
        #expect(try rules(#"[{"id":"P-1"},{"id":"P-1"}]"#) == ["race.count"])
    }

    @Test("effects that no step counted, or that another effect hides, are a warning")
    func uncounted() throws {
        let promise = OneEffectPromise(counts: [.init(of: "pay", call: "listPayments", items: try ItemPath.parse("$"))])
        let never = try Self.bench(Self.keyed, oneEffect: promise)
        let burst = [Self.ok(), Self.replay, Self.replay]
        #expect(try never.verdict(["pay": burst]).raceRules == ["race.uncounted"])
        let hidden = try Self.bench(
            Self.keyed + ",more,pay,header.x-key=l,201,,,\n,all,listPayments,,200,,,\n", oneEffect: promise)
        let verdict = try hidden.verdict(
            ["pay": burst, "more": [Self.ok("P-2")], "all": [.answer(200, #"[{"id":"P-1"},{"id":"P-2"}]"#)]])
        #expect(verdict.raceRules == ["race.uncounted"], "\(verdict.told)")
        // A request that was rejected had no effect, so the list is still counted.
        let refused = try Self.bench(
            Self.keyed + ",more,pay,header.x-key=l,409,,,\n,all,listPayments,,200,,,\n", oneEffect: promise)
        let counted = try refused.verdict(
            ["pay": burst, "more": [Self.no(409)], "all": [.answer(200, #"[{"id":"P-1"},{"id":"P-2"}]"#)]])
        #expect(counted.raceRules == ["race.count"], "\(counted.told)")
        // A rejected request for the list shows no effects.
        let denied = try Self.bench(Self.keyed + ",all,listPayments,,404,,,\n", oneEffect: promise)
        let nothing = try denied.verdict(["pay": burst, "all": [.answer(404, "[]", [])]])
        #expect(nothing.raceRules.filter { $0.hasPrefix("race.") } == ["race.uncounted"], "\(nothing.told)")
    }

    @Test("a burst with one key repeats a key, so the promise about keys applied")
    func keyRepeated() throws {
        var bench = try Self.bench(Self.keyed, oneEffect: OneEffectPromise())
        bench.policy.declaredPromises = [DeclaredPromise(.idempotency, at: nil)]
        let burst = try bench.verdict(["pay": [Self.ok(), Self.replay]])
        #expect(!burst.raceRules.contains("promise.never-applied"), "\(burst.told)")
        bench = try Self.bench(Self.keyed.replacing("burst=3", with: ""), oneEffect: OneEffectPromise())
        bench.policy.declaredPromises = [DeclaredPromise(.idempotency, at: nil)]
        let alone = try bench.verdict(["pay": [Self.ok()]])
        #expect(alone.raceRules.contains("promise.never-applied"), "\(alone.told)")
    }

    @Test("counts of requests left are not compared for requests at once")
    func limits() throws {
        var bench = try Self.bench("s,all,listPayments,,200,,,burst=6\n", idempotency: false, oneEffect: nil)
        bench.policy.promises.rateLimit = RateLimitPromise(limit: "x-limit", remaining: "x-left")
        let answers = (4..<10).map { left in
            ExchangeOutcome.answer(
                200, "[]", [("content-type", "application/json"), ("x-limit", "60"), ("x-left", "\(left)")])
        }
        var journal = try bench.journal(["all": answers])
        let judge = Judge(plan: bench.plan, contracts: bench.contracts, policy: bench.policy)
        #expect(judge.verdict(journal).errors == [])
        for index in journal.exchanges.indices { journal.exchanges[index].position.isConcurrent = false }
        #expect(judge.verdict(journal).errors == ["rate-limit.uncounted"])
    }
}

extension Verdict {
    /// The rules of all findings, without that of the replay header, which the document does not declare.
    var raceRules: [String] { allFindings.map(\.rule).filter { $0 != "header.undeclared" } }
}
