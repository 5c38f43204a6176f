import Conformance
import Harness
import TestKit
import Testing

/// A server that is wrong in one thing is found by the rule that names it, and by nothing else.
@Suite(.inTurn, .serialized) struct ServerFaultTests {
    @Test("a server without faults gives no finding")
    func control() async throws {
        let control = ServerFault("none", in: "link") { $0.ask($0.request) }
        let result = try await FaultyRun.shared.result(control)
        #expect(result.exit == .passed)
        #expect(try await FaultyRun.shared.told(control) == [])
        #expect(result.verdict.exchanges.count > 50)
    }

    @Test("each fault is found by the rule that names it, and nothing else is reported", arguments: ServerFault.all)
    func fault(_ fault: ServerFault) async throws {
        let told = try await FaultyRun.shared.told(fault).sorted()
        #expect(told == fault.told.sorted())
    }

    @Test("there are at least 80 faults, all different")
    func enough() {
        #expect(ServerFault.all.count >= 80)
        #expect(Set(ServerFault.all.map(\.name)).count == ServerFault.all.count)
    }
}
