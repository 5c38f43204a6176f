import Exchanges
import Harness
import Primitives
import Reporting
import Running
import Synchronization

/// One line on a terminal that shows how far a run is; nothing in pipes and CI.
final class ProgressLine: Sendable {
    private struct State {
        var text = ProgressText()
        var width = 0
        var shownAt: ContinuousClock.Instant?
    }

    private let isShown: Bool
    private let console: Console
    private let start = ContinuousClock.now
    private let state = Mutex(State())

    init(isShown: Bool, console: Console) {
        self.isShown = isShown
        self.console = console
    }

    func update(_ event: RunEvent) {
        guard isShown else { return }
        state.withLock { state in
            switch event {
            case .started(let scenarios, _): state.text.scenarios = scenarios
            case .sent: state.text.sent += 1
            case .finished(_, _, .failed): state.text.failedSteps += 1
            case .scenarioFinished: state.text.done += 1
            default: return
            }
            let now = ContinuousClock.now
            // Faster updates cannot be read.
            if let shownAt = state.shownAt, now - shownAt < .milliseconds(50), state.text.done < state.text.scenarios {
                return
            }
            state.shownAt = now
            state.text.elapsed = now - start
            let line = state.text.line
            let blanks = String(repeating: " ", count: max(0, state.width - line.utf8.count))
            state.width = line.utf8.count
            console.error("\r\(line)\(blanks)")
        }
    }

    /// Removes the line.
    func clear() {
        guard isShown else { return }
        state.withLock { state in
            guard state.width > 0 else { return }
            console.error("\r\(String(repeating: " ", count: state.width))\r")
        }
    }
}
