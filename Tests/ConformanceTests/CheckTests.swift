import Conformance
import Exchanges
import Testing

@Suite("Checks of a row")
struct CheckTests {
    struct Check: Sendable, CustomTestStringConvertible {
        var item: String
        /// What the finding says after `item does not hold: `; `nil` when the item holds.
        var why: String?
        var testDescription: String { item }

        init(_ item: String, _ why: String? = nil) {
            self.item = item
            self.why = why
        }
    }

    private static func bench(_ item: String) throws -> Bench {
        let quoted = item.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
        return try Bench(tables: [
            ("t.csv", "scenario,step,call,set,expect,check\nsend,create,sendParcel,weight=2.5,201,\"\(quoted)\"\n")
        ])
    }

    private static func messages(_ item: String, _ outcome: ExchangeOutcome = right) throws -> [String] {
        try bench(item).verdict(outcome).allFindings.map(\.message)
    }

    private static let right = ExchangeOutcome.answer(201, Parcels.parcel, Parcels.headers)

    @Test(
        "an item holds, or says why not",
        arguments: [
            Check("weight=2.5"), Check("weight=2.50"), Check("weight=25e-1"),
            Check("weight=2", "it is 2.5"),
            Check("weight!=2"), Check("weight!=2.5", "it is just that"),
            Check("weight>2"), Check("weight>=2.5"), Check("weight<2.5", "it is 2.5"),
            Check("weight<=2.4", "it is 2.5"),
            Check("weight:=2.5"), Check("weight:=2", "it is 2.5"),
            Check("id=P-1"), Check("id=P-2", #"it is "P-1""#), Check("id='P-1'"),
            Check("state~oneof:packed|sent"), Check("state~oneof:sent|lost", #""packed" is not one of 'sent', 'lost'"#),
            Check("state!~oneof:sent|lost"), Check("state!~oneof:packed|sent", #""packed" fits"#),
            Check("id~/P-[0-9]/"), Check("id~/P/", #""P-1" is not a text that /P/ fits as a whole"#),
            Check("id!~/Q.*/"), Check("note=null"), Check("note~null"), Check("note!=x"),
            Check("paid=true"), Check("paid=false", "it is true"),
            Check("sentAt=2026-01-01T00:00:00Z"), Check("sentAt<2026-01-01T00:00:01Z"),
            Check("sentAt<2026-01-01T00:30:00+01:00", #"it is "2026-01-01T00:00:00Z""#),
            Check("id>1", #""P-1" and "1" are neither two numbers nor two times"#),
            Check("tags~len:2"), Check("tags~len:3", #"["a","b"] is not a length of 3"#),
            Check("tags[0]=a"), Check("tags[5]=a", "it is absent"), Check("tags[*]~len:1"),
            Check("tags[*]=a", #"it is "b""#), Check("tags[?]=b"),
            Check("tags[?]=c", #"no element fits; of the first, it is "a""#),
            Check("tags~contains:a"), Check("tags~contains:c", #"["a","b"] is not an array with an element 'c'"#),
            Check(#"extras:={"ribbon":1.0}"#), Check(#"extras:={"ribbon":2}"#, #"it is {"ribbon":1}"#),
            Check("!extras.bow"), Check("!seal.code", "it is present"),
            Check("status=201"), Check("status=2xx"), Check("status!=2xx", "it is just that"), Check("status>=200"),
            Check("header.x-left=59"), Check("header.X-LEFT<60"), Check("header.x-left=60", "it is 59"),
            Check("header.x-left~text:59"), Check("header.x-left~text:059", "59 is not exactly the text '059'"),
            Check("header.x-stops:=[1,2]"), Check("header.x-stops[*]>0"), Check("!header.x-none"),
            Check("header.date~contains:2026"), Check("header.x-none=1", "it is absent"),
            Check("to~schema:Place"),
            Check(
                "to~schema:Locker",
                #"{"kind":"house","street":"Elm"} is not a value that satisfies the schema 'Locker'"#),
            Check("time<1"), Check("time<0.001", "it is 0.012"),
            Check("rank:=7"), Check(#"rank:=8"#, "it is 7"),
        ])
    func items(check: Check) throws {
        let expected = check.why.map { ["\(check.item) does not hold: \($0)"] } ?? []
        #expect(try Self.messages(check.item) == expected)
    }

    @Test("a failed check has all its places")
    func places() throws {
        let told = try Self.bench("weight=2.5; state=sent; tags[*]~/b/; header.x-left=1").verdict(Self.right).told
        #expect(
            told == [
                """
                check @/state 4:12 parcels.yaml:94:16 t.csv:2:52
                state=sent does not hold: it is "packed"
                - "sent" + "packed"
                """,
                """
                check @/tags/0 9:12 parcels.yaml:99:82 t.csv:2:64
                tags[*]~/b/ does not hold: "a" is not a text that /b/ fits as a whole
                - a text that /b/ fits as a whole + "a"
                """,
                """
                check @header x-left parcels.yaml:19:31 t.csv:2:77
                header.x-left=1 does not hold: it is 59
                - 1 + 59
                """,
            ])
    }

    @Test(
        "a place that breaks the contract has that finding alone",
        arguments: [
            ("state=sent", #""packed""#, "5", ["body.type"]),
            ("weight=3; id=P-2", "2.5", #""x""#, ["body.type", "check"]),
            ("to.street=Elm", #""kind": "house", "#, "", ["body.discriminator"]),
            ("tags[*]=a", #"["a", "b"]"#, #"["a", 2]"#, ["body.type"]),
            ("tags[?]=c", #"["a", "b"]"#, #"["a", 2]"#, ["body.type"]),
            (#"tags:=["a","b"]"#, #"["a", "b"]"#, #"["a", 2]"#, ["body.type"]),
            (#"tags:=["c","b"]"#, #"["a", "b"]"#, #"["a", 2]"#, ["body.type", "check"]),
            ("!extras.bow", #"{"ribbon": 1}"#, #"{"bow": "red"}"#, ["body.type"]),
            ("id=P-1", #""id": "P-1","#, "", ["body.required"]),
            ("weight=2.5; !id; $~present", "\"rank\": 7\n}", "\"rank\": 7", ["body.json"]),
            ("state=packed", #""rank": 7"#, #""rank": 7, "rank": 8"#, ["body.duplicate-name"]),
        ])
    func covered(item: String, old: String, new: String, rules: [String]) throws {
        var sent = Parcels.Sent()
        sent.replace(old, new)
        #expect(try Self.bench(item).verdict(.answer(201, sent.body, sent.headers)).errors == rules)
    }

    @Test("a header that breaks the contract has that finding alone")
    func coveredHeader() throws {
        var sent = Parcels.Sent()
        sent.set("X-Left", "61")
        #expect(
            try Self.bench("header.x-left=59; !header.x-left").verdict(.answer(201, sent.body, sent.headers)).errors
                == ["header.maximum"])
    }

    @Test("nothing is checked of an answer with another status")
    func status() throws {
        let verdict = try Self.bench("weight=9").verdict(
            .answer(422, #"{"message":"no"}"#, [("content-type", "application/json")]))
        #expect(verdict.errors == ["status.unexpected"])
    }

    @Test("what cannot be decided is told, never passed")
    func undecided() throws {
        let bench = try Bench(tables: [
            (
                "t.csv",
                "scenario,step,call,set,check\nread,label,readLabel,id=P-1,$=abc; !$.x; header.content-type=image/png\n"
            )
        ])
        let verdict = try bench.verdict(.answer(200, bytes: [0x89, 0x50], [("content-type", "image/png")]))
        #expect(
            verdict.told == [
                """
                check.undecided @body parcels.yaml:51:34 t.csv:2:29
                cannot decide whether $=abc holds: the body cannot be looked into: bodies of image/png are not looked \
                into
                """,
                """
                check.undecided @/x t.csv:2:36
                cannot decide whether !$.x holds: the body cannot be looked into: bodies of image/png are not looked \
                into
                """,
            ])
    }

    @Test("a check that asks for what does not exist is an error of the table")
    func unevaluable() throws {
        let verdict = try Self.bench("id={{req.header.x-none}}").verdict(Self.right)
        #expect(
            verdict.told == [
                """
                check.value-missing t.csv:2:40
                cannot evaluate id={{req.header.x-none}}: create has no req.header.x-none
                """
            ])
        #expect(verdict.allFindings.map(\.blame) == [.table])
    }

    @Test("a value of an earlier answer keeps its type, and headers compare what they spell")
    func earlier() throws {
        let table = """
            scenario,step,call,set,expect,check
            send,create,sendParcel,weight=2.5,201,
            ,fetch,fetchParcel,id={{create.id}},200,weight={{create.weight}}; stops={{create.header.x-left}}; \
            header.age={{create.header.x-left}}; id={{create.weight}}
            """
        let bench = try Bench(tables: [("t.csv", table)])
        let verdict = try bench.verdict([
            "create": [Self.right],
            "fetch": [
                .answer(
                    200, Parcels.parcel.replacing("3,", with: "59,"),
                    [("content-type", "application/json"), ("age", "59")])
            ],
        ])
        #expect(verdict.allFindings.map(\.message) == [#"id={{create.weight}} does not hold: it is "P-1""#])
    }
}
