import Conformance
import Exchanges
import Scenarios
import Testing

@Suite("Requests, negative rows and credentials")
struct RequestRuleTests {
    private static let problem = ExchangeOutcome.answer(401, #"{"message":"no"}"#)

    /// The verdict on one row whose request is changed before it is judged.
    private static func verdict(
        _ row: String,
        _ outcome: ExchangeOutcome,
        _ change: (inout RequestMessage) -> Void = { _ in }
    ) throws -> Verdict {
        let bench = try Bench(tables: [("t.csv", "scenario,step,call,auth,set,expect,opts\nx,\(row)\n")])
        var journal = try bench.journal([bench.plan.scenarios[0].steps[0].name: [outcome]])
        change(&journal.exchanges[0].request)
        return Judge(plan: bench.plan, contracts: bench.contracts).verdict(journal)
    }

    private static let sent = ExchangeOutcome.answer(201, Parcels.parcel, Parcels.headers)
    private static let refused = ExchangeOutcome.answer(400, #"{"message":"no"}"#)

    @Test("a request that violates the contract is an error of the table, at the item that caused it")
    func request() throws {
        let verdict = try Self.verdict("create,sendParcel,,weight=2.5; note=hi,201,", Self.sent) {
            $0.body = Array(#"{"weight":"2.5","note":"hi"}"#.utf8)
        }
        #expect(
            verdict.told == [
                """
                request.type parcels.yaml:77:19 t.csv:2:22
                the request violates the contract: body/weight is a string, but the schema allows only \
                number
                - number + "2.5"
                """
            ])
        #expect(verdict.allFindings.map(\.blame) == [.table])
    }

    @Test("parameters, media type and method of the request are judged too")
    func parameters() throws {
        let depots = ExchangeOutcome.answer(200, #"[{"city":"Riga"}]"#)
        var verdict = try Self.verdict("list,listDepots,,limit=5,200,", depots) { $0.url += "0000" }
        #expect(verdict.told.map { $0.prefix(50) } == ["request.maximum parcels.yaml:57:62 t.csv:2:20\nthe "])
        verdict = try Self.verdict("create,sendParcel,,weight=2.5,201,", Self.sent) {
            $0.headers = [HeaderField(name: "content-type", value: "text/plain")]
        }
        #expect(verdict.errors == ["request.mediaType"])
        verdict = try Self.verdict("create,sendParcel,,weight=2.5,201,", Self.sent) { $0.body = nil }
        #expect(verdict.errors == ["request.required"])
    }

    @Test("a path value that another path matches too is correct")
    func concretePaths() throws {
        #expect(try Self.verdict("fetch,fetchParcel,,id=a%2Fb,200,", .answer(200, Parcels.parcel)).told == [])
    }

    @Test("a request body that was not stored completely is not judged")
    func cut() throws {
        let verdict = try Self.verdict("create,sendParcel,,weight=2.5,201,", Self.sent) {
            $0.body = Array("{".utf8)
            $0.cut = BodyCut(length: 20, hash: "00")
        }
        #expect(verdict.told == [])
    }

    @Test("an invalid row that is rejected as expected passes")
    func refused() throws {
        #expect(try Self.verdict("bad,sendParcel,,weight='ten',400,invalid", Self.refused).told == [])
        #expect(try Self.verdict("bad,sendParcel,,weight='ten',4xx,invalid", Self.refused).told == [])
        // An undocumented refusal is undocumented all the same.
        #expect(
            try Self.verdict("bad,sendParcel,,weight='ten',500,invalid", .answer(500)).errors == ["status.undocumented"]
        )
    }

    @Test("an accepted invalid row is reported with the violations of its request")
    func accepted() throws {
        let verdict = try Self.verdict("bad,sendParcel,,weight='ten',400,invalid", Self.sent)
        #expect(
            verdict.told == [
                """
                negative.accepted @status parcels.yaml:7:5 t.csv:2:32
                a request that violates the contract was accepted
                - 400 + 201
                body/weight is a string, but the schema allows only number
                """
            ])
        #expect(try Self.verdict("bad,sendParcel,,weight='ten',2xx,invalid", Self.sent).errors == ["negative.accepted"])
        #expect(try Self.verdict("bad,sendParcel,,weight='ten',201,invalid", Self.sent).errors == [])
    }

    @Test("an invalid row that sent a valid request is a finding")
    func notInvalid() throws {
        let verdict = try Self.verdict("bad,sendParcel,,weight='ten',400,invalid", Self.refused) {
            $0.body = Array(#"{"weight":2}"#.utf8)
        }
        #expect(
            verdict.told == [
                """
                negative.valid parcels.yaml:7:5 t.csv:2:1
                the row is marked `invalid`, but its request is valid
                - a request that violates the contract + a valid request
                """
            ])
    }

    @Test(
        "missing or wrong credentials must be rejected",
        arguments: [("none", "without credentials"), ("wrong", "with wrong credentials")])
    func credentials(auth: String, what: String) throws {
        for expect in ["401", ""] {
            let verdict = try Self.verdict("create,sendParcel,\(auth),weight=2.5,\(expect),", Self.sent)
            #expect(
                verdict.told == [
                    "security.not-enforced @status parcels.yaml:4:12 t.csv:2:\(expect.isEmpty ? 1 : 33 + auth.count)\n"
                        + "a request \(what) was accepted\n- \(expect.isEmpty ? "4xx" : "401") + 201"
                ])
            #expect(try Self.verdict("create,sendParcel,\(auth),weight=2.5,\(expect),", Self.problem).told == [])
        }
        // An operation that needs no credentials may be called without.
        #expect(try Self.verdict("list,listDepots,none,,200,", .answer(200, #"[{"city":"Riga"}]"#)).told == [])
    }

    @Test("every member of an alternative is required, and every alternative must work")
    func alternatives() throws {
        let bench = try Bench(tables: [
            (
                "t.csv",
                "scenario,step,call,auth,set,expect\n"
                    + "x,less,sendParcel,incomplete,weight=2.5,\nx,each,sendParcel,alternatives,weight=2.5,201\n"
            )
        ])
        let names = bench.plan.scenarios[0].steps.map(\.name)
        #expect(
            names == ["less[Key+Pin-Key]", "less[Key+Pin-Pin]", "less[Token-Token]", "each[Key+Pin]", "each[Token]"])
        var journal = try bench.journal([names[0]: [Self.problem], names[1]: [Self.sent], names[3]: [Self.problem]])
        journal.notRun.removeAll()
        let verdict = Judge(plan: bench.plan, contracts: bench.contracts).verdict(journal)
        #expect(
            verdict.told == [
                """
                security.not-enforced @status parcels.yaml:4:12 t.csv:2:1
                a request without Pin was accepted
                - 4xx + 201
                """,
                """
                security.refused @status parcels.yaml:4:12 t.csv:3:43
                the documented credentials Key + Pin were rejected
                - 201 + 401
                """,
            ])
        #expect(Set(verdict.allFindings.map(\.fingerprint)).count == 2)
    }

    @Test("requests that no document describes are judged only by the row")
    func undeclared() throws {
        #expect(try Self.verdict("odd,PATCH /parcels,,,405,invalid", .answer(405)).told == [])
        #expect(
            try Self.verdict("odd,PATCH /parcels,,,405,invalid", .answer(200, "x")).errors == [
                "negative.accepted", "body.json",
            ])
    }
}
