import Testing

/// Edits of numeric bounds: message, severity and location in both directions.
@Suite struct BoundEditTests {
    @Test("an edit of a bound of numbers", arguments: numbers)
    func numberEdit(edit: SchemaCase) throws { try edit.check() }

    @Test("an edit of a bound of a length or count", arguments: counts)
    func countEdit(edit: SchemaCase) throws { try edit.check() }

    static let cases = numbers + counts

    private static let numbers = [
        SchemaCase(
            old: "①{type: number}",
            new: "{type: number, ①maximum: 5}",
            forwards: """
                error|note maximum-added
                `maximum` was added to §: 5: none → 5
                """,
            backwards: """
                note|error maximum-removed
                `maximum` was removed from §: 5: 5 → none
                """),
        SchemaCase(
            old: "{type: number, ①maximum: 5}",
            new: "{type: number, ①maximum: 7}",
            forwards: """
                note|error maximum-increased
                `maximum` of § was increased from 5 to 7: 5 → 7
                """,
            backwards: """
                error|note maximum-decreased
                `maximum` of § was decreased from 7 to 5: 7 → 5
                """),
        SchemaCase(
            old: "①{type: number}",
            new: "{type: number, ①exclusiveMaximum: 5}",
            forwards: """
                error|note exclusive-maximum-added
                `exclusiveMaximum` was added to §: 5: none → 5
                """,
            backwards: """
                note|error exclusive-maximum-removed
                `exclusiveMaximum` was removed from §: 5: 5 → none
                """),
        SchemaCase(
            old: "{type: number, ①exclusiveMaximum: 5}",
            new: "{type: number, ①exclusiveMaximum: 7}",
            forwards: """
                note|error exclusive-maximum-increased
                `exclusiveMaximum` of § was increased from 5 to 7: 5 → 7
                """,
            backwards: """
                error|note exclusive-maximum-decreased
                `exclusiveMaximum` of § was decreased from 7 to 5: 7 → 5
                """),
        SchemaCase(
            old: "①{type: number}",
            new: "{type: number, ①minimum: 5}",
            forwards: """
                error|note minimum-added
                `minimum` was added to §: 5: none → 5
                """,
            backwards: """
                note|error minimum-removed
                `minimum` was removed from §: 5: 5 → none
                """),
        SchemaCase(
            old: "{type: number, ①minimum: 5}",
            new: "{type: number, ①minimum: 7}",
            forwards: """
                error|note minimum-increased
                `minimum` of § was increased from 5 to 7: 5 → 7
                """,
            backwards: """
                note|error minimum-decreased
                `minimum` of § was decreased from 7 to 5: 7 → 5
                """),
        SchemaCase(
            old: "①{type: number}",
            new: "{type: number, ①exclusiveMinimum: 5}",
            forwards: """
                error|note exclusive-minimum-added
                `exclusiveMinimum` was added to §: 5: none → 5
                """,
            backwards: """
                note|error exclusive-minimum-removed
                `exclusiveMinimum` was removed from §: 5: 5 → none
                """),
        SchemaCase(
            old: "{type: number, ①exclusiveMinimum: 5}",
            new: "{type: number, ①exclusiveMinimum: 7}",
            forwards: """
                error|note exclusive-minimum-increased
                `exclusiveMinimum` of § was increased from 5 to 7: 5 → 7
                """,
            backwards: """
                note|error exclusive-minimum-decreased
                `exclusiveMinimum` of § was decreased from 7 to 5: 7 → 5
                """),
        // An exclusive bound rejects one more value than the same inclusive bound.
        SchemaCase(
            old: "{type: number, ①maximum: 5}",
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

    private static let counts = [
        SchemaCase(
            old: "①{type: string}",
            new: "{type: string, ①maxLength: 5}",
            forwards: """
                error|note max-length-added
                `maxLength` was added to §: 5: none → 5
                """,
            backwards: """
                note|error/error/note max-length-removed
                `maxLength` was removed from §: 5: 5 → none
                """),
        SchemaCase(
            old: "{type: string, ①maxLength: 5}",
            new: "{type: string, ①maxLength: 7}",
            forwards: """
                note|error/error/note max-length-increased
                `maxLength` of § was increased from 5 to 7: 5 → 7
                """,
            backwards: """
                error|note max-length-decreased
                `maxLength` of § was decreased from 7 to 5: 7 → 5
                """),
        SchemaCase(
            old: "①{type: string}",
            new: "{type: string, ①minLength: 5}",
            forwards: """
                error|note min-length-added
                `minLength` was added to §: 5: none → 5
                """,
            backwards: """
                note|error/error/note min-length-removed
                `minLength` was removed from §: 5: 5 → none
                """),
        SchemaCase(
            old: "{type: string, ①minLength: 5}",
            new: "{type: string, ①minLength: 7}",
            forwards: """
                error|note min-length-increased
                `minLength` of § was increased from 5 to 7: 5 → 7
                """,
            backwards: """
                note|error/error/note min-length-decreased
                `minLength` of § was decreased from 7 to 5: 7 → 5
                """),
        SchemaCase(
            old: "①{type: array}",
            new: "{type: array, ①maxItems: 5}",
            forwards: """
                error|note max-items-added
                `maxItems` was added to §: 5: none → 5
                """,
            backwards: """
                note|error max-items-removed
                `maxItems` was removed from §: 5: 5 → none
                """),
        SchemaCase(
            old: "{type: array, ①maxItems: 5}",
            new: "{type: array, ①maxItems: 7}",
            forwards: """
                note|error max-items-increased
                `maxItems` of § was increased from 5 to 7: 5 → 7
                """,
            backwards: """
                error|note max-items-decreased
                `maxItems` of § was decreased from 7 to 5: 7 → 5
                """),
        SchemaCase(
            old: "①{type: object}",
            new: "{type: object, ①maxProperties: 5}",
            forwards: """
                error|note max-properties-added
                `maxProperties` was added to §: 5: none → 5
                """,
            backwards: """
                note|error max-properties-removed
                `maxProperties` was removed from §: 5: 5 → none
                """),
        SchemaCase(
            old: "{type: object, ①maxProperties: 5}",
            new: "{type: object, ①maxProperties: 7}",
            forwards: """
                note|error max-properties-increased
                `maxProperties` of § was increased from 5 to 7: 5 → 7
                """,
            backwards: """
                error|note max-properties-decreased
                `maxProperties` of § was decreased from 7 to 5: 7 → 5
                """),
        SchemaCase(
            old: "①{type: array}",
            new: "{type: array, ①minItems: 5}",
            forwards: """
                error|note min-items-added
                `minItems` was added to §: 5: none → 5
                """,
            backwards: """
                note|error min-items-removed
                `minItems` was removed from §: 5: 5 → none
                """),
        SchemaCase(
            old: "{type: array, ①minItems: 5}",
            new: "{type: array, ①minItems: 7}",
            forwards: """
                error|note min-items-increased
                `minItems` of § was increased from 5 to 7: 5 → 7
                """,
            backwards: """
                note|error min-items-decreased
                `minItems` of § was decreased from 7 to 5: 7 → 5
                """),
        SchemaCase(
            old: "①{type: object}",
            new: "{type: object, ①minProperties: 5}",
            forwards: """
                error|note min-properties-added
                `minProperties` was added to §: 5: none → 5
                """,
            backwards: """
                note|error min-properties-removed
                `minProperties` was removed from §: 5: 5 → none
                """),
        SchemaCase(
            old: "{type: object, ①minProperties: 5}",
            new: "{type: object, ①minProperties: 7}",
            forwards: """
                error|note min-properties-increased
                `minProperties` of § was increased from 5 to 7: 5 → 7
                """,
            backwards: """
                note|error min-properties-decreased
                `minProperties` of § was decreased from 7 to 5: 7 → 5
                """),
    ]
}
