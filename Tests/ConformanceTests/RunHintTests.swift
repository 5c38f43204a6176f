import Conformance
import Diagnostics
import Exchanges
import Scenarios
import Testing

/// Hints about the run as a whole.
@Suite("Hints about a run")
struct RunHintTests {
    private static func hints(
        _ answer: ExchangeOutcome, expect: String = "200", base: String = "https://parcels.example/v1",
        call: String = "fetchParcel", set: String = "id=P-1", opts: String = "", target: String = "shelf",
        isPartial: Bool = false
    ) throws -> [String] {
        var bench = try Bench(tables: [
            (
                "t.csv",
                "scenario,step,call,set,expect,opts\na,one,\(call),\(set),\(expect),\(opts)\n"
                    + "b,two,\(call),\(set),\(expect),\(opts)\n"
            )
        ])
        bench.plan.isPartial = isPartial
        var journal = try bench.journal(["one": [answer], "two": [answer]])
        journal.header.baseURL = base
        journal.header.target = target
        let verdict = Judge(plan: bench.plan, contracts: bench.contracts).verdict(journal)
        let judge = RunJudge(Judge(plan: bench.plan, contracts: bench.contracts), run: journal.header)
        for (scenario, step, views) in bench.stepsInOrder(journal).joined() { judge.take(scenario, step, views) }
        for scenario in bench.plan.scenarios { judge.finish(scenario, notRun: []) }
        // A run that is judged while it sends has the same hints.
        #expect(judge.verdict(Journal(header: journal.header)).hints == verdict.hints)
        return verdict.hints.map { "\($0.rule): \($0.message) (\($0.help ?? ""))" }
    }

    private static let problem = #"{"message": "no"}"#
    private static let html = [("content-type", "text/html; charset=utf-8")]

    @Test("404 everywhere: the path of the base URL is compared with the document's servers")
    func notFound() throws {
        let answer = ExchangeOutcome.answer(404, Self.problem, [("content-type", "application/problem+json")])
        #expect(
            try Self.hints(answer, base: "https://parcels.example/api") == [
                "run.all-not-found: every response has status 404: the path of the base URL may be wrong "
                    + "(the base URL is https://parcels.example/api; the document declares a server with the path '/v1')"
            ])
        #expect(
            try Self.hints(answer, base: "https://other.example/v1/") == [
                "run.all-not-found: every response has status 404 "
                    + "(check the host and the path of the base URL https://other.example/v1/)"
            ])
        // The address of the run's own mock is right.
        #expect(try Self.hints(answer, target: "mock") == [])
    }

    @Test("401 and 403 everywhere")
    func unauthorized() throws {
        for status in [401, 403] {
            let hints = try Self.hints(.answer(status, Self.problem))
            #expect(hints.first?.hasPrefix("run.all-unauthorized: every response has status 401 or 403 ") == true)
        }
    }

    @Test("HTML everywhere")
    func pages() throws {
        let hints = try Self.hints(.answer(200, "<html></html>", Self.html))
        #expect(hints.first?.hasPrefix("run.all-html: every response is an HTML page ") == true)
    }

    @Test(
        "redirects everywhere: to https, to a login page, to another host",
        arguments: [
            (
                "http://parcels.example/v1", "https://parcels.example/v1/parcels",
                "every response redirects from http to https"
            ),
            (
                "https://parcels.example/v1", "https://id.example/Login?next=x",
                "every response redirects to a login page, the first one to https://id.example/Login?next=x"
            ),
            (
                "https://parcels.example/v1", "https://www.example/",
                "every response is a redirect, the first one to https://www.example/"
            ),
        ])
    func redirects(base: String, location: String, message: String) throws {
        // The bench sends to https, so only the scheme of the base URL tells http.
        let hints = try Self.hints(.answer(302, "", [("location", location)]), base: base)
        #expect(hints.count == 1)
        #expect(hints.first?.contains(": \(message) (") == true, "\(hints)")
    }

    @Test("http to a port with TLS, and TLS to a port without it")
    func schemes() throws {
        let nginx = "<title>400 The plain HTTP request was sent to HTTPS port</title>"
        let plain = "http://parcels.example/v1"
        #expect(try Self.hints(.answer(400, nginx, Self.html), base: plain).first?.hasPrefix("run.tls-port: ") == true)
        #expect(try Self.hints(.fault(.reset, "reset"), base: plain).first?.hasPrefix("run.tls-port: ") == true)
        #expect(try Self.hints(.fault(.tls, "no TLS")).first?.hasPrefix("run.plain-port: ") == true)
        #expect(try Self.hints(.fault(.tlsExpired, "expired")) == [])
    }

    @Test("a pass in which every request was rejected, or belongs to no operation")
    func hollow() throws {
        let answer = ExchangeOutcome.answer(404, Self.problem, [("content-type", "application/problem+json")])
        #expect(try Self.hints(answer, expect: "404").first?.hasPrefix("run.all-refused: ") == true)
        #expect(try Self.hints(answer, expect: "404", isPartial: true) == [])
        let unknown = try Self.hints(answer, expect: "404", call: "GET /elsewhere", set: "", opts: "invalid")
        #expect(unknown.map { $0.prefix(16) } == ["run.all-refused:", "run.all-unknown:"])
        #expect(try Self.hints(.answer(200, Parcels.parcel)) == [])
    }

    @Test("a run that sent nothing, and laws that applied to nothing")
    func nothing() throws {
        let bench = try Bench(tables: [
            ("t.csv", "scenario,step,call,set,expect\na,one,fetchParcel,id=P-1,200\n"),
            ("laws.csv", "law,when,check\nnever,status=500,message=x\n"),
        ])
        #expect(try bench.verdict(["one": [.answer(200, Parcels.parcel)]]).hints.map(\.rule) == ["run.never-applied"])
        var idle = bench
        idle.plan.scenarios[0].options.skip = true
        var journal = Journal(header: Bench.header)
        journal.notRun = [NotRun(scenario: "a", step: "one", reason: .skipped("marked `skip`"))]
        let verdict = Judge(plan: idle.plan, contracts: idle.contracts).verdict(journal)
        #expect(verdict.hints.map(\.rule) == ["run.all-skipped"])
    }
}
