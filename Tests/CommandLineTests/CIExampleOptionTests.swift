import Foundation
import TestKit
import Testing

/// The commands in `Examples/ci` use options that the executable has.
struct CIExampleOptionTests {
    @Test("every option in the files for CI exists", arguments: ["run", "report"])
    func options(command: String) async throws {
        try await onOwnThread {
            let help = try Executable.run([command, "--help"]).output
            let known = Set(help.matches(of: /--[a-z-]+/).map { String($0.0) })
            let files = try ["yml", "yaml"].flatMap { try Repository.files(in: "Examples/ci", endingIn: $0) }
            var commands = 0
            for file in files {
                let text = try Repository.text("Examples/ci/\(file)").replacing("\\\n", with: " ")
                for line in text.split(separator: "\n") where !line.contains(" #") && !line.hasPrefix("#") {
                    guard let match = line.firstMatch(of: /(?:assay|>>) +(run|report) (.*)/), match.1 == command else {
                        continue
                    }
                    commands += 1
                    let used = Set(match.2.matches(of: /--[a-z-]+/).map { String($0.0) })
                    #expect(used.isSubset(of: known), "\(file): \(used.subtracting(known))")
                }
            }
            #expect(commands == 4)
        }
    }
}
