import Diagnostics
import Exchanges
import Primitives
import Scenarios
import Testing

@Suite("Rows whose requests are sent at once")
struct RequestSeriesTests {
    private static func plan(_ rows: String, promise: Bool = true) -> (steps: [Step], problems: [String]) {
        var settings = Library.settings()
        if promise {
            settings.idempotency = IdempotencyPromise(header: "x-key", replayed: .init(header: "x-again"))
        }
        let table = "scenario,step,call,set,body,same_as,opts\n" + rows
        let (plan, problems) = Planner.plan(
            tables: [TableSource(path: "scenarios/t.csv", bytes: Array(table.utf8))], contracts: Library.contracts,
            settings: settings)
        return (plan.scenarios.first?.steps ?? [], problems.filter { $0.severity == .error }.map(Library.text))
    }

    @Test("a burst is one step with a number of requests", arguments: [2, 5, 64])
    func burst(count: Int) throws {
        let (steps, problems) = Self.plan("s,a,addBook,title=x,,,burst=\(count)\n")
        #expect(problems == [])
        #expect(steps.map(\.name) == ["a"])
        let burst = try #require(steps.first?.options.burst)
        #expect(burst.count == count)
        #expect(burst.keyHeader == nil)
        #expect(burst.replayed?.header == "x-again")
        let request = RequestMessage(method: "POST", url: "/", headers: [HeaderField(name: "X-Key", value: "k")])
        #expect(burst.requests(request) == Array(repeating: request, count: count))
    }

    @Test(
        "each request of a burst with keys has another key of the same form, the first one that of the row",
        arguments: [
            ("k-1", "k-1-2"), ("0f8fad5b-d9cb-469f-a165-70867728950e", nil),
        ])
    func keys(key: String, second: String?) throws {
        let (steps, problems) = Self.plan("s,a,addBook,title=x; header.x-key=k,,,burst=4/keys\n")
        #expect(problems == [])
        let burst = try #require(steps.first?.options.burst)
        let request = RequestMessage(
            method: "POST", url: "/",
            headers: [HeaderField(name: "X-Key", value: key), HeaderField(name: "b", value: key)])
        let made = burst.requests(request)
        let keys = made.compactMap { $0.header("x-key").first }
        #expect(keys.first == key)
        #expect(Set(keys).count == 4)
        if let second { #expect(keys[1] == second) } else { #expect(keys.allSatisfy { $0.utf8.count == 36 }) }
        #expect(made == burst.requests(request))
        #expect(made.allSatisfy { $0.header("b") == [key] })
    }

    @Test("later rows refer to the first accepted response that is not a replay")
    func effect() {
        var burst = Burst(count: 4)
        func exchange(_ status: Int?, again: String? = nil) -> Exchange {
            let headers = again.map { [HeaderField(name: "x-again", value: $0)] } ?? []
            let outcome: ExchangeOutcome =
                status.map { .response(ResponseMessage(status: $0, headers: headers, body: [])) }
                ?? .failure(TransportFailure(.reset, "closed"))
            return Exchange(
                sequence: 1, scenario: "s", step: "a", operation: nil, contract: "1",
                request: RequestMessage(method: "POST", url: "/"), outcome: outcome,
                startedAt: .init(microsecondsSinceEpoch: 0), duration: .zero)
        }
        let exchanges = [exchange(409), exchange(200, again: "true"), exchange(nil), exchange(201, again: "false")]
        #expect(burst.effect(in: exchanges) == 1)
        burst.replayed = .init(header: "x-again")
        #expect(burst.effect(in: exchanges) == 3)
        #expect(burst.effect(in: Array(exchanges.prefix(2))) == 1)
        #expect(burst.effect(in: [exchange(409), exchange(nil)]) == nil)
    }

    @Test(
        "mistakes of bursts are reported at the option",
        arguments: [
            ("burst=1", "'burst=1' is not valid"), ("burst=65", "'burst=65' is not valid"),
            ("burst=+2", "is not valid"), ("burst=5/key", "is not valid"), ("burst", "requires a value"),
            ("burst=5 poll=20s/2s", "cannot be combined with `poll`"),
            ("burst=5 retry=3/1s", "cannot be combined with `retry`"),
            ("burst=5 follow=3", "cannot be combined with `follow`"),
            ("burst=5 race=b", "cannot be combined with `race`"),
            ("burst=5/keys", "the row sets no `x-key`"),
        ])
    func mistakes(options: String, message: String) {
        let (_, problems) = Self.plan("s,a,addBook,title=x,,,\(options)\n")
        #expect(problems.first?.contains(message) == true, "\(problems)")
    }

    @Test("a key for each request requires the name of its header")
    func unnamedKey() {
        let (_, problems) = Self.plan("s,a,addBook,title=x; header.x-key=k,,,burst=5/keys\n", promise: false)
        #expect(problems.count == 1)
        #expect(problems.first?.contains("requires the name of the header with the key") == true, "\(problems)")
    }

    @Test("both rows of a race know each other, also in a scenario that is used")
    func race() {
        let (steps, problems) = Self.plan(
            """
            s,a,addBook,title=x,,,
            ,b,addBook,title=y,,,race=a
            ,u,use #other,,,,
            other,a,addBook,title=x,,,
            ,b,addBook,title=y,,,race=a
            """)
        #expect(problems == [])
        #expect(
            steps.map { $0.options.race.map { "\($0.other) \($0.isSecond)" } ?? "-" }
                == ["b false", "a true", "u.b false", "u.a true"])
    }

