import Exchanges

extension ExchangeOutcome {
    /// An answer with a text as its body.
    static func answer(
        _ status: Int,
        _ body: String = "",
        _ headers: [(String, String)] = [("content-type", "application/json")]
    ) -> ExchangeOutcome {
        answer(status, bytes: Array(body.utf8), headers)
    }

    /// An answer with bytes as its body.
    static func answer(_ status: Int, bytes: [UInt8], _ headers: [(String, String)]) -> ExchangeOutcome {
        .response(
            ResponseMessage(status: status, headers: headers.map { HeaderField(name: $0.0, value: $0.1) }, body: bytes))
    }

    /// No answer.
    static func fault(_ class: TransportFailure.Class, _ message: String) -> ExchangeOutcome {
        .failure(TransportFailure(`class`, message))
    }
}
