import Conformance
import Exchanges
import JSONDocument
import Scenarios
import TestKit
import Testing

/// Which places `same_as … except` and `volatile` leave out of a comparison.
@Suite("Places that are not compared")
struct ComparedPlaceTests {
    private static let document = """
        openapi: 3.1.1
        info: { title: T, version: '1' }
        paths:
          /x: { get: { operationId: x, responses: { '200': { description: d, content: { application/json: { schema: {} } } } } } }
        """

    private static let first =
        #"{"id":"a","at":"1","list":[{"n":1,"t":"x"},{"n":2,"t":"x"}],"deep":{"list":[[1,2],[3]]},"0":5}"#

    /// The places that differ between the first response and `second`.
    private static func differences(_ second: String, except: String = "", volatile: [String] = []) throws -> [String] {
        let sameAs = except.isEmpty ? "one" : "one except \(except)"
        var bench = try Bench(
            spec: document,
            tables: [("t.csv", "scenario,step,call,expect,same_as\ns,one,x,200,\n,two,x,200,\(sameAs)\n")])
        bench.policy.volatile = try volatile.map { try ItemPath.parse($0) }
        let verdict = try bench.verdict(["one": [.answer(200, first)], "two": [.answer(200, second)]])
        return verdict.allFindings.filter { $0.rule == "same-as" }.flatMap { $0.differences.map(\.pointer.description) }
    }

    private static let changes = [
        (#""id":"a""#, #""id":"b""#, "/id"), (#""at":"1""#, #""at":"2""#, "/at"), (#""n":1"#, #""n":7"#, "/list/0/n"),
        (#"{"n":2,"t":"x"}"#, #"{"n":2,"t":"y"}"#, "/list/1/t"), ("[3]", "[4]", "/deep/list/1/0"),
        (#""0":5"#, #""0":6"#, "/0"),
    ]

    private static func changed(_ places: [String]) -> String {
        changes.filter { places.contains($0.2) }.reduce(first) { text, change in
            text.split(separator: change.0, maxSplits: 1, omittingEmptySubsequences: false).joined(separator: change.1)
        }
    }

    @Test("every changed place is a difference of its own")
    func all() throws {
        for change in Self.changes { #expect(try Self.differences(Self.changed([change.2])) == [change.2]) }
        #expect(try Self.differences(Self.changed(Self.changes.map(\.2))) == Self.changes.map(\.2))
        #expect(try Self.differences(Self.first) == [])
    }

    @Test(
        "an exception leaves out its own places only",
        arguments: [
            ("id", ["/id"]), ("at", ["/at"]), ("id at", ["/id", "/at"]), ("list[*].n", ["/list/0/n"]),
            ("list[0].n", ["/list/0/n"]), ("list[1].n", []), ("list[1].t", ["/list/1/t"]), ("list[*].t", ["/list/1/t"]),
            ("list", ["/list/0/n", "/list/1/t"]), ("list[*]", ["/list/0/n", "/list/1/t"]),
            ("deep.list[*][*]", ["/deep/list/1/0"]),
            ("deep", ["/deep/list/1/0"]), ("deep.list[1]", ["/deep/list/1/0"]), ("deep.list[0]", []),
            ("$['0']", ["/0"]),
        ])
    func exceptions(except: String, leftOut: [String]) throws {
        let all = Self.changes.map(\.2)
        #expect(try Self.differences(Self.changed(all), except: except) == all.filter { !leftOut.contains($0) })
        // A volatile place is left out of every comparison in the same way.
        let paths = except.split(separator: " ").map(String.init)
        #expect(try Self.differences(Self.changed(all), volatile: paths) == all.filter { !leftOut.contains($0) })
    }

    @Test("one more exception never adds a difference")
    func monotone() throws {
        var random = SplitMix(seed: 1)
        let paths = ["id", "at", "list[*].n", "list[1].t", "deep.list[*][*]", "list", "deep"]
        for _ in 0..<12 {
            let text = Self.changed((0..<4).map { _ in random.pick(Self.changes).2 })
            var exceptions: [String] = []
            var last = try Self.differences(text)
            for path in paths.shuffled(using: &random).prefix(3) {
                exceptions.append(path)
                let found = try Self.differences(text, except: exceptions.joined(separator: " "))
                #expect(Set(found).isSubset(of: last))
                last = found
            }
        }
    }
}
