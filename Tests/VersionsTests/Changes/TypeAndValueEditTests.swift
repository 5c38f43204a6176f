import Testing

/// Edits of types, lists of values, patterns and formats: message, severity and location in both directions.
@Suite struct TypeAndValueEditTests {
    @Test("an edit of a type", arguments: types)
    func typeEdit(edit: SchemaCase) throws { try edit.check() }

    @Test("an edit of the values, the pattern or the format", arguments: values)
    func valueEdit(edit: SchemaCase) throws { try edit.check() }

    static let cases = types + values

    private static let types = [
        // Every integer is a number (JSON Schema 2020-12 Validation, section 6.1.1).
        SchemaCase(
            old: "{①type: integer}",
            new: "{①type: number}",
            forwards: """
                note|error type-widened
                the type of § was widened from integer to number: integer → number
                """,
            backwards: """
                error|note type-narrowed
                the type of § was narrowed from number to integer: number → integer
                """),
        SchemaCase(
            old: "{①type: string}",
            new: "{①type: boolean}",
            forwards: """
                error|error type-changed
                the type of § changed from string to boolean: string → boolean
                """,
            backwards: """
                error|error type-changed
                the type of § changed from boolean to string: boolean → string
                """),
        SchemaCase(
            old: "{①type: [string, boolean]}",
            new: "{①type: [boolean, array]}",
            forwards: """
                error|error type-changed
                the type of § changed from string or boolean to \
                boolean or array: string or boolean → boolean or array
                """,
            backwards: """
                error|error type-changed
                the type of § changed from boolean or array to \
                string or boolean: boolean or array → string or boolean
                """),
        SchemaCase(
            old: "①{}",
            new: "{①type: string}",
            forwards: """
                error|note type-narrowed
                the type of § was narrowed from any type to string: any type → string
                """,
            backwards: """
                note|error type-widened
                the type of § was widened from string to any type: string → any type
                """),
        SchemaCase(
            old: "①false",
            new: "{①type: string}",
            forwards: """
                note|error type-widened
                the type of § was widened from nothing to string: nothing → string
                """,
            backwards: """
                error|note type-narrowed
                the type of § was narrowed from string to nothing: string → nothing
                """),
        SchemaCase(
            old: "{①type: string}",
            new: "{①type: [string, 'null']}",
            forwards: """
                note|error nullable-added
                § now accepts null: string → string or null
                """,
            backwards: """
                error|note nullable-removed
                § no longer accepts null: string or null → string
                """),
        SchemaCase(
            old: "{①type: string}",
            new: "{anyOf: [{①type: string}, {type: 'null'}]}",
            forwards: """
                note|error nullable-added
                § now accepts null: string → string or null
                """,
            backwards: """
                error|note nullable-removed
                § no longer accepts null: string or null → string
                """),
        SchemaCase(
            old: "{type: object, properties: {a: {①type: string}}}",
            new: "{type: object, properties: {a: {①type: integer}}}",
            forwards: """
                error|error type-changed at /a
                the type of § changed from string to integer: string → integer
                """,
            backwards: """
                error|error type-changed at /a
                the type of § changed from integer to string: integer → string
                """),
        SchemaCase(
            old: "{type: array, items: {①type: string}}",
            new: "{type: array, items: {①type: integer}}",
            forwards: """
                error|error type-changed at /*
                the type of § changed from string to integer: string → integer
                """,
            backwards: """
                error|error type-changed at /*
                the type of § changed from integer to string: integer → string
                """),
    ]

