import JSONDocument
import Primitives
import TestKit
import Testing

@testable import Scenarios

@Suite("Properties of templates") struct TemplatePropertyTests {
    private static let pieces = [
        "{", "}", "{{", "}}", "'", "''", "|", "a", " ", "\n", "é", "\u{301}", "🙂", "\u{0}", "uuid", "x.y", "[", "]",
        "$", "\\",
    ]

    private static func text(_ numbers: inout SplitMix, upTo count: Int = 12) -> String {
        (0..<numbers.number(below: count)).map { _ in numbers.pick(pieces) }.joined()
    }

    /// The text with each pair of opening braces written as a literal, or with one brace of each run left.
    private static func escaped(_ text: String, _ pair: String = "{{'{{'}}") -> String {
        var result = String.UnicodeScalarView()
        var isOpen = false
        for scalar in text.unicodeScalars {
            if isOpen, scalar == "{" {
                result.removeLast()
                result.append(contentsOf: pair.unicodeScalars)
                isOpen = pair == "{"
            } else {
                result.append(scalar)
                isOpen = scalar == "{"
            }
        }
        return String(result)
    }

    private static let scope = ValueScope(
        seed: "s", table: "t.csv", scenario: "s", now: Instant(microsecondsSinceEpoch: 0), row: ["c": "C"])
    private static let site = ValueSite(step: "a", column: "set", place: 0)

    @Test("any text can be written as a template, with its double braces as literals")
    func literals() throws {
        var numbers = SplitMix(seed: 11)
        for _ in 0..<2_000 {
            let text = Self.text(&numbers)
            let template = try Template.parse(Self.escaped(text))
            #expect(template.constantText.map { Array($0.utf8) } == Array(text.utf8), "\(text)")
        }
    }

    @Test("no text makes the parser fail in another way than with a mistake inside of the text")
    func anyText() {
        var numbers = SplitMix(seed: 12)
        var mistakes = 0
        for _ in 0..<5_000 {
            let text = Self.text(&numbers, upTo: 20)
            do {
                let template = try Template.parse(text)
                #expect(template.text.utf8.elementsEqual(text.utf8))
                let count = text.unicodeScalars.count
                #expect(
                    template.expressions.allSatisfy {
                        $0.offset >= 0 && $0.length >= 4 && $0.offset + $0.length <= count
                    })
            } catch {
                mistakes += 1
                #expect(
                    error.offset >= 0 && error.length >= 0 && error.offset + error.length <= text.unicodeScalars.count,
                    "\(text): \(error)")
                #expect(!error.message.isEmpty)
            }
        }
        #expect(mistakes > 500)
    }

    @Test("text around a value stays as it is, whatever it contains")
    func around() throws {
        var numbers = SplitMix(seed: 13)
        for _ in 0..<1_000 {
            let before = Self.escaped(Self.text(&numbers), "{") + "."
            let after = "." + Self.escaped(Self.text(&numbers), "{")
            let expanded = try Template.parse("\(before){{row.c}}\(after)").expandText(Self.scope, at: Self.site)
            #expect(expanded.utf8.elementsEqual("\(before)C\(after)".utf8), "\(before)|\(after)")
        }
    }

    private static func value(_ numbers: inout SplitMix, depth: Int = 0) -> JSONValue {
        switch numbers.number(below: depth > 3 ? 4 : 6) {
        case 0: .null
        case 1: .boolean(numbers.once(in: 2))
        case 2: .number(JSONNumber("\(numbers.number(below: 1_000)).50") ?? JSONNumber(0))
        case 3: .string(escaped(text(&numbers), "{"))
        case 4: .array((0..<numbers.number(below: 4)).map { _ in value(&numbers, depth: depth + 1) })
        default:
            .object(JSONObject((0..<numbers.number(below: 4)).map { ("m\($0)", value(&numbers, depth: depth + 1)) }))
        }
    }

    @Test("a body without templates is sent as it is: names, order, spelling of numbers")
    func constantBodies() throws {
        var numbers = SplitMix(seed: 14)
        for _ in 0..<500 {
            let value = Self.value(&numbers)
            let template = try JSONTemplate(JSONDocument(value).root)
            #expect(template.isConstant && template.templates.isEmpty)
            #expect(try template.expand(Self.scope, at: Self.site).text == value.text)
            #expect(JSONTemplate(constant: value).constantValue?.text == value.text)
        }
    }

    @Test("a value that is inserted into a body changes one string and nothing else")
    func insertedValues() throws {
        var numbers = SplitMix(seed: 15)
        for _ in 0..<300 {
            let (before, after) = (Self.value(&numbers), Self.value(&numbers))
            var scope = Self.scope
            let inserted = Self.text(&numbers, upTo: 30)
            scope.row["x"] = inserted
            let body = JSONValue.object(
                JSONObject([("a", before), ("t", "{{row.x}}"), ("b", .array([after, "<{{row.x}}>"]))]))
            let result = try JSONTemplate(JSONDocument(body).root).expand(scope, at: Self.site)
            let expected = JSONValue.object(
                JSONObject([("a", before), ("t", .string(inserted)), ("b", .array([after, .string("<\(inserted)>")]))]))
            #expect(result.text == expected.text)
        }
    }

    @Test("renaming by itself changes nothing, and reaches every reference once")
    func renaming() throws {
        let text = "a {{x.y}} {{row.c|upper}} {{'{{'}} {{uuid:n}}{{x.z[0]}}"
        let template = try Template.parse(text)
        var seen: [String] = []
        let same = template.renamed { expression in
            seen.append(expression.text)
            return expression
        }
        #expect(seen == ["x.y", "row.c|upper", "uuid:n", "x.z[0]"])
        #expect(same == template && same.references == template.references)
        let other = template.renamed { expression in
            var expression = expression
            if case .step(let name, let path) = expression.reference { expression.reference = .step("u." + name, path) }
            return expression
        }
        #expect(other.references.count { if case .step("u.x", _) = $0 { true } else { false } } == 2)
        #expect(
            Template(constant: "{{x.y}}").renamed { _ in fatalError("a constant has no references") }.constantText
                == "{{x.y}}")
    }
}