    @Test(
        "mistakes of races are reported at the option",
        arguments: [
            (
                "s,a,addBook,title=x,,,\n,b,addBook,title=y,,,\n,c,addBook,title=z,,,race=a\n",
                "not the step directly before"
            ),
            ("s,a,addBook,title=x,,,race=b\n", "not the step directly before"),
            ("s,w,wait 1s,,,,\n,a,addBook,title=x,,,race=w\n", "not the step directly before"),
            ("s,a,addBook,title=x,,,poll=20s/2s\n,b,addBook,title=y,,,race=a\n", "has `poll`"),
            ("s,a,addBook,title=x,,,\n,b,addBook,title=y,,,race=a retry=1/1s\n", "has `retry`"),
            ("s,a,addBook,title=x,,,burst=2\n,b,addBook,title=y,,,race=a\n", "has `burst`"),
            ("s,a,addBook,title=x,,,repeat=2\n,b,addBook,title=y,,,race=a\n", "has `repeat`"),
            ("s,a,addBook,title=x,,,\n,b,addBook,title={{a.title}},,,race=a\n", "uses a value of 'a'"),
            ("s,a,addBook,title=x,,,\n,b,addBook,,as a,,race=a\n", "uses a value of 'a'"),
            ("s,a,addBook,title=x,,,\n,b,addBook,title=y,,a,race=a\n", "uses a value of 'a'"),
            (
                "s,a,addBook,title=x,,,\n,b,addBook,title=y,,,race=a\n,c,addBook,title=z,,,race=b\n",
                "follows another race"
            ),
            ("s,a,addBook,title=x,,,setup\n,b,addBook,title=y,,,race=a\n", "both `setup`"),
            ("s,a,addBook,title=x,,,\n,b,addBook,title=y,,,race=a teardown\n", "both `setup`"),
            // Cleanup runs after all other steps, one row after the other.
            (
                "s,a,addBook,title=x,,,teardown\n,b,addBook,title=y,,,race=a teardown\n",
                "not the step directly before"
            ),
        ])
    func raceMistakes(rows: String, message: String) {
        let (_, problems) = Self.plan(rows)
        #expect(problems.contains { $0.contains(message) }, "\(problems)")
    }
}
