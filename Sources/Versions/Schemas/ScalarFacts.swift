import ECMAPattern
import JSONDocument
import JSONSchema
import Primitives

/// Keywords with a maximum or minimum; the strictest of all schemas counts.
struct BoundFacts {
    /// A numeric keyword.
    struct Bound {
        var number: JSONNumber
        var isExclusive = false
        var written: WrittenKeyword
    }

    private var bounds: [String: Bound] = [:]

    var isEmpty: Bool { bounds.isEmpty }

    /// The bound by keyword: `maxLength`, `minimum` …
    ///
    /// `maximum` and `minimum` include their exclusive variants.
    subscript(_ keyword: String) -> Bound? { bounds[keyword] }

    /// Whether the name is one of these keywords; if so, it is read.
    mutating func take(_ name: String, _ written: WrittenKeyword) -> Bool {
        switch name {
        case "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum":
            if !written.view.sharpensBounds || written.value.kind == .number { readLimit(name, written) }
        case "maxLength", "maxItems", "maxProperties", "maxContains": tighten(name, written, isUpper: true)
        case "minLength", "minItems", "minProperties", "minContains": tighten(name, written, isUpper: false)
        default: return false
        }
        return true
    }

    /// Limits the number of elements.
    mutating func limitItems(to count: Int, _ written: WrittenKeyword) {
        let bound = Bound(number: JSONNumber(count), written: written)
        if let known = bounds["maxItems"], known.number < bound.number { return }
        bounds["maxItems"] = bound
    }

    /// `maximum` and its variants; a boolean makes the bound next to it exclusive.
    private mutating func readLimit(_ name: String, _ written: WrittenKeyword) {
        guard let number = written.value.number else { return }
        let isUpper = name == "maximum" || name == "exclusiveMaximum"
        var isExclusive = name.utf8.starts(with: "exclusive".utf8)
        if !isExclusive, written.view.sharpensBounds {
            let sharp = isUpper ? "exclusiveMaximum" : "exclusiveMinimum"
            isExclusive = written.view.ownKeyword(sharp)?.boolean == true
        }
        let key = isUpper ? "maximum" : "minimum"
        let bound = Bound(number: number, isExclusive: isExclusive, written: written)
        guard let known = bounds[key] else { return bounds[key] = bound }
        let isTighter = isUpper ? number < known.number : known.number < number
        if isTighter || number == known.number && isExclusive { bounds[key] = bound }
    }

    private mutating func tighten(_ name: String, _ written: WrittenKeyword, isUpper: Bool) {
        guard let number = written.value.number else { return }
        // A bound that every value satisfies has no effect; `minContains: 0` has one.
        if !isUpper, number.isZero, name != "minContains" { return }
        if let known = bounds[name], isUpper ? known.number < number : number < known.number { return }
        bounds[name] = Bound(number: number, written: written)
    }
}

extension BoundFacts.Bound {
    /// For integers, `< 5` equals `<= 4`, and so does `<= 4.5`.
    func settled(_ isUpper: Bool, integerOnly: Bool) -> BoundFacts.Bound {
        guard integerOnly, isExclusive, number.isInteger,
            let next = isUpper ? number.subtracting(1) : number.adding(1)
        else { return self }
        return BoundFacts.Bound(number: next, written: written)
    }
}

/// The keywords of strings and numbers that are not bounds, each text once.
struct ScalarFacts {
    private(set) var patterns: [WrittenKeyword] = []
    private(set) var formats: [WrittenKeyword] = []
    private(set) var multiples: [WrittenKeyword] = []

    /// Whether the name is one of these keywords; if so, it is read.
    mutating func take(_ name: String, _ written: WrittenKeyword) -> Bool {
        switch name {
        case "multipleOf": if written.value.kind == .number { Self.append(written, to: &multiples) }
        case "pattern":
            if let text = written.value.string, !Self.isUniversal(text) { Self.append(written, to: &patterns) }
        case "format": if written.value.kind == .string { Self.append(written, to: &formats) }
        default: return false
        }
        return true
    }

    private static func append(_ written: WrittenKeyword, to list: inout [WrittenKeyword]) {
        let isKnown = list.contains { $0.text.isSame(as: written.text) }
        if !isKnown { list.append(written) }
    }

    /// Whether a pattern matches every text.
    private static func isUniversal(_ pattern: String) -> Bool {
        ["", ".*", "^", "$", "^.*", ".*$", ".*?", "[\\s\\S]*", "^[\\s\\S]*$"].contains(pattern)
    }
}

extension SchemaFacts {
    /// Whether an enumerated value matches the number and string keywords; values of other kinds match.
    func accepts(_ value: JSONValue) -> Bool {
        guard types.kinds.contains(KindSet(value.kind)),
            scalars.formats.allSatisfy({ FormatFacts.accepts($0.text, value) })
        else { return false }
        switch value {
        case .number(let number):
            if types.integerOnly, !number.isInteger { return false }
            if let bound = bounds["maximum"], bound.number < number || bound.isExclusive && bound.number == number {
                return false
            }
            if let bound = bounds["minimum"], number < bound.number || bound.isExclusive && bound.number == number {
                return false
            }
            return scalars.multiples.allSatisfy { written in
                written.value.number.flatMap { number.isMultiple(of: $0) } ?? true
            }
        case .string(let text):
            let length = JSONNumber(text.unicodeScalars.count)
            if let bound = bounds["maxLength"], bound.number < length { return false }
            if let bound = bounds["minLength"], length < bound.number { return false }
            return scalars.patterns.allSatisfy { written in
                guard let pattern = try? ECMAPattern.inEitherGrammar(written.text) else { return true }
                return pattern.search(text, steps: 100_000) != .noMatch
            }
        default: return true
        }
    }
}
