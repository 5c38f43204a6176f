import Diagnostics
import Foundation
import Harness
import Project
import TestKit
import Testing

/// Mistakes that end a run before anything is sent: exit 2, with every mistake at once.
@Suite(.inTurn) struct WrongInputTests {
    @Test("every mistake in a table is reported at once, each with its location")
    func table() async throws {
        try await withShippedProject { project in
            try project.write(
                """
                scenario,step,call,set,expect,check
                one,create,PGCreateLnk,,200,
                ,fetch,PGFetchLink,link_idd=x,200,
                ,late,PGFetchLink,link_id={{nobody.link_id}},2000,link_sttus=ACTIVE

                """, to: "scenarios/payment-links.csv")
            let error = try await wrongInput(project)
            let places = error.diagnostics.entries.filter { $0.severity == .error }.map { "\($0.location?.line ?? 0)" }
            #expect(Set(places) == ["2", "3", "4"])
            #expect(error.diagnostics.entries.contains { $0.help == "did you mean `PGCreateLink`?" })
            #expect(error.diagnostics.entries.allSatisfy { $0.location?.file == "scenarios/payment-links.csv" })
        }
    }

    @Test("a document that is not YAML is reported with line and column")
    func document() async throws {
        try await withShippedProject { project in
            try project.write("openapi: 3.0.0\ninfo: {title: x\npaths: [", to: "specs/cashfree/2022-09-01.yaml")
            let error = try await wrongInput(project)
            let location = try #require(error.diagnostics.entries.first?.location)
            #expect(location.file == "specs/cashfree/2022-09-01.yaml")
            #expect(location.line == 3)
        }
    }

    @Test("a body file that is not JSON is reported with its own line")
    func body() async throws {
        try await withShippedProject { project in
            try project.write("{\n  \"link_id\": }\n", to: "scenarios/bodies/link.json")
            let error = try await wrongInput(project)
            let locations = error.diagnostics.entries.compactMap(\.location)
            #expect(locations.contains { $0.file == "scenarios/bodies/link.json" && $0.line == 2 })
        }
    }

    @Test("the mistakes in a configuration are reported together")
    func configuration() async throws {
        try await withShippedProject { project in
            try project.replace("default-target: mock", with: "default-target: mok\ndefalt: 1", in: "assay.yaml")
            let error = try await wrongInput(project)
            #expect(
                Set(error.diagnostics.entries.map(\.rule)) == [
                    "configuration.unknown-name", "configuration.unknown-key",
                ])
        }
    }

    @Test("a behaviour file with a mistake is not used")
    func behaviour() async throws {
        try await withShippedProject { project in
            try project.replace("create: links", with: "create: linkz", in: "specs/cashfree/2022-09-01.behaviour.yaml")
            let error = try await wrongInput(project)
            #expect(
                error.diagnostics.entries.contains { $0.location?.file == "specs/cashfree/2022-09-01.behaviour.yaml" })
        }
    }

    @Test("a table outside the project is rejected")
    func escape() async throws {
        try await withShippedProject { project in
            let error = try await wrongInput(project) { $0.tables.tables = ["../../etc/passwd"] }
            #expect(error.exit == .wrongInput)
        }
    }

    @Test("unknown names are reported with the nearest one")
    func names() async throws {
        try await withShippedProject { project in
            let version = try await wrongInput(project) { $0.contracts.version = "2022-09-02" }
            #expect(version.diagnostics.entries.first?.help == "did you mean `2022-09-01`?")
            let target = try await wrongInput(project) { $0.target.name = "sandbx" }
            #expect(target.diagnostics.entries.first?.help == "did you mean `sandbox`?")
        }
    }

    @Test("an empty selection is wrong input")
    func nothingSelected() async throws {
        try await withShippedProject { project in
            let error = try await wrongInput(project) { $0.tables.grep = "no such scenario" }
            #expect(error.diagnostics.entries.first?.rule == "usage.nothing-selected")
            #expect(
                error.diagnostics.entries.first?.message.starts(with: "--grep 'no such scenario' selects none of the ")
                    == true)
        }
    }

    @Test("a table without rows is named, and options that were not given are not")
    func noRows() async throws {
        try await withShippedProject { project in
            try project.write("scenario,step,call\n", to: "scenarios/none.csv")
            let error = try await wrongInput(project) { $0.tables.tables = ["scenarios/none.csv"] }
            #expect(error.diagnostics.entries.map(\.message) == ["the table 'scenarios/none.csv' has no scenario"])
        }
    }

    @Test("mistakes in configuration, document, behaviour, body file and table are reported together")
    func everything() async throws {
        try await withShippedProject { project in
            try project.replace("timeout: 30s", with: "timeout: soon", in: "assay.yaml")
            try project.replace("create: links", with: "creat: links", in: "specs/cashfree/2022-09-01.behaviour.yaml")
            try project.write("{", to: "scenarios/bodies/link.json")
            try project.replace("PGFetchLink", with: "PGFetchLnk", in: "scenarios/payment-links.csv")
            let error = try await wrongInput(project)
            let files = Set(error.diagnostics.entries.filter { $0.severity == .error }.map { $0.location?.file })
            #expect(
                files == [
                    "assay.yaml", "specs/cashfree/2022-09-01.behaviour.yaml", "scenarios/bodies/link.json",
                    "scenarios/payment-links.csv",
                ])
        }
    }

    @Test("if a document cannot be read, the form of tables is still checked")
    func tableBesideBrokenDocument() async throws {
        try await withShippedProject { project in
            try project.write("openapi: [", to: "specs/cashfree/2022-09-01.yaml")
            try project.replace(
                "scenario,step,call", with: "scenario,step,call,call", in: "scenarios/payment-links.csv")
            let error = try await wrongInput(project)
            let errors = error.diagnostics.entries.filter { $0.severity == .error }
            #expect(
                Set(errors.map { $0.location?.file }) == [
                    "specs/cashfree/2022-09-01.yaml", "scenarios/payment-links.csv",
                ])
        }
    }

    @Test("a missing secret of the target's own profile is reported with its variable name")
    func missingSecret() async throws {
        try await withShippedProject { project in
            let error = try await wrongInput(project) {
                $0.target.name = "sandbox"
                $0.environment = ["CASHFREE_CLIENT_ID": "someone"]
            }
            #expect(error.diagnostics.entries.map(\.help) == ["set the environment variable CASHFREE_CLIENT_SECRET"])
        }
    }

    @Test("no request that changes data is sent to a production target, by name or by address")
    func production() async throws {
        try await withShippedProject { project in
            for change in [
                { (request: inout RunRequest) in request.target.name = "production" },
                { (request: inout RunRequest) in request.target.baseURL = "https://API.cashfree.com.:443/pg" },
            ] {
                let error = try await wrongInput(project, change)
                #expect(error.diagnostics.entries.contains { $0.rule == "target.production" })
            }
        }
    }

    private func wrongInput(
        _ project: ShippedProject,
        _ change: (inout RunRequest) -> Void = { _ in }
    ) async throws -> HarnessError {
        let error = await #expect(throws: HarnessError.self) {
            _ = try await project.run(change)
        }
        let found = try #require(error)
        #expect(found.exit == .wrongInput)
        return found
    }
}
