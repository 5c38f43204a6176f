import Diagnostics
import Exchanges

/// Decides which parts of its exchanges a finished scenario keeps.
///
/// Reports show the response of a failing step. Everything else would only make the memory grow with the run; the
/// journal has it.
struct KeptMessages {
    /// The most bytes that the responses of a run keep together.
    private static let limit = 64 << 20
    /// The most bytes of one body.
    private static let longestBody = 64 << 10
    /// The most bytes of the header lines of one response.
    private static let longestHead = 16 << 10

    /// The most bytes that the messages of steps without findings keep together: the page shows them.
    private static let passingLimit = 2 << 20
    /// The most bytes of one of their exchanges.
    private static let longestPassing = 16 << 10

    private var left = limit
    private var leftForPassing = passingLimit

    /// The verdict without the parts that reports do not show.
    mutating func trimmed(_ verdict: ScenarioVerdict) -> ScenarioVerdict {
        var verdict = verdict
        for index in verdict.steps.indices {
            let step = verdict.steps[index]
            let failed = Set(step.findings.filter { $0.severity == .error }.map(\.exchange))
            for number in step.exchanges.indices {
                var exchange = step.exchanges[number]
                if step.findings.isEmpty, affords(exchange) { continue }
                let isShown = failed.contains(exchange.sequence)
                if case .response(let response) = exchange.outcome {
                    exchange.outcome = .response(isShown ? kept(response) : response.withoutContent)
                }
                if step.findings.isEmpty {
                    exchange.request = RequestMessage(method: exchange.request.method, url: "")
                }
                verdict.steps[index].exchanges[number] = exchange
            }
        }
        return verdict
    }

    /// Whether a small exchange of a step without findings is kept as it is.
    private mutating func affords(_ exchange: Exchange) -> Bool {
        guard leftForPassing > 0 else { return false }
        func bytes(_ headers: [HeaderField]) -> Int {
            headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        }
        let request = exchange.request
        var size = request.url.utf8.count + (request.body?.count ?? 0) + bytes(request.headers)
        if case .response(let response) = exchange.outcome { size += response.body.count + bytes(response.headers) }
        guard size <= min(Self.longestPassing, leftForPassing) else { return false }
        leftForPassing -= size
        return true
    }

    /// The beginning of a response, as long as the run keeps so much.
    private mutating func kept(_ response: ResponseMessage) -> ResponseMessage {
        let head = response.headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        let size = min(response.body.count, Self.longestBody)
        guard head <= Self.longestHead, head + size <= left else { return response.withoutContent }
        left -= head + size
        guard size < response.body.count else { return response }
        var response = response
        response.cut = response.cut ?? BodyCut(of: response.body)
        response.body = Array(response.body.prefix(size))
        return response
    }
}

extension ResponseMessage {
    /// The status line alone.
    fileprivate var withoutContent: ResponseMessage { ResponseMessage(status: status, version: version) }
}
