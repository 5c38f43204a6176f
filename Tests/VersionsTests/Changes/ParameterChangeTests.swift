import Testing

/// The rules for parameters of requests: place, message, severity and location of each, in both directions.
@Suite struct ParameterChangeTests {
    @Test("a parameter that is added, removed or renamed", arguments: existence)
    func exists(change: ChangeCase) throws { try change.check() }

    @Test("a parameter that is written differently", arguments: serialization)
    func isWritten(change: ChangeCase) throws { try change.check() }

    @Test("a parameter with another lifecycle", arguments: lifecycle)
    func ages(change: ChangeCase) throws { try change.check() }

    static let cases = existence + serialization + lifecycle

    private static let existence = [
        ChangeCase(
            old: "①{operationId: a}",
            new: "{operationId: a, parameters: [①{name: q, in: query, required: true, schema: {}}]}",
            forwards: """
                error request.parameter.required-added at query.q
                the required query parameter 'q' was added: none → required
                """,
            backwards: """
                warning/error/error request.parameter.required-removed at query.q
                the required query parameter 'q' was removed: required → none
                """),
        ChangeCase(
            old: "①{operationId: a}",
            new: "{operationId: a, parameters: [①{name: X-Trace, in: header, schema: {}}]}",
            forwards: """
                note request.parameter.optional-added at header.X-Trace
                the optional header parameter 'X-Trace' was added: none → optional
                """,
            backwards: """
                warning/error/error request.parameter.optional-removed at header.X-Trace
                the optional header parameter 'X-Trace' was removed: optional → none
                """),
        // Cookie names are case-sensitive (RFC 6265, section 5.3), header names are not (RFC 9110, section 5.1).
        ChangeCase(
            old: "①{parameters: [②{name: sid, in: cookie, schema: {}}]}",
            new: "①{parameters: [②{name: SID, in: cookie, schema: {}}]}",
            forwards: """
                note request.parameter.optional-added at cookie.SID
                the optional cookie parameter 'SID' was added: none → optional
                warning/error/error request.parameter.optional-removed at cookie.sid
                the optional cookie parameter 'sid' was removed: optional → none
                """,
            backwards: """
                note request.parameter.optional-added at cookie.sid
                the optional cookie parameter 'sid' was added: none → optional
                warning/error/error request.parameter.optional-removed at cookie.SID
                the optional cookie parameter 'SID' was removed: optional → none
                """),
        ChangeCase(
            old: "{parameters: [{name: X-Trace, in: header, schema: {}}]}",
            new: "{parameters: [{name: x-trace, in: header, schema: {}}]}",
            forwards: "", backwards: ""),
        ChangeCase(
            old: "{parameters: [{name: q, in: query, schema: {}, ①required: false}]}",
            new: "{parameters: [{name: q, in: query, schema: {}, ①required: true}]}",
            forwards: """
                error request.parameter.became-required at query.q
                the query parameter 'q' became required: optional → required
                """,
            backwards: """
                note request.parameter.became-optional at query.q
                the query parameter 'q' became optional: required → optional
                """),
        // Path parameters are required, whether or not the document says so (OpenAPI 3.1.1, section 4.8.12.2.1).
        ChangeCase(
            frame: .document,
            old: "paths: {'/a/{id}': {get: {parameters: [①{name: id, in: path, schema: {}}]}}}",
            new: "paths: {'/a/{id}': {get: {parameters: [①{name: id, in: path, required: true, schema: {}}]}}}",
            forwards: "", backwards: ""),
        ChangeCase(
            frame: .document,
            old: "paths: {①'/a/{id}/{n}': {get: {}}}",
            new: "paths: {①'/a/{key}/{n}': {get: {}}}",
            forwards: """
                note operation.path-parameter-renamed at path.key
                the path parameter 'id' was renamed to 'key': id → key
                """,
            backwards: """
                note operation.path-parameter-renamed at path.id
                the path parameter 'key' was renamed to 'id': key → id
                """),
    ]