    private static let values = [
        SchemaCase(
            old: "①{type: string}",
            new: "{type: string, ①enum: [a, b]}",
            forwards: """
                error|note enum-added
                § is now restricted to the values ["a","b"]: none → ["a","b"]
                """,
            backwards: """
                note|error enum-removed
                § is no longer restricted to the values ["a","b"]: ["a","b"] → none
                """),
        SchemaCase(
            old: "{①enum: [a]}",
            new: "{①enum: [a, b]}",
            forwards: """
                note|error/note/warning enum-value-added
                § now accepts the value "b": none → "b"
                """,
            backwards: """
                error|note enum-value-removed
                § no longer accepts the value "b": "b" → none
                """),
        // 1 and 1.0 are the same number (JSON Schema 2020-12 Core, section 4.2.2).
        SchemaCase(
            old: "{①const: 1}",
            new: "{①enum: [1.0, 2]}",
            forwards: """
                note|error/note/warning enum-value-added
                § now accepts the value 2: none → 2
                """,
            backwards: """
                error|note enum-value-removed
                § no longer accepts the value 2: 2 → none
                """),
        SchemaCase(
            old: "{type: string, ①x-extensible-enum: [a]}",
            new: "{type: string, ①x-extensible-enum: [a, b]}",
            forwards: """
                note|note extensible-enum-value-added
                `x-extensible-enum` of § has the new value "b": none → "b"
                """,
            backwards: """
                error|note extensible-enum-value-removed
                `x-extensible-enum` of § no longer has the value "b": "b" → none
                """),
        SchemaCase(
            old: "①{type: string}",
            new: "{type: string, ①pattern: '^a'}",
            forwards: """
                error|note pattern-added
                `pattern` was added to §: ^a: none → ^a
                """,
            backwards: """
                note|error/error/note pattern-removed
                `pattern` was removed from §: ^a: ^a → none
                """),
        SchemaCase(
            old: "{type: string, ①pattern: '^a$'}",
            new: "{type: string, ①pattern: '^[ab]$'}",
            forwards: """
                note|error/error/note pattern-widened
                `pattern` of § now matches more texts: ^a$ → ^[ab]$
                """,
            backwards: """
                error|note pattern-narrowed
                `pattern` of § now matches fewer texts: ^[ab]$ → ^a$
                """),
        SchemaCase(
            old: "{type: string, ①pattern: '^a$'}",
            new: "{type: string, ①pattern: '^b$'}",
            forwards: """
                error|error/error/warning pattern-changed
                `pattern` of § now matches other texts: ^a$ → ^b$
                """,
            backwards: """
                error|error/error/warning pattern-changed
                `pattern` of § now matches other texts: ^b$ → ^a$
                """),
        // Equal sets of texts are not a change.
        SchemaCase(
            old: "{type: string, pattern: '^a{2}$'}",
            new: "{type: string, pattern: '^aa$'}",
            forwards: "", backwards: ""),
        // Back references cannot be compared.
        SchemaCase(
            old: #"{type: string, ①pattern: '(a)\1'}"#,
            new: "{type: string, ①pattern: 'aa|b'}",
            forwards: #"""
                warning|warning/warning/note pattern-undecided
                `pattern` of § changed, and which values that affects cannot be decided: (a)\1 → aa|b
                """#,
            backwards: #"""
                warning|warning/warning/note pattern-undecided
                `pattern` of § changed, and which values that affects cannot be decided: aa|b → (a)\1
                """#),
        SchemaCase(
            old: "①{type: string}",
            new: "{type: string, ①format: date}",
            forwards: """
                error|note format-added
                `format` of § changed from none to date: none → date
                """,
            backwards: """
                note|error/error/note format-removed
                `format` of § changed from date to none: date → none
                """),
        SchemaCase(
            old: "{type: string, ①format: uri}",
            new: "{type: string, ①format: uri-reference}",
            forwards: """
                note|error/error/note format-widened
                `format` of § changed from uri to uri-reference: uri → uri-reference
                """,
            backwards: """
                error|note format-narrowed
                `format` of § changed from uri-reference to uri: uri-reference → uri
                """),
        SchemaCase(
            old: "{type: string, ①format: date}",
            new: "{type: string, ①format: uuid}",
            forwards: """
                error|error/error/warning format-changed
                `format` of § changed from date to uuid: date → uuid
                """,
            backwards: """
                error|error/error/warning format-changed
                `format` of § changed from uuid to date: uuid → date
                """),
        // A format without a check is a hint.
        SchemaCase(
            old: "①{type: string}",
            new: "{type: string, ①format: password}",
            forwards: """
                note|note format-hint-changed
                `format` of § changed from none to password: none → password
                """,
            backwards: """
                note|note format-hint-changed
                `format` of § changed from password to none: password → none
                """),
    ]
}
