/// Explanations of the rules about status, media type and headers of responses.
extension RuleText {
    static let statuses: [String: RuleText] = [
        "status.undocumented": RuleText(
            "The response has a status that the operation does not document: neither the status itself, nor its class "
                + "(`4XX`), nor `default`. Clients that are generated from the document do not expect it.",
            basis: "The Responses Object is expected to cover a successful response and any known errors.",
            example: "contract  responses: {200: …, 404: …}\nresponse  HTTP/1.1 202",
            "return a documented status",
            "if the status is right, add it to `responses` of the operation in the contract"),
        "status.unexpected": RuleText(
            "The contract documents the status, but the row expects another one. An empty cell `expect` means the "
                + "documented statuses 200 to 299.",
            basis: "The column `expect` lists the statuses with which the step passes.",
            example: "table     expect = 200\nresponse  HTTP/1.1 404",
            "read the message in the response body: it often names the reason for this status",
            "if the status is right, correct `expect` of the row"),
        "status.server-error": RuleText(
            "The server responded with a status of 500 to 599, and the row expects another one. The server itself "
                + "reports that it failed, so the request is not the cause.",
            basis: "A 5xx status indicates that the server is aware that it has erred or is incapable of performing "
                + "the request.",
            example: "response  HTTP/1.1 500\nresponse  x-request-id: 7f3a",
            "find the request in the server's logs by its request id, and correct the server",
            "if the server was busy, write `retry=3` in `opts`: 502, 503 and 504 are then repeated"),
    ]

    static let mediaTypes: [String: RuleText] = [
        "media-type.missing": RuleText(
            "The response has a body and no `content-type`, so clients have to guess how to read it.",
            basis: "A sender that generates a message with content should generate a Content-Type header.",
            example: "response  HTTP/1.1 200\nresponse  {\"id\": \"P-1\"}",
            "send `content-type` with each body, for example application/json"),
        "media-type.syntax": RuleText(
            "The value of `content-type` is not a media type, or the header occurs more than once.",
            basis: "A media type is type \"/\" subtype, followed by parameters.",
            example: "response  content-type: json",
            "send one valid media type, for example application/json"),
        "media-type.undocumented": RuleText(
            "The contract documents other media types for this status. Parameters, letter case and ranges such as "
                + "`application/*` are taken into account.",
            basis: "The keys of `content` are the media types that the response can have.",
            example: "contract  content: {application/json: …}\nresponse  content-type: text/html",
            "return a documented media type; an HTML page often comes from a gateway",
            "if the media type is right, add it to `content` of the response in the contract"),
        "media-type.charset": RuleText(
            "The media type of a JSON body has a `charset` other than UTF-8. JSON has no such parameter; this body can "
                + "be read all the same, because it is ASCII.",
            basis: "JSON text exchanged between systems is encoded in UTF-8, and application/json has no parameter "
                + "charset.",
            example: "response  content-type: application/json; charset=iso-8859-1",
            "remove the parameter `charset` from `content-type`"),
    ]

    static let headers: [String: RuleText] = [
        "header.required": RuleText(
            "The contract declares the header as required for this response, and the response does not have it. Names "
                + "of headers have no letter case.",
            basis: "`required: true` determines that the header is mandatory.",
            example: "contract  headers: {X-Request-Id: {required: true}}\nresponse  HTTP/1.1 200, without this header",
            "send the header with each response of this status",
            "if clients do not need the header, remove `required` from the contract"),
        "header.syntax": RuleText(
            "The value of the header cannot be parsed as its schema and style declare: as a list, an object or JSON.",
            basis: "Headers are serialized in the style `simple`: values are separated by commas.",
            example: "contract  schema: {type: object}, explode: true\nresponse  x-size: width",
            "send the value in the declared style",
            "if the value is right, correct `schema`, `explode` or `content` of the header in the contract"),
        "header.undecided": RuleText(
            "The header was not judged: OpenAPI does not define how its style represents such a value, or judging it "
                + "exceeds a limit.",
            basis: "The table of style examples has no representation for some values.",
            example: "contract  schema: {type: array, items: {type: object}}\nresponse  x-sizes: a,1,b,2",
            "declare the header with `content: {application/json: …}`, or with a simpler schema"),
        "header.undeclared": RuleText(
            "The response has a header that neither the contract nor HTTP declares. Clients may rely on it although "
                + "no document promises it. `--strict` makes this an error.",
            basis: "The contract lists the headers of a response; anything else may disappear.",
            example: "contract  headers: {X-Request-Id: …}\nresponse  x-debug: on",
            "remove the header, or declare it under `headers` of the response"),
        "header.*": RuleText(
            "The value of a header violates a keyword of its schema. The end of the id is the keyword: "
                + "`assay explain header.enum`.",
            basis: "The schema of a Header Object defines the type of the header.",
            example: "contract  X-Left: {schema: {type: integer, minimum: 0}}\nresponse  x-left: -1",
            "return a value that satisfies the schema of the header"),
    ]
}
