import Diagnostics
import Generation
import JSONDocument
import JSONSchema
import OpenAPI
import TestKit
import Testing

@testable import Versions

/// What holds for every pair of contracts.
@Suite struct DiffPropertyTests {
    private static let pairs = 600

    @Test("a contract compared with itself has no changes")
    func reflexive() throws {
        try ContractSource.with { source in
            for seed in 0..<60 {
                var random = SplitMix(seed: seed)
                let schema = SchemaMaker.schema(&random, depth: 3)
                let contract = try source.load(.document(of: schema, version: "3.1"), "a")
                let again = try source.load(.rewritten(of: schema, version: "3.1"), "b")
                #expect(ids(ContractDiff.compare(contract, contract)).isEmpty, "\(schema)")
                #expect(ids(ContractDiff.compare(contract, again)).isEmpty, "\(schema)")
            }
        }
    }

    @Test("every reverse change is its mirror")
    func mirrored() throws {
        try ContractSource.with { source in
            for seed in 0..<Self.pairs {
                var random = SplitMix(seed: 1_000 + seed)
                let (old, new) = SchemaMaker.pair(&random)
                let before = try source.load(.document(of: old, version: "3.1"), "a")
                let after = try source.load(.document(of: new, version: "3.1"), "b")
                let forwards = ContractDiff.compare(before, after).changes
                let backwards = ContractDiff.compare(after, before).changes
                #expect(
                    forwards.map(\.rule.mirror).sorted() == backwards.map(\.rule.id).sorted(), "\(old) → \(new)")
                #expect(
                    Set(forwards.map(\.pointer.description)) == Set(backwards.map(\.pointer.description)),
                    "\(old) → \(new)")
            }
        }
    }

    @Test("the random schemas and their edits cover every keyword")
    func reach() {
        var written: [String: Int] = [:]
        var changed: [String: Int] = [:]
        for seed in 0..<Self.pairs {
            var random = SplitMix(seed: 5_000 + seed)
            let (old, new) = SchemaMaker.pair(&random)
            let (before, after) = (SchemaMaker.keywords(of: old), SchemaMaker.keywords(of: new))
            for keyword in before.keys { written[keyword, default: 0] += 1 }
            for keyword in Set(before.keys).union(after.keys) where before[keyword] != after[keyword] {
                changed[keyword, default: 0] += 1
            }
        }
        for keyword in SchemaMaker.allKeywords {
            #expect(written[keyword, default: 0] >= 15, "\(keyword) is in \(written[keyword, default: 0]) schemas")
            #expect(changed[keyword, default: 0] >= 5, "\(keyword) changes \(changed[keyword, default: 0]) times")
        }
    }

    @Test("a compatible change rejects no old request and allows no unexpected response")
    func compatible() throws {
        var judged = 0
        try ContractSource.with { source in
            for seed in 0..<Self.pairs {
                var random = SplitMix(seed: 5_000 + seed)
                let (old, new) = SchemaMaker.pair(&random)
                let before = try source.load(.document(of: old, version: "3.1"), "a")
                let after = try source.load(.document(of: new, version: "3.1"), "b")
                let changes = ContractDiff.compare(before, after).changes
                for (direction, maker, judge) in [
                    (ChangeRule.Direction.request, before, after), (.response, after, before),
                ] {
                    let bodies = changes.filter { $0.rule.direction == direction && $0.subject?.path == "/body" }
                    guard bodies.allSatisfy({ $0.severity == .note && !startsToTravel($0) }) else { continue }
                    judged += try refuted(maker, judge, direction, seed: seed, context: "\(old) → \(new)")
                }
            }
        }
        #expect(judged > 300)
    }

    /// Whether a property may be in responses that was `writeOnly`: it is compatible as a new property is, and the old
    /// contract refuses it.
    private func startsToTravel(_ change: Change) -> Bool {
        change.rule.direction == .response
            && (change.rule.id.hasSuffix(".write-only-removed")
                || change.details.contains { $0.contains("`writeOnly`") })
    }

    /// Makes values by one contract and judges them by the other; returns how many were judged.
    private func refuted(
        _ maker: Contract, _ judge: Contract, _ direction: ChangeRule.Direction, seed: Int, context: String
    ) throws -> Int {
        let way: ValidationOptions.Direction = direction == .request ? .request : .response
        guard let made = maker.schema("F"), let judging = judge.schema("F") else { return 0 }
        let (own, compiled) = (try made.compiled(), try judging.compiled())
        var count = 0
        for number in 0..<6 {
            let generator = ValueGenerator(
                schemas: maker.schemas, seed: "\(seed)-\(number)", direction: way,
                style: number == 0 ? .required : .varied)
            guard let value = generator.value(for: made.place),
                own.isValid(JSONDocument(value).root, ValidationOptions(direction: way)) == .valid
            else { continue }
            count += 1
            let outcome = compiled.isValid(JSONDocument(value).root, ValidationOptions(direction: way))
            #expect(outcome != .invalid, "\(direction.rawValue): \(value) for \(context)")
        }
        return count
    }
}
