import Conformance
import Diagnostics
import Exchanges
import Foundation
import JSONDocument
import Mocking
import Primitives
import Sockets
import Synchronization
import Testing

@testable import Harness

/// One thing that a server does wrong, and the one finding that names it.
struct ServerFault: Sendable, CustomTestStringConvertible {
    /// A call as a fault sees it: the request, the mock behind it, and what earlier calls left.
    struct Turn {
        var request: RequestMessage
        var memory: [String: ResponseMessage]
        var ask: (RequestMessage) -> ResponseMessage

        /// The name of the call: `create`, `fetch`, `cancel`, `orders`.
        var call: String {
            let path = request.path
            if path.hasSuffix("/links") { return "create" }
            if path.hasSuffix("/cancel") { return "cancel" }
            return path.hasSuffix("/orders") ? "orders" : "fetch"
        }
    }

    var name: String
    /// The scenarios that are run.
    var scenarios: String
    /// `rule place` of everything that is found, each once.
    var told: [String]
    var answer: @Sendable (inout Turn) -> ResponseMessage
    var testDescription: String { name }

    init(
        _ name: String, in scenarios: String = "link-lifecycle", _ told: String...,
        answer: @escaping @Sendable (inout Turn) -> ResponseMessage
    ) {
        self.name = name
        self.scenarios = scenarios
        self.told = told
        self.answer = answer
    }
}

extension ServerFault {
    /// A fault in the JSON of the answers to `calls` with `status`.
    static func body(
        _ name: String, of calls: String = "fetch", status: Int = 200, in scenarios: String = "link-lifecycle",
        _ told: String, _ change: @escaping @Sendable (String) -> String
    ) -> ServerFault {
        bytes(name, of: calls, status: status, in: scenarios, told) {
            Array(change(String(decoding: $0, as: UTF8.self)).utf8)
        }
    }

    /// A fault in the bytes of the answers to `calls` with `status`.
    static func bytes(
        _ name: String, of calls: String = "fetch", status: Int = 200, in scenarios: String = "link-lifecycle",
        _ told: String, _ change: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) -> ServerFault {
        ServerFault(name, in: scenarios, told) { turn in
            var response = turn.ask(turn.request)
            if calls.contains(turn.call), response.status == status { response.body = change(response.body) }
            return response
        }
    }

    /// A member with another value; `nil` leaves it out.
    static func member(
        _ member: String, _ json: String?, of calls: String = "fetch", status: Int = 200,
        in scenarios: String = "link-lifecycle", _ told: String
    ) -> ServerFault {
        body("\(calls) \(status): \(member) \(json ?? "left out")", of: calls, status: status, in: scenarios, told) {
            text in
            guard let root = try? JSONDocument(parsing: text).root, case .object(var object) = root.value else {
                return text
            }
            let value = json.flatMap { try? JSONDocument(parsing: $0).root.value }
            let path = member.components(separatedBy: ".")
            if path.count == 2, case .object(var inner)? = object[path[0]] {
                inner[path[1]] = value
                object[path[0]] = .object(inner)
            } else {
                object[member] = value
            }
            return JSONValue.object(object).text
        }
    }

    /// A header with another value; `nil` leaves it out.
    static func header(
        _ name: String, _ values: String?..., of calls: String = "create fetch cancel orders", status: Int? = nil,
        in scenarios: String = "link-lifecycle", tells told: String
    ) -> ServerFault {
        ServerFault("\(name): \(values.map { $0 ?? "left out" })", in: scenarios, told) { turn in
            var response = turn.ask(turn.request)
            guard calls.contains(turn.call), status == nil || response.status == status else { return response }
            response.headers.removeAll { $0.isNamed(name) }
            response.headers += values.compactMap { $0 }.map { HeaderField(name: name, value: $0) }
            return response
        }
    }

    /// Another status on answers to `calls`.
    static func status(
        _ status: Int, for old: Int, of calls: String, in scenarios: String = "link-lifecycle", _ told: String...
    ) -> ServerFault {
        var fault = ServerFault("\(status) for \(old) of \(calls)", in: scenarios) { turn in
            var response = turn.ask(turn.request)
            if calls.contains(turn.call), response.status == old { response.status = status }
            return response
        }
        fault.told = told
        return fault
    }

