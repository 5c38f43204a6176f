import ArgumentParser
import Diagnostics
import Foundation
import Harness
import Reporting

/// Standard output for results, standard error for everything else.
struct Console: Sendable {
    /// Whether text for people on standard output is coloured.
    var outputStyle = TextStyle(
        isColoured: Console.isTerminal(STDOUT_FILENO) && Console.wantsColour, width: Console.width(STDOUT_FILENO))
    /// Whether text on standard error is coloured.
    var errorStyle = TextStyle(
        isColoured: Console.isTerminal(STDERR_FILENO) && Console.wantsColour, width: Console.width(STDERR_FILENO))

    /// Colour follows https://no-color.org and stays off where the terminal can show none.
    private static var wantsColour: Bool {
        let environment = ProcessInfo.processInfo.environment
        return (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }

    static func isTerminal(_ descriptor: Int32) -> Bool {
        isatty(descriptor) == 1
    }

    /// The width of the terminal in characters: `COLUMNS` if it is set, then the size that the terminal reports.
    private static func width(_ descriptor: Int32) -> Int {
        let environment = ProcessInfo.processInfo.environment
        if let columns = environment["COLUMNS"].flatMap({ Int($0) }), columns > 0 { return columns }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return TextStyle.usualWidth }
        return Int(size.ws_col)
    }

    func plain() -> Console {
        Console(
            outputStyle: TextStyle(isColoured: false, width: outputStyle.width),
            errorStyle: TextStyle(isColoured: false, width: errorStyle.width))
    }

    /// Writes to standard output; where that fails, the process says so and ends with 3.
    func output(_ text: String) {
        do throws(HarnessError) {
            try write(text)
        } catch {
            show(error.diagnostics)
            leave(error.exit)
        }
    }

    /// Writes to standard output.
    ///
    /// - Throws: `HarnessError` (exit 3) when it is full or closed.
    func write(_ text: String) throws(HarnessError) {
        let bytes = Array(text.utf8)
        if let reason = OutputFile.writeToStandardOutput(bytes) {
            throw .notPossible("output.standard", "standard output cannot be written: \(reason)")
        }
    }

    /// Writes the content of a report to standard output. After a failure, the rest is left out.
    ///
    /// - Throws: `HarnessError` (exit 3) when it is full or closed.
    func write(_ content: ReportContent) throws(HarnessError) {
        var failure: HarnessError?
        content.write { bytes in
            guard failure == nil, let reason = OutputFile.writeToStandardOutput(bytes) else { return }
            failure = .notPossible("output.standard", "standard output cannot be written: \(reason)")
        }
        if let failure { throw failure }
    }

    func error(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }

    /// Shows diagnostics on standard error.
    func show(_ diagnostics: Diagnostics) {
        error(DiagnosticText(style: errorStyle).render(diagnostics))
    }
}

/// Ends the process with a code of the command line's contract.
func leave(_ exit: Harness.ExitCode) -> Never {
    Foundation.exit(exit.rawValue)
}
