import Foundation
import JSONDocument
import JSONSchema
import Testing

/// Judging takes time in proportion to the value, or ends undecided within its steps.
@Suite("Bounds on work", .serialized)
struct BoundTests {
    struct Shape: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let schema: String
        /// Fewer for schemas that multiply the work, so that they end undecided soon.
        let steps: Int
        let value: @Sendable (Int) -> String

        init(
            _ name: String, _ schema: String, steps: Int = 10_000_000, _ value: @escaping @Sendable (Int) -> String
        ) {
            testDescription = name
            self.schema = schema
            self.steps = steps
            self.value = value
        }
    }

    private static func list(_ count: Int, _ element: @Sendable (Int) -> String) -> String {
        "[" + (0..<count).map(element).joined(separator: ",") + "]"
    }

    private static func object(_ count: Int, _ member: @Sendable (Int) -> String = { _ in "1" }) -> String {
        "{" + (0..<count).map { "\"member\($0)\":" + member($0) }.joined(separator: ",") + "}"
    }

    private static func nested(_ depth: Int, _ open: String, _ leaf: String, _ close: String) -> String {
        String(repeating: open, count: depth) + leaf + String(repeating: close, count: depth)
    }

    /// A row of a table with 300 columns: every alternative of a choice differs in one.
    private static let choices = (0..<300).map { #"{"required": ["a\#($0)"]}"# }.joined(separator: ",")

    static let shapes: [Shape] = [
        Shape("propertyNames that all fail", #"{"propertyNames": {"maxLength": 3}}"#) { object($0) },
        Shape("propertyNames behind a pattern", #"{"propertyNames": {"pattern": "^(a|b|ab)*$"}}"#) { object($0) },
        Shape("members that are not allowed", #"{"additionalProperties": false}"#) { object($0) },
        Shape("members that are not declared", #"{"properties": {"a": {}}}"#) { object($0) },
        Shape("members of the wrong type", #"{"additionalProperties": {"type": "string"}}"#) { object($0) },
        Shape(
            "members that no schema evaluates",
            #"{"allOf": [{"properties": {"a": {}}}], "unevaluatedProperties": false}"#
        ) {
            object($0)
        },
        Shape(
            "members and thirty patterns",
            "{\"patternProperties\": {\((0..<30).map { #""(a|b)*x\#($0)$": {}"# }.joined(separator: ","))}, \"additionalProperties\": false}"
        ) {
            object($0)
        },
        Shape("members that must not travel", #"{"additionalProperties": {"writeOnly": true}}"#) { object($0) },
        Shape("elements that lack a member", #"{"items": {"required": ["a"]}}"#) { list($0) { _ in "{}" } },
        Shape("equal elements, but for the last", #"{"uniqueItems": true}"#) { count in
            list(count) { "{\"a\": \(min($0, count - 2))}" }
        },
        Shape(
            "nested lists of different elements",
            ##"{"$ref": "#/$defs/l", "$defs": {"l": {"uniqueItems": true, "items": {"$ref": "#/$defs/l"}}}}"##
        ) {
            list($0) { "[\($0), [\($0)]]" }
        },
        Shape("contains without a match", #"{"contains": {"required": ["a"]}, "minContains": 3}"#) {
            list($0) { _ in "{}" }
        },
        Shape("elements that no schema evaluates", #"{"contains": {"type": "string"}, "unevaluatedItems": false}"#) {
            list($0) { String($0) }
        },
        Shape("oneOf of 300 that none fits", "{\"items\": {\"oneOf\": [\(choices)]}}") { list($0 / 100) { _ in "{}" } },
        Shape("anyOf of 300 that none fits", "{\"items\": {\"anyOf\": [\(choices)]}}") { list($0 / 100) { _ in "{}" } },
        Shape(
            "a discriminator that names none",
            "{\"items\": {\"oneOf\": [\(choices)], \"discriminator\": {\"propertyName\": \"t\"}}}"
        ) {
            list($0 / 100) { "{\"t\": \"x\($0)\", \"a1\": 1}" }
        },
        Shape(
            "alternatives inside of alternatives",
            ##"{"anyOf": [{"type": "string"}, {"type": "array", "items": {"$ref": "#"}}, {"type": "array", "minItems": 1, "items": {"$ref": "#"}}]}"##,
            steps: 50_000
        ) {
            nested(min($0 / 100, 400), "[", "1", "]")
        },
        Shape(
            "unevaluated members on every level",
            ##"{"anyOf": [{"properties": {"a": {"$ref": "#"}}}], "unevaluatedProperties": false}"##, steps: 50_000
        ) {
            nested(min($0 / 100, 400), "{\"a\":", "{\"b\": 1}", "}")
        },
        Shape(
            "texts against a pattern that goes back", #"{"items": {"pattern": "^(?:(a|aa)(?!\\1b))+\\1$"}}"#,
            steps: 50_000
        ) {
            list($0 / 10) { _ in "\"aaaaaaaaaaaaaaaaaaaaaaaaaaa!\"" }
        },
        Shape("one long text against a pattern", #"{"pattern": "(x+x+)+y"}"#) {
            "\"" + String(repeating: "x", count: $0) + "\""
        },
        Shape(
            "required members that a neighbour may take away",
            #"{"items": {"required": ["p"], "anyOf": [{"required": ["q"], "properties": {"p": {"writeOnly": true}}}, {}]}}"#
        ) {
            list($0) { _ in "{}" }
        },
    ]

    @Test("a value four times as large takes about four times as long", arguments: shapes)
    func proportion(shape: Shape) throws {
        let schema = try compile(shape.schema)
        let (small, large) = (2_000, 8_000)
        let options = ValidationOptions(steps: shape.steps)
        let values = try [small, large].map { try JSONDocument(parsing: shape.value($0)) }
        func seconds(_ value: JSONDocument) -> Double {
            (0..<2).map { _ in
                let start = Self.threadSeconds
                _ = schema.validate(value.root, options)
                _ = schema.isValid(value.root, options)
                return Self.threadSeconds - start
            }.min() ?? 0
        }
        let times = values.map(seconds)
        // Below some milliseconds the clock says more about the machine than about the work.
        #expect(times[1] < 10 * max(times[0], 0.02), "\(times)")
        #expect(times[1] < 30, "\(times)")
    }

    /// The time that this thread has worked, which other processes do not lengthen.
    private static var threadSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
