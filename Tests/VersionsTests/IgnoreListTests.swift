import Diagnostics
import OpenAPI
import TestKit
import Testing

@testable import Versions

/// Changes that are accepted for a time.
@Suite struct IgnoreListTests {
    private static func document(_ type: String) -> String {
        """
        openapi: 3.1.0
        info: {title: t, version: '1'}
        paths:
          /books:
            get:
              operationId: listBooks
              parameters: [{name: page, in: query, schema: {type: \(type)}}]
              responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {n: {type: \(type)}}}}}}}
          /pens:
            get:
              operationId: listPens
              parameters: [{name: page, in: query, schema: {type: \(type)}}]
              responses: {'200': {description: ok}}
        """
    }

    private func changes() throws -> [Change] {
        ContractDiff.compare(
            try Contract.load(text: Self.document("string")), try Contract.load(text: Self.document("integer"))
        ).changes
    }

    private func entry(
        _ id: String, operation: String? = nil, place: String? = nil, until: String = "2026-12-31"
    ) -> IgnoreList.Entry {
        IgnoreList.Entry(
            id: id, operation: operation, place: place, reason: "agreed", until: until,
            location: SourceLocation(file: "ignore.yaml", line: 3, column: 1))
    }

    private func parameterRule() throws -> String {
        try #require(try changes().first { $0.placeText == "query.page" }?.rule.id)
    }

    @Test(
        "an entry fits by rule, operation and place",
        arguments: [
            (nil, nil, 2), ("listBooks", nil, 1), ("GET /books", nil, 1), ("listPens", "query.page", 1),
            (nil, "query.page", 2), ("none", nil, 0), ("listbooks", nil, 0), (nil, "query.Page", 0), (nil, "page", 0),
            ("get /books", nil, 0),
        ] as [(String?, String?, Int)])
    func fits(operation: String?, place: String?, count: Int) throws {
        let entry = entry(try parameterRule(), operation: operation, place: place)
        #expect(try changes().filter { entry.accepts($0) }.count == count)
    }

    @Test("another rule at the same place is not accepted")
    func otherRule() throws {
        let entry = entry("request.parameter.added", place: "query.page")
        #expect(try !changes().contains { entry.accepts($0) })
    }

    @Test(
        "an entry counts up to its last day, and is reported as expired afterwards",
        arguments: [
            ("2026-12-30", true), ("2026-12-31", true), ("2027-01-01", false), ("2030-01-01", false),
            ("2025-01-01", true),
        ])
    func days(day: String, isAccepted: Bool) throws {
        let list = IgnoreList(entries: [entry(try parameterRule(), operation: "listBooks")])
        let all = try changes()
        let result = list.applied(to: all, on: day, .strict)
        let accepted = result.filter { $0.accepted != nil }
        #expect(accepted.count == (isAccepted ? 1 : 0))
        #expect(accepted.allSatisfy { $0.severity == .note && $0.accepted?.reason == "agreed" })
        #expect(result.contains { $0.rule.id == "ignore.expired" } == !isAccepted)
        #expect(result.count == all.count + (isAccepted ? 0 : 1))
        // All others stay as they were.
        #expect(
            result.filter { $0.accepted == nil && !$0.rule.id.hasPrefix("ignore.") }.count == all.count
                - (isAccepted ? 1 : 0))
    }

    @Test("an entry that matches nothing is reported at its line")
    func unmatched() throws {
        let list = IgnoreList(entries: [entry("request.parameter.added", place: "query.none")])
        let reported = list.applied(to: try changes(), on: "2026-01-01", .strict).filter {
            $0.rule.id == "ignore.unmatched"
        }
        #expect(reported.count == 1)
        #expect(reported.first?.revision.location?.line == 3)
        #expect(reported.first?.message.contains("query.none") == true)
    }

    @Test("of two entries for one change the one that has not expired counts")
    func several() throws {
        let rule = try parameterRule()
        let list = IgnoreList(entries: [
            entry(rule, operation: "listBooks", until: "2025-01-01"),
            entry(rule, operation: "listBooks", until: "2027-01-01"),
        ])
        let result = list.applied(to: try changes(), on: "2026-06-01", .strict)
        #expect(result.compactMap(\.accepted).map(\.until) == ["2027-01-01"])
        #expect(!result.contains { $0.rule.id.hasPrefix("ignore.") })
    }

    @Test("an empty list changes nothing")
    func empty() throws {
        let all = try changes()
        #expect(IgnoreList().applied(to: all, on: "2026-01-01", .strict).map(\.message) == all.map(\.message))
    }
}
