import Foundation
import Testing

@testable import AssayTesting

@Suite("Loading scenarios")
struct ScenariosTests {
    @Test("each case is named after its scenario and has its tags and the line of its first row")
    func cases() throws {
        let scenarios = try Scenarios(in: "Examples/SwiftPackage")
        #expect(scenarios.map(\.testDescription) == ["book-lifecycle", "book-rejected"])
        #expect(scenarios.map(\.line) == [2, 6])
        #expect(scenarios.first?.tags == ["smoke"])
        #expect(scenarios.first?.file.hasSuffix("/Examples/SwiftPackage/scenarios/books.csv") == true)
    }

    @Test("tags select scenarios")
    func tags() throws {
        #expect(try Scenarios(in: "Examples/SwiftPackage", tags: "smoke").map(\.name) == ["book-lifecycle"])
    }

    @Test("a folder without a configuration needs only a table and a document")
    func withoutConfiguration() async throws {
        try await withLendingLibrary { project in
            try FileManager.default.removeItem(at: project.root.appendingPathComponent("assay.yaml"))
            let scenarios = try Scenarios(
                in: project.path, tables: ["scenarios/books.csv"], spec: "openapi.yaml")
            #expect(scenarios.count == 2)
        }
    }

    @Test("a mistake in a table is an error with file, line, column and help")
    func mistake() async throws {
        try await withLendingLibrary { project in
            try project.replace("removeBook", with: "removeBok", in: "scenarios/books.csv")
            let error = #expect(throws: ScenariosError.self) { try Scenarios(in: project.path) }
            #expect(error?.description.contains("scenarios/books.csv:4:9: error: ") == true)
            #expect(error?.description.contains("`removeBook`") == true)
        }
    }

    @Test("a selection without scenarios is an error, not an empty list")
    func nothingSelected() throws {
        let error = #expect(throws: ScenariosError.self) {
            try Scenarios(in: "Examples/SwiftPackage", tags: "no-such-tag")
        }
        #expect(error?.description.contains("usage.nothing-selected") == true)
    }

    @Test("a folder without tables and a missing folder are errors")
    func noTables() async throws {
        #expect(throws: ScenariosError.self) { try Scenarios(in: "no/such/folder") }
        try await withLendingLibrary { project in
            try project.replace("scenarios/*.csv", with: "none/*.csv", in: "assay.yaml")
            let error = #expect(throws: ScenariosError.self) { try Scenarios(in: project.path) }
            #expect(error?.description.contains("usage.no-tables") == true)
        }
    }

    @Test("a missing recording is an error that names the command")
    func missingRecording() throws {
        let error = #expect(throws: ScenariosError.self) {
            try Scenarios(in: "Examples/SwiftPackage", tags: "smoke", on: .fixtures("none"))
        }
        #expect(error?.description.contains("assay record") == true)
    }

    @Test("an unknown behaviour file is an error")
    func behaviour() throws {
        #expect(throws: ScenariosError.self) {
            try Scenarios(in: "Examples/SwiftPackage", on: .mock(behaviour: "none.yaml"))
        }
    }
}
