import Foundation
import TestKit
import Testing

/// The commands in `Examples/ci` use options that the executable has.
struct CIExampleOptionTests {
    @Test("every option in the files for CI exists", arguments: ["run", "report"])
    func options(command: String) async throws {
        let help = try await onOwnThread { try Executable.run([command, "--help"]).output }
        let known = Set(Self.options(in: help))
        let files = try ["yml", "yaml"].flatMap { try Repository.files(in: "Examples/ci", endingIn: $0) }
        var commands = 0
        for file in files {
            let text = try Repository.text("Examples/ci/\(file)").replacing("\\\n", with: " ")
            for line in text.split(separator: "\n") where !line.hasPrefix("#") {
                guard let match = line.firstMatch(of: /(?:assay|>>) +(run|report) (.*)/), match.1 == command else {
                    continue
                }
                commands += 1
                let unknown = Self.options(in: match.2).filter { !known.contains($0) }
                #expect(unknown.isEmpty, "\(file): \(unknown)")
            }
        }
        #expect(commands == 4)
    }

    private static func options(in text: some StringProtocol) -> [String] {
        String(text).matches(of: /--[a-z-]+/).map { String($0.0) }
    }
}
