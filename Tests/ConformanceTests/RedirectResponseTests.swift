import Conformance
import Exchanges
import Scenarios
import Testing

@Suite("Responses of redirects")
struct RedirectResponseTests {
    private static let document = """
        openapi: 3.0.3
        info: { title: Parcels, version: '1' }
        servers: [{ url: https://parcels.example/v1 }]
        paths:
          /labels:
            post:
              operationId: printLabel
              parameters: [{ name: trace, in: header, required: true, schema: { type: string } }]
              requestBody:
                required: true
                content: { application/json: { schema: { type: object, required: [id], properties: { id: { type: integer } } } } }
              responses:
                '200':
                  description: printed
                  content: { application/json: { schema: { type: object, required: [url] } } }
                '303': { description: ready, headers: { X-Left: { required: true, schema: { type: integer } }, Trace: {} } }
        """

    private static func bench(_ options: String = "follow=2", laws: String = "") throws -> Bench {
        let table = """
            scenario,step,call,set,expect,check,opts
            s,print,printLabel,id=7; header.trace=t-1,200,url~present,\(options)
            """
        let laws = laws.isEmpty ? [] : [("laws.csv", "law,when,check,note\n\(laws)\n")]
        return try Bench(spec: document, tables: [("t.csv", table)] + laws)
    }

    /// The verdict on a chain: every answer but the last sends on to the next, with a request that shares nothing.
    private static func verdict(_ bench: Bench, _ chain: [ExchangeOutcome], attempt: Int = 1) throws -> Verdict {
        var journal = try bench.journal(["print": chain])
        for index in journal.exchanges.indices {
            journal.exchanges[index].attempt = attempt
            journal.exchanges[index].hop = index
            guard index > 0 else { continue }
            journal.exchanges[index].request = RequestMessage(method: "GET", url: "https://store.example/\(index)")
        }
        let verdict = Judge(plan: bench.plan, contracts: bench.contracts, policy: bench.policy).verdict(journal)
        let made = bench.verdictOnTheWay(journal)
        #expect(made.allFindings == verdict.allFindings)
        #expect(made.outcomes == verdict.outcomes)
        return verdict
    }

    private static func seeOther(_ status: Int = 303, _ headers: (String, String)...) -> ExchangeOutcome {
        .answer(status, "", [("location", "https://store.example/1")] + headers)
    }

    private static let printed = ExchangeOutcome.answer(200, #"{"url":"x"}"#)

    @Test("the last response is that of the step, and a documented redirect before it is correct")
    func documented() throws {
        let verdict = try Self.verdict(try Self.bench(), [Self.seeOther(303, ("x-left", "1")), Self.printed])
        #expect(verdict.told == [])
        #expect(verdict.outcomes == ["print passed"])
        #expect(!verdict.scenarios[0].steps[0].isFlaky)
    }

    @Test("every redirect must be documented and follow the contract")
    func undocumented() throws {
        let undocumented = try Self.verdict(try Self.bench(), [Self.seeOther(302), Self.printed])
        #expect(undocumented.errors == ["status.undocumented"])
        let broken = try Self.verdict(try Self.bench(), [Self.seeOther(303, ("x-left", "many")), Self.printed])
        #expect(broken.errors == ["header.type"])
        let last = try Self.verdict(
            try Self.bench(), [Self.seeOther(303, ("x-left", "1")), .answer(200, #"{"id":1}"#)])
        #expect(last.errors == ["body.required"])
        let status = try Self.verdict(
            try Self.bench(), [Self.seeOther(303, ("x-left", "1")), .answer(404, "{}")])
        #expect(status.errors == ["status.undocumented"])
    }

    @Test("a failure after redirects is that of the step")
    func fault() throws {
        let verdict = try Self.verdict(
            try Self.bench(), [Self.seeOther(303, ("x-left", "1")), .fault(.redirect, "a loop")])
        #expect(verdict.errors == ["transport.redirect"])
    }

    @Test("an interrupted chain of redirects has no last response")
    func cutOff() throws {
        let verdict = try Self.verdict(try Self.bench(), [Self.seeOther(303, ("x-left", "1"))])
        #expect(verdict.errors == [])
        #expect(verdict.outcomes == ["print notRun"])
        // Where nothing was to be followed, the same answer is the step's.
        let unasked = try Self.verdict(try Self.bench(""), [Self.seeOther(303, ("x-left", "1"))])
        #expect(unasked.errors == ["status.unexpected"])
    }

    @Test("the reported attempt number counts attempts, not redirects")
    func flaky() throws {
        let bench = try Self.bench("follow=2 retry=1/1s")
        var journal = try bench.journal([
            "print": [.fault(.reset, "closed"), Self.seeOther(303, ("x-left", "1")), Self.printed]
        ])
        journal.exchanges[2].attempt = 2
        journal.exchanges[2].hop = 1
        let verdict = Judge(plan: bench.plan, contracts: bench.contracts, policy: bench.policy).verdict(journal)
        #expect(verdict.allFindings.map(\.message) == ["passed on attempt 2, after 1 failed attempt"])
    }

    @Test("a law applies to what was sent and received, wherever it went")
    func laws() throws {
        let bench = try Self.bench(
            laws:
                "echo,req.header.trace~present,header.trace={{req.header.trace}},\nget,req.method=GET,header.via~present,"
        )
        let verdict = try Self.verdict(
            bench, [Self.seeOther(303, ("x-left", "1"), ("trace", "t-1")), Self.printed])
        #expect(verdict.allFindings.map(\.rule) == ["law"])
        #expect(verdict.allFindings.first?.message.hasPrefix("law 'get': ") == true)
    }

    @Test("promises do not apply to the URLs that redirects lead to")
    func promises() throws {
        var bench = try Self.bench()
        bench.policy.promises = Promises(echoes: [EchoPromise(request: "trace", response: "trace")])
        let verdict = try Self.verdict(
            bench, [Self.seeOther(303, ("x-left", "1"), ("trace", "t-1")), Self.printed])
        #expect(verdict.told == [])
        let broken = try Self.verdict(
            bench, [Self.seeOther(303, ("x-left", "1"), ("trace", "other")), Self.printed])
        #expect(broken.allFindings.count == 1)
    }
}
