import Testing

@testable import Scenarios

@Suite("Members that are amounts") struct MemberPathTests {
    private static func member(_ text: String, _ context: PathContext = .step) throws -> MemberPath? {
        MemberPath(try ItemPath.parse(text, in: context))
    }

    @Test(
        "a path of names is a member, with the elements of arrays in their place",
        arguments: [
            ("amount", ["amount"], false), ("order.amount", ["order", "amount"], false),
            ("splits[*].amount", ["splits", "amount"], false),
            ("$.amount", ["amount"], true), ("body.fee", ["fee"], true), ("['odd.name'].x", ["odd.name", "x"], false),
            ("status", ["status"], false), ("time", ["time"], false), ("body.status", ["status"], true),
        ])
    func names(text: String, names: [String], isExplicit: Bool) throws {
        let member = try #require(try Self.member(text))
        #expect(member.names == names && member.text == text && member.isExplicit == isExplicit)
        #expect(member.last == names.last)
    }

    @Test(
        "other parts of a message, and single elements, are not members",
        arguments: ["$", "header.x", "query.x", "path.x", "cookie.x", "items[0].amount", "items[?].amount", "$[*]"])
    func others(text: String) throws {
        #expect(try Self.member(text) == nil)
    }

    @Test("words of laws are names here, and requests have no amounts")
    func laws() throws {
        #expect(try Self.member("operation", .law)?.names == ["operation"])
        #expect(try Self.member("tag", .law)?.names == ["tag"])
        #expect(try Self.member("req.body.amount", .law) == nil)
        #expect(try Self.member("req.method", .law) == nil)
    }

    @Test(
        "three capital letters are a code of ISO 4217, and everything else is a member",
        arguments: [
            ("INR", true), ("USD", true), ("inr", false), ("Inr", false), ("IN", false), ("INRX", false),
            ("IN1", false), ("a.INR", false),
            ("currency", false),
        ])
    func currencies(text: String, isCode: Bool) throws {
        let member = try #require(try Self.member(text))
        #expect(CurrencySource(member) == (isCode ? .code(text) : .member(member)))
    }

    @Test("parts across responses are equal if all of their members are")
    func across() throws {
        func member(_ text: String) throws -> MemberPath { try #require(try Self.member(text)) }
        let plain = MoneySum.Across(each: try member("id"), per: try member("order"))
        let unless = MoneySum.Across(
            each: try member("id"), per: try member("order"), unless: (try member("state"), ["FAILED"]))
        let others = [
            plain, unless, .init(each: try member("x"), per: try member("order")),
            .init(each: try member("id"), per: try member("x")),
            .init(
                each: try member("id"), per: try member("order"), unless: (try member("state"), ["FAILED", "OTHER"])),
            .init(each: try member("id"), per: try member("order"), unless: (try member("x"), ["FAILED"])),
        ]
        for (index, first) in others.enumerated() {
            for (other, second) in others.enumerated() { #expect((first == second) == (index == other)) }
        }
    }
}
