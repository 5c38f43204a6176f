import ArgumentParser
import Diagnostics
import Foundation
import Harness
import JSONDocument
import Reporting

/// What a command that sends nothing has to tell.
struct CommandOutput {
    /// Warnings and notes about the input.
    var diagnostics: Diagnostics
    /// For people.
    var text: (TextStyle) -> String
    /// For programs: the members of the JSON report.
    var members: [(String, JSONValue?)]
}

extension OutputOptions {
    /// Makes the output in the folder that the process works in and writes it in every format that was asked for.
    func run(_ command: String, _ make: (Workspace) throws(HarnessError) -> CommandOutput) throws {
        let outputs = try outputs()
        let exit: Harness.ExitCode
        do throws(HarnessError) {
            let output = try make(try Workspace.open(FileManager.default.currentDirectoryPath))
            if !quiet { console.show(Diagnostics(output.diagnostics.entries.filter { $0.severity > .note })) }
            exit = outputs.deliver(.held, console) { () throws(HarnessError) in
                try outputs.write(
                    text: output.text,
                    json: {
                        CommandJSON(command).render(exit: 0, output.members, diagnostics: output.diagnostics.entries)
                    }, console: console)
            }
        } catch {
            console.show(error.diagnostics)
            exit = outputs.deliver(error.exit, console) { () throws(HarnessError) in
                try outputs.write(
                    text: { _ in "" },
                    json: {
                        CommandJSON(command).render(
                            exit: Int(error.exit.rawValue), diagnostics: error.diagnostics.entries)
                    }, console: console)
            }
        }
        guard exit == .held else { throw ArgumentParser.ExitCode(exit.rawValue) }
    }
}
