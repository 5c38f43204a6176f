import Synchronization

/// Decides the delay and the fault of each response of a server.
///
/// The decisions depend on the seed and the number of the request, so a restarted server disturbs the same requests.
package final class Disturbances: Sendable {
    private let latency: Latency?
    private let rules: [FaultRule]
    private let seed: String
    private let count = Mutex(0)

    /// The disturbances of `settings`.
    package init(_ settings: MockSettings) {
        latency = settings.disturbances.latency
        rules = settings.disturbances.faults
        seed = settings.seed
    }

    /// Whether nothing is ever disturbed.
    package var isNone: Bool { latency == nil && rules.isEmpty }

    /// The disturbance of the next request, which calls `operation`.
    package func next(_ operation: String?) -> Disturbance {
        let number = count.withLock { count in
            count += 1
            return count
        }
        var random = TokenSource([seed, "disturbance", String(number)])
        var disturbance = Disturbance()
        if let latency {
            let span = latency.most - latency.least
            disturbance.delay = latency.least + span * random.share()
        }
        for rule in rules where rule.operation == nil || rule.operation == operation {
            if disturbance.fault == nil, random.share() < rule.share { disturbance.fault = rule.fault }
        }
        return disturbance
    }
}
