import Diagnostics
import Testing

@testable import Scenarios

/// The columns `ref`, `level` and `versions`.
@Suite("Traceable rows") struct TraceabilityTests {
    /// Plans under one of the two versions, '1' and '2024-05-01'.
    private static func plan(
        _ table: String, version: String = "1", catalogue: [Requirement]? = nil
    ) -> (plan: Plan, problems: [String]) {
        var settings = Library.settings()
        settings.requirements = catalogue
        let (plan, problems) = Planner.plan(
            tables: [TableSource(path: "t.csv", bytes: Array(table.utf8))],
            contracts: Contracts(Library.contracts.all, default: version), settings: settings)
        return (plan, problems.map(Library.text))
    }

    // MARK: versions

    @Test(
        "a range contains versions by their order in the configuration",
        arguments: [
            ("v1", "1"), ("v1 v3", "1 3"), (">=v10", "10 2 3"), (">v10", "2 3"), ("<v2", "1 10"), ("<=v2", "1 10 2"),
            (">v1 <v3", "10 2"), (" >=v2 ", "2 3"), (">=v2 v3 v1", "3"), ("V10", "10"),
        ])
    func ranges(text: String, contained: String) throws {
        let known = ["1", "10", "2", "3"]
        let range = try VersionRange(text, among: known)
        #expect(known.filter(range.contains).joined(separator: " ") == contained)
    }

    @Test(
        "a mistake in a range is reported at its place",
        arguments: [
            (">=v4", "unknown version 'v4'", 0), ("v1 >=2", "unknown version '2'", 3),
            (">= v2", "'>=' is not followed by a version", 0), ("", "the range is empty", 0),
            (">v3", "no version is in the range '>v3'", 0), ("v1 >v2", "no version is in the range 'v1 >v2'", 0),
            ("~v2", "unknown version '~v2'", 0), ("=v2", "unknown version '=v2'", 0),
        ])
    func mistakes(text: String, message: String, offset: Int) throws {
        let mistake = #expect(throws: VersionRange.Mistake.self) { try VersionRange(text, among: ["1", "2", "3"]) }
        #expect(mistake?.message == message && mistake?.offset == offset)
        #expect(mistake?.help.isEmpty == false)
    }

    private static let table = """
        scenario,step,call,set,versions
        a,old,listBooks,genre=novel,<v2024-05-01
        ,new,listBooks,genre=novel,>=v2024-05-01
        ,both,listBooks,genre=novel,
        b,*,,genre=novel,v2024-05-01
        ,x,listBooks,,
        ,y,listBooks,,v1 v2024-05-01
        """

    @Test("a row runs only under its versions, and a scenario without such rows does not exist")
    func applicable() {
        func steps(_ version: String) -> [String] {
            let (plan, problems) = Self.plan(Self.table, version: version)
            #expect(problems == [])
            return plan.scenarios.map { "\($0.name): \($0.steps.map(\.name).joined(separator: " "))" }
        }
        #expect(steps("1") == ["a: old both", "b: y"])
        #expect(steps("2024-05-01") == ["a: new both", "b: x y"])
        let onlyNew =
            "scenario,step,call,set,versions\nc,x,listBooks,genre=novel,v2024-05-01\nd,x,listBooks,genre=poem,\n"
        let (plan, problems) = Self.plan(onlyNew)
        #expect(plan.scenarios.map(\.name) == ["d"] && problems == [])
    }

