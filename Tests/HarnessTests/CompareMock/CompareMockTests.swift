import Diagnostics
import Foundation
import Harness
import JSONDocument
import Mocking
import Reporting
import Sockets
import SourceText
import TestKit
import Testing

/// The mock beside servers that differ from it in one respect: another mock with another behaviour, on a real socket.
@Suite(.inTurn, .timeLimit(.minutes(20))) struct CompareMockTests {
    private static let behaviour = "specs/cashfree/2022-09-01.behaviour.yaml"
    private static let environment = ["CASHFREE_CLIENT_ID": "client-id-1", "CASHFREE_CLIENT_SECRET": "client-secret-1"]

    /// Runs the table of links against a mock with the behaviour that `change` makes, then compares with the shipped one.
    private func compare(
        _ change: @escaping @Sendable (inout String) -> Void
    ) async throws -> (result: CompareMockResult, project: ShippedProject) {
        let project = try ShippedProject()
        try project.keepOnly("payment-links.csv")
        let shipped = try project.read(Self.behaviour)
        var text = shipped
        change(&text)
        try project.write(text, to: Self.behaviour)
        let server = try await server(project)
        let run = try await project.run {
            $0.target.baseURL = server.baseURL
            $0.environment = Self.environment
            $0.judging.reruns = 0
            $0.jobs = 1
        }
        try await server.stop()
        try project.write(shipped, to: Self.behaviour)
        return (try await comparison(project, run.journal), project)
    }

    private func server(_ project: ShippedProject) async throws -> any ServedMock {
        let workspace = try Workspace.open(project.root.path)
        let versions = try workspace.mockVersions(try workspace.contracts(ContractChoice()))
        var settings = MockSettings(seed: "server")
        settings.acceptsAnyCredentials = true
        return try await SocketNetwork().serve(versions, settings)
    }

    private func comparison(_ project: ShippedProject, _ journal: String) async throws -> CompareMockResult {
        var request = CompareMockRequest(journal)
        request.environment = Self.environment
        return try await CompareMockSession.result(try Workspace.open(project.root.path), request)
    }

    private func lines(_ comparison: MockComparison) -> [String] {
        comparison.differences.map { "\($0.operation) \($0.status) \($0.place): \($0.sandbox) | \($0.mock)" }
    }

    @Test("a server that behaves like the mock has no difference")
    func equal() async throws {
        let (result, project) = try await compare { _ in }
        defer { project.remove() }
        #expect(result.comparison.compared >= 15)
        #expect(lines(result.comparison).filter { !$0.contains("credentials") } == [])
        #expect(result.comparison.proposals.isEmpty)
    }

    @Test(
        "a changed behaviour is found in its place, and the proposed lines remove the difference",
        arguments: [
            // The body of an error.
            ("message: Link ID already exists", "message: This link exists", "PGCreateLink 409 /message"),
            // Its status.
            (
                "status: 409\n    body: {message: Link ID", "status: 400\n    body: {message: Link ID",
                "status: 400 | 409"
            ),
            // A text that contains the id.
            ("'No request found with link Id {{id}}'", "'Link {{id}} is unknown'", "PGFetchLink 404 /message"),
        ])
    func proposed(old: String, new: String, line: String) async throws {
        let (result, project) = try await compare { $0 = $0.replacing(old, with: new) }
        defer { project.remove() }
        #expect(lines(result.comparison).contains { $0.contains(line) }, "\(lines(result.comparison))")
        #expect(result.exit == .findings)
        let proposal = try #require(result.comparison.proposals.first)
        #expect(proposal.file == Self.behaviour && !proposal.lines.isEmpty, "\(proposal)")
        // The reader accepts the merged file, and the difference is gone.
        try project.merge(proposal.lines, into: Self.behaviour)
        let journals = try FileManager.default.contentsOfDirectory(
            atPath: project.root.appendingPathComponent("reports/journals").path)
        let after = try await comparison(project, "reports/journals/" + (try #require(journals.first)))
        #expect(lines(after.comparison) == [], "\(proposal.lines)")
    }

    @Test("rows that are sent at once are not compared, nor what follows a race: chance decides their responses")
    func races() async throws {
        let project = try ShippedProject()
        defer { project.remove() }
        let run = try await project.run {
            $0.tables.tables = ["scenarios/races.csv", "scenarios/payments-held.csv"]
        }
        let result = try await comparison(project, run.journal)
        #expect(lines(result.comparison) == [] && result.exit == .passed)
        // In each of two versions: seven rows with `burst`, two pairs with `race`, and one row after each pair.
        #expect(result.comparison.notCompared.map(\.count) == [14, 8, 4], "\(result.comparison.notCompared)")
        #expect(
            result.comparison.notCompared.map(\.first) == [
                "link-created-at-once › create", "capture-against-void › capture", "capture-against-void › outcome",
            ])
        // What is before a race is compared.
        #expect(result.comparison.compared > 20)
    }

    @Test("text, JSON and their narrow forms name document, sandbox and mock")
    func reports() async throws {
        let (result, project) = try await compare {
            $0 = $0.replacing("message: Link ID already exists", with: "message: This link exists")
        }
        defer { project.remove() }
        let usual = TextStyle(isColoured: false)
        let text = MockComparisonText(style: usual, redactor: result.redactor).render(result.comparison)
        #expect(text.contains("place") && text.contains("document") && text.contains("sandbox"), "\(text)")
        #expect(text.contains("proposed lines for specs/cashfree/2022-09-01.behaviour.yaml"), "\(text)")
        let narrow = TextStyle(isColoured: false, width: 60)
        let tables = MockComparisonText(style: narrow, redactor: result.redactor).render(result.comparison)
            .split(separator: "\n").filter { $0.contains("/message") }
        #expect(!tables.isEmpty && tables.allSatisfy { $0.unicodeScalars.count <= 60 }, "\(tables)")
        let json = MockComparisonJSON(redactor: result.redactor).render(result.comparison, exit: 1)
        let root = try JSONDocument(parsing: Array(json.utf8)).root
        #expect(root["command"]?.string == "compare-mock" && root["differences"]?.elements.isEmpty == false)
        #expect(!text.contains("client-secret-1") && !json.contains("client-secret-1"))
    }

    @Test("recordings of this project are compared as well; other files are rejected")
    func recordings() async throws {
        let project = try ShippedProject()
        defer { project.remove() }
        _ = try await project.run {
            $0.recording = RecordingChoice()
            $0.tables.tables = ["scenarios/payment-links.csv"]
        }
        let same = try await comparison(project, "fixtures")
        #expect(same.comparison.compared > 20 && lines(same.comparison) == [])
        try project.replace("message: Link ID already exists", with: "message: Gone", in: Self.behaviour)
        let other = try await comparison(project, "fixtures")
        #expect(lines(other.comparison).contains { $0.contains("PGCreateLink 409 /message") })
        try project.write("{}", to: "other.har")
        await #expect(throws: HarnessError.self) { try await comparison(project, "other.har") }
    }
}

extension ShippedProject {
    /// Merges YAML into a file of the project.
    fileprivate func merge(_ lines: String, into path: String) throws {
        let own = try SourceReader.parse(Array(try read(path).utf8), path: path).document.root.value
        let added = try SourceReader.parse(Array(lines.utf8), path: path).document.root.value
        try write(Self.merged(own, added).text, to: path)
    }

    private static func merged(_ own: JSONValue, _ added: JSONValue) -> JSONValue {
        guard let left = own.object, let right = added.object else { return added }
        var members = left.members.map { ($0.name, $0.value) }
        for member in right.members {
            if let index = members.firstIndex(where: { $0.0 == member.name }) {
                members[index].1 = merged(members[index].1, member.value)
            } else {
                members.append((member.name, member.value))
            }
        }
        return .object(JSONObject(members))
    }
}