    /// A request that the server understands as another one.
    static func request(
        _ name: String, in scenarios: String, _ told: String...,
        change: @escaping @Sendable (inout RequestMessage) -> Void
    ) -> ServerFault {
        var fault = ServerFault(name, in: scenarios) { turn in
            var request = turn.request
            change(&request)
            return turn.ask(request)
        }
        fault.told = told
        return fault
    }
}

/// Runs shipped scenarios against the mock behind one fault at a time, over real HTTP.
///
/// Contracts and tables are read once for each choice of scenarios: they are the same for every fault.
actor FaultyRun {
    static let shared = FaultyRun()

    private static let secrets = [
        "CASHFREE_CLIENT_ID": "client-id-1234", "CASHFREE_CLIENT_SECRET": "client-secret-1234",
        "CASHFREE_PARTNER_MERCHANT_ID": "partner-merchant-1234", "CASHFREE_PARTNER_API_KEY": "partner-key-1234",
        "CASHFREE_CLIENT_SIGNATURE": "client-signature-1234",
    ]

    /// The mock and the fault that respond, and the responses that the fault remembers.
    private struct State {
        var engine: MockEngine?
        var answer: @Sendable (inout ServerFault.Turn) -> ResponseMessage = { $0.ask($0.request) }
        var memory: [String: ResponseMessage] = [:]
    }

    private final class Shared: Sendable {
        let state = Mutex(State())
    }

    private let shared = Shared()
    private var server: FaultServer?
    private var sessions: [String: RunSession] = [:]
    private var count = 0

    /// `rule place` of every error and warning, each once, in order.
    func told(_ fault: ServerFault) async throws -> [String] {
        let result = try await result(fault)
        var seen: Set<String> = []
        return result.verdict.allFindings.filter { $0.severity > .note }.map { finding in
            finding.rule + (finding.response.map { " " + $0.reported } ?? "")
        }.filter { seen.insert($0).inserted }
    }

    /// The tests that use it come one after the other.
    func result(_ fault: ServerFault) async throws -> RunResult {
        let session = try session(fault.scenarios)
        shared.state.withLock { state in
            state = State(
                engine: MockEngine(
                    versions: session.mock,
                    settings: MockSettings(seed: "faults", credentials: session.run.credentials.accepted)),
                answer: fault.answer)
        }
        count += 1
        var run = session.run
        run.request.journal = "reports/journals/fault-\(count).ndjson"
        return try await run.execute { _ in }
    }

    private var versions: [MockVersion] = []

    private func session(_ scenarios: String) throws -> (run: RunSession, mock: [MockVersion]) {
        if let session = sessions[scenarios] { return (session, versions) }
        let project = try ShippedProject()
        for table in ["", "-idempotency"] {
            // A row that does not hold is tried again for twenty seconds; here nothing changes meanwhile.
            try project.replace("poll=20s/2s", with: "poll=20ms/10ms", in: "scenarios/payment-links\(table).csv")
        }
        let workspace = try Workspace.openWithProblems(project.root.path)
        var request = RunRequest()
        request.contracts.version = "2022-09-01"
        request.environment = Self.secrets
        request.tables.grep = scenarios
        request.tables.tables = ["", "-credentials", "-idempotency", "-refused"].map {
            "scenarios/payment-links\($0).csv"
        }
        request.seed = "faults"
        if server == nil {
            versions = try workspace.mockVersions(try workspace.contracts(request.contracts))
            server = try FaultServer { [shared] request in
                shared.state.withLock { state in
                    guard var engine = state.engine else { return [] }
                    var turn = ServerFault.Turn(request: request, memory: state.memory) { request in
                        engine.respond(to: request, at: .now)
                    }
                    let response = state.answer(&turn)
                    state.memory = turn.memory
                    state.engine = engine
                    return response.wire
                }
            }
        }
        let path = versions.first.map { MockEngine.basePath(of: $0.contract) } ?? ""
        request.target.baseURL = "http://127.0.0.1:\(server?.port ?? 0)\(path)"
        let session = try RunSession(workspace, request)
        sessions[scenarios] = session
        return (session, versions)
    }
}
