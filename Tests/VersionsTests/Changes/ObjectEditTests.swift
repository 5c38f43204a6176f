import Testing

/// Edits of properties and other object keywords: message, severity and location in both directions.
@Suite struct ObjectEditTests {
    @Test("a property is added, removed, required or optional", arguments: propertys)
    func propertyEdit(edit: SchemaCase) throws { try edit.check() }

    @Test("an edit of another object keyword", arguments: objects)
    func objectEdit(edit: SchemaCase) throws { try edit.check() }

    static let cases = propertys + objects

    private static let propertys = [
        SchemaCase(
            old: "①{type: object}",
            new: "{type: object, required: [a], properties: {①a: {type: string}}}",
            forwards: """
                error|note required-added at /a
                the required § was added: none → {"type":"string"}
                """,
            backwards: """
                warning/error/error|error required-removed at /a
                the required § was removed: {"type":"string"} → none
                """),
        SchemaCase(
            old: "①{type: object}",
            new: "{type: object, properties: {①a: {type: string}}}",
            forwards: """
                note|note optional-added at /a
                the optional § was added: none → {"type":"string"}
                """,
            backwards: """
                warning/error/error|warning/error/error optional-removed at /a
                the optional § was removed: {"type":"string"} → none
                """),
        SchemaCase(
            old: "①{type: object}",
            new: "{type: object, required: [a], properties: {①a: {default: 1}}}",
            forwards: """
                error|note required-added-with-default at /a
                the required § was added: none → {"default":1}
                """,
            backwards: """
                warning/error/error|error required-removed-with-default at /a
                the required § was removed: {"default":1} → none
                """),
        SchemaCase(
            old: "①{type: object, additionalProperties: false}",
            new: "{type: object, additionalProperties: false, required: [a], properties: {①a: true}}",
            forwards: """
                error|error required-added-to-closed at /a
                the required § was added; the object accepted no other properties before: none → true
                """,
            backwards: """
                error|error required-removed-from-closed at /a
                the required § was removed; the object accepts no other properties: true → none
                """),
        SchemaCase(
            old: "①{type: object, additionalProperties: false}",
            new: "{type: object, additionalProperties: false, properties: {①a: true}}",
            forwards: """
                note|error/note/note optional-added-to-closed at /a
                the optional § was added; the object accepted no other properties before: none → true
                """,
            backwards: """
                error|warning/error/error optional-removed-from-closed at /a
                the optional § was removed; the object accepts no other properties: true → none
                """),
        SchemaCase(
            old: "{type: object, properties: {①a: true}}",
            new: "{type: object, required: [a], properties: {①a: true}}",
            forwards: """
                error|note became-required at /a
                § became required: optional → required
                """,
            backwards: """
                note|error became-optional at /a
                § became optional: required → optional
                """),
        SchemaCase(
            old: "{type: object, properties: {①a: {default: 1}}}",
            new: "{type: object, required: [a], properties: {①a: {default: 1}}}",
            forwards: """
                error|note became-required-with-default at /a
                § became required: optional → required
                """,
            backwards: """
                note|error became-optional-with-default at /a
                § became optional: required → optional
                """),
    ]

