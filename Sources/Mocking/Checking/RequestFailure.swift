import Exchanges

/// A request that is rejected: the situation, and what its response can mention.
struct RequestFailure {
    let situation: Situation
    /// What the response says where the behaviour file does not decide it.
    let rejection: Rejection
    /// What templates of the response can refer to.
    let scope: EvaluationScope
    /// The response that a rule of its own prescribes; `nil` for that of the situation.
    var response: ErrorAnswer?
    /// Header fields that the response has besides.
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

/// Why a request is rejected, for the body of the response.
struct Rejection: Sendable {
    /// More errors than this say nothing new.
    static let maximumCount = 50

    /// Everything that is wrong, in sentences.
    let message: String
    /// Each error by itself; empty for rejections that are not about the content of the request.
    var fieldErrors: [FieldError] = []
}
