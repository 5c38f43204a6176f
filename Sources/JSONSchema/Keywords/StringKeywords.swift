import ECMAPattern
import JSONDocument

/// `minLength`, `maxLength`, `pattern` and the formats of strings.
struct StringRules {
    var minimumLength = 0
    var maximumLength = Int.max
    var pattern: UnsafePointer<ECMAPattern>?
    var format: SchemaFormat?
    /// Whether the metaschema has the format-assertion vocabulary, so that the format is always checked.
    var alwaysAssertsFormat = false
}

extension Checker {
    @inline(__always)
    mutating func checkString(_ rules: UnsafePointer<StringRules>, _ entry: Int) -> SchemaVerdict {
        if rules.pointee.minimumLength > 0 || rules.pointee.maximumLength < Int.max {
            let fits = tape.hasScalars(
                at: entry, atLeast: rules.pointee.minimumLength, atMost: rules.pointee.maximumLength)
            guard fits else { return .invalid }
        }
        if let format = rules.pointee.format, assertsFormats || rules.pointee.alwaysAssertsFormat {
            let fits = tape.withText(at: entry) { format.accepts($0) }
            guard fits else { return .invalid }
        }
        guard let pattern = rules.pointee.pattern else { return .valid }
        return search(pattern, entry)
    }

    /// Whether the text at `entry`, a string or a name, contains a match.
    ///
    /// A long text may cost more than a short one. Every step of a search counts, so that a list of texts cannot
    /// multiply its cost.
    mutating func search(_ pattern: UnsafePointer<ECMAPattern>, _ entry: Int) -> SchemaVerdict {
        let length = tape.bytes(at: entry).count
        steps &-= length >> 6
        guard steps >= 0 else { return .undecided }
        let allowed = min(steps, 1_000_000 &+ 256 &* length)
        var left = allowed
        let outcome = tape.withText(at: entry) { pattern.pointee.search(utf8: $0, steps: &left) }
        // A step of a pattern is far cheaper than a step of a schema.
        steps &-= (allowed &- max(0, left)) >> 5
        switch outcome {
        case .match: return .valid
        case .noMatch: return .invalid
        case .undecided: return .undecided
        }
    }
}

extension SchemaCompiler {
    /// Reads the keywords for strings.
    func stringRules(_ schema: inout KeywordReader) -> UnsafePointer<StringRules>? {
        guard schema.vocabularies.contains(.validation) || schema.node["format"] != nil else { return nil }
        var rules = StringRules()
        var isNeeded = false
        if schema.vocabularies.contains(.validation) {
            if let minimum = schema.count("minLength") {
                rules.minimumLength = minimum
                isNeeded = isNeeded || minimum > 0
            }
            if let maximum = schema.count("maxLength") {
                rules.maximumLength = maximum
                isNeeded = true
            }
            schema.noteCrossed("minLength", "maxLength")
            if let text = schema.string("pattern"), let pattern = schema.pattern(text, keyword: "pattern") {
                rules.pattern = UnsafePointer(memory.store(pattern))
                isNeeded = true
            }
        }
        if let format = schema.format(), format.kinds.contains(.string) {
            rules.format = format
            rules.alwaysAssertsFormat = schema.vocabularies.contains(.formatAssertion)
            isNeeded = isNeeded || format.decidesTexts
        }
        return isNeeded ? UnsafePointer(memory.store(rules)) : nil
    }
}
