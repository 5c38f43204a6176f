import Foundation
import TestKit
import Testing
import XCTest

@testable import AssayXCTest

/// A test case that keeps its failures instead of reporting them.
private final class QuietCase: XCTestCase {
    struct Failure {
        var message: String
        var file: String
        var line: Int
    }

    nonisolated(unsafe) var failures: [Failure] = []

    #if !canImport(Darwin)
        override func recordFailure(
            withDescription description: String, inFile filePath: String, atLine lineNumber: Int, expected: Bool
        ) {
            failures.append(Failure(message: description, file: filePath, line: lineNumber))
        }
    #endif
}

#if !canImport(Darwin)
    @Suite("Scenarios under XCTest")
    struct RunScenariosTests {
        private static let example = "Examples/SwiftPackage"

        private func quietCase() -> QuietCase { QuietCase(name: "quiet") { _ in } }

        @Test("passing scenarios record no failure")
        func passing() async throws {
            let test = quietCase()
            try await test.runScenarios(in: Self.example)
            #expect(test.failures.isEmpty)
        }

        @Test("a finding fails the test at the table row")
        func failing() async throws {
            let root = FileManager.default.temporaryDirectory.appendingPathComponent("assay-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: root) }
            let package = Repository.root.appendingPathComponent(Self.example)
            try FileManager.default.copyItem(at: package, to: root)
            let table = root.appendingPathComponent("scenarios/books.csv")
            let text = try String(contentsOf: table, encoding: .utf8)
            try text.replacingOccurrences(of: "title=Dune", with: "title=Emma")
                .write(to: table, atomically: true, encoding: .utf8)
            let test = quietCase()
            try await test.runScenarios(in: root.path)
            let failure = try #require(test.failures.first)
            #expect(test.failures.count == 1)
            #expect(failure.file.hasSuffix("/scenarios/books.csv"))
            #expect(failure.line == 2)
            #expect(failure.message.hasPrefix("check: "))
            #expect(failure.message.contains("> POST "))
        }

        @Test("a mistake in the input is an error")
        func mistake() async throws {
            await #expect(throws: (any Error).self) {
                try await quietCase().runScenarios(in: Self.example, tags: "no-such-tag")
            }
        }
    }
#endif
