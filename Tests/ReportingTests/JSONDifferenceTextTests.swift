import CustomDump
import Exchanges
import JSONDocument
import Testing

@testable import Reporting

@Suite("The text of a JSON difference")
struct JSONDifferenceTextTests {
    private func value(_ text: String) throws -> JSONValue {
        try JSONDocument(parsing: text).root.value
    }

    private func text(_ expected: String, _ actual: String, maximumLines: Int = 200) throws -> String? {
        let writer = JSONDifferenceText(signs: .ascii, maximumLines: maximumLines)
        return writer.render(expected: try value(expected), actual: try value(actual))
    }

    @Test("equal values have no difference, regardless of the order of members and the spelling of numbers")
    func equal() throws {
        #expect(try text(#"{"a":1.0,"b":[]}"#, #"{"b":[],"a":1}"#) == nil)
    }

    @Test("a changed member is a pair of lines, and the unchanged members around it are collapsed")
    func members() throws {
        let found = try text(
            #"{"id":"l","currency":"INR","status":"CANCELLED","total":12.50}"#,
            #"{"id":"l","currency":"INR","status":"ACTIVE","total":12.50}"#)
        #expect(
            found == """
                  {
                    … (2 unchanged),
                -   "status": "CANCELLED",
                +   "status": "ACTIVE",
                    "total": 12.50
                  }
                """)
    }

    @Test("proportional signs are those of swift-custom-dump")
    func signs() {
        let found = JSONDifferenceText().render(expected: [1, 2], actual: [1, 3])
        #expect(found == diff([1, 2], [1, 3], format: .proportional))
    }

    @Test(
        "arrays are printed as swift-custom-dump prints them",
        arguments: [
            ([1, 2, 3], [1, 2, 4]), ([1, 2, 3, 4, 5], [1, 9, 3, 4, 5]), ([1, 2, 3], [1, 2]), ([1], [1, 2, 3]),
            ([], [7]), ([7], []), ([1, 2, 3, 4], [2, 3, 4]), ([5, 6, 7], [5, 6, 7, 8]),
            (Array(0..<500), Array(0..<499)),
        ])
    func arrays(expected: [Int], actual: [Int]) {
        let found = JSONDifferenceText(signs: .ascii).render(
            expected: .array(expected.map { .number(JSONNumber($0)) }),
            actual: .array(actual.map { .number(JSONNumber($0)) }))
        #expect(found == diff(expected, actual))
    }

    @Test("arrays of arrays are printed as swift-custom-dump prints them")
    func nested() {
        let (expected, actual) = ([[1, 2], [3, 4], [5]], [[1, 2], [3, 9], [5]])
        func json(_ rows: [[Int]]) -> JSONValue { .array(rows.map { .array($0.map { .number(JSONNumber($0)) }) }) }
        let found = JSONDifferenceText(signs: .ascii).render(expected: json(expected), actual: json(actual))
        #expect(found == diff(expected, actual))
    }

    @Test("a missing and an added member are printed with all of their content")
    func whole() throws {
        let found = try text(#"{"a":{"b":[1,{}]},"k":0}"#, #"{"k":0,"z":[]}"#)
        #expect(
            found == """
                  {
                -   "a": {
                -     "b": [
                -       [0]: 1,
                -       [1]: {}
                -     ]
                -   },
                    "k": 0,
                +   "z": []
                  }
                """)
    }

    @Test("an unchanged collection is printed without its content")
    func outline() throws {
        #expect(
            try text(#"{"a":[1,2],"b":1}"#, #"{"a":[1,2],"b":2}"#) == """
                  {
                    "a": […],
                -   "b": 1
                +   "b": 2
                  }
                """)
    }

    @Test("numbers are printed exactly as they are written")
    func numbers() throws {
        #expect(try text("1.50", "1e400") == "- 1.50\n+ 1e400")
        #expect(try text("12345678901234567890.10", "-0.0e-7") == "- 12345678901234567890.10\n+ -0.0e-7")
    }

    @Test("control and bidirectional characters are escaped")
    func escapes() throws {
        let found = try #require(try text(#"{"a\n\u202e":1}"#, #"{"a\n\u202e":"\u001b[31m"}"#))
        #expect(!found.unicodeScalars.contains("\u{1B}"))
        #expect(!found.unicodeScalars.contains("\u{202E}"))
        #expect(found.split(separator: "\n").count == 4)
    }

    @Test("secrets are masked before a long line is cut")
    func secrets() throws {
        let secret = "canary-0123456789"
        let writer = JSONDifferenceText(
            signs: .ascii, redactor: Redactor(secrets: [(name: "KEY", value: secret)]))
        let long = String(repeating: "x", count: 990)
        let found = try #require(writer.render(expected: .string(long + secret), actual: .null))
        #expect(!found.contains("canary"))
    }

    @Test("the number of lines is bounded, and so is the depth")
    func bounds() throws {
        let wide = JSONValue.array((0..<100_000).map { .number(JSONNumber($0)) })
        let writer = JSONDifferenceText(signs: .ascii, maximumLines: 10)
        let found = try #require(writer.render(expected: [], actual: wide))
        #expect(found.split(separator: "\n").count == 11)
        #expect(found.hasSuffix("… (lines left out)"))
        let deep = String(repeating: "[", count: 500) + "1" + String(repeating: "]", count: 500)
        let other = String(repeating: "[", count: 500) + "2" + String(repeating: "]", count: 500)
        #expect(try #require(try text(deep, other)).split(separator: "\n").count == 130)
    }
}

extension JSONDifferenceTextTests {
    @Test("an element at another index is moved, and not removed and added")
    func moved() throws {
        let writer = JSONDifferenceText(signs: .ascii)
        #expect(
            writer.render(expected: ["a", "b", "c"], actual: ["b", "c", "x", "a"]) == """
                  [
                    … (2 unchanged),
                +   [2]: "x",
                    [3]: "a"  (moved from [0])
                  ]
                """)
    }

    @Test("arrays with the same elements in another order are printed without them")
    func reordered() throws {
        let writer = JSONDifferenceText(signs: .ascii)
        #expect(
            writer.render(expected: [1, 2, 3], actual: [3, 1, 2]) == """
                  [
                    … (3 elements in another order)
                  ]
                """)
        #expect(writer.render(expected: [1, 1, 2], actual: [1, 2, 2])?.contains("order") == false)
    }

    @Test("of many added or missing elements, the first ones are printed")
    func many() throws {
        let writer = JSONDifferenceText(signs: .ascii)
        let numbers = (0..<100).map { JSONValue.number(JSONNumber($0)) }
        let added = try #require(writer.render(expected: [], actual: .array(numbers)))
        #expect(added.hasSuffix("+   [9]: 9,\n+   … (90 more)\n  ]"))
        let member = try #require(
            writer.render(expected: .object(["a": .array(numbers)]), actual: .object(["b": .array(numbers)])))
        #expect(member.contains("-     [9]: 9,\n-     … (90 more)\n-   ]"))
        let both = try #require(
            writer.render(expected: .array(Array(numbers[0..<20])), actual: .array(Array(numbers[50..<90]))))
        #expect(both.contains("+   … (10 more)"), "\(both)")
    }

    @Test("lines are cut at the width")
    func width() throws {
        let writer = JSONDifferenceText(signs: .ascii, maximumWidth: 30)
        let long = JSONValue.string(String(repeating: "x", count: 100))
        let found = try #require(writer.render(expected: .object(["a": long]), actual: .object(["a": 1])))
        #expect(found.split(separator: "\n").allSatisfy { $0.unicodeScalars.count <= 30 })
    }
}
