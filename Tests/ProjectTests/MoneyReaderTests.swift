import Diagnostics
import Project
import Scenarios
import Testing

@Suite struct MoneyReaderTests {
    private static func member(_ text: String) throws -> MemberPath { try #require(MemberPath(ItemPath.parse(text))) }

    @Test("groups are read with members at any depth, and with defaults")
    func reading() throws {
        let promises = try project(
            """
            money:
              order:
                amounts: [order_amount, 'splits[*].amount', body.status]
                currency: order_currency
                sums:
                  - {total: order_amount, parts: splits.amount}
                  - {limit: order_amount, of: refund_amount, each: refund_id, per: order_id, unless: {state: [FAILED]}}
              fee: {amounts: fee, currency: JPY}
              cents: {amounts: [amount], units: minor}
            promises:
              rate-limit: {limit: l}
            """
        ).judging.promises
        #expect(promises.rateLimit?.limit == "l")
        let order = try #require(promises.money.first)
        #expect(order.amounts.map(\.names) == [["order_amount"], ["splits", "amount"], ["status"]])
        #expect(order.currency == .member(try Self.member("order_currency")) && !order.isMinor)
        let across = try MoneySum.Across(
            each: Self.member("refund_id"), per: Self.member("order_id"), unless: (Self.member("state"), ["FAILED"]))
        #expect(
            try order.sums == [
                MoneySum(.total, Self.member("order_amount"), of: [Self.member("splits.amount")]),
                MoneySum(.limit, Self.member("order_amount"), of: [Self.member("refund_amount")], across: across),
            ])
        #expect(promises.money[1].currency == .code("JPY"))
        #expect(promises.money[2].currency == nil && promises.money[2].isMinor)
        #expect(promises.entries.map(\.name) == ["rate-limit", "money.order", "money.fee", "money.cents"])
    }

    @Test(
        "a currency of three capital letters is a code, and everything else is a member",
        arguments: [
            ("INR", nil), ("INRX", "INRX"), ("IN", "IN"), ("inr", "inr"), ("IN1", "IN1"), ("body.INR", "body.INR"),
        ] as [(String, String?)])
    func currencies(text: String, member: String?) throws {
        let money = try project("money:\n  a: {amounts: x, currency: \(text)}\n").judging.promises.money
        let expected = try member.map { CurrencySource.member(try Self.member($0)) } ?? .code(text)
        #expect(money.first?.currency == expected)
    }

    @Test(
        "mistakes are reported with their place and the text to write",
        arguments: [
            ("a: {currency: INR}", "missing-key: money 'a' has no `amounts`"),
            ("a: {amounts: [x]}", "missing-key: money 'a' has no `currency`"),
            ("a: {amounts: [x], currency: INX}", "unknown-currency: ISO 4217 does not have the currency 'INX'"),
            ("a: {amounts: ['x[0]'], currency: INR}", "wrong-path: 'x[0]' is not the name of a body member"),
            ("a: {amounts: [header.x], currency: INR}", "wrong-path: 'header.x' is not the name of a body member"),
            ("a: {amounts: [$], currency: INR}", "wrong-path: '$' is not the name of a body member"),
            ("a: {amounts: [x], units: cents}", "unknown-choice"), ("a: {amounts: [x], unit: minor}", "unknown-key"),
            ("a: {amounts: [x], units: minor, sums: [{total: x}]}", "missing-key: a sum requires `parts`"),
            ("a: {amounts: [x], units: minor, sums: [{of: x}]}", "wrong-sum"),
            ("a: {amounts: [x], units: minor, sums: [{limit: x, of: y, parts: z}]}", "wrong-sum"),
            (
                "a: {amounts: [x], units: minor, sums: [{limit: x, of: y, each: z}]}",
                "missing-key: a sum requires `per`"
            ),
            ("a: {amounts: [x], units: minor, sums: [{total: x, parts: y, each: z, per: u}]}", "wrong-sum"),
            (
                "a: {amounts: [x], units: minor, sums: [{limit: x, of: y, each: z, per: u, unless: {s: A, t: B}}]}",
                "wrong-sum: `unless` names more than one member"
            ),
            (
                "a: {amounts: [x], units: minor, sums: [{limit: x, of: y, each: z, per: u, unless: {'s[': A}}]}",
                "wrong-path"
            ),
            ("a: {amounts: [x], units: minor, sums: {total: x}}", "wrong-type: sums must be a list"),
            ("a: 1", "wrong-type"),
        ])
    func mistakes(group: String, expected: String) {
        let told = problems("money:\n  \(group)\n")
        #expect(told.contains { $0.contains("configuration.\(expected)") }, "\(told)")
    }
}
