import Testing

/// The rules for request bodies, responses, headers and links: place, message, severity and location of each.
@Suite struct MessageChangeTests {
    @Test("a request body that is added, removed, required or optional", arguments: bodies)
    func body(change: ChangeCase) throws { try change.check() }

    @Test("a media type, its schema or its encoding changes", arguments: mediaTypes)
    func mediaType(change: ChangeCase) throws { try change.check() }

    @Test("a status or a link is added, removed or changed", arguments: responses)
    func response(change: ChangeCase) throws { try change.check() }

    @Test("a header is added, removed or written differently", arguments: headers)
    func header(change: ChangeCase) throws { try change.check() }

    static let cases = bodies + mediaTypes + responses + headers

    private static let bodies = [
        ChangeCase(
            old: "①{operationId: a}",
            new: "{operationId: a, ①requestBody: {required: true, content: {text/plain: {}}}}",
            forwards: """
                error request.body.required-added at body
                the required request body was added: none → required
                """,
            backwards: """
                error request.body.required-removed at body
                the required request body was removed: required → none
                """),
        ChangeCase(
            old: "①{operationId: a}",
            new: "{operationId: a, ①requestBody: {content: {text/plain: {}}}}",
            forwards: """
                note request.body.optional-added at body
                the optional request body was added: none → optional
                """,
            backwards: """
                error request.body.optional-removed at body
                the optional request body was removed: optional → none
                """),
        ChangeCase(
            old: "{①requestBody: {content: {text/plain: {}}}}",
            new: "{requestBody: {①required: true, content: {text/plain: {}}}}",
            forwards: """
                error request.body.became-required at body
                the request body became required: optional → required
                """,
            backwards: """
                note request.body.became-optional at body
                the request body became optional: required → optional
                """),
    ]

    private static let mediaTypes = [
        ChangeCase(
            old: "{①requestBody: {content: {text/plain: {}}}}",
            new: "{requestBody: {content: {text/plain: {}, ①text/csv: {}}}}",
            forwards: """
                note request.media-type.added at body
                the media type text/csv was added to the request body: none → text/csv
                """,
            backwards: """
                error request.media-type.removed at body
                the media type text/csv was removed from the request body: text/csv → none
                """),
        ChangeCase(
            old: "{responses: {①'200': {content: {text/plain: {}}}}}",
            new: "{responses: {'200': {content: {text/plain: {}, ①text/csv: {}}}}}",
            forwards: """
                note response.media-type.added at 200
                the media type text/csv was added to the body of the response 200: none → text/csv
                """,
            backwards: """
                error response.media-type.removed at 200
                the media type text/csv was removed from the body of the response 200: text/csv → none
                """),
        // UTF-8 is the default charset here, and names of types ignore case (RFC 9110, section 8.3.1).
        ChangeCase(
            old: "{requestBody: {content: {text/csv: {}}}}",
            new: "{requestBody: {content: {'Text/CSV; charset=utf-8': {}}}}",
            forwards: "", backwards: ""),
        ChangeCase(
            old: "{requestBody: {content: {①text/plain: {}}}}",
            new: "{requestBody: {content: {text/plain: {schema: ①{type: string}}}}}",
            forwards: """
                error request.media-type.schema-added at body
                the request body now has a schema: none → {"type":"string"}
                """,
            backwards: """
                note request.media-type.schema-removed at body
                the request body no longer has a schema: {"type":"string"} → none
                """),
        ChangeCase(
            old: "{responses: {'200': {content: {①text/plain: {}}}}}",
            new: "{responses: {'200': {content: {text/plain: {schema: ①{type: string}}}}}}",
            forwards: """
                note response.media-type.schema-added at 200
                the body of the response 200 now has a schema: none → {"type":"string"}
                """,
            backwards: """
                error response.media-type.schema-removed at 200
                the body of the response 200 no longer has a schema: {"type":"string"} → none
                """),
        // A schema that accepts everything equals no schema.
        ChangeCase(
            old: "{requestBody: {content: {text/plain: {}}}}",
            new: "{requestBody: {content: {text/plain: {schema: {}}}}}",
            forwards: "", backwards: ""),
        ChangeCase(
            old: "{requestBody: {content: {①application/jsonl: {}}}}",
            new: "{requestBody: {content: {application/jsonl: {itemSchema: ①{type: string}}}}}",
            forwards: """
                error request.media-type.item-schema-added at body
                the request body now has a schema: none → {"type":"string"}
                """,
            backwards: """
                note request.media-type.item-schema-removed at body
                the request body no longer has a schema: {"type":"string"} → none
                """),
        ChangeCase(
            old: "{responses: {'200': {content: {①application/jsonl: {}}}}}",
            new: "{responses: {'200': {content: {application/jsonl: {itemSchema: ①{type: string}}}}}}",
            forwards: """
                note response.media-type.item-schema-added at 200
                the body of the response 200 now has a schema: none → {"type":"string"}
                """,
            backwards: """
                error response.media-type.item-schema-removed at 200
                the body of the response 200 no longer has a schema: {"type":"string"} → none
                """),
        ChangeCase(
            old: "{requestBody: {content: {multipart/form-data: {encoding: {a: {①contentType: text/plain}}}}}}",
            new: "{requestBody: {content: {multipart/form-data: {encoding: {a: {①contentType: text/csv}}}}}}",
            forwards: """
                error request.media-type.encoding-changed at body
                `contentType` of the form field 'a' changed: "text/plain" → "text/csv"
                """,
            backwards: """
                error request.media-type.encoding-changed at body
                `contentType` of the form field 'a' changed: "text/csv" → "text/plain"
                """),
        ChangeCase(
            old: "{responses: {'200': {content: {multipart/form-data: {①encoding: {}}}}}}",
            new: "{responses: {'200': {content: {multipart/form-data: {encoding: {a: {①explode: true}}}}}}}",
            forwards: """
                error response.media-type.encoding-changed at 200
                `explode` of the form field 'a' changed: none → true
                """,
            backwards: """
                error response.media-type.encoding-changed at 200
                `explode` of the form field 'a' changed: true → none
                """),
        // A schema with a reference that cannot be resolved is not an absent schema.
        ChangeCase(
            old: "{requestBody: {content: {text/plain: {①schema: {$ref: '#/components/schemas/None'}}}}}",
            new: "{requestBody: {content: {text/plain: {①schema: {$ref: '#/components/schemas/Other'}}}}}",
            forwards: """
                warning comparison.undecided at body
                the schema of the request body could not be read: none → none
                """,
            backwards: """
                warning comparison.undecided at body
                the schema of the request body could not be read: none → none
                """),
    ]

