import Diagnostics
import Foundation
import JSONDocument
import JSONSchema
import OpenAPI
import SourceText
import TestKit
import Testing

/// Documents as a provider publishes them, and a list of their contradictions that another program made.
@Suite(
    "Published documents",
    .enabled(if: ConformanceData.larger != nil, "ASSAY_CONFORMANCE_DATA names no folder of test data")
)
struct PublishedDocumentTests {
    /// Kinds of the list that compare prose, release notes or live answers with a schema: no rule can know those.
    static let beyondSchemas: Set<String> = [
        "prose and schema disagree", "example contradicts its own schema description",
        "announced header not declared",
    ]

    /// Entries of the list that lint does not repeat, by the start of `where` and the version, with the reason.
    static let disagreements: [String: String] = [
        "unknown or mismatched format | PayOrderEntity.cf_payment_id":
            "the OpenAPI Format Registry lists int64 for strings, too"
    ]

    /// A file of the folder of published documents beside the conformance data.
    private static func path(_ file: String) -> String { "../cashfree/" + file }

    private static func rows(_ file: String) throws -> [[String: String]] {
        try #require(ConformanceData.larger).rows(path(file))
    }

    private static func json(_ file: String) throws -> JSONNode {
        try JSONDocument(parsing: #require(ConformanceData.larger).bytes(path(file))).root
    }

    private static func contract(_ file: String, name: String) throws -> Contract {
        let root = try #require(ConformanceData.larger).path("../cashfree")
        return try ContractLoader.load(file: file, name: name, reader: SourceReader(root: root))
    }

    static func load(_ version: String) throws -> Contract {
        try contract("openapi/\(version).json", name: version)
    }

    @Test("every contradiction in the list is found", arguments: ["2022-09-01", "2023-08-01"])
    func contradictions(version: String) throws {
        let contract = try Self.load(version)
        let found = contract.lint()
        var missed: [String] = []
        let rows = try Self.rows("contradictions.csv").filter { $0["version"] == version }
        try #require(rows.count >= 5)
        for row in rows {
            guard let kind = row["kind"], let place = row["where"], let detail = row["detail"] else { continue }
            guard !Self.beyondSchemas.contains(kind) else { continue }
            let entry = Contradiction(kind: kind, place: place, detail: detail)
            if !entry.isFound(in: found, contract) { missed.append("\(kind) | \(place) | \(detail)") }
        }
        for entry in missed {
            let reason = Self.disagreements.first { entry.contains($0.key) }
            #expect(reason != nil, "not found: \(entry)")
        }
    }

    @Test("every schema of every operation compiles", arguments: ["2022-09-01", "2023-08-01"])
    func compilation(version: String) throws {
        let contract = try Self.load(version)
        #expect(contract.operations.count > 20)
        #expect(contract.check().filter { $0.severity == .error }.map(\.testLine) == [])
    }

    @Test("each named example gets the verdict in the list", arguments: ["2022-09-01", "2023-08-01"])
    func namedExamples(version: String) throws {
        let contract = try Self.load(version)
        let known = try Self.rows("contradictions.csv").filter { row in
            row["version"] == version && row["kind"] == "example fails its schema"
        }
        let examples = try Self.json("named-examples-\(version).json")
        var judged = 0
        func judge(_ example: JSONMember, by content: [MediaType]?, _ direction: ValidationOptions.Direction) throws {
            let schema = try #require(content?.first { $0.range.isJSON }?.schema)
            let options = ValidationOptions(direction: direction)
            let outcome = try schema.compiled().validate(example.value, options).outcome
            let isKnown = known.contains { $0["detail"]?.hasPrefix("\(example.name) ") ?? false }
            #expect(outcome == (isKnown ? .invalid : .valid), "\(example.name): \(outcome)")
            judged += 1
        }
        for member in try #require(examples["requests"]).members {
            let operation = try #require(contract.operation(member.name))
            for example in member.value.members { try judge(example, by: operation.requestBody?.content, .request) }
        }
        for member in try #require(examples["responses"]).members {
            let operation = try #require(contract.operation(member.name))
            for status in member.value.members {
                let response = operation.responses.first { $0.statusKey == status.name }
                for example in status.value.members { try judge(example, by: response?.content, .response) }
            }
        }
        #expect(judged > 10)
    }
}

/// One line of the list.
private struct Contradiction {
    let kind: String
    let place: String
    let detail: String

