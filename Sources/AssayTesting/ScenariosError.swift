import Diagnostics
import Harness
import Primitives
import Reporting

/// Why scenarios or a contract cannot be loaded: every mistake with its file, line and column.
public struct ScenariosError: Error, Sendable, CustomStringConvertible {
    /// The mistakes as text for people.
    public let description: String

    init(_ diagnostics: Diagnostics, in folder: String) {
        let text = DiagnosticText(style: TextStyle(isColoured: false)).render(diagnostics)
        description = "in \(visibleText(folder)):\n" + text
    }

    init(_ error: HarnessError, in folder: String) {
        self.init(error.diagnostics, in: folder)
    }
}
