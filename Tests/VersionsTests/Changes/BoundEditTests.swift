import Testing

/// Edits of bounds: message, severity and location in both directions.
@Suite struct BoundEditTests {
    @Test("an edit of a bound of numbers", arguments: numbers)
    func numberEdit(edit: SchemaCase) throws { try edit.check() }

    @Test("an edit of a bound of a length or count", arguments: counts)
    func countEdit(edit: SchemaCase) throws { try edit.check() }

    static let cases = numbers + counts

    /// A bound is added, and a bound is increased.
    ///
    /// - Parameters:
    ///   - schema: The members of the schema besides the bound.
    ///   - widened: The severity in a response of a change that accepts more values.
    private static func bound(
        _ keyword: String, in schema: String, isUpper: Bool, widened: String = "error"
    ) -> [SchemaCase] {
        let name = keyword.reduce(into: "") { $0 += $1.isUppercase ? "-" + $1.lowercased() : String($1) }
        let (wider, narrower) = ("note|\(widened)", "error|note")
        return [
            SchemaCase(
                old: "①{\(schema)}", new: "{\(schema), ①\(keyword): 5}",
                forwards: "\(narrower) \(name)-added\n`\(keyword)` was added to §: 5: none → 5",
                backwards: "\(wider) \(name)-removed\n`\(keyword)` was removed from §: 5: 5 → none"),
            SchemaCase(
                old: "{\(schema), ①\(keyword): 5}", new: "{\(schema), ①\(keyword): 7}",
                forwards: """
                    \(isUpper ? wider : narrower) \(name)-increased
                    `\(keyword)` of § was increased from 5 to 7: 5 → 7
                    """,
                backwards: """
                    \(isUpper ? narrower : wider) \(name)-decreased
                    `\(keyword)` of § was decreased from 7 to 5: 7 → 5
                    """),
        ]
    }

    private static let numbers: [SchemaCase] =
        bound("maximum", in: "type: number", isUpper: true) + bound("minimum", in: "type: number", isUpper: false)
        + bound("exclusiveMaximum", in: "type: number", isUpper: true)
        + bound("exclusiveMinimum", in: "type: number", isUpper: false) + spellings

    private static let counts: [SchemaCase] =
        bound("maxLength", in: "type: string", isUpper: true, widened: "error/error/note")
        + bound("minLength", in: "type: string", isUpper: false, widened: "error/error/note")
        + bound("maxItems", in: "type: array", isUpper: true) + bound("minItems", in: "type: array", isUpper: false)
        + bound("maxProperties", in: "type: object", isUpper: true)
        + bound("minProperties", in: "type: object", isUpper: false)
        + bound("maxContains", in: "type: array, contains: {const: 1}", isUpper: true)
        + bound("minContains", in: "type: array, contains: {const: 1}", isUpper: false)
        + [
            // Without `minContains`, one element is needed (JSON Schema 2020-12 Validation, section 6.4.5).
            SchemaCase(
                old: "{type: array, ①contains: {const: 1}}",
                new: "{type: array, contains: {const: 1}, ①minContains: 0}",
                forwards: """
                    note|error min-contains-decreased
                    `minContains` of § was decreased from 1 to 0: 1 → 0
                    """,
                backwards: """
                    error|note min-contains-increased
                    `minContains` of § was increased from 0 to 1: 0 → 1
                    """)
        ]

    private static let spellings = [
        // An exclusive bound rejects one more value than the same inclusive bound.
        SchemaCase(
            old: "①{type: number, maximum: 5}",
            new: "{type: number, ①exclusiveMaximum: 5}",
            forwards: """
                error|note exclusive-maximum-added
                `exclusiveMaximum` was added to §: 5: none → 5
                """,
            backwards: """
                note|error exclusive-maximum-removed
                `exclusiveMaximum` was removed from §: 5: 5 → none
                """),
        // For integers, > 4 equals >= 5.
        SchemaCase(
            old: "{type: integer, exclusiveMinimum: 4}",
            new: "{type: integer, minimum: 5}",
            forwards: "", backwards: ""),
        // The stricter of two bounds counts.
        SchemaCase(
            old: "{type: number, maximum: 5}",
            new: "{type: number, maximum: 5.0, exclusiveMaximum: 9}",
            forwards: "", backwards: ""),
        SchemaCase(
            old: "①{type: number}",
            new: "{type: number, ①multipleOf: 5}",
            forwards: """
                error|note multiple-of-added
                `multipleOf` was added to §: 5: none → 5
                """,
            backwards: """
                note|error multiple-of-removed
                `multipleOf` was removed from §: 5: 5 → none
                """),
        // Decimals are exact: 0.3 is a multiple of 0.1, although it is not one in binary fractions.
        SchemaCase(
            old: "{type: number, ①multipleOf: 0.3}",
            new: "{type: number, ①multipleOf: 0.1}",
            forwards: """
                note|error multiple-of-widened
                `multipleOf` of § changed from 0.3 to 0.1: 0.3 → 0.1
                """,
            backwards: """
                error|note multiple-of-narrowed
                `multipleOf` of § changed from 0.1 to 0.3: 0.1 → 0.3
                """),
        SchemaCase(
            old: "{type: number, ①multipleOf: 2}",
            new: "{type: number, ①multipleOf: 3}",
            forwards: """
                error|error multiple-of-changed
                `multipleOf` of § changed from 2 to 3: 2 → 3
                """,
            backwards: """
                error|error multiple-of-changed
                `multipleOf` of § changed from 3 to 2: 3 → 2
                """),
    ]
}