    /// The rules that speak about the kind.
    private var rules: Set<String> {
        switch kind {
        case "unknown or mismatched format": ["schema.format"]
        case "$ref inside an example": ["example.reference"]
        case "example fails its schema": ["example.schema"]
        case "example has undeclared keys": ["example.undeclared"]
        case "no type keyword", "property without any type": ["schema.no-type"]
        case "keyword does not apply to the type": ["schema.inapplicable"]
        case "required names an undeclared property": ["schema.required"]
        case "header enum of another version": ["response.header-mismatch"]
        case "declared statuses differ between sibling operations": ["operation.status-differs"]
        case "schema allows empty error body": ["response.empty-error"]
        case "error schema weaker than its siblings": ["schema.weaker-sibling"]
        case "ambiguous oneOf": ["schema.always-together", "schema.never-matches"]
        case "constraint never reached": ["example.undeclared"]
        default: []
        }
    }

    func isFound(in findings: [Diagnostic], _ contract: Contract) -> Bool {
        if kind == "declared statuses differ between sibling operations" {
            let location = contract.operation(place)?.location
            let status = detail.split(separator: " ").first ?? ""
            return findings.contains {
                rules.contains($0.rule) && $0.location == location && $0.message.contains(" documents ")
                    && $0.message.contains(status)
            }
        }
        let places = self.places(contract)
        return findings.contains { finding in
            guard rules.contains(finding.rule), speaksOfDetail(finding) else { return false }
            let pointers = [finding.place ?? ""]
            let isBelow = places.contains { place in pointers.contains { $0.hasPrefix(place) } }
            // A value that an example takes from elsewhere has its place there, and names the example.
            let isMeant = places.contains { place in
                contract.schema(place).map { schema in
                    finding.related.contains {
                        $0.location.file == schema.location.file
                            && (schema.location.line...schema.location.line + 250).contains($0.location.line)
                    }
                } ?? false
            }
            return isBelow || isMeant
        }
    }

    /// Where in the document the list's short name leads.
    private func places(_ contract: Contract) -> [String] {
        if place.hasPrefix("parameters:") || place.hasPrefix("headers:") || place.hasPrefix("requestBody:") {
            let parts = place.split(separator: ":").map(String.init)
            if parts[0] == "requestBody" {
                let name = detail.split(separator: " ").first.map(String.init) ?? ""
                return ["#/components/requestBodies/", "#/components/examples/\(name)", "#/paths/"]
            }
            return ["#/components/\(parts[0])/\(parts[1])"]
        }
        if let colon = place.firstIndex(of: ":"), contract.operation(String(place[..<colon])) != nil {
            return ["#/paths/", "#/components/examples/", "#/components/responses/"]
        }
        let names = place.split(separator: ".").map(String.init)
        if place.hasPrefix("BadRequestError and") { return ["#/components/schemas/BadRequestError"] }
        guard contract.schemaNames.contains(names[0]) else { return [] }
        let own = "#/components/schemas/" + names[0]
        // A member that is one level too deep shows in the example of the schema that holds the member.
        if kind == "constraint never reached" { return [own + "/example"] }
        return [names.count > 1 ? own + "/properties/" + names[1] : own]
    }

    /// Whether a finding is about the value that the list's detail names.
    private func speaksOfDetail(_ finding: Diagnostic) -> Bool {
        switch kind {
        case "example fails its schema":
            // "NAME path/to/value : reason": the last name of the path.
            let path = detail.components(separatedBy: " : ").first?.split(separator: " ").dropFirst().last ?? ""
            let names = path.split(separator: "/").map(String.init)
            if names.isEmpty { return true }
            return finding.message.contains(names.last ?? "")
                || finding.place?.hasSuffix("/\(names.last ?? "")") ?? false
        case "required names an undeclared property":
            return finding.message.contains("'\(detail.split(separator: " ").last ?? "")'")
        case "example has undeclared keys":
            let names = detail.split(separator: "'").enumerated().filter { $0.offset % 2 == 1 }.map {
                String($0.element)
            }
            return names.allSatisfy { finding.message.contains($0) }
        case "constraint never reached":
            return finding.message.contains("/\(place.split(separator: ".").last ?? "")/")
        case "keyword does not apply to the type":
            return finding.message.contains("`\(detail.split(separator: "=").first ?? "")`")
        default:
            return true
        }
    }
}
