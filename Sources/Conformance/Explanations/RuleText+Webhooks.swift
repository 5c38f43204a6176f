/// Explanations of the rules about deliveries of webhooks.
extension RuleText {
    static let webhooks: [String: RuleText] = [
        "webhook.unknown": RuleText(
            "A delivery names an event for which the contract has neither a webhook nor a callback, so its body cannot be "
                + "validated.",
            basis: "`webhooks` and `callbacks` describe the requests that an API sends.",
            example: "contract  webhooks: {parcelSent: …}\ndelivery  {\"type\": \"parcelLost\"}",
            "describe the webhook in the contract, with an overlay if it is not yours",
            "if only the name differs, map it in `events` of the entry under `webhooks` in assay.yaml"),
        "webhook.signature": RuleText(
            "No signature of the delivery matches the raw bytes of its body, with any of the configured secrets.",
            basis: "A signature is an HMAC over the configured content, and only the owner of the secret can make it.",
            example: "delivery  x-webhook-signature: 4pGl… (made with another secret)",
            "check that `secret` and `scheme` in assay.yaml are those of the sender",
            "if they are right, the sender signs other bytes than it sends"),
        "webhook.signature-missing": RuleText(
            "The delivery lacks a header that its signature needs: the signature, the timestamp or the id.",
            basis: "The scheme of the delivery names its headers.",
            example: "assay.yaml  scheme: standard-webhooks\ndelivery    webhook-id, webhook-timestamp",
            "send all headers of the scheme, or correct the scheme in assay.yaml"),
        "webhook.signature-malformed": RuleText(
            "A header of the signature has another form than the scheme requires, or occurs more than once.",
            basis: "The scheme defines the encoding of the signature, the versions of a list, and the timestamp.",
            example: "assay.yaml  scheme: timestamped-list\ndelivery    webhook-signature: 5257a869…",
            "correct `format`, `encoding` or `signature-version` in assay.yaml, or the sender"),
        "webhook.old": RuleText(
            "The signature is right, but older than `tolerance`. It may be the repetition of a recorded delivery.",
            basis: "A receiver rejects deliveries whose timestamp is too far from the present.",
            example: "assay.yaml  tolerance: 5m\ndelivery    webhook-timestamp of two hours ago",
            "sign each attempt of a delivery anew, or increase `tolerance` in assay.yaml"),
        "webhook.future": RuleText(
            "The signature is right, but its time is later than the time of receipt by more than `tolerance`.",
            basis: "A receiver rejects deliveries whose timestamp is too far from the present.",
            example: "assay.yaml  tolerance: 5m\ndelivery    webhook-timestamp of tomorrow",
            "correct the clock of the sender or of this machine, or `timestamp-unit` in assay.yaml"),
        "webhook.id-missing": RuleText(
            "The configuration declares the place of an id, and the delivery has none there. A receiver cannot recognise "
                + "its repetition.",
            basis: "Deliveries can arrive more than once; the id is the same in each repetition.",
            example: "assay.yaml  id: header.x-event-id\ndelivery    without x-event-id",
            "send an id with each delivery, or correct `id` in assay.yaml"),
        "webhook.undecided": RuleText(
            "Checking a delivery exceeded a limit, so it was neither accepted nor rejected.",
            basis: "Checking a value costs at most ten million steps; the rest is undecided and never passes.",
            example: "contract  pattern: '^(a+)+$'\ndelivery  {\"name\": \"aaaaaaaaaaaaaaaaaaaaaaaaaaaa!\"}",
            "simplify the pattern or schema that the report names"),
        "webhook.unjudged": RuleText(
            "A part of a delivery was not validated, because its media type or style is not supported, or it was not "
                + "stored completely.",
            basis: "JSON, forms, multipart bodies and text are judged.",
            example: "contract  content: {application/xml: {schema: …}}\ndelivery  <parcel/>",
            "nothing is required; the other parts of the delivery are judged"),
        "webhook.*": RuleText(
            "A delivery violates the webhook or callback that the contract describes. The end of the id is the keyword or "
                + "the part of the request: `assay explain webhook.required`.",
            basis: "A webhook is a Path Item Object: it describes the request that the API sends.",
            example: "contract  weight: {type: number}\ndelivery  {\"weight\": \"2.5\"}",
            "correct the sender of the delivery, or the webhook in the contract"),
        "webhook.method": RuleText(
            "The delivery has another method than the webhook or callback.",
            basis: "A Path Item Object declares its operations by their methods.",
            example: "contract  webhooks: {parcelSent: {post: …}}\ndelivery  PUT /hooks",
            "send the delivery with the declared method, or correct the contract"),
        "webhook.mediaType": RuleText(
            "The delivery has a body without a media type, or with one that the webhook does not declare.",
            basis: "The keys of `content` of a Request Body Object are the media types that it can have.",
            example: "contract  content: {application/json: …}\ndelivery  content-type: text/plain",
            "send a declared media type, or add it to the webhook in the contract"),
        "webhook.json": RuleText(
            "The body of the delivery must be JSON, and is not.", basis: "A JSON text is one value (RFC 8259).",
            example: "delivery  {\"weight\": 2.5,}", "send valid JSON"),
        "webhook.form": RuleText(
            "The body of the delivery must be a form or a multipart body, and is not.",
            basis: "A form is a list of pairs in percent-encoding (WHATWG URL, section 5.1).",
            example: "delivery  id=%zz", "send a valid form"),
        "webhook.syntax": RuleText(
            "A parameter of the delivery is written in another style than the contract declares.",
            basis: "`style` and `explode` define how a parameter is written.",
            example: "contract  style: deepObject\ndelivery  POST /hooks?filter=sent",
            "send the parameter in the declared style, or correct the contract"),
    ]
}
