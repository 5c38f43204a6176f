import Harness
import Reporting
import Running
import Synchronization

/// One line on a terminal that tells how far a run is; nothing in pipes and CI.
final class ProgressLine: Sendable {
    private struct State {
        var scenarios = 0
        var done = 0
        var failed = 0
        var sent = 0
        var width = 0
    }

    private let isShown: Bool
    private let console: Console
    private let state = Mutex(State())

    init(isShown: Bool, console: Console) {
        self.isShown = isShown
        self.console = console
    }

    func update(_ event: RunEvent) {
        guard isShown else { return }
        state.withLock { state in
            switch event {
            case .started(let scenarios, _): state.scenarios = scenarios
            case .sent: state.sent += 1
            case .scenarioFinished(_, let held):
                state.done += 1
                if !held { state.failed += 1 }
            default: return
            }
            let failed = state.failed > 0 ? ", \(state.failed) failed" : ""
            let line = "\(state.done)/\(state.scenarios) scenarios, \(state.sent) requests\(failed)"
            let blanks = String(repeating: " ", count: max(0, state.width - line.utf8.count))
            state.width = line.utf8.count
            console.error("\r\(line)\(blanks)")
        }
    }

    /// Takes the line away.
    func clear() {
        guard isShown else { return }
        state.withLock { state in
            guard state.width > 0 else { return }
            console.error("\r\(String(repeating: " ", count: state.width))\r")
        }
    }
}
