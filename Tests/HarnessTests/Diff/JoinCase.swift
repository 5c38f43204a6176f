import Diagnostics
import Foundation
import JSONDocument
import Scenarios
import SourceText
import TestKit
import Testing
import Versions

@testable import Harness
@testable import OpenAPI

/// Two small contracts and a table, joined.
struct JoinCase {
    /// The request of a row and its response, with placeholders for the parts that differ between the contracts.
    struct Document {
        var request = "{type: object, properties: {name: {type: string}}}"
        var response = "{type: object, properties: {id: {type: integer}, state: {type: string, enum: [NEW, OLD]}}}"
        var parameters = ""
        var status = "200"
        var path = "/things"
        var id = "makeThing"
        var headers = ""
        var security = ""

        var text: String {
            """
            openapi: 3.0.3
            info: {title: Things, version: '1'}
            paths:
              \(path):
                post:
                  operationId: \(id)
                  parameters: [\(parameters)]
                  \(security)
                  requestBody: {content: {application/json: {schema: \(request)}}}
                  responses:
                    '\(status)':
                      description: ok
                      headers: {\(headers)}
                      content: {application/json: {schema: \(response)}}
                    '400': {description: refused}
              /other:
                get: {operationId: other, responses: {'200': {description: ok}}}
            components:
              securitySchemes: {Key: {type: apiKey, in: header, name: x-key}}
            """
        }
    }

    var old = Document()
    var new = Document()
    var table: String
    /// Body files by path.
    var files: [String: String] = [:]

    /// A change, and what it does to rows: `change | effect line step: reason | edit`.
    func hits() throws -> [String] {
        try joined { changes, hits in
            changes.flatMap { change in
                hits.rows(of: change).map { row in
                    "\(change.rule.id) | \(row.effect.rawValue) \(row.location.line) \(row.step): \(row.reason)"
                        + (row.edit.map { " | \($0)" } ?? "")
                }
            }
        }
    }

    /// The table with every edit made, and what the new contract has against it.
    func edited() throws -> (table: String, errors: [String]) {
        try joined { _, hits in
            let source = TableSource(path: "table.csv", bytes: Array(table.utf8))
            let result = TableEditor.apply(hits.edits, to: source)
            #expect(result.skipped.isEmpty)
            let contract = try Self.contract(new.text)
            let (_, problems) = Planner.plan(
                tables: [TableSource(path: "table.csv", bytes: result.bytes)], contracts: Contracts([contract]),
                settings: settings)
            return (
                String(decoding: result.bytes, as: UTF8.self),
                problems.filter { $0.severity == .error }.map(\.message)
            )
        }
    }

    private var settings: PlanSettings {
        let files = files
        return PlanSettings { (path: String) throws(SourceError) in
            guard let text = files[path] else { throw SourceError([]) }
            return Array(text.utf8)
        }
    }

    private func joined<Result>(_ body: ([Change], RowHits) throws -> Result) throws -> Result {
        let (old, new) = (try Self.contract(old.text), try Self.contract(new.text))
        let changes = ContractDiff.compare(old, new).changes
        let (plan, problems) = Planner.plan(
            tables: [TableSource(path: "table.csv", bytes: Array(table.utf8))], contracts: Contracts([old]),
            settings: settings)
        #expect(problems.filter { $0.severity == .error }.isEmpty, "the table does not fit the old contract")
        return try body(changes, ChangeJoin(changes, from: old, to: new).rows(of: plan, settings))
    }

    static func contract(_ text: String) throws -> Contract {
        try Contract.load(text: text)
    }
}

extension JoinCase {
    /// A table of one scenario with the columns that most cases need.
    static func table(_ rows: String...) -> String {
        "scenario,step,call,body,set,expect,check,save,opts\n" + rows.map { "s," + $0 + "\n" }.joined()
    }
}
