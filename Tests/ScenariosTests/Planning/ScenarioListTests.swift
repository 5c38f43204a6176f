import Diagnostics
import OpenAPI
import TestKit
import Testing

@testable import Scenarios

/// The scenarios of a plan, some of which are made when they are read, behave like an array of them.
@Suite("The list of scenarios") struct ScenarioListTests {
    private static let table = """
        scenario,step,call,set,opts,tags
        first,a,getBook,book_id=1,,slow
        data,a,addBook,title={{row.title}},rows=d.csv,smoke
        ,b,getBook,book_id={{row.case}},,
        second,a,getBook,book_id=1,,
        third,a,getBook,book_id=1,,
        more,a,addBook,title={{row.title}},rows=d.csv only,
        """
    private static let data = "case,title,#private\n1,Emma,x\n2,'5,\n,,\n3,\"a \"\"b\"\"\",\n"

    private static var plan: Plan {
        Library.plan(table, files: ["scenarios/d.csv": data]).0
    }

    private static let ids = [
        "first", "data[1]", "data[2]", "data[3]", "second", "third", "more[1]", "more[2]", "more[3]",
    ]

    @Test("a scenario of a data row has the cells of the row, whenever it is read")
    func cases() throws {
        let list = Self.plan.scenarios
        try #require(list.map(\.id) == Self.ids)
        #expect(list.map(\.dataCase) == [nil, "1", "2", "3", nil, nil, "1", "2", "3"])
        let titles = [nil, "Emma", "5", "a \"b\"", nil, nil, "Emma", "5", "a \"b\""]
        for index in [8, 0, 3, 1, 5, 2, 7, 4, 6, 3] {
            #expect(list[index].id == Self.ids[index])
            #expect(list[index].row["title"] == titles[index])
            #expect(list[index].row["#private"] == nil)
        }
    }

    @Test("scenarios of data rows are made when they are read: the plan has each row of the table once")
    func asWritten() {
        let rows = (0..<2_000).map { "\($0),x\n" }.joined()
        let plan = Library.plan(Self.table, files: ["scenarios/d.csv": "case,title\n" + rows]).0
        #expect(plan.scenarios.count == 3 + 2 * 2_000)
        #expect(plan.scenarios.asWritten.map(\.name) == ["first", "data", "second", "third", "more"])
        #expect(plan.scenarios.stepCount == 3 + 2 * 2_000 + 2_000)
        #expect(plan.scenarios.stepCount == plan.scenarios.reduce(0) { $0 + $1.steps.count })
        let data = plan.scenarios.filter { $0.name == "data" }
        #expect(Set(data.flatMap { $0.steps.map(ObjectIdentifier.init) }).count == 2)
    }

    @Test("removing and adding scenarios gives what it gives with an array", arguments: 0..<64)
    func changes(seed: Int) throws {
        try #require(Self.plan.scenarios.count == 9)
        var numbers = SplitMix(seed: UInt64(seed))
        var list = Self.plan.scenarios
        var array = Array(list)
        for _ in 0..<12 {
            switch Int.random(in: 0..<5, using: &numbers) {
            case 0:
                let removed = Set(array.map(\.id).filter { _ in Int.random(in: 0..<5, using: &numbers) == seed % 5 })
                list.removeAll { removed.contains($0.id) }
                array.removeAll { removed.contains($0.id) }
            case 1:
                list.append(Self.plan.scenarios[seed % 9])
                array.append(Self.plan.scenarios[seed % 9])
            case 2:
                list += Self.plan.scenarios
                array += Array(Self.plan.scenarios)
            case 3 where !array.isEmpty:
                let index = Int.random(in: array.indices, using: &numbers)
                list[index].tags.append("changed")
                array[index].tags.append("changed")
            default:
                list.changeEach { $0.tags.append("\(seed)") }
                for index in array.indices { array[index].tags.append("\(seed)") }
            }
            #expect(list.map(\.id) == array.map(\.id))
            #expect(list.map(\.tags) == array.map(\.tags))
            #expect(list.map(\.row) == array.map(\.row))
            #expect(list.count == array.count)
        }
    }

    @Test("scenarios are removed with all of their data rows, and found by identity and by name")
    func names() {
        var list = Self.plan.scenarios
        for id in Self.ids { #expect(list.scenario(id)?.id == id) }
        #expect(["data", "data[4]", "data[1", "first[1]", ""].allSatisfy { list.scenario($0) == nil })
        #expect(list.ids(named: "data") == ["data[1]", "data[2]", "data[3]"])
        #expect(list.ids(named: "third") == ["third"])
        list.removeEach { $0.name == "data" || $0.name == "second" }
        #expect(list.map(\.id) == ["first", "third", "more[1]", "more[2]", "more[3]"])
        list.removeEach { !$0.options.only }
        #expect(list.map(\.id) == ["more[1]", "more[2]", "more[3]"])
        list.removeAll { $0.dataCase == "2" }
        list.removeAll { $0.dataCase == "1" }
        #expect(list.map(\.id) == ["more[3]"])
    }

    @Test("two names with one hash are two names, and an equal name is found behind others")
    func hashes() {
        for hash: @Sendable (String) -> Int in [{ _ in 7 }, { $0.utf8.count }, { $0.hashValue }, { _ in -1 }] {
            var names = RowNames(hash: hash)
            let texts = (0..<300).map { "\($0 % 200)" }
            let found = texts.indices.map { index in names.insert(texts[index], at: index) { texts[$0] } }
            #expect(found == (0..<300).map { $0 < 200 ? nil : $0 - 200 })
        }
    }
}
