/// Explanations of the rules about bodies and about the document itself.
extension RuleText {
    static let bodies: [String: RuleText] = [
        "body.forbidden": RuleText(
            "The response has content, or a header that announces it, although HTTP allows none: with status 204, 205 "
                + "or 304, or in response to HEAD. Some clients read it as the beginning of the next response.",
            basis: "Responses to HEAD and responses with status 204 or 304 do not include content.",
            example: "request   DELETE /parcels/P-1\nresponse  HTTP/1.1 204\nresponse  {\"deleted\": true}",
            "send no body, or use status 200", "remove `content-length` and `transfer-encoding` from 204 responses"),
        "body.unexpected": RuleText(
            "The contract documents no body for this response, and the response has one.",
            basis: "A response without `content` documents no body.",
            example: "contract  200: {description: Done}\nresponse  {\"id\": \"P-1\"}",
            "document the body under `content` of the response, or do not send it"),
        "body.missing": RuleText(
            "The contract documents a body for this response, and the response has none.",
            basis: "`content` describes the possible bodies of the response.",
            example: "contract  200: {content: {application/json: …}}\nresponse  HTTP/1.1 200, content-length: 0",
            "return the documented body",
            "if the response has no body, remove `content` from it in the contract"),
        "body.json": RuleText(
            "The media type is JSON, and the body is not. The report shows the line and column of the first mistake.",
            basis: "A JSON text is one value; nothing but whitespace may follow it.",
            example: "response  content-type: application/json\nresponse  {\"id\": \"P-1\",}",
            "return valid JSON: a stack trace or an HTML page often follows or replaces the value"),
        "body.form": RuleText(
            "The media type is a form or a multipart body, and the body does not have this form.",
            basis:
                "A form is a list of pairs in percent-encoding; multipart bodies consist of parts between boundaries.",
            example: "response  content-type: application/x-www-form-urlencoded\nresponse  id=%zz",
            "return a valid form, or multipart body with the declared boundary"),
        "body.part-type": RuleText(
            "A part of a multipart body has a media type that its Encoding Object does not allow. A part without a "
                + "media type is text/plain.",
            basis: "`contentType` of an Encoding Object lists the media types of a part.",
            example:
                "contract  encoding: {photo: {contentType: image/png}}\nresponse  content-type: image/gif (part photo)",
            "return the part with a declared media type",
            "if the media type is right, add it to `contentType` in the contract"),
        "body.part-header": RuleText(
            "A part of a multipart body does not have a header that its Encoding Object requires, or the header's value "
                + "violates its schema.",
            basis: "`headers` of an Encoding Object describes the headers of a part, except Content-Type.",
            example:
                "contract  encoding: {photo: {headers: {X-Pages: {schema: {type: integer}}}}}\n"
                + "response  x-pages: many (part photo)",
            "return the part with the declared headers",
            "if the part is right, correct `headers` of the Encoding Object in the contract"),
        "body.encoding": RuleText(
            "The bytes of the body are not text in the encoding of its media type. JSON is UTF-8, without a byte order "
                + "mark.",
            basis: "JSON text exchanged between systems must be encoded in UTF-8, without a byte order mark.",
            example: "response  content-type: application/json\nresponse  {\"city\": \"K\\xF6ln\"}",
            "encode the body in UTF-8"),
        "body.duplicate-name": RuleText(
            "An object has two members with the same name. Parsers take the first one, the last one, or reject the text.",
            basis:
                "The names within an object should be unique; otherwise the behaviour of receivers is unpredictable.",
            example: "response  {\"id\": 1, \"id\": 2}",
            "return each member once"),
        "body.undecided": RuleText(
            "Judging the body exceeded a limit, for example the steps of a pattern or the number of findings. The body "
                + "was neither accepted nor rejected.",
            basis: "Judging a value costs at most ten million steps; the rest is undecided and never passes.",
            example: "contract  pattern: '^(a+)+$'\nresponse  \"aaaaaaaaaaaaaaaaaaaaaaaaaaaa!\"",
            "simplify the pattern or schema that the report names, or return a smaller body"),
        "body.unjudged": RuleText(
            "The body was not validated: its media type is not supported, or the journal does not have all of it.",
            basis: "JSON, forms, multipart bodies, text and streams of JSON are judged; journals store a part of large "
                + "bodies.",
            example: "contract  content: {application/xml: {schema: …}}\nresponse  <parcel/>",
            "judge the response during the run, or add `check` items for what matters"),
        "body.wrapped": RuleText(
            "The object that the contract declares is inside of a member that it does not declare. One finding replaces "
                + "those about each missing member.",
            basis: "A member that the contract does not declare cannot replace the declared object.",
            example: "contract  {required: [id, weight]}\nresponse  {\"data\": {\"id\": 1, \"weight\": 2}}",
            "return the object itself, or declare the wrapping object in the contract"),
        "body.undeclared": RuleText(
            "The body has a member that the contract does not declare, and does not forbid either. Clients may rely on "
                + "it although no document promises it. `--strict` makes this an error.",
            basis:
                "JSON Schema allows further members unless `additionalProperties` forbids them; a contract that says "
                + "nothing about a member promises nothing.",
            example: "contract  properties: {id: …, weight: …}\nresponse  {\"id\": 1, \"weight\": 2, \"debug\": true}",
            "declare the member in the contract, or do not return it"),
        "body.*": RuleText(
            "A value in the body violates a keyword of its schema. The end of the id is the keyword: "
                + "`assay explain body.type`.",
            basis: "A value is valid only if it satisfies each keyword of its schema.",
            example: "contract  weight: {type: number}\nresponse  {\"weight\": \"2.5\"}",
            "return a value that satisfies the schema"),
        "body.discriminator": RuleText(
            "The discriminator selects one alternative, and the value satisfies another one. The value is valid; "
                + "clients that follow the discriminator decode it as the wrong type.",
            basis: "A discriminator is a hint for tools and does not change whether a value is valid.",
            example: "contract  discriminator: {propertyName: kind}\nresponse  {\"kind\": \"card\", \"upi\": \"a@b\"}",
            "return the name of the alternative that the value satisfies, or add a `mapping`"),
        "body.length": RuleText(
            "A recording has fewer bytes than `content-length` declares. Recorders often store decoded bodies, so this "
                + "is a note.",
            basis: "A Content-Length header declares the exact length of the content.",
            example: "response  content-length: 512\nresponse  100 bytes in the recording",
            "record again with a tool that stores bodies as they were received"),
    ]

    static let documents: [String: RuleText] = [
        "document.schema": RuleText(
            "A keyword of a schema cannot be used, for example an invalid pattern or a reference to nothing. It was "
                + "ignored, so values that only this keyword rejects are not found.",
            basis: "A schema must be a valid JSON Schema of its dialect.",
            example: "contract  {type: string, pattern: '['}",
            "correct the keyword in the document, or replace it in an overlay", "run `assay lint` for all such mistakes"
        ),
        "document.unjudged": RuleText(
            "A reference leads to another host. Nothing is fetched, so this part of the contract was not applied.",
            basis: "A reference can name any URL; the judge reads only files of the project.",
            example: "contract  $ref: https://example.com/schemas/parcel.json",
            "store the document in the project, and refer to the file"),
        "document.no-value": RuleText(
            "The mock found no value that satisfies a schema of the contract, so it cannot send this response. Often "
                + "the schema contradicts itself.",
            basis: "A response must satisfy its schema, so a schema that accepts nothing has no response.",
            example: "contract  {type: string, minLength: 5, maxLength: 2}",
            "correct the schema, or add an `example` to the response"),
    ]
}
