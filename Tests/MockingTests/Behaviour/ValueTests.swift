import Exchanges
import JSONDocument
import Testing

@testable import Mocking

/// The values of behaviour files: references, choices, sums and conditions, evaluated for one request.
@Suite("Values of behaviour files")
struct ValueTests {
    private static let sent =
        #"{"id":"p1","to":{"city":"Here"},"weight":2.50,"fragile":true,"deadline":"2030-01-01T00:00:00Z"}"#

    /// What `createParcel` responds with if its answer is `value`, in the flow style of YAML.
    private static func answer(
        _ value: String, sent: String = sent, adding headers: [(String, String)] = []
    ) throws -> String {
        var mock = try TestMock(
            behaviour: """
                behaviour: 1
                answers: {offset: '+02:00'}
                credentials: {enforced: false}
                counters: {n: 7}
                operations:
                  createParcel: {answer: \(value)}
                """)
        return mock.send("POST", "/api/v1/parcels", sent, adding: headers).text
    }

    @Test(
        "a text that is one reference has the type of its value, and a longer text is text",
        arguments: [
            ("'{{request.body.weight}}'", "2.50"), ("'{{request.body.fragile}}'", "true"),
            ("'{{request.body.to}}'", #"{"city":"Here"}"#), ("'{{request.body.id}}'", #""p1""#),
            ("' {{request.body.weight}}'", #"" 2.50""#), ("'{{request.body.weight}}kg'", #""2.50kg""#),
            ("'{{request.body.to}}!'", #""{\"city\":\"Here\"}!""#), ("'{{request.method}}'", #""POST""#),
            ("'{{now}}'", #""2023-11-15T00:13:20+02:00""#), ("'{{now+1d}}'", #""2023-11-16T00:13:20+02:00""#),
            ("'{{now-13m}} {{now}}'", #""2023-11-15T00:00:20+02:00 2023-11-15T00:13:20+02:00""#),
            ("'{{counter:n}}'", "7"), ("'{{counter:n}}-{{counter:n}}'", #""7-8""#),
            ("'{{request.header.x-trace}}'", #""t1""#),
            ("'{{request.header.X-TRACE}}'", #""t1""#),
            // A part without a value is empty in a longer text.
            ("'a{{request.header.x-none}}b'", #""ab""#), ("7", "7"), ("1.50", "1.50"), ("null", "null"),
            ("plain", #""plain""#), ("''", #""""#),
        ])
    func texts(value: String, expected: String) throws {
        #expect(try Self.answer(value, adding: [("x-trace", "t1")]) == expected)
    }

    @Test(
        "an absent value is left out of its object or list",
        arguments: [
            ("{a: '{{request.body.fragile}}', b: '{{request.header.x-none}}', c: 1}", #"{"a":true,"c":1}"#),
            ("['{{request.header.x-none}}', 1, '{{request.body.id}}']", #"[1,"p1"]"#),
            ("{a: {b: '{{request.header.x-none}}'}}", #"{"a":{}}"#), ("[['{{request.header.x-none}}']]", "[[]]"),
            ("{$$if: 1, a: {$$$b: 2}}", #"{"$if":1,"a":{"$$b":2}}"#),
        ])
    func absence(value: String, expected: String) throws {
        #expect(try Self.answer(value) == expected)
    }

    @Test(
        "a choice has its first value unless that is absent, null or of another form",
        arguments: [
            ("{$value: '{{request.body.id}}', $else: x}", #""p1""#),
            ("{$value: '{{request.header.x-none}}', $else: x}", #""x""#),
            ("{$value: null, $else: x}", #""x""#), ("{$value: 0, $else: x}", "0"), ("{$value: '', $else: x}", #""""#),
            ("{$value: '{{request.body.id}}', $matching: 'p[0-9]', $else: x}", #""p1""#),
            ("{$value: '{{request.body.id}}', $matching: 'p', $else: x}", #""x""#),
            ("{$value: '{{request.body.weight}}', $matching: '2[.]50', $else: x}", "2.50"),
            ("{$value: '{{request.body.fragile}}', $matching: 'true', $else: x}", "true"),
            ("{$first: ['{{request.header.x-none}}', null, '{{request.body.id}}', x]}", #""p1""#),
            ("{$first: ['{{request.header.x-none}}'], $else: x}", #""x""#), ("{$first: [0, 1]}", "0"),
            ("{$text: '{{request.body.fragile}}'}", #""true""#), ("{$text: '{{request.body.weight}}'}", #""2.50""#),
            ("{$text: '{{request.body.id}}'}", #""p1""#), ("{$text: '{{request.header.x-none}}', $else: x}", #""x""#),
            ("{$text: null}", #""null""#), ("{$text: {a: 1}}", #""{\"a\":1}""#),
        ])
    func choices(value: String, expected: String) throws {
        #expect(try Self.answer(value) == expected)
    }

    @Test(
        "sums and differences are exact, and exist only for numbers",
        arguments: [
            ("{$add: [0.1, 0.2]}", "0.3"), ("{$add: ['{{request.body.weight}}', 1]}", "3.50"), ("{$add: [1]}", "1"),
            ("{$subtract: [1, 0.9]}", "0.1"), ("{$subtract: [10, 1, 2]}", "7"), ("{$subtract: [1, 2]}", "-1"),
            ("{$add: [9007199254740993, 1]}", "9007199254740994"),
            ("{$add: [1, '{{request.body.id}}'], $else: 0}", "0"),
            ("{$add: [1, '{{request.header.x-none}}'], $else: 0}", "0"), ("{$subtract: ['1', 1], $else: 0}", "0"),
            ("{$add: [1, null], $else: x}", #""x""#),
        ])
    func sums(value: String, expected: String) throws {
        #expect(try Self.answer(value) == expected)
    }

    /// Conditions as `$if` has them, and whether they are true for the request.
    static let truths: [(String, Bool)] = [
        ("{value: '{{request.body.weight}}', equal: 2.5}", true),
        ("{value: '{{request.body.weight}}', equal: '2.5'}", false),
        ("{value: '{{request.body.id}}', equal: p1}", true), ("{value: '{{request.body.id}}', notEqual: p1}", false),
        ("{value: '{{request.body.id}}', notEqual: p2}", true),
        ("{value: '{{request.body.to}}', equal: {city: Here}}", true),
        ("{value: '{{request.body.weight}}', less: 2.51}", true),
        ("{value: '{{request.body.weight}}', less: 2.5}", false),
        ("{value: '{{request.body.weight}}', atMost: 2.5}", true),
        ("{value: '{{request.body.weight}}', atMost: 2.4}", false),
        ("{value: '{{request.body.weight}}', more: 2.4}", true),
        ("{value: '{{request.body.weight}}', more: 2.5}", false),
        ("{value: '{{request.body.weight}}', atLeast: 2.5}", true),
        ("{value: '{{request.body.weight}}', atLeast: 3}", false),
        // Times have an order, other texts have none.
        ("{value: '{{request.body.deadline}}', more: '{{now}}'}", true),
        ("{value: '{{request.body.deadline}}', less: '{{now}}'}", false),
        ("{value: '{{request.body.deadline}}', atLeast: '2030-01-01T02:00:00+02:00'}", true),
        ("{value: '{{request.body.id}}', more: a}", false), ("{value: '{{request.body.id}}', less: z}", false),
        ("{value: '{{request.body.weight}}', less: '9'}", false),
        ("{value: '{{request.body.fragile}}', more: 0}", false),
        ("{value: '{{request.body.id}}', matching: 'p[0-9]+'}", true),
        ("{value: '{{request.body.id}}', matching: 'p'}", false),
        ("{value: '{{request.body.weight}}', matching: '2[.]50'}", true),
        ("{value: '{{request.body.id}}', oneOf: [p1, p2]}", true), ("{value: '{{request.body.id}}', oneOf: []}", false),
        ("{value: '{{request.body.weight}}', oneOf: [2.50]}", true),
        ("{value: '{{request.body.weight}}', oneOf: ['2.50']}", false),
        ("{value: '{{request.body.fragile}}', present: true}", true),
        ("{value: '{{request.body.fragile}}', present: false}", false),
        // An absent value passes no other test.
        ("{value: '{{request.header.x-none}}', present: false}", true),
        ("{value: '{{request.header.x-none}}', present: true}", false),
        ("{value: '{{request.header.x-none}}', equal: x}", false),
        ("{value: '{{request.header.x-none}}', notEqual: x}", false),
        ("{value: '{{request.header.x-none}}', matching: '.*'}", false),
        // All tests of a condition must pass, and so must all conditions.
        ("{value: '{{request.body.weight}}', more: 2, less: 3}", true),
        ("{value: '{{request.body.weight}}', more: 2, less: 2.1}", false),
        ("{value: 1, equal: 1}, {value: 2, equal: 2}", true), ("{value: 1, equal: 1}, {value: 2, equal: 3}", false),
    ]

    @Test("conditions compare values by their type", arguments: truths)
    func conditions(condition: String, isTrue: Bool) throws {
        let value = "{$if: [\(condition)], $value: yes, $else: no}"
        #expect(
            try Self.answer(value.replacing("yes", with: "'y'").replacing("no}", with: "'n'}"))
                == (isTrue ? #""y""# : #""n""#))
    }

    @Test("a value whose condition fails is absent without an alternative")
    func conditionalAbsence() throws {
        #expect(try Self.answer("{a: {$if: [{value: 1, equal: 2}], $value: 1}, b: 2}") == #"{"b":2}"#)
        #expect(try Self.answer("{a: {$if: [{value: 1, equal: 1}], $value: 1, $matching: '2'}, b: 2}") == #"{"b":2}"#)
        #expect(try Self.answer("{$if: [{value: 1, equal: 1}], $value: null, $else: 3}") == "3")
    }

    @Test("a body that is not an object has no members")
    func otherBodies() throws {
        let value = "{a: '{{request.body.id}}', b: '{{request.path.id}}'}"
        var mock = try TestMock(
            behaviour:
                "behaviour: 1\ncredentials: {enforced: false}\noperations:\n  getParcel: {answer: {b: '{{request.path.id}}'}}"
        )
        #expect(mock.send("GET", "/api/v1/parcels/a%2Fb%20c").text == #"{"b":"a/b c"}"#)
        #expect(throws: (any Error).self) { try Self.answer(value) }
    }
}
