import Synchronization

/// Decides for each request of a server how late its answer is and what goes wrong with it.
///
/// The decisions derive from the seed and the number of the request, so a server that is started again disturbs the
/// same requests.
final class Disturbances: Sendable {
    private let latency: Latency?
    private let rules: [FaultRule]
    private let seed: String
    private let count = Mutex(0)

    /// What happens to one answer.
    struct Plan: Sendable {
        var delay: Duration?
        var fault: TransportFault?
    }

    init(_ settings: MockSettings) {
        latency = settings.latency
        rules = settings.faults
        seed = settings.seed
    }

    /// Whether nothing is ever disturbed.
    var isNone: Bool { latency == nil && rules.isEmpty }

    /// The plan for the next request, which calls `operation`.
    func next(_ operation: String?) -> Plan {
        let number = count.withLock { count in
            count += 1
            return count
        }
        var random = TokenSource([seed, "disturbance", String(number)])
        var plan = Plan()
        if let latency {
            let span = latency.most - latency.least
            plan.delay = latency.least + span * random.share()
        }
        for rule in rules where rule.operation == nil || rule.operation == operation {
            if plan.fault == nil, random.share() < rule.share { plan.fault = rule.fault }
        }
        return plan
    }
}