    private static let serialization = [
        ChangeCase(
            old: "{parameters: [①{name: q, in: query, schema: {type: array}}]}",
            new: "{parameters: [{name: q, in: query, schema: {type: array}, ①style: pipeDelimited}]}",
            forwards: """
                error request.parameter.style-changed at query.q
                the style of the query parameter 'q' changed from form to pipeDelimited: form → pipeDelimited
                """,
            backwards: """
                error request.parameter.style-changed at query.q
                the style of the query parameter 'q' changed from pipeDelimited to form: pipeDelimited → form
                """),
        ChangeCase(
            old: "{parameters: [①{name: q, in: query, schema: {type: array}}]}",
            new: "{parameters: [{name: q, in: query, schema: {type: array}, ①explode: false}]}",
            forwards: """
                error request.parameter.explode-changed at query.q
                `explode` of the query parameter 'q' changed from true to false: true → false
                """,
            backwards: """
                error request.parameter.explode-changed at query.q
                `explode` of the query parameter 'q' changed from false to true: false → true
                """),
        // `explode` has no effect on values that are neither arrays nor objects (OpenAPI 3.1.1, section 4.8.12.2.2).
        ChangeCase(
            old: "{parameters: [{name: q, in: query, schema: {type: string}}]}",
            new: "{parameters: [{name: q, in: query, schema: {type: string}, explode: false}]}",
            forwards: "", backwards: ""),
        // `form` is the default style of query and cookie, `simple` that of path and header parameters.
        ChangeCase(
            old: "{parameters: [{name: q, in: query, schema: {}}, {name: h, in: header, schema: {}}]}",
            new: """
                {parameters: [{name: q, in: query, style: form, explode: true, schema: {}},
                {name: h, in: header, style: simple, explode: false, schema: {}}]}
                """,
            forwards: "", backwards: ""),
        ChangeCase(
            old: "{parameters: [①{name: q, in: query, schema: {type: object}}]}",
            new: "{parameters: [{name: q, in: query, ①content: {application/json: {schema: {type: object}}}}]}",
            forwards: """
                error request.parameter.content-changed at query.q
                the query parameter 'q' is now written as application/json, before as plain text: schema → \
                application/json
                """,
            backwards: """
                error request.parameter.content-changed at query.q
                the query parameter 'q' is now written as plain text, before as application/json: \
                application/json → schema
                """),
        ChangeCase(
            old: "{parameters: [①{name: q, in: query, schema: {type: string}}]}",
            new: "{parameters: [{name: q, in: query, schema: {type: string}, ①allowReserved: true}]}",
            forwards: """
                warning request.parameter.allow-reserved-added at query.q
                `allowReserved` of the query parameter 'q' is now true: false → true
                """,
            backwards: """
                warning request.parameter.allow-reserved-removed at query.q
                `allowReserved` of the query parameter 'q' is now false: true → false
                """),
        ChangeCase(
            old: "{parameters: [①{name: q, in: query, schema: {type: string}}]}",
            new: "{parameters: [{name: q, in: query, schema: {type: string}, ①allowEmptyValue: true}]}",
            forwards: """
                note request.parameter.allow-empty-value-added at query.q
                `allowEmptyValue` of the query parameter 'q' is now true: false → true
                """,
            backwards: """
                error request.parameter.allow-empty-value-removed at query.q
                `allowEmptyValue` of the query parameter 'q' is now false: true → false
                """),
        // A number that became free text is written as before; text that became a number is not.
        ChangeCase(
            old: "{parameters: [{name: q, in: query, schema: {①type: integer}}]}",
            new: "{parameters: [{name: q, in: query, schema: {①type: string}}]}",
            forwards: """
                note request.parameter.type-widened at query.q
                the type of the query parameter 'q' changed from integer to string: integer → string
                """,
            backwards: """
                error request.parameter.type-narrowed at query.q
                the type of the query parameter 'q' changed from string to integer: string → integer
                """),
        ChangeCase(
            old: "{parameters: [{name: q, in: query, schema: {①type: integer}}]}",
            new: "{parameters: [{name: q, in: query, schema: {①type: string, maxLength: 9}}]}",
            forwards: """
                error request.parameter.type-changed at query.q
                the type of the query parameter 'q' changed from integer to string: integer → string
                """,
            backwards: """
                error request.parameter.type-changed at query.q
                the type of the query parameter 'q' changed from string to integer: string → integer
                """),
    ]

    private static let lifecycle = [
        ChangeCase(
            old: "①{operationId: a}",
            new: "{operationId: a, parameters: [①{name: q, in: query, deprecated: true, x-sunset: '2030-01-01'}]}",
            forwards: """
                note request.parameter.optional-added at query.q
                the optional query parameter 'q' was added: none → optional
                """,
            backwards: """
                error request.parameter.removed-before-sunset at query.q
                the optional query parameter 'q' was removed before its sunset date 2030-01-01: optional → none
                """),
        // On the day of the sunset, the parameter may be removed.
        ChangeCase(
            old: "①{operationId: a}",
            new: "{operationId: a, parameters: [①{name: q, in: query, deprecated: true, x-sunset: '2026-01-01'}]}",
            forwards: """
                note request.parameter.optional-added at query.q
                the optional query parameter 'q' was added: none → optional
                """,
            backwards: """
                note request.parameter.removed-after-deprecation at query.q
                the optional query parameter 'q' was removed after its sunset date 2026-01-01: optional → none
                """),
        // A sunset date without deprecation announces nothing.
        ChangeCase(
            old: "①{operationId: a}",
            new: "{operationId: a, parameters: [①{name: q, in: query, x-sunset: '2020-01-01'}]}",
            forwards: """
                note request.parameter.optional-added at query.q
                the optional query parameter 'q' was added: none → optional
                """,
            backwards: """
                warning/error/error request.parameter.optional-removed at query.q
                the optional query parameter 'q' was removed: optional → none
                """),
        ChangeCase(
            old: "{parameters: [①②{name: q, in: query}]}",
            new: "{parameters: [{name: q, in: query, ①②deprecated: true}]}",
            forwards: """
                note request.parameter.deprecation-added at query.q
                the query parameter 'q' was deprecated: false → true
                warning/note/note request.parameter.deprecation-without-sunset at query.q
                the query parameter 'q' was deprecated without a sunset date: none → none
                """,
            backwards: """
                note request.parameter.deprecation-removed at query.q
                the query parameter 'q' is no longer deprecated: true → false
                """),
        ChangeCase(
            old: "{parameters: [①{name: q, in: query, x-stability-level: stable}]}",
            new: "{parameters: [①{name: q, in: query, x-stability-level: beta}]}",
            forwards: """
                error request.parameter.stability-decreased at query.q
                the stability level of the query parameter 'q' is now lower: stable → beta
                """,
            backwards: """
                note request.parameter.stability-increased at query.q
                the stability level of the query parameter 'q' is now higher: beta → stable
                """),
    ]
}
