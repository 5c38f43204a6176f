import Testing

/// Edits of array keywords, conditions and alternatives: message, severity and location in both directions.
@Suite struct ArrayAndLogicEditTests {
    @Test("an edit of an array keyword", arguments: arrays)
    func arrayEdit(edit: SchemaCase) throws { try edit.check() }

    @Test("an edit of a condition or of alternatives", arguments: logics)
    func logicEdit(edit: SchemaCase) throws { try edit.check() }

    static let cases = arrays + logics

    private static let arrays = [
        SchemaCase(
            old: "①{type: array}",
            new: "{type: array, ①uniqueItems: true}",
            forwards: """
                error|note unique-items-added
                `uniqueItems` was added to §: true: none → true
                """,
            backwards: """
                note|error unique-items-removed
                `uniqueItems` was removed from §: true: true → none
                """),
        // `uniqueItems: false` is the default (JSON Schema 2020-12 Validation, section 6.4.3).
        SchemaCase(
            old: "{type: array}",
            new: "{type: array, uniqueItems: false}",
            forwards: "", backwards: ""),
        SchemaCase(
            old: "①{type: array}",
            new: "{type: array, ①items: {type: string}}",
            forwards: """
                error|note items-added
                `items` was added to §: {"type":"string"}: none → {"type":"string"}
                """,
            backwards: """
                note|error items-removed
                `items` was removed from §: {"type":"string"}: {"type":"string"} → none
                """),
        SchemaCase(
            old: "①{type: array}",
            new: "{type: array, prefixItems: [①{type: string}]}",
            forwards: """
                error|note prefix-items-added
                a schema for the element 0 of § was added: none → {"type":"string"}
                """,
            backwards: """
                note|error prefix-items-removed
                a schema for the element 0 of § was removed: {"type":"string"} → none
                """),
        SchemaCase(
            old: "{type: array, prefixItems: [true, {①type: string}]}",
            new: "{type: array, prefixItems: [true, {①type: integer}]}",
            forwards: """
                error|error type-changed at /1
                the type of § changed from string to integer: string → integer
                """,
            backwards: """
                error|error type-changed at /1
                the type of § changed from integer to string: integer → string
                """),
        SchemaCase(
            old: "①{type: array}",
            new: "{type: array, ①contains: {const: 1}}",
            forwards: """
                error|note contains-added
                `contains` was added to §: {"const":1}: none → {"const":1}
                """,
            backwards: """
                note|error contains-removed
                `contains` was removed from §: {"const":1}: {"const":1} → none
                """),
        SchemaCase(
            old: "{type: array, ①contains: {const: 1}}",
            new: "{type: array, ①contains: {const: 2}}",
            forwards: """
                warning|warning contains-undecided
                `contains` of § changed, and which values that affects cannot be decided: {"const":1} → {"const":2}
                """,
            backwards: """
                warning|warning contains-undecided
                `contains` of § changed, and which values that affects cannot be decided: {"const":2} → {"const":1}
                """),
        // Without `contains`, `maxContains` and `minContains` are ignored (JSON Schema 2020-12 Validation, section
        // 6.4.4).
        SchemaCase(
            old: "{type: array}",
            new: "{type: array, maxContains: 1, minContains: 1}",
            forwards: "", backwards: ""),
        SchemaCase(
            old: "①{type: array}",
            new: "{type: array, ①unevaluatedItems: false}",
            forwards: """
                error|note unevaluated-items-added
                `unevaluatedItems` was added to §: false: none → false
                """,
            backwards: """
                note|error unevaluated-items-removed
                `unevaluatedItems` was removed from §: false: false → none
                """),
    ]

    private static let logics = [
        SchemaCase(
            old: "①{type: string}",
            new: "{type: string, ①if: {minLength: 2}, ②then: {maxLength: 3}}",
            forwards: """
                error|note if-added
                `if` was added to §: {"minLength":2}: none → {"minLength":2}
                error|note then-added
                `then` was added to §: {"maxLength":3}: none → {"maxLength":3}
                """,
            backwards: """
                note|error if-removed
                `if` was removed from §: {"minLength":2}: {"minLength":2} → none
                note|error then-removed
                `then` was removed from §: {"maxLength":3}: {"maxLength":3} → none
                """),
        SchemaCase(
            old: "①{if: {type: string}}",
            new: "{if: {type: string}, ①then: {maxLength: 1}}",
            forwards: """
                error|note then-added
                `then` was added to §: {"maxLength":1}: none → {"maxLength":1}
                """,
            backwards: """
                note|error then-removed
                `then` was removed from §: {"maxLength":1}: {"maxLength":1} → none
                """),
        SchemaCase(
            old: "①{if: {type: string}}",
            new: "{if: {type: string}, ①else: {maxLength: 1}}",
            forwards: """
                error|note else-added
                `else` was added to §: {"maxLength":1}: none → {"maxLength":1}
                """,
            backwards: """
                note|error else-removed
                `else` was removed from §: {"maxLength":1}: {"maxLength":1} → none
                """),
        SchemaCase(
            old: "{①if: {type: string}, then: {maxLength: 1}}",
            new: "{①if: {type: integer}, then: {maxLength: 1}}",
            forwards: """
                warning|warning if-undecided
                `if` of § changed, and which values that affects cannot be decided: {"type":"string"} → \
                {"type":"integer"}
                """,
            backwards: """
                warning|warning if-undecided
                `if` of § changed, and which values that affects cannot be decided: {"type":"integer"} → \
                {"type":"string"}
                """),
        SchemaCase(
            old: "①{type: string}",
            new: "{type: string, ①not: {const: a}}",
            forwards: """
                error|note not-added
                `not` was added to §: {"const":"a"}: none → {"const":"a"}
                """,
            backwards: """
                note|error not-removed
                `not` was removed from §: {"const":"a"}: {"const":"a"} → none
                """),
        SchemaCase(
            old: "{①not: {const: a}}",
            new: "{①not: {const: b}}",
            forwards: """
                warning|warning not-undecided
                `not` of § changed, and which values that affects cannot be decided: {"const":"a"} → {"const":"b"}
                """,
            backwards: """
                warning|warning not-undecided
                `not` of § changed, and which values that affects cannot be decided: {"const":"b"} → {"const":"a"}
                """),
        SchemaCase(
            old: "①{oneOf: [{type: string}, {type: integer}]}",
            new: "{oneOf: [{type: string}, {type: integer}, ①{type: boolean}]}",
            forwards: """
                note|error/warning/warning one-of-added
                the alternative 'boolean' of `oneOf` was added to §: none → {"type":"boolean"}
                """,
            backwards: """
                error|note one-of-removed
                the alternative 'boolean' of `oneOf` was removed from §: {"type":"boolean"} → none
                """),
        SchemaCase(
            old: "①{anyOf: [{type: string}, {type: integer}]}",
            new: "{anyOf: [{type: string}, {type: integer}, ①{type: boolean, title: Flag}]}",
            forwards: """
                note|error/warning/warning any-of-added
                the alternative 'Flag' of `anyOf` was added to §: none → {"type":"boolean","title":"Flag"}
                """,
            backwards: """
                error|note any-of-removed
                the alternative 'Flag' of `anyOf` was removed from §: {"type":"boolean","title":"Flag"} → none
                """),
    ]
}
