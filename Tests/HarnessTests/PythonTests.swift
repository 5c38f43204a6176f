import Conformance
import Diagnostics
import Exchanges
import Foundation
import Harness
import JSONDocument
import Mocking
import OpenAPI
import Primitives
import Recordings
import Reporting
import Sockets
import SourceText
import TestKit
import Testing

/// The mock and recordings before clients, judges and readers that others wrote; they come from the Python registry.
@Suite(
    .inTurn,
    .enabled(
        if: PythonEnvironment.folder != nil,
        "needs python3, and ASSAY_PYTHON_TESTS: a folder for virtual environments"),
    .serialized)
struct PythonTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private func withMock(
        _ change: (inout ContractChoice) -> Void = { _ in }, _ body: @escaping (String) throws -> Void
    ) async throws {
        var choice = ContractChoice()
        change(&choice)
        let session = try MockSession(try Workspace.open(Self.root.path), choice, environment: [:])
        var address = ""
        var failure: (any Error)?
        try await session.serve(MockOptions()) {
            address = $0
        } until: {
            do { try body(address) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    @Test(
        "the provider's own SDK reads every response",
        arguments: [
            ("3.1.4", "2022-09-01"), ("3.2.12", "2022-09-01"), ("4.2.4", "2023-08-01"), ("4.3.10", "2023-08-01"),
            ("5.0.6", "2023-08-01"), ("6.0.1", "2023-08-01"),
        ])
    func sdk(release: String, version: String) async throws {
        let python = try PythonEnvironment(["cashfree_pg==\(release)"])
        try await withMock { baseURL in
            let bodies = Self.root.appending(path: "scenarios/bodies")
            let result = try python.run(
                "python",
                [
                    PythonEnvironment.scripts.appending(path: "sdk.py").path, baseURL, version,
                    bodies.appending(path: "link-minimal.json").path,
                    bodies.appending(path: "order-minimal.json").path,
                ])
            #expect(result.status == 0, "\(result.output)")
            #expect(result.output.contains("PGCancelLink 200"))
        }
    }

    @Test(
        "schemathesis finds nothing wrong with the mock of a document alone",
        arguments: ["2022-09-01", "2023-08-01"])
    func schemathesis(version: String) async throws {
        let python = try PythonEnvironment(["schemathesis==4.32.5"])
        let spec = "specs/cashfree/\(version).yaml"
        try await withMock {
            $0.spec = spec
        } _: { baseURL in
            let result = try python.run(
                "st",
                [
                    "run", Self.root.appending(path: spec).path, "-u", baseURL, "-c", "all", "-n", "20", "--seed", "1",
                    "--no-color", "-H", "x-client-id: mock-cashfree-client-id", "-H",
                    "x-client-secret: mock-cashfree-client-secret",
                ])
            // Taken at its word by the mock and not by schemathesis: int32 and int64 of a number, which must be whole,
            // and nullable beside allOf without a type, which adds nothing (OpenAPI 3.0.3, 4.7.24).
            let lines = result.output.split(separator: "\n")
            let faults = lines.count { $0.contains("- ST") }
            let explained = lines.count {
                $0.contains("is not in the format int") || $0.contains("is null, but the schema allows only object")
            }
            #expect(faults == explained, "\(result.output.suffix(6_000))")
            #expect(lines.contains { $0.contains("generated") }, "\(result.output.suffix(6_000))")
        }
    }

    @Test("an independent judge agrees about correct and broken responses")
    func openAPICore() async throws {
        let python = try PythonEnvironment(["openapi-core==0.23.1"])
        let file = "specs/cashfree/2022-09-01.yaml"
        let contract = try ContractLoader.load(
            file: file, name: "2022-09-01", reader: SourceReader(root: Self.root.path))
        let version = MockVersion(contract: contract)
        let rules = ["status.undocumented", "media-type.undocumented", "header.required"]
        let faults = FaultCatalogue.faults(of: contract).filter { fault in
            fault.answer == "200" && (rules.contains(fault.rule) || fault.rule.hasPrefix("body."))
                && !["body.duplicate-name", "body.encoding"].contains(fault.rule)
        }
        var lines: [String] = []
        var verdicts: [(name: String, holds: Bool)] = []
        for fault in [nil] + faults.map(Optional.some) {
            for operation in contract.operations where fault == nil || fault?.operation == operation.name {
                var settings = MockSettings()
                settings.contractFaults = fault.map { [$0] } ?? []
                var engine = MockEngine(versions: [version], settings: settings)
                let path = operation.path.replacing("{link_id}", with: "link-1")
                let response = engine.respond(
                    to: RequestMessage(
                        method: operation.method, url: "http://mock\(MockEngine.basePath(of: contract))\(path)",
                        headers: Self.headers, body: operation.requestBody == nil ? nil : Array(Self.link.utf8)),
                    at: Instant(secondsSinceEpoch: 1_700_000_000))
                let name = fault?.description ?? operation.name
                let findings = ResponseJudge(operation, of: contract).findings(response).filter {
                    $0.severity == .error
                }
                verdicts.append((name, findings.isEmpty))
                let exchange: JSONValue = [
                    "method": .string(operation.method), "path": .string(path), "status": .integer(response.status),
                    "contentType": .string(response.header("content-type").first ?? ""),
                    "headers": .object(JSONObject(response.headers.map { ($0.name, .string($0.value)) })),
                    "body": .string(String(decoding: response.body, as: UTF8.self)),
                ]
                lines.append(exchange.text)
            }
        }
        let input = FileManager.default.temporaryDirectory.appending(path: "exchanges-\(UUID().uuidString).ndjson")
        defer { try? FileManager.default.removeItem(at: input) }
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: input)
        let script = PythonEnvironment.scripts.appending(path: "openapi_core_agrees.py").path
        let result = try python.run(
            "python",
            [
                script, Self.root.appending(path: file).path, "http://mock\(MockEngine.basePath(of: contract))",
                input.path,
            ])
        let others = result.output.split(separator: "\n").map(String.init)
        try #require(result.status == 0 && others.count == verdicts.count, "\(result.output.suffix(3_000))")
        #expect(verdicts.count > 50)
        for (verdict, other) in zip(verdicts, others) {
            #expect(verdict.holds == (other == "ok"), "\(verdict.name): openapi-core says \(other)")
        }
    }

    @Test("a JUnit report opens in a reader of others, with the same figures")
    func junitReader() async throws {
        let python = try PythonEnvironment(["junitparser==5.0.3"])
        try await withShippedProject { project in
            try project.replace(
                "{from: ACTIVE, to: CANCELLED}", with: "{from: ACTIVE, to: ACTIVE}",
                in: "specs/cashfree/2022-09-01.behaviour.yaml")
            let result = try await project.run { $0.tables.grep = "link-defaults" }
            let text = JUnitReport(result.report).render()
            try project.write(text, to: "junit.xml")
            let script = PythonEnvironment.scripts.appending(path: "read_junit.py").path
            let read = try python.run("python", [script, project.root.appending(path: "junit.xml").path])
            #expect(read.status == 0, "\(read.output)")
            let lines = read.output.split(separator: "\n")
            #expect(lines.first == "6 1 0 0")
            let failing =
                "link-defaults cancel {'rule': 'check', 'place': '/link_status', 'explain': 'assay explain check'} True"
            #expect(lines.dropFirst().map(String.init) == [failing], "\(read.output)")
        }
    }

    @Test(
        "a browser opens the page from disk, without requests, and its filters, links, keys and roles work",
        .enabled(if: Chromium.paths != nil, "needs chromium and chromedriver"))
    func page() async throws {
        let python = try PythonEnvironment(["selenium==4.51.0", "axe-core-python==0.1.0"])
        let chromium = try #require(Chromium.paths)
        try await withShippedProject { project in
            let change = { (request: inout RunRequest) in
                request.contracts.version = "2022-09-01"
                request.invocation.isWatched = true
            }
            _ = try await project.run(change)
            let page = "\(ReportFiles.latest)/report.html"
            try project.write(try project.read(page), to: "passing.html")
            try project.replace(
                "{from: ACTIVE, to: CANCELLED}", with: "{from: ACTIVE, to: ACTIVE}",
                in: "specs/cashfree/2022-09-01.behaviour.yaml")
            _ = try await project.run(change)
            try project.write(Self.pageOfManySteps(), to: "many.html")
            let files = [page, "passing.html", "many.html"].map { project.root.appending(path: $0).path }
            let script = PythonEnvironment.scripts.appending(path: "page.py").path
            let result = try python.run("python", [script, chromium.browser, chromium.driver] + files)
            #expect(result.status == 0, "\(result.output.suffix(6_000))")
            #expect(result.output.contains("failures: 0"))
        }
    }

    /// The page of a run with 10,000 steps; the first scenario has a name with markup and a control that reorders text.
    private static func pageOfManySteps() -> String {
        let scenarios = (0..<1_000).map { scenario in
            ScenarioVerdict(
                name: scenario == 0 ? "</script><img src=x onerror=hacked=1>\u{202E}" : "scenario-\(scenario)",
                file: "many.csv", line: scenario + 2,
                steps: (0..<10).map { step in
                    let exchange = Exchange(
                        sequence: scenario * 10 + step + 1, scenario: "scenario-\(scenario)", step: "step-\(step)",
                        operation: "fetch", contract: "v1",
                        request: RequestMessage(method: "GET", url: "http://127.0.0.1:1/things/\(scenario)"),
                        outcome: .response(ResponseMessage(status: 200)), startedAt: Instant(microsecondsSinceEpoch: 1),
                        duration: .milliseconds(step + 1))
                    return StepVerdict(
                        name: "step-\(step)", call: "fetch", contract: "v1",
                        location: SourceLocation(file: "many.csv", line: scenario + 2, column: 1),
                        exchanges: [exchange], findings: [])
                })
        }
        let header = JournalHeader(
            seed: "many", startedAt: Instant(microsecondsSinceEpoch: 1), target: "mock", baseURL: "http://127.0.0.1:1")
        let verdict = Verdict(run: header, scenarios: scenarios, coverage: Coverage(operations: []))
        return VerdictPage(RunReport(verdict, elapsed: .seconds(60), redactor: .none)).render()
    }

    @Test("recordings open in a reader of others, and have every member that HAR 1.2 requires")
    func harReader() throws {
        let python = try PythonEnvironment(["haralyzer==2.4.0"])
        let fixtures = Self.root.appending(path: "fixtures")
        var files = try FileManager.default.subpathsOfDirectory(atPath: fixtures.path).filter { $0.hasSuffix(".har") }
            .sorted().map { fixtures.appending(path: $0).path }
        let odd = FileManager.default.temporaryDirectory.appending(path: "odd-\(UUID().uuidString).har")
        defer { try? FileManager.default.removeItem(at: odd) }
        try Data(HARWriter.bytes(of: Self.oddRecording, version: "1.0.0")).write(to: odd)
        files.append(odd.path)
        let result = try python.run("python", [PythonEnvironment.scripts.appending(path: "open_har.py").path] + files)
        #expect(result.status == 0, "\(result.output.suffix(3_000))")
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == files.count && files.count > 100)
        #expect(lines.last == "4 200:4 0:0 204:0 302:0")
    }

    /// Bodies that are not text, no response, no body, and a redirect.
    private static var oddRecording: Recording {
        let outcomes: [ExchangeOutcome] = [
            .response(ResponseMessage(status: 200, body: [0xFF, 0x00, 0x01])),
            .failure(TransportFailure(.timedOut, "no response within 2 s")), .response(ResponseMessage(status: 204)),
            .response(ResponseMessage(status: 302, headers: [HeaderField(name: "location", value: "/x")])),
        ]
        return Recording(
            path: "odd.har",
            entries: outcomes.map {
                RecordedExchange(
                    request: RequestMessage(
                        method: "PUT", url: "https://a.example/x?a=1&b",
                        headers: [HeaderField(name: "cookie", value: "a=‹cookie›")], body: [0xFE]),
                    outcome: $0, startedAt: Instant(secondsSinceEpoch: 1_700_000_000),
                    location: SourceLocation(file: "odd.har", line: 1, column: 1))
            })
    }

    private static let headers = [
        ("x-client-id", "id"), ("x-client-secret", "secret"), ("x-api-version", "2022-09-01"),
        ("content-type", "application/json"),
    ].map { HeaderField(name: $0.0, value: $0.1) }

    private static let link = """
        {"link_id":"link-1","link_amount":100,"link_currency":"INR","link_purpose":"Two tickets",
         "customer_details":{"customer_phone":"9876543210"}}
        """
}