    @Test("mistakes are reported in the cell, and also where a row uses one that does not run")
    func rowMistakes() {
        let table = """
            scenario,step,call,version,set,versions,save
            a,x,listBooks,,genre=novel,>=2024-05-01,
            ,y,listBooks,v1,genre=novel,v2024-05-01,
            ,z,addBook,,title=Emma,>v1,isbn=isbn
            ,u,getBook,,book_id={{z.isbn}},,
            ,w,nothing,,,>v1,
            """
        #expect(
            Self.plan(table).problems == [
                "2:28 unknown version '2024-05-01' | write v2024-05-01: a spreadsheet would turn it into a date or a number",
                "3:29 the row never runs: its `version` 'v1' is not one of its `versions` | leave one of the two cells empty",
                "5:21 the step 'z' is excluded under the version '1', and this row uses it | write the same `versions` in this row",
            ])
        // Under the version of the row, its call must exist.
        #expect(Self.plan(table, version: "2024-05-01").problems.contains { $0.contains("has no operation 'nothing'") })
    }

    @Test("a value that a row of another version uses is not reported as unused")
    func unusedSaves() {
        let table = """
            scenario,step,call,set,versions,save
            a,x,addBook,title=Emma,,isbn=isbn
            ,y,getBook,book_id={{x.isbn}},\(">v1"),
            """
        #expect(Self.plan(table).problems == [] && Self.plan(table, version: "2024-05-01").problems == [])
        let unused = table.replacing("{{x.isbn}}", with: "b")
        #expect(
            Self.plan(unused, version: "2024-05-01").problems == [
                "2:25 warning: the saved value 'isbn' is never used | use {{x.isbn}}, or remove it"
            ])
    }

    // MARK: ref and level

    private static var catalogue: [Requirement] {
        var optional = Requirement(id: "BOOK-2")
        optional.level = .conditional
        return [Requirement(id: "BOOK-1"), optional]
    }

    @Test("a row names requirements, and `*` rows name them for the rows below")
    func refs() throws {
        let table = """
            scenario,step,call,set,ref,level
            a,*,,genre=novel,BOOK-1,
            ,x,listBooks,,,
            ,y,listBooks,, BOOK-2  BOOK-1 ,
            b,z,listBooks,genre=novel,,
            c,w,listBooks,genre=novel,BOOK-2,Conditional
            """
        for catalogue in [nil, Self.catalogue] {
            let (plan, problems) = Self.plan(table, catalogue: catalogue)
            #expect(problems == [])
            let traces = plan.scenarios.flatMap(\.steps).map(\.row.trace)
            #expect(
                traces == [
                    StepTrace(refs: ["BOOK-1"]), StepTrace(refs: ["BOOK-2", "BOOK-1"]), nil,
                    StepTrace(refs: ["BOOK-2"], level: .conditional),
                ])
        }
    }

    @Test("an unknown requirement or level is a mistake with the nearest name")
    func refMistakes() {
        let table = """
            scenario,step,call,set,ref,level
            a,x,listBooks,genre=novel,BOOK-1 BOOK-3,
            ,y,listBooks,genre=novel,LOAN BOOK-1 BOOK-1,
            ,z,listBooks,genre=novel,BOOK-1,mandatry
            ,u,listBooks,genre=novel,BOOK-1,conditional
            ,w,listBooks,genre=novel,,mandatory
            """
        #expect(
            Self.plan(table, catalogue: Self.catalogue).problems == [
                "2:34 `refs` has no requirement 'BOOK-3' | did you mean `BOOK-1`?",
                "3:26 `refs` has no requirement 'LOAN' | add it to `refs` in assay.yaml, or to the file that `refs` names",
                "3:38 duplicate requirement 'BOOK-1' | name each requirement once",
                "4:33 'mandatry' is not a level | did you mean `mandatory`?",
                "5:26 the requirement 'BOOK-1' is mandatory in `refs`, and conditional here | leave `level` empty: the catalogue decides",
                "6:27 the row has a `level` but no `ref` | name the requirement in `ref`, or leave `level` empty",
            ])
        #expect(Self.plan(table).problems.count == 3)
    }

    @Test("a row that uses a scenario has none of these columns; the rows of that scenario count")
    func uses() throws {
        let table = """
            scenario,step,call,set,ref,versions
            a,x,listBooks,genre=novel,BOOK-1,
            b,u,use #a,,,
            c,v,use #a,,BOOK-1,>=v1
            """
        let (plan, problems) = Self.plan(table)
        #expect(
            problems == [
                "4:13 a row that uses a scenario has no `ref` | leave the cell empty, and write it in the rows of that scenario",
                "4:20 a row that uses a scenario has no `versions` | leave the cell empty, and write it in the rows of that scenario",
            ])
        #expect(plan.scenarios.prefix(2).flatMap(\.steps).map(\.row.trace?.refs) == [["BOOK-1"], ["BOOK-1"]])
    }
}
