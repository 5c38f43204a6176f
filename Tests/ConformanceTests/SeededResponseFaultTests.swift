import Conformance
import Exchanges
import Testing

/// One thing wrong with an answer, and the one finding that tells of it.
struct SeededFault: Sendable, CustomTestStringConvertible {
    var name: String
    var change: @Sendable (inout Parcels.Sent) -> Void
    var told: [String]
    var testDescription: String { name }

    init(_ name: String, _ told: String..., change: @escaping @Sendable (inout Parcels.Sent) -> Void) {
        self.name = name
        self.told = told
        self.change = change
    }

    /// A fault in the text of the body.
    static func body(_ name: String, _ old: String, _ new: String, _ told: String...) -> SeededFault {
        var fault = SeededFault(name) { $0.replace(old, new) }
        fault.told = told
        return fault
    }

    /// A fault of one header.
    static func header(_ header: String, _ value: String?, _ told: String...) -> SeededFault {
        var fault = SeededFault("\(header): \(value ?? "(left out)")") { $0.set(header, value) }
        fault.told = told
        return fault
    }
}

@Suite("Seeded faults of one response")
struct SeededResponseFaultTests {
    static let table = """
        scenario,step,call,set,expect
        send,create,sendParcel,weight=2.5,201
        """

    static func told(_ fault: SeededFault) throws -> [String] {
        var sent = Parcels.Sent()
        fault.change(&sent)
        let bench = try Bench(tables: [("t.csv", Self.table)])
        return try bench.verdict(.answer(sent.status, sent.body, sent.headers)).told
    }

    @Test("the correct response has no finding")
    func right() throws {
        let bench = try Bench(tables: [("t.csv", Self.table)])
        let verdict = try bench.verdict(.answer(201, Parcels.parcel, Parcels.headers))
        #expect(verdict.told == [])
        #expect(verdict.outcomes == ["create passed"])
        #expect(!verdict.fails())
    }

    @Test("every body fault is reported exactly once, with all its places", arguments: bodyFaults)
    func body(fault: SeededFault) throws {
        let told = try Self.told(fault)
        #expect(told == fault.told)
    }

    @Test("every header fault is reported exactly once, with all its places", arguments: headerFaults)
    func header(fault: SeededFault) throws {
        let told = try Self.told(fault)
        #expect(told == fault.told)
    }

    @Test("every fault of status and media type is reported exactly once, with all its places", arguments: answerFaults)
    func answer(fault: SeededFault) throws {
        let told = try Self.told(fault)
        #expect(told == fault.told)
    }
}
