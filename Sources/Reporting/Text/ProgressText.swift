import Primitives

/// The progress of a run, as one line of text.
package struct ProgressText: Sendable {
    /// Scenarios that are selected.
    package var scenarios: Int
    /// Scenarios that have ended.
    package var done: Int
    /// Requests that were sent.
    package var sent: Int
    /// Steps that failed.
    package var failedSteps: Int
    /// The elapsed time of the run.
    package var elapsed: Duration

    /// The state of a run; by default the state at its start.
    package init(
        scenarios: Int = 0, done: Int = 0, sent: Int = 0, failedSteps: Int = 0, elapsed: Duration = .zero
    ) {
        self.scenarios = scenarios
        self.done = done
        self.sent = sent
        self.failedSteps = failedSteps
        self.elapsed = elapsed
    }

    /// `3/16 scenarios, 41 requests, 29/s, 2 steps failed, 4 s left`; unknown parts are left out.
    package var line: String {
        var parts = ["\(done)/\(scenarios) scenarios", "\(sent) requests"]
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        if seconds >= 1 { parts.append("\(Int(Double(sent) / seconds))/s") }
        if failedSteps > 0 { parts.append("\(plural(failedSteps, "step")) failed") }
        if seconds >= 1, done > 0, done < scenarios {
            parts.append("\(Self.time(Int((seconds / Double(done) * Double(scenarios - done)).rounded(.up)))) left")
        }
        return parts.joined(separator: ", ")
    }

    private static func time(_ seconds: Int) -> String {
        seconds < 120 ? "\(seconds) s" : "\(seconds / 60) min"
    }
}

/// A request to the mock as a line for people: `GET /pets/7 getPet 404 There is no '7'.`
package func requestLogLine(method: String, path: String, operation: String?, status: Int, reason: String?) -> String {
    visibleText("\(method) \(path) \(operation ?? "-") \(status)" + (reason.map { " \($0)" } ?? "")) + "\n"
}
