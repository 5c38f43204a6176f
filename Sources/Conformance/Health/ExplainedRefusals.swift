import Exchanges
import Scenarios

extension RateLimitPromise {
    /// The numbers of the 429 responses that have a header of the promise: the server counts requests as it promises, or
    /// a rule about the promise reports that it does not. Both show nothing about illness.
    func explained(among exchanges: some Sequence<Exchange>) -> [Int] {
        let names = [limit, remaining, retry].compactMap { $0 }
        return exchanges.filter { exchange in
            guard let response = exchange.response, response.status == 429 else { return false }
            return response.headers.contains { field in names.contains { field.isNamed($0) } }
        }
        .map(\.sequence)
    }
}
