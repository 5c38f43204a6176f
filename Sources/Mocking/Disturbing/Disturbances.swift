import Synchronization

/// Decides for each request of a server how late its answer is and what goes wrong with it.
///
/// The decisions derive from the seed and the number of the request, so a server that is started again disturbs the
/// same requests.
package final class Disturbances: Sendable {
    private let latency: Latency?
    private let rules: [FaultRule]
    private let seed: String
    private let count = Mutex(0)

    /// What happens to one answer.
    package struct Plan: Sendable {
        /// How long it is held back; `nil` for not at all.
        package var delay: Duration?
        /// What goes wrong with it; `nil` for nothing.
        package var fault: TransportFault?
    }

    /// The disturbances that `settings` ask for.
    package init(_ settings: MockSettings) {
        latency = settings.latency
        rules = settings.faults
        seed = settings.seed
    }

    /// Whether nothing is ever disturbed.
    package var isNone: Bool { latency == nil && rules.isEmpty }

    /// The plan for the next request, which calls `operation`.
    package func next(_ operation: String?) -> Plan {
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
