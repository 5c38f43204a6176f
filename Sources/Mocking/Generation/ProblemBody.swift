import JSONDocument

extension AnswerBody {
    /// Problem details (RFC 9457) for a status that the document says nothing about.
    static func problem(_ status: Int, _ detail: String) -> AnswerBody {
        let value: JSONValue = [
            "type": "about:blank", "title": .string(title(of: status)), "status": .integer(status),
            "detail": .string(detail),
        ]
        return AnswerBody(contentType: "application/problem+json", bytes: Array(value.text.utf8))
    }

    /// The reason phrase, as RFC 9457, 4.2.1 wants it.
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
