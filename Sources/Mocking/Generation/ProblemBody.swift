import JSONDocument

extension AnswerBody {
    /// Problem details (RFC 9457) for a status that the document does not describe.
    static func problem(_ status: Int, _ detail: String) -> AnswerBody {
        problem(status, Rejection(message: detail))
    }

    /// Problem details that list each error in `errors` (RFC 9457, section 3).
    static func problem(_ status: Int, _ rejection: Rejection) -> AnswerBody {
        var object: JSONObject = [
            "type": "about:blank", "title": .string(title(of: status)), "status": .integer(status),
            "detail": .string(rejection.message),
        ]
        if !rejection.fieldErrors.isEmpty {
            object["errors"] = .array(
                rejection.fieldErrors.map { error in
                    ["field": .string(error.field), "detail": .string(error.reason)]
                })
        }
        return AnswerBody(contentType: "application/problem+json", bytes: Array(JSONValue.object(object).text.utf8))
    }

    /// The reason phrase, as RFC 9457, section 4.2.1 requires.
    private static func title(of status: Int) -> String {
        switch status {
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 406: "Not Acceptable"
        case 409: "Conflict"
        case 415: "Unsupported Media Type"
        case 422: "Unprocessable Content"
        case 429: "Too Many Requests"
        case 500: "Internal Server Error"
        default: "Error"
        }
    }
}