    private static let objects = [
        SchemaCase(
            old: "①{type: object}",
            new: "{type: object, ①additionalProperties: false}",
            forwards: """
                error|note additional-properties-removed
                § no longer accepts undeclared properties: true → false
                """,
            backwards: """
                note|error additional-properties-added
                § now accepts undeclared properties: false → true
                """),
        SchemaCase(
            old: "①{type: object}",
            new: "{type: object, ①additionalProperties: {type: string}}",
            forwards: """
                error|note additional-properties-narrowed
                undeclared properties of § must now fit a schema: true → {"type":"string"}
                """,
            backwards: """
                note|error additional-properties-widened
                undeclared properties of § may now have any value: {"type":"string"} → true
                """),
        SchemaCase(
            old: "①{type: object}",
            new: "{type: object, ①unevaluatedProperties: false}",
            forwards: """
                error|note unevaluated-properties-removed
                § no longer accepts undeclared properties: true → false
                """,
            backwards: """
                note|error unevaluated-properties-added
                § now accepts undeclared properties: false → true
                """),
        SchemaCase(
            old: "①{type: object}",
            new: "{type: object, ①unevaluatedProperties: {type: string}}",
            forwards: """
                error|note unevaluated-properties-narrowed
                undeclared properties of § must now fit a schema: true → {"type":"string"}
                """,
            backwards: """
                note|error unevaluated-properties-widened
                undeclared properties of § may now have any value: {"type":"string"} → true
                """),
        SchemaCase(
            old: "{type: object, additionalProperties: {①type: string}}",
            new: "{type: object, additionalProperties: {①type: integer}}",
            forwards: """
                error|error type-changed at /*
                the type of § changed from string to integer: string → integer
                """,
            backwards: """
                error|error type-changed at /*
                the type of § changed from integer to string: integer → string
                """),
        SchemaCase(
            old: "①{type: object}",
            new: "{type: object, patternProperties: {①'^x': {type: string}}}",
            forwards: """
                error|note pattern-property-added
                `patternProperties` for ^x was added to §: none → ^x
                """,
            backwards: """
                note|error pattern-property-removed
                `patternProperties` for ^x was removed from §: ^x → none
                """),
        SchemaCase(
            old: "①{type: object, additionalProperties: false}",
            new: "{type: object, additionalProperties: false, patternProperties: {①'^x': true}}",
            forwards: """
                note|error pattern-property-allowed
                `patternProperties` for ^x was added to §: none → ^x
                """,
            backwards: """
                error|note pattern-property-forbidden
                `patternProperties` for ^x was removed from §: ^x → none
                """),
        SchemaCase(
            old: "①{type: object}",
            new: "{type: object, ①propertyNames: {maxLength: 3}}",
            forwards: """
                error|note property-names-added
                `propertyNames` was added to §: {"maxLength":3}: none → {"maxLength":3}
                """,
            backwards: """
                note|error property-names-removed
                `propertyNames` was removed from §: {"maxLength":3}: {"maxLength":3} → none
                """),
        SchemaCase(
            old: "{type: object, ①propertyNames: {maxLength: 3}}",
            new: "{type: object, ①propertyNames: {maxLength: 4}}",
            forwards: """
                warning|warning property-names-undecided
                `propertyNames` of § changed, and which values that affects cannot be decided: {"maxLength":3} → \
                {"maxLength":4}
                """,
            backwards: """
                warning|warning property-names-undecided
                `propertyNames` of § changed, and which values that affects cannot be decided: {"maxLength":4} → \
                {"maxLength":3}
                """),
        SchemaCase(
            old: "①{type: object}",
            new: "{type: object, dependentRequired: {①a: [b]}}",
            forwards: """
                error|note dependent-required-added
                § now requires 'b' when 'a' is present: none → b
                """,
            backwards: """
                note|error dependent-required-removed
                § no longer requires 'b' when 'a' is present: b → none
                """),
        SchemaCase(
            old: "①{type: object}",
            new: "{type: object, dependentSchemas: {①a: {minProperties: 2}}}",
            forwards: """
                error|note dependent-schema-added
                `dependentSchemas` was added to §: {"minProperties":2}: none → {"minProperties":2}
                """,
            backwards: """
                note|error dependent-schema-removed
                `dependentSchemas` was removed from §: {"minProperties":2}: {"minProperties":2} → none
                """),
        SchemaCase(
            old: "{type: object, dependentSchemas: {①a: {minProperties: 2}}}",
            new: "{type: object, dependentSchemas: {①a: {minProperties: 3}}}",
            forwards: """
                warning|warning dependent-schema-undecided
                `dependentSchemas` of § changed, and which values that affects cannot be decided: \
                {"minProperties":2} → {"minProperties":3}
                """,
            backwards: """
                warning|warning dependent-schema-undecided
                `dependentSchemas` of § changed, and which values that affects cannot be decided: \
                {"minProperties":3} → {"minProperties":2}
                """),
    ]
}
