import Exchanges
import Harness
import Primitives
import Reporting
import Running
import Synchronization

/// How far a run is, as one line of text.
struct ProgressText {
    var scenarios = 0
    var done = 0
    var sent = 0
    var failedSteps = 0
    var elapsed = Duration.zero

    /// `3/16 scenarios, 41 requests, 29/s, 2 steps failed, 4 s left`; what cannot be said yet is left out.
    var line: String {
        var parts = ["\(done)/\(scenarios) scenarios", "\(sent) requests"]
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        if seconds >= 1 { parts.append("\(Int(Double(sent) / seconds))/s") }
        if failedSteps > 0 { parts.append(failedSteps == 1 ? "1 step failed" : "\(failedSteps) steps failed") }
        if seconds >= 1, done > 0, done < scenarios {
            parts.append("\(Self.time(Int((seconds / Double(done) * Double(scenarios - done)).rounded(.up)))) left")
        }
        return parts.joined(separator: ", ")
    }

    private static func time(_ seconds: Int) -> String {
        seconds < 120 ? "\(seconds) s" : "\(seconds / 60) min"
    }
}

/// One line on a terminal that tells how far a run is; nothing in pipes and CI.
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
            // A terminal need not be written to more often than anybody can read.
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

    /// Takes the line away.
    func clear() {
        guard isShown else { return }
        state.withLock { state in
            guard state.width > 0 else { return }
            console.error("\r\(String(repeating: " ", count: state.width))\r")
        }
    }
}
