/// Faults of single answers: bodies, media types, headers, statuses.
extension ServerFault {
    static let bodies: [ServerFault] = [
        // A wrong type, by kind of member.
        .member("cf_link_id", #""30111525""#, "body.type /cf_link_id"),
        .member("cf_link_id", "1.5", "body.type /cf_link_id"),
        .member("cf_link_id", "9223372036854775808", "body.format /cf_link_id"),
        .member("link_id", "7", "body.type /link_id"),
        .member("link_amount", #""250.50""#, "body.type /link_amount"),
        .member("link_partial_payments", #""true""#, "body.type /link_partial_payments"),
        .member("link_partial_payments", "1", "body.type /link_partial_payments"),
        .member("customer_details", "[]", "body.type /customer_details"),
        .member("customer_details.customer_phone", "9999999999", "body.type /customer_details/customer_phone"),
        .member("link_meta.upi_intent", "false", "body.type /link_meta/upi_intent"),
        .member("link_notes", #"{"campaign":1}"#, "body.type /link_notes/campaign"),
        .member("link_notify.send_sms", #""no""#, "body.type /link_notify/send_sms"),
        .member(
            "link_notes", #"{"a":"1","b":"2","c":"3","d":"4","e":"5","f":"6"}"#, "body.maxProperties /link_notes"),
        // null.
        .member("link_status", "null", "body.type /link_status"),
        .member("link_amount", "null", "body.type /link_amount"),
        .member("customer_details", "null", "body.type /customer_details"),
        // Lost.
        .member("customer_details.customer_phone", nil, "body.required /customer_details/customer_phone"),
        .member("cf_link_id", nil, of: "create fetch cancel", "body.required /cf_link_id"),
        .member("link_url", nil, of: "create fetch cancel", "body.required /link_url"),
        .member("link_id", nil, of: "create", "body.required /link_id"),
        .member("customer_details.customer_email", nil, "same-as /customer_details/customer_email"),
        .member(
            "customer_details.customer_email", nil, of: "create fetch cancel",
            "state.carried /customer_details/customer_email"),
        // Changed on the way.
        .member("link_amount", "25050", "money.changed /link_amount"),
        .member("link_amount", "250.51", of: "cancel", "money.changed /link_amount"),
        .member("link_amount", "251", of: "create fetch cancel", "money.changed /link_amount"),
        .member("link_purpose", #""another""#, of: "create fetch cancel", "state.carried /link_purpose"),
        .member("link_currency", #""USD""#, "same-as /link_currency"),
        .member("cf_link_id", "1", "same-as /cf_link_id"),
        .member("link_url", #""no address""#, of: "create fetch cancel", "check /link_url"),
        .member("link_created_at", #""yesterday""#, of: "create fetch cancel", "check /link_created_at"),
        .member("link_amount_paid", "1", of: "create fetch cancel", "check /link_amount_paid"),
        // Errors.
        .member("code", nil, of: "fetch", status: 404, in: "link-unknown", "body.required /code"),
        .member("type", #""oops""#, of: "fetch", status: 404, in: "link-unknown", "body.enum /type"),
        .member("message", "null", of: "fetch", status: 404, in: "link-unknown", "body.type /message"),
        .member("code", #""other""#, of: "cancel", status: 400, "check /code"),
        .member("type", #""api_error""#, of: "create", status: 401, in: "link-no-credentials", "body.enum /type"),
        .member("type", #""invalid""#, of: "create", status: 409, in: "link-duplicate", "body.enum /type"),
        .member("type", #""invalid""#, of: "create", status: 422, in: "link-replay", "body.enum /type"),
        .body("an error in a wrapper", status: 404, in: "link-unknown", "body.wrapped ") { #"{"error":"# + $0 + "}" },
        .body("an empty object for an error", status: 404, in: "link-unknown", "body.required ") { _ in "{}" },
        // The whole body.
        .body("a wrapper", of: "create", "body.wrapped ") { #"{"data":"# + $0 + "}" },
        .body("a list around the link", of: "create", "body.type ") { "[" + $0 + "]" },
        .body("an object around the list", of: "orders", "body.type ") { #"{"orders":"# + $0 + "}" },
        .body("null for the list", of: "orders", "body.type ") { _ in "null" },
        .body("an empty object", of: "create", "body.required ") { _ in "{}" },
        .body("no body", "body.missing ") { _ in "" },
        .body("half a body", "body.json ") { String($0.dropLast(20)) },
        .body("the body twice", "body.json ") { $0 + $0 },
        .body("text after the body", "body.json ") { $0 + "ok" },
        .body("a page instead of JSON", "body.json ") { _ in "<html></html>" },
        .body("JSON in a string", "body.type ") { _ in #""{\"link_id\":\"x\"}""# },
        .body("a member twice", "body.duplicate-name /link_status") { $0.dropLast(2) + #","link_status":"PAID"}"# },
        .bytes("invalid UTF-8", "body.encoding ") {
            Array($0.dropLast(2)) + [0x2C, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D]
        },
        .bytes("a byte order mark", "body.encoding ") { [0xEF, 0xBB, 0xBF] + $0 },
        .body("half a surrogate pair", "body.encoding ") { $0.dropLast(2) + #","x":"\ud800"}"# },
        .body("a member that nobody declared", "body.undeclared /debug") { $0.dropLast(2) + #","debug":1}"# },
    ]

    static let headers: [ServerFault] = [
        .header("content-type", nil, of: "fetch", tells: "media-type.missing header.content-type"),
        .header("content-type", "text/html", of: "fetch", tells: "media-type.undocumented header.content-type"),
        .header(
            "content-type", "application/problem+json", of: "fetch",
            tells: "media-type.undocumented header.content-type"),
        .header("content-type", "json", of: "fetch", tells: "media-type.syntax header.content-type"),
        .header(
            "content-type", "application/json", "application/json", of: "fetch",
            tells: "media-type.syntax header.content-type"
        ),
        .header(
            "content-type", "text/plain", of: "fetch", status: 404, in: "link-unknown",
            tells: "media-type.undocumented header.content-type"),
        .header("x-api-version", "2023-08-01", tells: "header.enum header.x-api-version"),
        .header("x-api-version", "soon", tells: "header.enum header.x-api-version"),
        .header("x-api-version", nil, tells: "echo.missing header.x-api-version"),
        .header("x-ratelimit-limit", "many", tells: "header.type header.x-ratelimit-limit"),
        .header("x-ratelimit-limit", "1.5", tells: "header.type header.x-ratelimit-limit"),
        .header("x-ratelimit-limit", nil, tells: "rate-limit.missing header.x-ratelimit-limit"),
        .header("x-ratelimit-limit", "7", of: "fetch", tells: "rate-limit.remaining header.x-ratelimit-remaining"),
        .header("x-ratelimit-remaining", "", tells: "header.type header.x-ratelimit-remaining"),
        .header("x-ratelimit-remaining", "-1", tells: "rate-limit.remaining header.x-ratelimit-remaining"),
        .header("x-ratelimit-remaining", "99999999", tells: "rate-limit.remaining header.x-ratelimit-remaining"),
        .header("x-ratelimit-remaining", "59", in: "link-", tells: "rate-limit.uncounted header.x-ratelimit-remaining"),
        .header("x-ratelimit-retry", "5", tells: "rate-limit.retry header.x-ratelimit-retry"),
        .header("x-ratelimit-retry", "0", "0", tells: "header.type header.x-ratelimit-retry"),
        .header("x-ratelimit-type", "APP_ID", tells: "header.enum header.x-ratelimit-type"),
        .header("x-request-id", "another", tells: "echo.value header.x-request-id"),
        .header("x-request-id", nil, tells: "echo.missing header.x-request-id"),
        .header(
            "x-idempotency-key", "another", of: "create", in: "link-replay",
            tells: "echo.value header.x-idempotency-key"),
        .header(
            "x-idempotency-replayed", "yes", of: "create", in: "link-replay",
            tells: "header.enum header.x-idempotency-replayed"),
        .header("x-debug", "1", of: "fetch", tells: "header.undeclared header.x-debug"),
    ]

    static let statuses: [ServerFault] = [
        .status(201, for: 200, of: "create", "status.undocumented status"),
        .status(204, for: 200, of: "cancel", "status.undocumented status"),
        .status(418, for: 200, of: "orders", "status.undocumented status"),
        .status(503, for: 200, of: "fetch", "status.undocumented status"),
        .status(410, for: 404, of: "fetch", in: "link-unknown", "status.undocumented status"),
        .status(400, for: 404, of: "fetch", in: "link-unknown", "status.unexpected status"),
        .status(400, for: 409, of: "create", in: "link-duplicate", "status.unexpected status"),
        .status(
            403, for: 401, of: "create fetch cancel orders", in: "link-no-credentials", "status.undocumented status"),
        .status(
            404, for: 401, of: "create fetch cancel orders", in: "link-no-credentials", "security.not-enforced status"),
    ]
}
