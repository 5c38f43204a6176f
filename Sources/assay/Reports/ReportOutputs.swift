import ArgumentParser
import Diagnostics
import Harness
import Reporting

/// Where the reports of a command go.
struct ReportOutputs<Format: ReportFormat> {
    private let destinations: [ReportDestination<Format>]

    /// The destinations of `--report`; text goes to standard output where no other report does.
    init(_ given: [ReportDestination<Format>]) {
        let printsNothing = !given.contains { $0.path == nil }
        destinations = given + (printsNothing ? [ReportDestination(format: .text, path: nil)] : [])
    }

    /// The destinations that arguments name, as far as they can be read: some other argument is wrong.
    init(readingFrom arguments: [String]) {
        let option = "--report"
        var given: [ReportDestination<Format>] = []
        for (index, argument) in arguments.enumerated() {
            var value: String?
            if argument == option, arguments.indices.contains(index + 1) { value = arguments[index + 1] }
            if argument.hasPrefix(option + "=") { value = String(argument.dropFirst(option.count + 1)) }
            if let destination = value.flatMap({ try? ReportDestination<Format>($0) }) { given.append(destination) }
        }
        // Two reports on one standard output would be neither.
        let printed = given.filter { $0.path == nil }
        self.init(printed.count > 1 ? given.filter { $0.path != nil } : given)
    }

    /// Whether a format goes to standard output.
    func prints(_ format: Format) -> Bool { destinations.contains { $0.format == format && $0.path == nil } }

    /// Finds out whether every file can be written, before there is anything to lose.
    ///
    /// - Throws: `HarnessError` (exit 3) with every file that cannot.
    func checkFiles() throws(HarnessError) {
        let problems = destinations.compactMap { $0.path.flatMap { OutputFile.problem(with: $0) } }
        guard problems.isEmpty else { throw HarnessError(.notPossible, Diagnostics(problems)) }
    }

    /// Removes the files that an earlier run has left: a run that is killed must not leave them either.
    func removeFiles() {
        for destination in destinations {
            if let path = destination.path { OutputFile.remove(path) }
        }
    }

    /// Writes every report, files first. Standard output is written in any case: what a file could not take is read there.
    ///
    /// - Parameters:
    ///   - content: Makes a format in a style.
    ///   - isSilent: Whether text is not printed, unless a file cannot be written.
    /// - Throws: `HarnessError` (exit 3) for the first report that cannot be written.
    func write(
        _ content: (Format, TextStyle) -> ReportContent, isSilent: Bool = false, _ console: Console
    ) throws(HarnessError) {
        var failure = writeFiles { content($0, TextStyle(isColoured: false)) }
        for destination in destinations where destination.path == nil {
            guard destination.format != .text || !isSilent || failure != nil else { continue }
            do throws(HarnessError) {
                try console.write(content(destination.format, console.outputStyle))
            } catch {
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
    }

    /// Writes a failure in place of every report. Its diagnostics were shown, so that text is not printed.
    ///
    /// - Throws: `HarnessError` (exit 3) for the first report that cannot be written.
    func write(_ failed: FailureReport<Format>, _ console: Console) throws(HarnessError) {
        var failure = writeFiles { .text(failed.text($0)) }
        for destination in destinations where destination.path == nil && destination.format != .text {
            do throws(HarnessError) {
                try console.write(failed.text(destination.format))
            } catch {
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
    }

    private func writeFiles(_ content: (Format) -> ReportContent) -> HarnessError? {
        var failure: HarnessError?
        for destination in destinations {
            guard let path = destination.path else { continue }
            do throws(HarnessError) {
                try OutputFile.write(to: path, isPrivate: Format.isPrivate, content(destination.format).write)
            } catch {
                failure = failure ?? error
            }
        }
        return failure
    }
}
