/// Explanations of the rules about requests, credentials and promises.
extension RuleText {
    static let requests: [String: RuleText] = [
        "request.*": RuleText(
            "A step sent a request that violates the contract, and its row is not marked `invalid`. The end of the id is "
                + "the keyword or the part of the request: `assay explain request.required`.",
            basis: "An Operation Object declares the parameters and the body that a request can have.",
            example: "contract  weight: {type: number}\ntable     set = weight:=\"2.5\"",
            "correct the row, its body file or the profile",
            "if the request must violate the contract, write `invalid` in the column `opts`"),
        "request.syntax": RuleText(
            "A parameter was sent in another style than the contract declares.",
            basis: "`style` and `explode` define how a parameter is written.",
            example: "contract  style: deepObject\nrequest   GET /parcels?filter=sent",
            "send the parameter in the declared style, or write its value as an item in `set`"),
        "request.method": RuleText(
            "The request has a method that the contract does not declare for its path.",
            basis: "A Path Item Object declares the operations of a path by their methods.",
            example: "contract  /parcels: {get: …}\nrequest   PUT /parcels",
            "call the operation by its name, or correct the method in the column `call`"),
        "request.path": RuleText(
            "The contract does not declare the path of the request.",
            basis: "The Paths Object declares the paths of the API.",
            example: "contract  /parcels/{id}\nrequest   GET /parcel/P-1",
            "call the operation by its name, or correct the path in the column `call`"),
        "request.mediaType": RuleText(
            "The request has a body without a media type, or with one that the contract does not declare.",
            basis: "The keys of `content` of a Request Body Object are the media types that it can have.",
            example: "contract  content: {application/json: …}\nrequest   content-type: text/plain",
            "send a declared media type: header.content-type=application/json in `set`"),
        "request.json": RuleText(
            "The body of the request must be JSON, and is not.", basis: "A JSON text is one value (RFC 8259).",
            example: "request   {\"weight\": 2.5,}", "correct the body file of the row"),
        "request.form": RuleText(
            "The body of the request must be a form or a multipart body, and is not.",
            basis: "A form is a list of pairs in percent-encoding (WHATWG URL, section 5.1).",
            example: "request   id=%zz", "correct the body file of the row, or set its members in `set`"),
        "request.undecided": RuleText(
            "Checking a request exceeded a limit, so it was neither accepted nor rejected.",
            basis: "Checking a value costs at most ten million steps; the rest is undecided and never passes.",
            example: "contract  pattern: '^(a+)+$'\nrequest   {\"name\": \"aaaaaaaaaaaaaaaaaaaaaaaaaaaa!\"}",
            "simplify the pattern or schema that the report names"),
        "request.unjudged": RuleText(
            "A part of a request was not validated, because its media type or style is not supported.",
            basis: "JSON, forms, multipart bodies and text are judged.",
            example: "contract  content: {application/xml: {schema: …}}\nrequest   <parcel/>",
            "nothing is required; the response to the request is judged"),
        "request.unbuildable": RuleText(
            "A value of the row cannot be part of a request, so nothing was sent and the steps after it were skipped.",
            basis: "A request is built from the cells of the row and from values of earlier responses.",
            example: "table     set = header.x-name={{create.name}}\nresponse  {\"name\": \"two\\nlines\"}",
            "use a value that is valid at this place, or a filter such as {{create.name|base64}}"),
        "negative.accepted": RuleText(
            "The row is marked `invalid`: its request violates the contract. The server accepted it all the same, so it "
                + "does not validate its input.",
            basis: "A row marked `invalid` passes only if its request is rejected.",
            example: "table     opts = invalid, set = weight=-1\nresponse  HTTP/1.1 201",
            "reject the request with a documented status such as 400 or 422",
            "if the value is valid, correct its schema in the contract"),
        "negative.valid": RuleText(
            "The row is marked `invalid`, and its request satisfies the contract, so it tests nothing.",
            basis: "A row marked `invalid` must violate the contract.",
            example: "contract  weight: {type: number}\ntable     opts = invalid, set = weight=2.5",
            "set a value that violates the contract, or remove `invalid` from `opts`"),
        "security.not-enforced": RuleText(
            "A request without credentials, or with wrong ones, was accepted, although the operation requires them. "
                + "Anyone can call the operation.",
            basis: "Only one of the Security Requirement Objects needs to be satisfied, but at least one must be.",
            example: "contract  security: [{Key: []}]\nrequest   GET /parcels without x-key\nresponse  HTTP/1.1 200",
            "check credentials in the server, and reject the request with 401 or 403",
            "if the operation is public, declare `security: []` for it"),
        "security.refused": RuleText(
            "The server rejected credentials that satisfy the contract, so one documented alternative does not work.",
            basis: "Each Security Requirement Object is an alternative that authorizes a request on its own.",
            example: "contract  security: [{Key: []}, {Token: []}]\nrequest   with x-key only\nresponse  HTTP/1.1 401",
            "check that the secrets of the profile are valid for this target",
            "if the alternative is not supported, remove it from `security` in the contract"),
    ]

