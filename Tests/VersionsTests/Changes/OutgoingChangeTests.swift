import Testing

/// The rules for callbacks and webhooks. The API sends these requests, so the client treats them like responses.
@Suite struct OutgoingChangeTests {
    @Test("a callback or webhook is added or removed", arguments: existence)
    func exists(change: ChangeCase) throws { try change.check() }

    @Test("the request of a webhook changes", arguments: requests)
    func request(change: ChangeCase) throws { try change.check() }

    @Test("the response to a webhook changes", arguments: responses)
    func response(change: ChangeCase) throws { try change.check() }

    static let cases = existence + requests + responses

    private static let existence = [
        ChangeCase(
            old: "①{operationId: a}",
            new: "{operationId: a, callbacks: {done: {'{$request.body#/url}': {①post: {}}}}}",
            forwards: """
                note callback.added at done
                the callback 'done' was added: POST {$request.body#/url}: none → POST {$request.body#/url}
                """,
            backwards: """
                error callback.removed at done
                the callback 'done' was removed: POST {$request.body#/url}: POST {$request.body#/url} → none
                """),
        ChangeCase(
            frame: .document,
            old: "①\nwebhooks: {}", new: "webhooks: {paid: {①post: {}}}",
            forwards: """
                note webhook.added at paid
                the webhook 'paid' was added: POST paid: none → POST paid
                """,
            backwards: """
                error webhook.removed at paid
                the webhook 'paid' was removed: POST paid: POST paid → none
                """),
    ]

    /// A webhook before and after, with the texts of its `post`; a mark before the text stands before `post`.
    private static func webhook(_ old: String, _ new: String, forwards: String, backwards: String) -> ChangeCase {
        func document(_ text: String) -> String {
            let isWhole = text.hasPrefix("①")
            return "webhooks: {paid: {\(isWhole ? "①" : "")post: \(isWhole ? String(text.dropFirst()) : text)}}"
        }
        return ChangeCase(
            frame: .document, old: document(old), new: document(new), forwards: forwards, backwards: backwards)
    }

    private static let requests = [
        webhook(
            "①{tags: []}", "{tags: [], ①requestBody: {content: {text/plain: {}}}}",
            forwards: """
                note response.media-type.added at body
                the optional request body was added: none → optional
                """,
            backwards: """
                error response.media-type.removed at body
                the optional request body was removed: optional → none
                """),
        webhook(
            "{①requestBody: {content: {text/plain: {}}}}",
            "{requestBody: {①required: true, content: {text/plain: {}}}}",
            forwards: """
                note response.body.became-required at body
                the request body became required: optional → required
                """,
            backwards: """
                error response.body.became-optional at body
                the request body became optional: required → optional
                """),
        webhook(
            "{①requestBody: {content: {text/plain: {}}}}",
            "{requestBody: {content: {text/plain: {}, ①text/csv: {}}}}",
            forwards: """
                note response.media-type.added at body
                the media type text/csv was added to the request body: none → text/csv
                """,
            backwards: """
                error response.media-type.removed at body
                the media type text/csv was removed from the request body: text/csv → none
                """),
        webhook(
            "{requestBody: {content: {text/plain: {schema: {type: string, ①maxLength: 3}}}}}",
            "{requestBody: {content: {text/plain: {schema: {type: string, ①maxLength: 4}}}}}",
            forwards: """
                error/error/note response.body.max-length-increased at body
                `maxLength` of the request body was increased from 3 to 4: 3 → 4
                """,
            backwards: """
                note response.body.max-length-decreased at body
                `maxLength` of the request body was decreased from 4 to 3: 4 → 3
                """),
        webhook(
            "①{tags: []}", "{tags: [], parameters: [①{name: X-Sign, in: header, required: true, schema: {}}]}",
            forwards: """
                note response.header.required-added at header.X-Sign
                the required header parameter 'X-Sign' was added: none → required
                """,
            backwards: """
                error response.header.required-removed at header.X-Sign
                the required header parameter 'X-Sign' was removed: required → none
                """),
        webhook(
            "{parameters: [①{name: q, in: query, schema: {type: array}}]}",
            "{parameters: [{name: q, in: query, ①style: pipeDelimited, schema: {type: array}}]}",
            forwards: """
                error response.header.style-changed at query.q
                the style of the query parameter 'q' changed from form to pipeDelimited: form → pipeDelimited
                """,
            backwards: """
                error response.header.style-changed at query.q
                the style of the query parameter 'q' changed from pipeDelimited to form: pipeDelimited → form
                """),
    ]

    private static let responses = [
        webhook(
            "{①responses: {'200': {}}}", "{responses: {'200': {}, ①'202': {}}}",
            forwards: """
                note request.status.added at 202
                the response 202 was added: none → 202
                """,
            backwards: """
                error request.status.removed at 202
                the response 202 was removed: 202 → none
                """),
        webhook(
            "{responses: {①'200': {content: {text/plain: {}}}}}",
            "{responses: {'200': {content: {text/plain: {}, ①text/csv: {}}}}}",
            forwards: """
                note request.media-type.added at 200
                the media type text/csv was added to the body of the response 200: none → text/csv
                """,
            backwards: """
                error request.media-type.removed at 200
                the media type text/csv was removed from the body of the response 200: text/csv → none
                """),
        webhook(
            "{responses: {'200': {content: {text/plain: {schema: {type: string, ①minLength: 1}}}}}}",
            "{responses: {'200': {content: {text/plain: {schema: {type: string, ①minLength: 2}}}}}}",
            forwards: """
                error request.body.min-length-increased at 200
                `minLength` of the body of the response 200 was increased from 1 to 2: 1 → 2
                """,
            backwards: """
                note request.body.min-length-decreased at 200
                `minLength` of the body of the response 200 was decreased from 2 to 1: 2 → 1
                """),
        webhook(
            "{responses: {①'200': {}}}", "{responses: {'200': {headers: {①X-A: {required: true, schema: {}}}}}}",
            forwards: """
                error request.parameter.required-added at 200 header.X-A
                the required header 'X-A' of the response 200 was added: none → required
                """,
            backwards: """
                warning/error/error request.parameter.required-removed at 200 header.X-A
                the required header 'X-A' of the response 200 was removed: required → none
                """),
        webhook(
            "{responses: {'200': {headers: {X-A: {schema: {type: string, ①maxLength: 3}}}}}}",
            "{responses: {'200': {headers: {X-A: {schema: {type: string, ①maxLength: 2}}}}}}",
            forwards: """
                error request.parameter.max-length-decreased at 200 header.X-A
                `maxLength` of the header 'X-A' of the response 200 was decreased from 3 to 2: 3 → 2
                """,
            backwards: """
                note request.parameter.max-length-increased at 200 header.X-A
                `maxLength` of the header 'X-A' of the response 200 was increased from 2 to 3: 2 → 3
                """),
    ]
}
