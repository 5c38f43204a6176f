package import Exchanges
internal import Primitives

extension Burst {
    /// The requests of the burst, made from the request of the row.
    ///
    /// The first one has the key of the row. The keys of the others derive from it, so they are the same in every run
    /// with the same seed.
    package func requests(_ request: RequestMessage) -> [RequestMessage] {
        (0..<count).map { index in
            guard let keyHeader, index > 0 else { return request }
            var other = request
            for place in other.headers.indices where other.headers[place].isNamed(keyHeader) {
                other.headers[place].value = Self.key(index, after: other.headers[place].value)
            }
            return other
        }
    }

    /// Another key of the same form: a UUID for a UUID, otherwise the key with a number.
    private static func key(_ index: Int, after key: String) -> String {
        let groups = key.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false).map(\.count)
        guard groups == [8, 4, 4, 4, 12] else { return "\(key)-\(index + 1)" }
        return UUIDText.version4(from: SHA256.digest("\(key) \(index)".utf8))
    }

    /// The index of the response that shows the effect: the first 2xx response that is not marked as a replay, or else
    /// the first 2xx response. `nil` if there is none.
    ///
    /// Later rows refer to this response. The run and the judge choose it in the same way.
    package func effect(in exchanges: [Exchange]) -> Int? {
        let accepted = exchanges.indices.filter { index in
            exchanges[index].response.map { (200...299).contains($0.status) } ?? false
        }
        return accepted.first { !isReplay(exchanges[$0].response) } ?? accepted.first
    }

    /// Whether a response is marked as a replay.
    package func isReplay(_ response: ResponseMessage?) -> Bool {
        guard let replayed, let value = response?.header(replayed.header).first else { return false }
        return value.isSame(as: replayed.again)
    }
}
