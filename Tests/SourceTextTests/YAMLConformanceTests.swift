import Diagnostics
import JSONDocument
import TestKit
import Testing

@testable import SourceText

@Suite("YAML conformance")
struct YAMLConformanceTests {
    /// Cases that libyaml reads otherwise than YAML 1.2.2 asks, by the reason.
    static let known: [(reason: String, names: [String])] = [
        ("an empty key is refused as a syntax error", ["6M2F", "M2N8/00", "NHX8", "NKF9", "UKK6/00"]),
        (
            "a colon at the start of a line or next to a quote is not seen as the end of a flow key",
            ["4MUZ/00", "5MUD", "9SA2", "K3WX", "NJ66", "UT92"]
        ),
        ("\"?\" next to a bracket is not seen as text", ["58MP"]),
        ("tabs count as indentation", ["96NN/01", "DK95/00", "DK95/01", "Y79Y/10"]),
        ("a \"%\" at the start of a line of text is taken for a directive", ["DK3J", "FP8R", "M7A3"]),
        ("a directive after an open document is not refused", ["9HCY", "EB22"]),
        ("a lone \"-\" in a flow list is not refused", ["G5U8"]),
        ("a blank line of a block scalar keeps its blanks", ["L24T/01"]),
        ("text after a directive is not refused", ["MUS6/00"]),
        ("a key is at most 1024 characters long", ["own_long_key"]),
    ]

    @Test(
        "the YAML 1.2 test suite passes, except for the named cases",
        arguments: ConformanceData.all
    )
    func suite(data: ConformanceData) throws {
        let cases = try data.lines("text/yaml-open.ndjson", atLeast: 40)
        let misses = cases.compactMap { line in
            Self.miss(line).map { (name: line["name"]?.string ?? "", half: line["half"]?.string, what: $0) }
        }
        #expect(cases.count - misses.count >= cases.count * 177 / 207, "\(misses)")
        let named = Set(Self.known.flatMap(\.names))
        for miss in misses where miss.half == "open" {
            #expect(named.contains(miss.name), "\(miss.name): \(miss.what)")
        }
        let missed = Set(misses.map(\.name))
        let present = Set(cases.compactMap { $0["name"]?.string })
        let mended = named.intersection(present).subtracting(missed)
        #expect(mended.isEmpty, "these are read right now: take them off the list")
    }

    /// What is wrong with the way a case is read.
    private static func miss(_ line: JSONNode) -> String? {
        let bytes = Array((line["text"]?.string ?? "").utf8)
        let outcome: Result<[JSONDocument], SourceError>
        do {
            outcome = .success(try YAMLSource.documents(in: bytes, path: "case.yaml", limits: SourceLimits()))
        } catch {
            outcome = .failure(error)
        }
        switch (line["expect"]?.string, outcome) {
        case ("accept", .success(let documents)):
            let expected = line["docs"]?.elements.map(\.value) ?? []
            let actual = documents.map(\.root.value)
            return expected == actual ? nil : "read as \(actual.map(\.text))"
        case ("accept", .failure(let error)):
            return "refused: \(error)"
        case ("reject", .success(let documents)):
            return "accepted as \(documents.map(\.root.value.text))"
        case ("parse", .failure(let error)):
            // Well-formed without being JSON: a refusal may only be about the values.
            return error.diagnostics.contains { $0.rule == "source.yaml" } ? "refused: \(error)" : nil
        case ("limit", .success):
            return "not refused"
        default:
            return nil
        }
    }
}
