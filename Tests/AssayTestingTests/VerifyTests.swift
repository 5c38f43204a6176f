import Synchronization
import Testing

@testable import AssayTesting

@Suite("Verifying a scenario")
struct VerifyTests {
    /// The issues that `body` records.
    private func issues(_ body: () async throws -> Void) async throws -> [Issue] {
        let found = Mutex<[Issue]>([])
        try await withKnownIssue {
            try await body()
        } matching: { issue in
            found.withLock { $0.append(issue) }
            return true
        }
        return found.withLock { $0 }
    }

    @Test("a failed check is an issue at the table cell, with the difference of the two bodies")
    func failedCheck() async throws {
        try await withLendingLibrary { project in
            try project.replace("title=Dune;", with: "title=Emma;", in: "scenarios/books.csv")
            let scenario = try #require(try Scenarios(in: project.path).first)
            let found = try await issues { try await verify(scenario) }
            let issue = try #require(found.first)
            #expect(found.count == 1)
            #expect(issue.severity == .error)
            let location = try #require(issue.sourceLocation)
            #expect(location.filePath == project.path + "/scenarios/books.csv")
            #expect(location.fileID == "scenarios/books.csv")
            #expect(location.line == 2)
            #expect(location.column == 56)
            let text = issue.comments.map(\.rawValue).joined()
            #expect(text.hasPrefix("check: "))
            #expect(text.contains("\u{2212}   \"title\": \"Emma\","))
            #expect(text.contains("+   \"title\": \"Dune\","))
        }
    }

    @Test("a response that violates the contract is an issue at the row")
    func brokenContract() async throws {
        try await withLendingLibrary { project in
            try project.write(
                """
                behaviour: 1
                operations:
                  getBook: {answer: {id: 7, title: Dune, price: 9.50}}
                """, to: "behaviour.yaml")
            let scenarios = try Scenarios(in: project.path, on: .mock(behaviour: "behaviour.yaml"))
            let outcome = try await scenarios[0].outcome()
            #expect(outcome.issues.contains { $0.message.hasPrefix("body.type: ") && $0.line == 3 })
        }
    }

    @Test("the report contains every step with its request and response")
    func report() async throws {
        try await withLendingLibrary { project in
            try project.replace("price=9.50", with: "price=9.51", in: "scenarios/books.csv")
            let outcome = try await Scenarios(in: project.path)[0].outcome()
            #expect(outcome.report.contains("✗ create  createBook  scenarios/books.csv:2:1"))
            #expect(outcome.report.contains("  > POST http://mock/v1/books"))
            #expect(outcome.report.contains("  < HTTP/1.1 201"))
            #expect(outcome.report.contains("✓ read-again"))
        }
    }

    @Test("a secret of the environment is not shown")
    func secrets() async throws {
        let canary = "canary-4711-secret"
        let scenarios = try Scenarios(
            in: ".", tables: ["scenarios/payment-links.csv"], environment: ["CASHFREE_CLIENT_SECRET": canary])
        for scenario in scenarios.prefix(3) {
            let outcome = try await scenario.outcome()
            #expect(outcome.report.contains("x-client-secret: "))
            #expect(!outcome.report.contains(canary))
        }
    }

    @Test("a scenario that cannot continue does not pass")
    func notRun() async throws {
        try await withLendingLibrary { project in
            try project.replace("[id, title, price]", with: "[title, price]", in: "openapi.yaml")
            try project.write(
                """
                behaviour: 1
                operations:
                  createBook: {answer: {title: Dune, price: 9.50}}
                """, to: "behaviour.yaml")
            let scenarios = try Scenarios(in: project.path, on: .mock(behaviour: "behaviour.yaml"))
            let outcome = try await scenarios[0].outcome()
            let errors = outcome.issues.filter { !$0.isWarning }
            #expect(errors.map(\.line) == [3])
            #expect(errors.first?.message.hasPrefix("value.missing: step 'read' needs create.id") == true)
            #expect(outcome.report.contains("• remove"))
        }
    }

    @Test("a scenario for live targets is reported as skipped on the mock")
    func skipped() async throws {
        try await withLendingLibrary { project in
            try project.replace("201,title=Dune; price=9.50,,,", with: "201,,,live,", in: "scenarios/books.csv")
            for step in ["200,,create,", "204,,,", "404,,,"] {
                try project.replace(step + ",\n", with: step + "live,\n", in: "scenarios/books.csv")
            }
            let outcome = try await Scenarios(in: project.path)[0].outcome()
            #expect(outcome.issues.isEmpty)
            #expect(outcome.skipReason != nil)
        }
    }

    @Test("a scenario can be verified on a target other than that of its collection")
    func otherTarget() async throws {
        let scenario = try #require(try Scenarios(in: "Examples/SwiftPackage").first)
        try await scenario.verify(on: .mock)
        await #expect(throws: ScenariosError.self) { try await scenario.verify(on: .fixtures("none")) }
    }
}
