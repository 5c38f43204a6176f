import Foundation
import Testing

/// What the documentation shows is the example package, which CI builds and runs.
@Suite("Documentation of the library")
struct DocumentationTests {
    private static let example = "Examples/SwiftPackage"
    private static let catalogue = "Sources/AssayTesting/AssayTesting.docc"

    private func read(_ path: String) throws -> String {
        try String(contentsOf: repository.appendingPathComponent(path), encoding: .utf8)
    }

    @Test(
        "the documentation shows the example's test unchanged",
        arguments: ["README.md", "docs/swift-testing.md", "\(catalogue)/AssayTesting.md"])
    func test(page: String) throws {
        let test = try read("\(Self.example)/Tests/LibraryTests/ScenarioTests.swift")
        #expect(try read(page).contains("```swift\n\(test)```\n"))
    }

    @Test(
        "the tutorial shows the example's files",
        arguments: [
            ("first-test-package.swift", "Package.swift"), ("first-test-assay.yaml", "assay.yaml"),
            ("first-test-books.csv", "scenarios/books.csv"),
            ("first-test-tests.swift", "Tests/LibraryTests/ScenarioTests.swift"),
        ])
    func tutorial(resource: String, file: String) throws {
        #expect(try read("\(Self.catalogue)/Resources/\(resource)") == read("\(Self.example)/\(file)"))
    }
}
