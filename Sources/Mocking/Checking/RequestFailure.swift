import Exchanges

/// A rejected request: the situation, and the values for its response.
struct RequestFailure {
    let situation: Situation
    /// The content of the response where the behaviour file does not define it.
    let rejection: Rejection
    /// The values that templates of the response can refer to.
    let scope: EvaluationScope
    /// The response that a rule defines; `nil` for that of the situation.
    var response: ErrorAnswer?
    /// Additional header fields of the response.
    var headers: [HeaderField] = []

    init(
        _ situation: Situation, _ message: String, fieldErrors: [FieldError] = [], _ scope: EvaluationScope,
        response: ErrorAnswer? = nil, headers: [HeaderField] = []
    ) {
        self.situation = situation
        rejection = Rejection(message: message, fieldErrors: fieldErrors)
        self.scope = scope
        self.response = response
        self.headers = headers
    }
}

/// The reasons for rejecting a request, for the body of the response.
struct Rejection: Sendable {
    /// The most errors that a response lists.
    static let maximumCount = 50

    /// All errors, in sentences.
    let message: String
    /// Each error separately; empty for rejections that do not concern the content of the request.
    var fieldErrors: [FieldError] = []
}