    static let promises: [String: RuleText] = [
        "promise.never-applied": RuleText(
            "No exchange of the run was one that the promise is about, so it was not tested.",
            basis:
                "Every run judges the promises of `assay.yaml`, and a promise that applies to nothing tests nothing.",
            example: "promise   idempotency: {header: idempotency-key}\nrun       no request repeats a key",
            "add a scenario to which the promise applies, such as a request that is repeated with its key",
            "if the API does not have this behaviour, remove the promise"),
        "idempotency.replay": RuleText(
            "A request was repeated with the same key, and the response differs from the first one. A client that "
                + "retries after a lost response may act twice. `volatile` lists members that may differ.",
            basis: "A server that has completed a request with a key returns the result of that request to a retry.",
            example: "request   POST /parcels, idempotency-key: K-1  → 201 {\"id\": \"P-1\"}\n"
                + "request   POST /parcels, idempotency-key: K-1  → 201 {\"id\": \"P-2\"}",
            "store the first response with the key, failures too, and return it for each repetition"),
        "idempotency.flag": RuleText(
            "The header that marks replays does not have the declared value: `first` for the first response, `again` "
                + "for each repetition.",
            basis: "`replayed` names the header and its two values.",
            example: "promises  replayed: {header: idempotency-replayed, first: 'false', again: 'true'}\n"
                + "response  idempotency-replayed: false (second request)",
            "send the declared value, or correct `replayed` in assay.yaml"),
        "idempotency.conflict": RuleText(
            "A key was used again with a different request, and the server accepted it.",
            basis: "A key must not be reused with a different request; the server rejects it with `conflict`.",
            example: "request   POST /parcels, key K-1, {\"weight\": 1}  → 201\n"
                + "request   POST /parcels, key K-1, {\"weight\": 2}  → 201",
            "compare each request with the first one of its key, and reject a different one"),
        "rate-limit.missing": RuleText(
            "The response lacks a rate limit header that assay.yaml declares. `--strict` makes this an error.",
            basis: "`promises.rate-limit` names the headers of each response.",
            example: "promises  remaining: ratelimit-remaining\nresponse  HTTP/1.1 200, without this header",
            "send the header with each response, or remove it from `promises.rate-limit`"),
        "rate-limit.remaining": RuleText(
            "The number of remaining requests is negative, greater than the limit, or not a number.",
            basis: "`remaining` counts down from `limit` to 0.",
            example: "response  ratelimit-limit: 10\nresponse  ratelimit-remaining: 11",
            "return a count between 0 and the limit"),
        "rate-limit.retry": RuleText(
            "The response requires a wait, although requests are left in the window. Clients slow down for no reason.",
            basis: "`retry` is 0 while requests are left.",
            example: "response  ratelimit-remaining: 4\nresponse  retry-after: 30",
            "return 0, or leave the header out, until no request is left"),
        "rate-limit.refused": RuleText(
            "A request was rejected with 429, although the response before it said that requests are left.",
            basis: "429 indicates that the client has sent too many requests in a given amount of time.",
            example: "response  HTTP/1.1 200, ratelimit-remaining: 4\nresponse  HTTP/1.1 429",
            "return the real count in the remaining header, or do not reject the request",
            "if other clients use the same account, run the tests with credentials of their own"),
        "rate-limit.wait": RuleText(
            "A 429 response has no wait, or one that is longer than the declared window.",
            basis: "A 429 response may include a Retry-After header that says how long to wait.",
            example: "promises  window: 60s\nresponse  HTTP/1.1 429, retry-after: 3600",
            "return the seconds until the window ends, or correct `window` in assay.yaml"),
        "rate-limit.changed": RuleText(
            "The limit of an operation differs between responses of one run.",
            basis: "`limit` is the number of requests in a window, which is constant.",
            example: "response  ratelimit-limit: 10\nresponse  ratelimit-limit: 100",
            "return the same limit with each response of an operation"),
        "rate-limit.uncounted": RuleText(
            "Requests were sent, and the number of remaining ones did not go down.",
            basis: "Each request counts against the limit.",
            example: "response  ratelimit-remaining: 9\nresponse  ratelimit-remaining: 9 (after five requests)",
            "count each request, or do not send the header"),
        "echo.missing": RuleText(
            "The request had a header that the response must repeat, and the response does not have it.",
            basis: "`promises.echo` pairs headers of requests with headers of responses.",
            example: "request   x-request-id: 7f3a\nresponse  HTTP/1.1 200, without x-request-id",
            "return the header with the value of the request, also with failures"),
        "echo.value": RuleText(
            "The response repeats a header with another value than the request had.",
            basis: "`promises.echo` pairs headers of requests with headers of responses.",
            example: "request   x-request-id: 7f3a\nresponse  x-request-id: 7F3A",
            "return the value exactly as it was received"),
        "state.lost": RuleText(
            "A resource was returned, and a later request for it got 404 or 410, although no accepted request changed it "
                + "in between.",
            basis: "A safe method does not change a resource, so reading it does not remove it.",
            example: "request   POST /parcels     → 201 {\"id\": \"P-1\"}\nrequest   GET /parcels/P-1  → 404",
            "make reads see earlier writes; if the server needs time, write `poll=20s/2s` in `opts`"),
        "state.unknown": RuleText(
            "A resource was reported missing, and is returned later, although nothing created it in between.",
            basis: "A safe method does not change a resource, so reading it does not create it.",
            example: "request   GET /parcels/P-9  → 404\nrequest   GET /parcels/P-9  → 200",
            "return the same response until a request creates the resource",
            "if another operation creates it, add it to `create` of the resource in assay.yaml"),
        "state.other": RuleText(
            "The response contains another resource than the request names. Clients show data of the wrong resource.",
            basis: "A response to GET with status 200 represents the target resource.",
            example: "request   GET /parcels/P-1\nresponse  {\"id\": \"P-2\"}",
            "return the requested resource, or 404"),
        "state.changed": RuleText(
            "A resource is returned with other values than before, although no accepted request changed it.",
            basis: "A safe method does not change a resource.",
            example: "request   GET /parcels/P-1  → {\"weight\": 2.5}\nrequest   GET /parcels/P-1  → {\"weight\": 2}",
            "return the stored values",
            "if a member changes by itself, add it to `except` of the resource or to `volatile` in assay.yaml"),
        "state.final": RuleText(
            "A member had reached a value that `final` declares, and has another value later.",
            basis: "`final` lists values after which a member never changes.",
            example:
                "promises  final: {state: [delivered]}\nresponse  {\"state\": \"delivered\"}, later {\"state\": \"sent\"}",
            "reject requests that would change the member, or correct `final` in assay.yaml"),
        "state.carried": RuleText(
            "A member that was sent is missing from the response, or has another value.",
            basis: "`carried: true` declares that a resource keeps the members of its request.",
            example: "request   {\"weight\": 2.5}\nresponse  {\"weight\": 2}",
            "store and return the sent value, or add the member to `except` in assay.yaml"),
    ]
}