    private static let responses = [
        ChangeCase(
            old: "{①responses: {'200': {}}}",
            new: "{responses: {'200': {}, ①'202': {}}}",
            forwards: """
                warning/note/note response.status.success-added at 202
                the response 202 was added: none → 202
                """,
            backwards: """
                error response.status.success-removed at 202
                the response 202 was removed: 202 → none
                """),
        ChangeCase(
            old: "{①responses: {'200': {}}}",
            new: "{responses: {'200': {}, ①'409': {}}}",
            forwards: """
                warning/note/note response.status.other-added at 409
                the response 409 was added: none → 409
                """,
            backwards: """
                note response.status.other-removed at 409
                the response 409 was removed: 409 → none
                """),
        // A range or `default` covers statuses without their own response (OpenAPI 3.1.1, section 4.8.16).
        ChangeCase(
            old: "{responses: {'200': {}, 4XX: {}}}", new: "{responses: {'200': {}, 4xx: {}, '404': {}}}",
            forwards: "", backwards: ""),
        ChangeCase(
            old: "{responses: {'200': {}, default: {}}}", new: "{responses: {'200': {}, default: {}, '503': {}}}",
            forwards: "", backwards: ""),
        ChangeCase(
            old: "{responses: {①'200': {}}}",
            new: "{responses: {'200': {links: {①next: {operationId: b}}}}}",
            forwards: """
                note response.link.added at 200
                the link 'next' of the response 200 was added: none → next
                """,
            backwards: """
                warning response.link.removed at 200
                the link 'next' of the response 200 was removed: next → none
                """),
        ChangeCase(
            old: "{responses: {'200': {links: {①next: {operationId: b}}}}}",
            new: "{responses: {'200': {links: {①next: {operationId: c}}}}}",
            forwards: """
                warning response.link.changed at 200
                the link 'next' of the response 200 changed: {"operationId":"b"} → {"operationId":"c"}
                """,
            backwards: """
                warning response.link.changed at 200
                the link 'next' of the response 200 changed: {"operationId":"c"} → {"operationId":"b"}
                """),
    ]

