import ArgumentParser
import Diagnostics
import Harness
import JSONDocument
import Reporting

/// A command of the tool. This is the only place where an error of a command becomes output and an exit code.
protocol Command: AsyncParsableCommand {
    /// The console for text output.
    var console: Console { get }

    /// Does the work.
    ///
    /// - Returns: The exit code.
    func execute() async throws(HarnessError) -> Harness.ExitCode

    /// Reports a failure after its diagnostics were shown.
    ///
    /// - Returns: The exit code.
    func report(_ error: HarnessError) -> Harness.ExitCode
}

extension Command {
    func report(_ error: HarnessError) -> Harness.ExitCode { error.exit }

    mutating func run() async throws {
        let exit: Harness.ExitCode
        do throws(HarnessError) {
            exit = try await execute()
        } catch {
            console.show(error.diagnostics)
            exit = report(error)
        }
        guard exit == .passed else { throw ArgumentParser.ExitCode(exit.rawValue) }
    }
}

/// A command whose result can be written in several formats.
protocol ReportingCommand: Command {
    associatedtype Format: ReportFormat

    /// The destinations of reports.
    var output: OutputOptions<Format> { get }
    /// Whether the command may be killed because it takes long. If so, the files of an earlier run are removed first.
    var takesLong: Bool { get }

    /// Removes files of an earlier run whose paths no option names; called when the command failed.
    func retireOldReports()

    /// Does the work. No report is written before it ends.
    func makeReport() async throws(HarnessError) -> CommandReport<Format>

    /// The members of the JSON report of a command that failed.
    ///
    /// - Parameter command: The command; `nil` where its arguments are wrong.
    static func membersOfFailure(_ command: Self?) -> [(String, JSONValue?)]
}

/// The result of a command, ready to be written.
struct CommandReport<Format: ReportFormat> {
    /// The exit code.
    var exit = Harness.ExitCode.passed
    /// Shown on standard error before the report.
    var diagnostics = Diagnostics()
    /// Whether text on standard output is left out, unless a file cannot be written.
    var isSilent = false
    /// Advice for the case that a report cannot be written; `nil` for the usual advice.
    var help: String?
    /// Shown on standard error after the report.
    var remarks = ""
    /// The report in a format and style.
    var content: (Format, TextStyle) -> ReportContent

    /// A result whose report can be long in some formats.
    init(
        content: @escaping (Format, TextStyle) -> ReportContent, exit: Harness.ExitCode, diagnostics: Diagnostics,
        isSilent: Bool
    ) {
        self.exit = exit
        self.diagnostics = diagnostics
        self.isSilent = isSilent
        self.content = content
    }

    /// A result whose report is short in every format.
    init(
        exit: Harness.ExitCode = .passed, diagnostics: Diagnostics = Diagnostics(), isSilent: Bool = false,
        text: @escaping (Format, TextStyle) -> String
    ) {
        self.init(
            content: { .text(text($0, $1)) }, exit: exit, diagnostics: diagnostics, isSilent: isSilent)
    }
}

extension ReportingCommand {
    var console: Console { output.console }
    var takesLong: Bool { false }

    func retireOldReports() {}

    static func membersOfFailure(_ command: Self?) -> [(String, JSONValue?)] { [] }

    func execute() async throws(HarnessError) -> Harness.ExitCode {
        let outputs = output.outputs
        try outputs.checkFiles()
        if takesLong { outputs.removeFiles() }
        let report = try await makeReport()
        console.show(report.diagnostics)
        var exit = report.exit
        do throws(HarnessError) {
            try outputs.write(report.content, isSilent: report.isSilent, console)
        } catch {
            // The result is shown as far as possible, but the command fails.
            console.show(error.diagnostics.advising(report.help))
            if exit != .interrupted { exit = error.exit }
        }
        if !report.remarks.isEmpty { console.error(report.remarks) }
        return exit
    }

    func report(_ error: HarnessError) -> Harness.ExitCode {
        retireOldReports()
        let failure = FailureReport<Format>(
            command: Self.configuration.commandName ?? "", error, members: Self.membersOfFailure(self))
        do throws(HarnessError) {
            try output.outputs.write(failure, console)
            return error.exit
        } catch let other {
            // If the failure is a file that cannot be written, it is already reported.
            guard error.exit != .notPossible else { return error.exit }
            console.show(other.diagnostics)
            return error.exit == .interrupted ? error.exit : other.exit
        }
    }

    /// Writes the mistake in the arguments to the reports that they name, so no report of an earlier run remains.
    static func reportWrongUsage(_ message: String, _ arguments: [String]) {
        let error = HarnessError.wrongInput("usage.arguments", message)
        let failure = FailureReport<Format>(
            command: configuration.commandName ?? "", error, members: membersOfFailure(nil))
        try? ReportOutputs<Format>(readingFrom: arguments).write(failure, Console())
    }
}

extension Diagnostics {
    /// The diagnostics with other advice, if there is any.
    fileprivate func advising(_ help: String?) -> Diagnostics {
        Diagnostics(
            entries.map { diagnostic in
                var diagnostic = diagnostic
                diagnostic.help = help ?? diagnostic.help
                return diagnostic
            })
    }
}
