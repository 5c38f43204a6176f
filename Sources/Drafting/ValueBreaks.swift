import Generation
import JSONDocument
import JSONSchema
import Primitives

/// A deliberately invalid value.
struct ValueBreak {
    /// A part of the step's name: `type`, `too-short`, …
    var name: String
    /// The violated constraint, in words that follow the place: "is at least 1".
    var note: String
    var value: JSONValue
}

/// Finds values that each violate one keyword of a schema.
struct ValueBreaks {
    /// The maximum length of a text in a cell.
    static let longestText = 1_000

    /// The maximum number of elements in a cell.
    static let mostElements = 20

    let view: SchemaView
    let schemas: SchemaStore
    /// Whether the value is sent as text, so that no text has the wrong type if texts are allowed.
    var isText = false
    /// A valid value.
    var sample: JSONValue?

    /// One value for each keyword that can be violated.
    var all: [ValueBreak] {
        guard let compiled = try? schemas.compiled(view.place) else { return [] }
        var kept: [ValueBreak] = []
        for (keyword, candidate) in candidates where !kept.contains(where: { $0.name == candidate.name }) {
            let report = compiled.validate(
                JSONDocument(candidate.value).root, ValidationOptions(direction: .request))
            // A value that violates another keyword would not match the note of its row.
            guard report.outcome == .invalid, report.issues.contains(where: { $0.names(keyword) }) else { continue }
            kept.append(candidate)
        }
        return kept
    }

    private var candidates: [(String, ValueBreak)] {
        type + choice + (view.allows(.string) ? texts : []) + (view.allows(.number) ? numbers : [])
            + (view.allows(.array) ? arrays : [])
    }

    private var type: [(String, ValueBreak)] {
        guard let kinds = view.kinds, !kinds.isEmpty else { return [] }
        // Text is read as a list with one element, or not at all.
        if isText, kinds.contains(.array) || kinds.contains(.object) { return [] }
        let names = JSONKind.allCases.filter { kinds.contains($0) && $0 != .null }
            .map { $0 == .number && view.integerOnly ? "integer" : $0.name }
        let note = "is of type \(names.joined(separator: " or "))"
        let value: JSONValue
        if !kinds.contains(.string) {
            value = .string(kinds.contains(.number) ? "ten" : kinds.contains(.boolean) ? "maybe" : "text")
        } else if !kinds.contains(.number), !isText {
            value = .number(JSONNumber(17))
        } else {
            return []
        }
        return ["type", "enum", "const"].map { ($0, ValueBreak(name: "type", note: note, value: value)) }
    }

    private var choice: [(String, ValueBreak)] {
        let values = view.enumeration
        guard !values.isEmpty else { return [] }
        let note = values.count == 1 ? "is one fixed value" : "is one of \(values.count) values"
        let value: JSONValue =
            values.allSatisfy { $0.kind == .number } ? .number(JSONNumber(987_654)) : .string("no-such-value")
        return ["enum", "const"].map { ($0, ValueBreak(name: "unknown-value", note: note, value: value)) }
    }

    private var texts: [(String, ValueBreak)] {
        var found: [(String, ValueBreak)] = []
        if let least = integer("minLength"), least > 0, least <= Self.longestText {
            found.append(
                (
                    "minLength",
                    make("too-short", "has at least \(plural(least, "character"))", repeated("x", least - 1))
                ))
        }
        if let most = integer("maxLength"), most >= 0, most < Self.longestText {
            found.append(
                ("maxLength", make("too-long", "has at most \(plural(most, "character"))", repeated("x", most + 1))))
        }
        if let text = view.keyword("pattern")?.string {
            let isShort = text.utf8.count <= 40 && text.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x60 }
            let pattern = isShort ? "`\(text)`" : "a pattern"
            let texts = ["!", "no match!", "0", "a", "~~~~~~~~~~", ""]
            found += texts.map { ("pattern", make("pattern", "matches \(pattern)", .string($0))) }
        }
        if let format = view.format {
            found.append(("format", make("format", "has the format \(format)", .string("no-\(Names.slug(format))"))))
        }
        return found
    }

    private var numbers: [(String, ValueBreak)] {
        var found: [(String, ValueBreak)] = []
        let one = JSONNumber(1)
        if let bound = view.keyword("minimum")?.number {
            let isOpen = view.keyword("exclusiveMinimum")?.boolean == true
            let value = isOpen ? bound : bound.subtracting(one) ?? bound
            let note = isOpen ? "is above \(bound.lexeme)" : "is at least \(bound.lexeme)"
            found += ["minimum", "exclusiveMinimum"].map { ($0, make("too-small", note, .number(value))) }
        }
        if let bound = view.keyword("exclusiveMinimum")?.number {
            found.append(("exclusiveMinimum", make("too-small", "is above \(bound.lexeme)", .number(bound))))
        }
        if let bound = view.keyword("maximum")?.number {
            let isOpen = view.keyword("exclusiveMaximum")?.boolean == true
            let value = isOpen ? bound : bound.adding(one) ?? bound
            let note = isOpen ? "is below \(bound.lexeme)" : "is at most \(bound.lexeme)"
            found += ["maximum", "exclusiveMaximum"].map { ($0, make("too-large", note, .number(value))) }
        }
        if let bound = view.keyword("exclusiveMaximum")?.number {
            found.append(("exclusiveMaximum", make("too-large", "is below \(bound.lexeme)", .number(bound))))
        }
        if let step = view.keyword("multipleOf")?.number {
            // An amount with too many decimals is the value that a server rounds silently.
            let amounts = (1...4).first { step == HardAmounts.unit(decimals: $0) }.map {
                HardAmounts.tooPrecise(decimals: $0).map { Optional($0) }
            }
            let values =
                (amounts ?? []) + [
                    step.adding(one), step.adding(JSONNumber("0.5") ?? one), step.adding(JSONNumber("0.001") ?? one),
                ]
            found += values.compactMap { $0 }.map {
                ("multipleOf", make("multiple", "is a multiple of \(step.lexeme)", .number($0)))
            }
        }
        if view.integerOnly, let half = JSONNumber("1.5") {
            found.append(("type", make("fraction", "is an integer", .number(half))))
        }
        return found
    }

    private var arrays: [(String, ValueBreak)] {
        var found: [(String, ValueBreak)] = []
        if let least = integer("minItems"), least > 0 {
            found.append(("minItems", make("too-few", "has at least \(plural(least, "element"))", .array([]))))
        }
        guard let element = sample?.elements?.first else { return found }
        if let most = integer("maxItems"), most >= 0, most < Self.mostElements {
            let value = JSONValue.array(Array(repeating: element, count: most + 1))
            found.append(("maxItems", make("too-many", "has at most \(plural(most, "element"))", value)))
        }
        if view.keyword("uniqueItems")?.boolean == true {
            found.append(("uniqueItems", make("repeated", "has no duplicate elements", .array([element, element]))))
        }
        return found
    }

    private func integer(_ keyword: String) -> Int? { view.keyword(keyword)?.number?.int }

    private func make(_ name: String, _ note: String, _ value: JSONValue) -> ValueBreak {
        ValueBreak(name: name, note: note, value: value)
    }

    private func repeated(_ text: String, _ count: Int) -> JSONValue { .string(String(repeating: text, count: count)) }
}

extension SchemaIssue {
    /// Whether the issue, or one of its causes in a choice, is about a keyword.
    fileprivate func names(_ keyword: String) -> Bool {
        self.keyword == keyword || causes.contains { $0.contains { $0.names(keyword) } }
    }
}
