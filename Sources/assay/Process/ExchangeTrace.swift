import Exchanges
import Reporting
import Synchronization

/// Prints the exchanges of a run to standard error, step by step as they end.
final class ExchangeTrace: Sendable {
    private let console: Console
    /// Masks secrets. They are known when the run is planned.
    private let redactor = Mutex<Redactor?>(nil)

    init(console: Console) {
        self.console = console
    }

    /// Prints steps from now on, with secrets masked by `redactor`.
    func start(redactor: Redactor) {
        self.redactor.withLock { $0 = redactor }
    }

    /// Prints a step that has ended.
    func show(_ step: ShownSteps.Step) {
        guard let redactor = redactor.withLock({ $0 }) else { return }
        console.error(ShownStepsText(style: console.errorStyle, redactor: redactor).render(step) + "\n")
    }
}
