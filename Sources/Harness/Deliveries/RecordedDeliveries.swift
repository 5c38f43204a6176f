import Exchanges
import Recordings
import Running
import Scenarios
import Synchronization

/// The deliveries of recordings, in the order of the recorded run.
final class RecordedDeliveries: DeliverySource {
    /// The URLs, as recorded.
    let urls: ReceiverURLs

    /// The deliveries that are left, by scenario and step.
    private let left: Mutex<[String: [String: [ReceivedDelivery]]]>

    init(_ recordings: [Recording]) {
        var urls = ReceiverURLs(base: DeliveryReception.innerBase)
        var left: [String: [String: [ReceivedDelivery]]] = [:]
        for recording in recordings {
            guard let scenario = recording.origin?.scenario else { continue }
            for entry in recording.entries where entry.request.isReceived {
                let url = entry.request.url.prefix { $0 != "?" }
                urls.recorded[scenario] = String(url)
                guard let step = entry.step, let reply = entry.outcome.response else { continue }
                left[scenario, default: [:]][step.name, default: []].append(
                    ReceivedDelivery(request: entry.request, reply: reply, arrivedAt: entry.startedAt))
            }
        }
        self.urls = urls
        self.left = Mutex(left)
    }

    var isWorthWaiting: Bool { false }

    func take(_ step: Step, _ awaited: AwaitedDelivery, in scenario: Scenario) -> ReceivedDelivery? {
        left.withLock { left in
            guard left[scenario.id]?[step.name]?.isEmpty == false else { return nil }
            return left[scenario.id]?[step.name]?.removeFirst()
        }
    }

    func takeRest(of scenario: Scenario) -> [ReceivedDelivery] {
        left.withLock { left in
            let rest = left.removeValue(forKey: scenario.id) ?? [:]
            return scenario.steps.flatMap { rest[$0.name] ?? [] }
        }
    }
}
