import Foundation
import JSONDocument
import OpenAPI
import SourceText
import Testing

@testable import Versions

/// The changes of the shipped example's two versions, as another program found them.
@Suite struct CashfreeTests {
    private static var folder: URL? {
        ProcessInfo.processInfo.environment["ASSAY_CONFORMANCE_DATA"].map {
            URL(fileURLWithPath: $0).deletingLastPathComponent().appendingPathComponent("cashfree")
        }.flatMap { FileManager.default.fileExists(atPath: $0.path) ? $0 : nil }
    }

    @Test(
        "the diff of the two documents agrees with the list of another program",
        .enabled(if: folder != nil, "set ASSAY_CONFORMANCE_DATA; the facts are in ../cashfree beside it"))
    func agrees() throws {
        guard let folder = Self.folder else { return }
        let reader = SourceReader(root: folder.appendingPathComponent("openapi").path)
        let old = try ContractLoader.load(file: "2022-09-01.json", reader: reader)
        let new = try ContractLoader.load(file: "2023-08-01.json", reader: reader)
        let text = try String(contentsOf: folder.appendingPathComponent("version-diff.csv"), encoding: .utf8)
        let comparison = ContractDiff.compare(old, new)
        let facts = Self.facts(text)
        #expect(facts.count > 100)
        for fact in facts where !fact.saysNothing {
            let found = comparison.changes.filter { $0.subject?.name == fact.operation && fact.isPart(of: $0) }
            #expect(
                found.contains { fact.isTold(by: $0) },
                "\(fact.operation) \(fact.part) \(fact.location) \(fact.change) is not among \(found.map { "\($0.rule.id) \($0.placeText)" })"
            )
        }
        // Backwards: what this diff tells of the nine operations is in the list.
        let operations = Set(facts.map(\.operation))
        for change in comparison.changes {
            guard let name = change.subject?.name, operations.contains(name) else { continue }
            let isKnown = facts.contains { $0.operation == name && $0.isPart(of: change) && $0.isAbout(change) }
            #expect(
                isKnown || Self.isOursAlone(change), "\(name) \(change.rule.id) \(change.placeText) \(change.message)")
        }
    }

    /// What the other program leaves out: the header that names the version has the version as its default, and a
    /// request that leaves the header out means something else now.
    private static func isOursAlone(_ change: Change) -> Bool {
        change.rule.id == "request.parameter.default-changed" && change.placeText == "header.x-api-version"
    }

    private struct Fact {
        var operation: String
        var part: String
        var location: String
        var change: String

        /// The keyword that changed: `cf_link_id/type`.
        var keyword: String? {
            let parts = location.split(separator: "/")
            return parts.count > 1 ? parts.last.map { String($0) } : nil
        }

        /// The way to the property: `customer_details.customer_bank_code` and `[].x` as pointers.
        var pointer: String {
            var path = location.split(separator: "/").first.map { String($0) } ?? ""
            // What is said about undeclared properties is told of the object.
            if path.hasSuffix(".*") { path.removeLast(2) }
            let steps = path.split(separator: ".").flatMap { step -> [String] in
                step.hasSuffix("[]") && step.count > 2
                    ? [String(step.dropLast(2)), "*"] : [step == "[]" ? "*" : String(step)]
            }
            return steps.map { "/" + $0 }.joined()
        }

        func isPart(of change: Change) -> Bool {
            switch change.place {
            case .requestBody: part == "request body"
            case .response(let status, _): part == "response \(status)"
            case .parameter, .operation: part == "parameters"
            default: false
            }
        }

        func isAbout(_ change: Change) -> Bool {
            let own = change.pointer.description
            return part == "parameters" || own == pointer || own.hasPrefix(pointer + "/")
        }

        func isTold(by change: Change) -> Bool { isAbout(change) }

        /// Differences of the text that change no value: `nullable` adds null to a `type` that is written beside it, and
        /// these schemas have none, or a list of values without null (OpenAPI 3.0.3, section 4.7.24.1).
        var saysNothing: Bool {
            keyword == "nullable" && ["/payment_methods", "/action"].contains { pointer.hasSuffix($0) }
        }
    }

    private static func facts(_ text: String) -> [Fact] {
        text.split(separator: "\n").dropFirst().map { line in
            let cells = line.split(separator: ",", maxSplits: 6, omittingEmptySubsequences: false).map { String($0) }
            return Fact(operation: cells[2], part: cells[3], location: cells[4], change: cells[5])
        }
    }
}
