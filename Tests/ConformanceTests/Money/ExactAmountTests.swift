import Conformance
import Exchanges
import Scenarios
import TestKit
import Testing

/// Amounts against whole minor units: every judgement is exact, whatever the spelling.
@Suite("Exact amounts")
struct ExactAmountTests {
    private static let document = """
        openapi: 3.0.3
        info: { title: T, version: '1' }
        paths:
          /orders:
            get: { operationId: list, responses: { '200': { description: ok, content: { application/json: { schema: {} } } } } }
        """

    private static func path(_ text: String) throws -> MemberPath { try #require(MemberPath(ItemPath.parse(text))) }

    private static func bench(_ group: MoneyGroup) throws -> Bench {
        var bench = try Bench(spec: document, tables: [("t.csv", "scenario,step,call,expect\ns,r,list,200\n")])
        bench.policy.promises.money = [group]
        return bench
    }

    private static func rules(_ bench: Bench, _ body: String) throws -> [String] {
        try bench.verdict(.answer(200, body)).allFindings.map(\.rule)
    }

    /// A number of minor units in one of several spellings.
    private static func spelled(_ units: Int, decimals: Int, _ random: inout SplitMix) -> String {
        let sign = units < 0 ? "-" : ""
        var digits = String(units.magnitude)
        while digits.utf8.count <= decimals { digits = "0" + digits }
        let whole = digits.dropLast(decimals)
        let fraction = digits.suffix(decimals)
        let plain = sign + whole + (decimals == 0 ? "" : "." + fraction)
        switch random.number(below: 4) {
        case 0: return plain
        case 1: return "\(units)e-\(decimals)"
        case 2: return "\"\(plain)\""
        default: return decimals == 0 ? plain + ".0" : plain + "00"
        }
    }

    @Test(
        "an amount is right exactly if it is a whole number of minor units",
        arguments: [("JPY", 0), ("INR", 2), ("BHD", 3), ("CLF", 4)])
    func decimals(currency: String, allowed: Int) throws {
        var random = SplitMix(seed: allowed)
        let bench = try Self.bench(
            MoneyGroup(
                name: "g", amounts: [Self.path("amount")], currency: CurrencySource(Self.path("currency")),
                isMinor: false, sums: []))
        var seen: Set<Bool> = []
        for _ in 0..<120 {
            let decimals = Int.random(in: 0...6, using: &random)
            let units = Int.random(in: -2_000_000...2_000_000, using: &random)
            let scale = (0..<max(0, decimals - allowed)).reduce(1) { value, _ in value * 10 }
            let isRight = units % scale == 0
            seen.insert(isRight)
            let amount = Self.spelled(units, decimals: decimals, &random)
            let found = try Self.rules(bench, #"{"amount":\#(amount),"currency":"\#(currency)"}"#)
            #expect(found == (isRight ? [] : ["money.decimals"]), "\(amount) \(currency)")
        }
        #expect(seen.count == 2)
    }

    @Test("parts add up to their total exactly if their minor units do, in any order")
    func totals() throws {
        var random = SplitMix(seed: 7)
        let sum = try MoneySum(.total, Self.path("amount"), of: [Self.path("parts.share")])
        let bench = try Self.bench(
            MoneyGroup(
                name: "g", amounts: [Self.path("amount")], currency: CurrencySource(Self.path("currency")),
                isMinor: false, sums: [sum]))
        var seen: Set<Bool> = []
        for _ in 0..<120 {
            let parts = (0..<Int.random(in: 1...5, using: &random)).map { _ in Int.random(in: 0...9_999, using: &random)
            }
            let total = parts.reduce(0, +) + (random.once(in: 2) ? 0 : Int.random(in: -1...1, using: &random))
            let isRight = total == parts.reduce(0, +)
            seen.insert(isRight)
            let shares = parts.shuffled(using: &random).map { #"{"share":\#(Self.spelled($0, decimals: 2, &random))}"# }
            let body =
                #"{"amount":\#(Self.spelled(total, decimals: 2, &random)),"currency":"XAU","parts":[\#(shares.joined(separator: ","))]}"#
            #expect(try Self.rules(bench, body) == (isRight ? [] : ["money.sum"]), "\(body)")
        }
        #expect(seen.count == 2)
    }

    @Test("a limit is exceeded exactly if the minor units of its parts are more, and one more part never mends that")
    func limits() throws {
        var random = SplitMix(seed: 8)
        let names = ["a", "b", "c"]
        let sum = try MoneySum(.limit, Self.path("limit"), of: names.map(Self.path))
        let bench = try Self.bench(
            MoneyGroup(
                name: "g", amounts: [Self.path("limit")], currency: CurrencySource(Self.path("currency")),
                isMinor: false, sums: [sum]))
        for _ in 0..<80 {
            let parts = names.map { _ in Int.random(in: 0...150, using: &random) }
            // Half of the limits are exactly reached.
            let limit = random.once(in: 2) ? parts[0] + parts[1] : Int.random(in: 0...300, using: &random)
            var members: [String] = []
            var used = 0
            var wasExceeded = false
            for (name, part) in zip(names, parts) {
                used += part
                members.append(#""\#(name)":\#(Self.spelled(part, decimals: 2, &random))"#)
                let body =
                    #"{"limit":\#(Self.spelled(limit, decimals: 2, &random)),"currency":"XAU",\#(members.joined(separator: ","))}"#
                let isExceeded = try Self.rules(bench, body) == ["money.sum"]
                #expect(isExceeded == (used > limit), "\(body)")
                #expect(isExceeded || !wasExceeded)
                wasExceeded = isExceeded
            }
        }
    }
}
