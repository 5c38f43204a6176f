import TestKit
import Testing

@testable import Harness

@Suite(.inTurn) struct TagExpressionTests {
    @Test(
        "not binds most, then and, then or",
        arguments: [
            ("a", ["a"], true),
            ("a", ["b"], false),
            ("not a", ["b"], true),
            ("a and b", ["a"], false),
            ("a or b and c", ["a"], true),
            ("(a or b) and c", ["a"], false),
            ("(a or b) and c", ["b", "c"], true),
            ("not not a", ["a"], true),
            ("not (a or b)", ["b"], false),
            ("a and not b", ["a"], true),
        ])
    func holds(text: String, tags: [String], expected: Bool) throws {
        #expect(try TagExpression(text).holds(for: tags) == expected)
    }

    @Test(
        "an invalid expression is reported",
        arguments: [
            ("", "the expression is empty"),
            ("a b", "unexpected 'b'"),
            ("a and", "a tag is missing at the end"),
            ("(a", "a closing parenthesis is missing"),
            ("or a", "unexpected 'or'"),
            ("a)", "unexpected ')'"),
        ])
    func mistakes(text: String, message: String) throws {
        let mistake = #expect(throws: TagExpression.Mistake.self) { try TagExpression(text) }
        #expect(mistake?.message == message)
    }

    @Test("a long expression is refused and a deep one does not overflow")
    func bounds() throws {
        #expect(throws: TagExpression.Mistake.self) {
            try TagExpression(String(repeating: "not ", count: 2000) + "a")
        }
        #expect(try TagExpression(String(repeating: "not ", count: 900) + "a").holds(for: ["a"]))
    }
}
