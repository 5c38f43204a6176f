import Conformance
import Exchanges
import Testing

@Suite("Checks of a row")
struct CheckTests {
    struct Check: Sendable, CustomTestStringConvertible {
        var item: String
        /// The message of the finding; `nil` when the check passes.
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
        "a check passes, or says what it expected and received",
        arguments: [
            Check("weight=2.5"), Check("weight=2.50"), Check("weight=25e-1"),
            Check("weight=2", "expected `weight` to be 2, received 2.5"),
            Check("weight!=2"), Check("weight!=2.5", "expected `weight` not to be 2.5, received 2.5"),
            Check("weight>2"), Check("weight>=2.5"),
            Check("weight<2.5", "expected `weight` to be less than 2.5, received 2.5"),
            Check("weight<=2.4", "expected `weight` to be at most 2.4, received 2.5"),
            Check("weight>2.5", "expected `weight` to be greater than 2.5, received 2.5"),
            Check("weight>=3", "expected `weight` to be at least 3, received 2.5"),
            Check("weight:=2.5"), Check("weight:=2", "expected `weight` to be 2, received 2.5"),
            Check("id=P-1"), Check("id=P-2", #"expected `id` to be "P-2", received "P-1""#), Check("id='P-1'"),
            Check("state~oneof:packed|sent"),
            Check("state~oneof:sent|lost", #"expected `state` to be one of 'sent', 'lost', received "packed""#),
            Check("state!~oneof:sent|lost"),
            Check(
                "state!~oneof:packed|sent", #"expected `state` not to match `oneof:packed|sent`, received "packed""#),
            Check("id~/P-[0-9]/"), Check("id~/P/", #"expected `id` to be a string that matches /P/, received "P-1""#),
            Check("id!~/P.*/", #"expected `id` not to match /P.*/, received "P-1""#),
            Check("id!~/Q.*/"), Check("note=null"), Check("note~null"), Check("note!=x"),
            Check("paid=true"), Check("paid=false", "expected `paid` to be false, received true"),
            Check("sentAt=2026-01-01T00:00:00Z"), Check("sentAt<2026-01-01T00:00:01Z"),
            Check(
                "sentAt<2026-01-01T00:30:00+01:00",
                #"expected `sentAt` to be less than "2026-01-01T00:30:00+01:00", received "2026-01-01T00:00:00Z""#),
            Check(
                "id>1",
                #"expected `id` to be greater than "1", received "P-1"; only two numbers or two times can be compared"#),
            Check("tags~len:2"), Check("tags~len:3", #"expected `tags` to be a value of length 3, received ["a","b"]"#),
            Check("tags[0]=a"), Check("tags[5]=a", #"expected `tags[5]` to be "a", but it is absent"#),
            Check("tags[*]~len:1"),
            Check("tags[*]=a", #"expected `tags[*]` to be "a", received "b"; 1 of 2 elements fail"#),
            Check(
                "tags[*]~len:2", #"expected `tags[*]` to be a value of length 2, received "a"; 2 of 2 elements fail"#),
            Check("tags[?]=b"),
            Check(
                "tags[?]=c", #"no element matches; first element: expected `tags[?]` to be "c", received "a""#),
            Check("tags~contains:a"),
            Check("tags~contains:c", #"expected `tags` to be an array with an element 'c', received ["a","b"]"#),
            Check(#"extras:={"ribbon":1.0}"#),
            Check(
                #"extras:={"ribbon":2}"#, #"expected `extras` to be {"ribbon":2}, received {"ribbon":1}"#),
            Check("!extras.bow"), Check("!seal.code", "expected `seal.code` to be absent, received \"x\""),
            Check("status=201"), Check("status=2xx"),
            Check("status!=2xx", "expected `status` not to be 2xx, received 201"), Check("status>=200"),
            Check("header.x-left=59"), Check("header.X-LEFT<60"),
            Check("header.x-left=60", "expected `header.x-left` to be 60, received 59"),
            Check("header.x-left~text:59"),
            Check(
                "header.x-left~text:059", "expected `header.x-left` to be exactly the text '059', received 59"),
            Check("header.x-stops:=[1,2]"), Check("header.x-stops[*]>0"), Check("!header.x-none"),
            Check("header.date~contains:2026"),
            Check("header.x-none=1", "expected `header.x-none` to be 1, but it is absent"),
            Check("header.x-none~uuid", "expected `header.x-none` to match `uuid`, but it is absent"),
            Check("to~schema:Place"),
            Check(
                "to~schema:Locker",
                "expected `to` to be a value that satisfies the schema 'Locker', "
                    + #"received {"kind":"house","street":"Elm"}"#),
            Check("time<1"), Check("time<0.001", "expected `time` to be less than 0.001, received 0.012"),
            Check("rank:=7"), Check(#"rank:=8"#, "expected `rank` to be 8, received 7"),
        ])
    func items(check: Check) throws {
        let expected = check.why.map { [$0] } ?? []
        #expect(try Self.messages(check.item) == expected)
    }

    @Test("a failed check has all its places")
    func places() throws {
        let told = try Self.bench("weight=2.5; state=sent; tags[*]~/b/; header.x-left=1").verdict(Self.right).told
        #expect(
            told == [
                """
                check @/state 4:12 parcels.yaml:94:16 t.csv:2:52
                expected `state` to be "sent", received "packed"
                - "sent" + "packed"
                """,
                """
                check @/tags/0 9:12 parcels.yaml:99:82 t.csv:2:64
                expected `tags[*]` to be a string that matches /b/, received "a"; 1 of 2 elements fail
                - a string that matches /b/ + "a"
                """,
                """
                check @header x-left parcels.yaml:19:31 t.csv:2:77
                expected `header.x-left` to be 1, received 59
                - 1 + 59
                """,
            ])
    }

    @Test(
        "a place that violates the contract has only that finding",
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

    @Test("a header that violates the contract has only that finding")
    func coveredHeader() throws {
        var sent = Parcels.Sent()
        sent.set("X-Left", "61")
        #expect(
            try Self.bench("header.x-left=59; !header.x-left").verdict(.answer(201, sent.body, sent.headers)).errors
                == ["header.maximum"])
    }

    @Test("a response with another status is not checked")
    func status() throws {
        let verdict = try Self.bench("weight=9").verdict(
            .answer(422, #"{"message":"no"}"#, [("content-type", "application/json")]))
        #expect(verdict.errors == ["status.unexpected"])
    }

    @Test("a check that cannot be decided is a finding and never passes")
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
                cannot decide the check `$=abc`: the body cannot be read: bodies of type image/png are not supported
                """,
                """
                check.undecided @/x t.csv:2:36
                cannot decide the check `!$.x`: the body cannot be read: bodies of type image/png are not supported
                """,
            ])
    }

    @Test("a check that refers to a missing value is an error of the table")
    func unevaluable() throws {
        let verdict = try Self.bench("id={{req.header.x-none}}").verdict(Self.right)
        #expect(
            verdict.told == [
                """
                check.value-missing t.csv:2:40
                cannot evaluate the check `id={{req.header.x-none}}`: step 'create' has no value at `req.header.x-none`
                """
            ])
        #expect(verdict.allFindings.map(\.blame) == [.table])
    }

    @Test("a value of an earlier response keeps its type, and headers are compared by their text")
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
        #expect(verdict.allFindings.map(\.message) == [#"expected `id` to be 2.5, received "P-1""#])
    }
}
