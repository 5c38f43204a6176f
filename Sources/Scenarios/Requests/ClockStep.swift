internal import Exchanges
internal import JSONDocument
internal import Primitives

extension MovableClock.Change {
    /// The change as the column `call` writes it, without the word `clock`.
    var text: String {
        switch self {
        case .freeze: "freeze"
        case .reset: "reset"
        case .set(let time): time.text
        case .advance(let duration): "+\(Self.text(duration))"
        }
    }

    /// The member that the mock's route reads.
    fileprivate var member: (name: String, value: JSONValue) {
        switch self {
        case .freeze: ("freeze", true)
        case .reset: ("reset", true)
        case .set(let time): ("set", .string(time.text))
        case .advance(let duration): ("advance", .string(Self.text(duration)))
        }
    }

    /// The body of the request that makes the change. The first one of a scenario makes its branch.
    func body(in scope: ValueScope) -> JSONValue {
        var members = [member]
        if scope.time.clock == nil { members.insert(("branch", .string(scope.branchName)), at: 0) }
        return .object(JSONObject(members))
    }
}

extension ValueScope {
    /// The header of requests in the scenario's branch of the mock.
    var branchField: HeaderField { HeaderField(name: MockAddress.branchHeader, value: branchName) }
}
