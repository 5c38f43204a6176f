import Diagnostics
import Scenarios
import Testing

@Suite("Rows in quarantine") struct QuarantineEntryTests {
    private static let location = SourceLocation(file: "assay.yaml", line: 3, column: 5)

    private static func entry(_ row: String) -> QuarantineEntry? {
        QuarantineEntry(row: row, reason: "slow", until: "2026-12-31", at: location)
    }

    @Test(
        "an entry names a scenario or a step of it, in one table or in all",
        arguments: [
            ("pay", nil, "pay", nil), ("pay/send", nil, "pay", "send"), ("a.csv#pay/send", "a.csv", "pay", "send"),
            ("x/a.csv#pay", "x/a.csv", "pay", nil), ("pay › send", nil, "pay", "send"),
            ("pay/u.send/x", nil, "pay", "u.send/x"),
        ] as [(String, String?, String, String?)])
    func parts(row: String, file: String?, scenario: String, step: String?) throws {
        let entry = try #require(Self.entry(row))
        #expect(entry.file == file && entry.scenario == scenario && entry.step == step && entry.row == row)
    }

    @Test(
        "a text with an empty part is not an entry", arguments: ["", "/", "#", "a/", "/b", "#a", "a.csv#", "a.csv#/b"])
    func empty(row: String) {
        #expect(Self.entry(row) == nil)
    }

    @Test(
        "a name without its version and its case means all of them",
        arguments: [
            ("pay", "pay", true), ("pay", "pay[eu]", true), ("pay", "pay@v2", true), ("pay", "pay@v2[eu]", true),
            ("pay@v2", "pay@v2[eu]", true), ("pay[eu]", "pay[eu]", true), ("pay[eu]", "pay[us]", false),
            ("pay@v1", "pay@v2", false),
            ("pay", "payment", false), ("pay", "Pay", false), ("payment", "pay", false), ("pay[eu]", "pay", false),
        ])
    func scenarios(row: String, id: String, concerns: Bool) throws {
        let entry = try #require(Self.entry(row))
        #expect(entry.concerns(scenario: id, in: "a.csv") == concerns)
        #expect(entry.concerns(step: "anything"))
        let inTable = try #require(Self.entry("a.csv#\(row)"))
        #expect(inTable.concerns(scenario: id, in: "a.csv") == concerns)
        #expect(!inTable.concerns(scenario: id, in: "b.csv"))
    }

    @Test("a step is named like a scenario: a name without a case means all of them")
    func steps() throws {
        let entry = try #require(Self.entry("pay/send"))
        #expect(entry.concerns(step: "send") && entry.concerns(step: "send[Token]") && entry.concerns(step: "send[2]"))
        #expect(!entry.concerns(step: "sends") && !entry.concerns(step: "u.send"))
        let exact = try #require(Self.entry("pay/send[2]"))
        #expect(exact.concerns(step: "send[2]") && !exact.concerns(step: "send[1]"))
    }

    private static func found(_ rows: [String]) throws -> [String] {
        let (plan, problems) = Library.plan(
            "scenario,step,call,set\nlend,add,addBook,title=x\n,get,getBook,book_id=x\nlist,all,listBooks,genre=novel\n"
        )
        #expect(problems.isEmpty)
        var names = ConfiguredNames(Library.contracts.all)
        names.check(try rows.map { try #require(entry($0)) }, in: plan)
        return names.mismatches.map { "\($0.place.joined(separator: "/")) \($0.message) | \($0.help ?? "")" }
    }

    @Test("an entry must name a scenario or a step of a table")
    func mistakes() throws {
        #expect(try Self.found(["lend", "lend/add", "scenarios/t.csv#list/all", "list › all"]) == [])
        #expect(
            try Self.found(["lend", "lnd", "zzzzzzz", "lend/ad", "lend/zzzzzzz", "other.csv#lend/add", "zzzzzzz/add"])
                == [
                    "quarantine/1/row no table has the scenario 'lnd' | did you mean `lend`?",
                    "quarantine/2/row no table has the scenario 'zzzzzzz' | list the scenarios with `assay list`",
                    "quarantine/3/row the scenario 'lend' has no step 'ad' | did you mean `lend/add`?",
                    "quarantine/4/row the scenario 'lend' has no step 'zzzzzzz' | the steps are add, get",
                    "quarantine/5/row no table has the scenario 'lend' in 'other.csv' | did you mean `lend`?",
                    "quarantine/6/row no table has the scenario 'zzzzzzz' | list the scenarios with `assay list`",
                ])
    }
}

@Suite("Entries of promises") struct PromiseEntryTests {
    @Test(
        "an entry has its keys in the configuration, a name, and a reason for its absence",
        arguments: [
            (PromiseEntry.idempotency, "promises/idempotency", "idempotency"),
            (.rateLimit, "promises/rate-limit", "rate-limit"),
            (.echo("x-id"), "promises/echo/x-id", "echo.x-id"),
            (.resource("book"), "promises/resources/book", "resources.book"),
            (.money("prices"), "money/prices", "money.prices"),
            (.oneEffect("book"), "promises/resources/book/one-effect", "resources.book.one-effect"),
        ])
    func places(entry: PromiseEntry, place: String, name: String) {
        #expect(entry.place.joined(separator: "/") == place)
        #expect(entry.name == name)
        #expect(entry.absence.hasPrefix("no ") && !entry.absence.hasSuffix("."))
    }

    @Test("every promise is an entry, in the order of the documentation")
    func entries() {
        #expect(Promises().entries == [])
        var promises = Promises(
            idempotency: IdempotencyPromise(header: "k"), rateLimit: RateLimitPromise(),
            echoes: [EchoPromise(request: "a", response: "b")],
            resources: [
                ResourcePromise(name: "x", id: "id"),
                ResourcePromise(name: "y", id: "id", oneEffect: OneEffectPromise()),
            ])
        promises.money = [MoneyGroup(name: "m", amounts: [])]
        #expect(
            promises.entries == [
                .idempotency, .rateLimit, .echo("a"), .resource("x"), .resource("y"), .money("m"), .oneEffect("y"),
            ])
    }
}
