import Conformance
import Diagnostics
import Foundation
import Harness
import JSONDocument
import JSONSchema
import TestKit
import Testing

/// The named examples that the publisher prints next to the shipped documents.
@Suite(
    .inTurn,
    .enabled(if: FactsData.isPresent, "ASSAY_CONFORMANCE_DATA has no examples of the shipped documents beside it"))
struct NamedExampleTests {
    /// Request examples that no overlay makes valid: what is wrong is the example.
    private static let wrongThemselves = ["PayOrderRequest pay_ccemi"]

    @Test(
        "by the published document those fail that are known to contradict it, at the place that is known",
        arguments: FactsData.versions)
    func published(version: String) throws {
        let known = try FactsData.rows("contradictions.csv").filter { row in
            row["version"] == version && row["kind"] == "example fails its schema"
        }.compactMap(Self.place)
        #expect(known.count >= 2)
        let found = try Self.faults(version, isCorrected: false)
        let unknown = found.filter { place in !known.contains { place.hasPrefix($0) } }
        let missed = known.filter { place in !found.contains { $0.hasPrefix(place) } }
        expectNoDifference(unknown, [])
        expectNoDifference(missed, [])
    }

    @Test("with the overlays they pass, except for those that are wrong themselves", arguments: FactsData.versions)
    func corrected(version: String) throws {
        let found = try Self.faults(version, isCorrected: true)
        expectNoDifference(found.filter { place in !Self.wrongThemselves.contains { place.hasPrefix($0) } }, [])
        #expect(!found.isEmpty)
    }

    /// `Subject example/pointer` of every example that breaks its schema.
    private static func faults(_ version: String, isCorrected: Bool) throws -> [String] {
        let examples = try FactsData.json("named-examples-\(version).json")
        var found: [String] = []
        for (operation, schema) in [("PGPayOrder", "PayOrderRequest"), ("PGCreateOrder", "CreateOrderRequest")] {
            let named = try #require(examples["requests"]?[operation])
            #expect(named.count > 8)
            found += try faults(named, schema, version, isCorrected) { request in
                request.schema = schema
                request.direction = .request
            }
        }
        for operation in ["PGLinkFetchOrders", "PGOrderFetchPayments"] {
            let named = try #require(examples["responses"]?[operation]?["200"])
            found += try faults(named, "\(operation):200", version, isCorrected) { request in
                request.operation = operation
                request.status = 200
            }
        }
        return found
    }

    private static func faults(
        _ examples: JSONNode, _ subject: String, _ version: String, _ isCorrected: Bool,
        _ change: (inout ValidateRequest) -> Void
    ) throws -> [String] {
        var request = ValidateRequest()
        request.contracts.version = version
        request.contracts.withoutOverlays = !isCorrected
        request.inputs = examples.members.map(\.name)
        change(&request)
        let session = try ValidateSession(try Workspace.open(repository.path), request)
        let result = session.judge { name in Array((examples[name]?.value.text ?? "").utf8) }
        #expect(result.results.count == examples.count)
        return result.results.flatMap { result in
            result.findings.filter { $0.severity == .error }.flatMap { finding in
                // A fault that several elements of a list share is told once, with the other places in a line.
                let others = finding.details.filter { $0.hasPrefix("also at ") }.flatMap {
                    $0.dropFirst("also at ".count).components(separatedBy: ", ")
                }
                return ([finding.response?.description ?? ""] + others).map { "\(subject) \(result.input)\($0)" }
            }
        }
    }

    /// The same from a row: `requestBody:Schema` or `Operation:200`, then `example place : why`.
    private static func place(_ row: [String: String]) -> String? {
        guard let subject = row["where"], subject.contains(":"), let detail = row["detail"] else { return nil }
        let words = detail.split(separator: " ", maxSplits: 2).map(String.init)
        guard words.count == 3, words[2].hasPrefix(": ") else { return nil }
        let name = subject.split(separator: ":").map(String.init)
        return "\(name[0] == "requestBody" ? name[1] : subject) \(words[0])/\(words[1])"
    }
}
