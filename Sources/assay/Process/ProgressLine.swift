import Conformance
import Exchanges
import Harness
import Primitives
import Reporting
import Running
import Scenarios
import Synchronization

/// Shows on standard error how far a run is: one changing line on a terminal, a line for each scenario elsewhere.
final class ProgressLine: Sendable {
    /// The form of the progress.
    enum Form {
        /// One line that changes.
        case line
        /// A line for each scenario as it ends, for pipes and CI.
        case scenarios
        case hidden
    }

    private struct State {
        var text = ProgressText()
        var width = 0
        var shownAt: ContinuousClock.Instant?
        /// The scenarios with a step that was sent.
        var sent: Set<String> = []
    }

    private let form: Form
    private let console: Console
    private let start = ContinuousClock.now
    private let state = Mutex(State())

    init(_ form: Form, console: Console) {
        self.form = form
        self.console = console
    }

    func update(_ event: RunEvent) {
        switch form {
        case .hidden: break
        case .line: updateLine(event)
        case .scenarios: addLine(event)
        }
    }

    private func addLine(_ event: RunEvent) {
        state.withLock { state in
            switch event {
            case .sent(let scenario, _): state.sent.insert(scenario.id)
            case .scenarioFinished(let scenario, let passed):
                let isSkipped = state.sent.remove(scenario.id) == nil
                console.error(
                    ScenarioLine(style: console.errorStyle).render(
                        scenario.id, isSkipped ? .skipped : passed ? .passed : .failed,
                        at: "\(scenario.file):\(scenario.line)"))
            case .started, .finished: break
            }
        }
    }

    private func updateLine(_ event: RunEvent) {
        state.withLock { state in
            switch event {
            case .started(let scenarios, _): state.text.scenarios += scenarios
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
        guard form == .line else { return }
        state.withLock { state in
            guard state.width > 0 else { return }
            console.error("\r\(String(repeating: " ", count: state.width))\r")
        }
    }
}