    private static let headers = [
        ChangeCase(
            old: "{responses: {①'200': {}}}",
            new: "{responses: {'200': {headers: {①X-Total: {required: true, schema: {}}}}}}",
            forwards: """
                note response.header.required-added at 200 header.X-Total
                the required header 'X-Total' of the response 200 was added: none → required
                """,
            backwards: """
                error response.header.required-removed at 200 header.X-Total
                the required header 'X-Total' of the response 200 was removed: required → none
                """),
        ChangeCase(
            old: "{responses: {①'200': {}}}",
            new: "{responses: {'200': {headers: {①X-Total: {schema: {}}}}}}",
            forwards: """
                note response.header.optional-added at 200 header.X-Total
                the optional header 'X-Total' of the response 200 was added: none → optional
                """,
            backwards: """
                warning/error/error response.header.optional-removed at 200 header.X-Total
                the optional header 'X-Total' of the response 200 was removed: optional → none
                """),
        // OpenAPI ignores a header named `Content-Type` (OpenAPI 3.1.1, section 4.8.17.1).
        ChangeCase(
            old: "{responses: {'200': {}}}",
            new: "{responses: {'200': {headers: {Content-type: {required: true, schema: {}}}}}}",
            forwards: "", backwards: ""),
        ChangeCase(
            old: "{responses: {'200': {headers: {X-Total: {①required: false, schema: {}}}}}}",
            new: "{responses: {'200': {headers: {x-total: {①required: true, schema: {}}}}}}",
            forwards: """
                note response.header.became-required at 200 header.x-total
                the header 'x-total' of the response 200 became required: optional → required
                """,
            backwards: """
                error response.header.became-optional at 200 header.X-Total
                the header 'X-Total' of the response 200 became optional: required → optional
                """),
        ChangeCase(
            old: "{responses: {'200': {headers: {①X-A: {schema: {type: object}}}}}}",
            new: "{responses: {'200': {headers: {X-A: {①explode: true, schema: {type: object}}}}}}",
            forwards: """
                error response.header.explode-changed at 200 header.X-A
                `explode` of the header 'X-A' of the response 200 changed: false → true
                """,
            backwards: """
                error response.header.explode-changed at 200 header.X-A
                `explode` of the header 'X-A' of the response 200 changed: true → false
                """),
        // `explode` has no effect on text.
        ChangeCase(
            old: "{responses: {'200': {headers: {X-A: {schema: {type: string}}}}}}",
            new: "{responses: {'200': {headers: {X-A: {explode: true, schema: {type: string}}}}}}",
            forwards: "", backwards: ""),
        ChangeCase(
            old: "{responses: {'200': {headers: {①X-A: {schema: {type: object}}}}}}",
            new: "{responses: {'200': {headers: {X-A: {①content: {text/csv: {schema: {type: object}}}}}}}}",
            forwards: """
                error response.header.content-changed at 200 header.X-A
                the header 'X-A' of the response 200 is written in another media type: schema → text/csv
                """,
            backwards: """
                error response.header.content-changed at 200 header.X-A
                the header 'X-A' of the response 200 is written in another media type: text/csv → schema
                """),
        ChangeCase(
            old: "{responses: {'200': {headers: {X-A: {schema: {①type: integer}}}}}}",
            new: "{responses: {'200': {headers: {X-A: {schema: {①type: string}}}}}}",
            forwards: """
                error response.header.type-widened at 200 header.X-A
                the type of the header 'X-A' of the response 200 changed from integer to string: integer → string
                """,
            backwards: """
                note response.header.type-narrowed at 200 header.X-A
                the type of the header 'X-A' of the response 200 changed from string to integer: string → integer
                """),
        ChangeCase(
            old: "{responses: {'200': {headers: {①X-A: {}}}}}",
            new: "{responses: {'200': {headers: {X-A: {①deprecated: true, x-sunset: '2031-01-01'}}}}}",
            forwards: """
                note response.header.deprecation-added at 200 header.X-A
                the header 'X-A' of the response 200 was deprecated until 2031-01-01: false → true
                note response.header.sunset-added at 200 header.X-A
                the header 'X-A' of the response 200 now has a sunset date: none → 2031-01-01
                """,
            backwards: """
                note response.header.deprecation-removed at 200 header.X-A
                the header 'X-A' of the response 200 is no longer deprecated: true → false
                """),
    ]
}
