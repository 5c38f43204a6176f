import Conformance
import Diagnostics
import Exchanges
import Foundation
import JSONDocument
import Mocking
import OpenAPI
import Primitives
import SourceText
import TestKit
import Testing

/// Checks the mock with random documents.
struct RandomContractTests {
    private static let numbers = Array(0..<60)

    private func contract(_ number: Int) throws -> Contract {
        var random = RandomContract(number)
        return try Contract.load(text: random.document(operations: 2), name: "random", file: "api.json")
    }

    private func answer(
        _ operation: OpenAPI.Operation, _ version: MockVersion, _ change: (inout MockSettings) -> Void = { _ in },
        prefer: String? = nil
    ) -> (message: ResponseMessage, wasBroken: Bool) {
        var settings = MockSettings(seed: "random")
        change(&settings)
        var engine = MockEngine(versions: [version], settings: settings)
        let fields = prefer.map { [HeaderField(name: "Prefer", value: $0)] } ?? []
        let request = RequestMessage(
            method: operation.method, url: "http://mock\(operation.path)", headers: fields, body: nil)
        let message = engine.respond(to: request, at: Instant(secondsSinceEpoch: 1_700_000_000))
        return (message, engine.brokenAnswers > 0)
    }

    @Test("every success that is made satisfies its own contract", arguments: numbers)
    func successes(number: Int) throws {
        let version = MockVersion(contract: try contract(number))
        for operation in version.contract.operations {
            let judge = ResponseJudge(operation, of: version.contract)
            for prefer in [nil, "dynamic=true", "dynamic=true; seed=7", "dynamic=true; seed=8"] {
                let (message, _) = answer(operation, version, prefer: prefer)
                let findings = judge.findings(message)
                #expect(
                    findings.isEmpty,
                    "\(number) \(operation.name): \(findings.map(\.message)) in \(String(decoding: message.body, as: UTF8.self))"
                )
                let (again, _) = answer(operation, version, prefer: prefer)
                #expect(again == message, "the same request has the same answer")
            }
        }
    }

    @Test("every fault is found by exactly the rule that was broken", arguments: numbers.prefix(30))
    func faults(number: Int) throws {
        let version = MockVersion(contract: try contract(number))
        var made = 0
        var all = 0
        for fault in FaultCatalogue.faults(of: version.contract) where fault.answer != nil {
            let operation = try #require(version.contract.operation(fault.operation))
            let (message, wasBroken) = answer(operation, version) { $0.contractFaults = [fault] }
            all += 1
            guard wasBroken else { continue }
            made += 1
            let found = ResponseJudge(operation, of: version.contract).findings(message).filter {
                $0.severity == .error
            }
            #expect(
                Set(found.map(\.rule)) == [fault.rule],
                "\(number) \(fault): \(found.map { "\($0.rule) \($0.message)" }) in \(String(decoding: message.body, as: UTF8.self))"
            )
        }
        #expect(all > 10)
        #expect(Double(made) >= 0.9 * Double(all), "\(number): \(made) of \(all)")
    }
}
