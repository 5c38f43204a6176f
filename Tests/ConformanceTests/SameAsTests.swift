import Conformance
import Exchanges
import JSONDocument
import Scenarios
import Testing

@Suite("The same response as another step")
struct SameAsTests {
    private static func bench(_ sameAs: String = "create", expect: String = "201") throws -> Bench {
        try Bench(tables: [
            (
                "t.csv",
                """
                scenario,step,call,set,expect,same_as
                send,create,sendParcel,weight=2.5,201|422,
                ,again,sendParcel,weight=2.5,\(expect),\(sameAs)
                """
            )
        ])
    }

    private static func told(
        _ sameAs: String = "create", first: Parcels.Sent = .init(), _ change: (inout Parcels.Sent) -> Void
    )
        throws -> [String]
    {
        var second = first
        change(&second)
        return try bench(sameAs).verdict([
            "create": [.answer(first.status, first.body, first.headers)],
            "again": [.answer(second.status, second.body, second.headers)],
        ]).told
    }

    @Test("numbers are compared by value and members in any order")
    func equal() throws {
        let told = try Self.told { sent in
            sent.replace("2.5", "2.50")
            sent.replace(#"{"kind": "house", "street": "Elm"}"#, #"{"street": "Elm", "kind": "house"}"#)
        }
        #expect(told == [])
    }

    @Test("all fields that differ are in one finding")
    func differences() throws {
        let told = try Self.told { sent in
            sent.replace("\"packed\"", "\"sent\"")
            sent.replace(#""note": null,"#, "")
            sent.replace(#"["a", "b"]"#, #"["b", "a"]"#)
        }
        #expect(
            told == [
                """
                same-as @/state 4:12 t.csv:3:34
                4 fields differ from the response to step 'create'
                - "packed" + "sent"
                /state: - "packed" + "sent"
                /note: - null + absent
                /tags/0: - "a" + "b"
                /tags/1: - "b" + "a"
                """
            ])
    }

    @Test("named places and volatile ones are ignored")
    func exceptions() throws {
        let change: (inout Parcels.Sent) -> Void = { sent in
            sent.replace("\"packed\"", "\"sent\"")
            sent.replace(#"["a", "b"]"#, #"["b", "a"]"#)
        }
        #expect(try Self.told("create except state tags[*]", change) == [])
        #expect(try Self.told("create except tags", change).count == 1)
        var bench = try Self.bench("create except tags")
        bench.policy.volatile = [try ItemPath.parse("state")]
        var second = Parcels.Sent()
        change(&second)
        let verdict = try bench.verdict([
            "create": [.answer(201, Parcels.parcel, Parcels.headers)],
            "again": [.answer(201, second.body, second.headers)],
        ])
        #expect(verdict.told == [])
    }

    @Test("a violation of the contract in either response is not reported again as a difference")
    func broken() throws {
        #expect(try Self.told { $0.replace("2.5", "\"2.5\"") }.map { $0.prefix(20) } == ["body.type @/weight 3"])
        var first = Parcels.Sent()
        first.replace("2.5", "\"2.5\"")
        let told = try Self.told(first: first) { $0 = Parcels.Sent() }
        #expect(told.map { $0.prefix(9) } == ["body.type"])
    }

    @Test("with another status, only the status is reported")
    func status() throws {
        let verdict = try Self.bench(expect: "2xx").verdict([
            "create": [.answer(422, #"{"message":"no"}"#, [("content-type", "application/json")])],
            "again": [.answer(201, Parcels.parcel, Parcels.headers)],
        ])
        #expect(
            verdict.told == ["same-as @status t.csv:3:34\nthe status differs from that of step 'create'\n- 422 + 201"])
    }

    @Test("statuses of different operations belong to `expect`")
    func otherOperation() throws {
        let table = """
            scenario,step,call,set,expect,same_as
            send,create,sendParcel,weight=2.5,201,
            ,fetch,fetchParcel,id=P-1,200,create
            """
        func told(_ body: String) throws -> [String] {
            try Bench(tables: [("t.csv", table)]).verdict([
                "create": [.answer(201, Parcels.parcel, Parcels.headers)], "fetch": [.answer(200, body)],
            ]).told.map { String($0.prefix(14)) }
        }
        #expect(try told(Parcels.parcel) == [])
        let lost = Parcels.parcel.split(separator: #""note": null,"#).joined()
        #expect(try told(lost) == ["same-as @/note"])
    }

    @Test("a repeated request must have the same status, unless its row names another one")
    func repeated() throws {
        func told(expect: String) throws -> [String] {
            let document = """
                openapi: 3.0.3
                info: { title: T, version: '1' }
                paths:
                  /x:
                    put:
                      operationId: put
                      responses: { '200': { description: d }, '201': { description: d } }
                """
            let table = "scenario,step,call,expect,same_as\ns,one,put,2xx,\n,two,put,\(expect),one\n"
            return try Bench(spec: document, tables: [("t.csv", table)]).verdict([
                "one": [.answer(201, "", [])], "two": [.answer(200, "", [])],
            ]).told.map { String($0.prefix(15)) }
        }
        #expect(try told(expect: "") == ["same-as @status"])
        #expect(try told(expect: "2xx") == ["same-as @status"])
        #expect(try told(expect: "200|201") == ["same-as @status"])
        #expect(try told(expect: "200") == [])
    }

    @Test("a comparison with a step without a response is not a second failure")
    func unanswered() throws {
        let verdict = try Self.bench().verdict([
            "create": [.fault(.timedOut, "no answer within 5 s")],
            "again": [.answer(201, Parcels.parcel, Parcels.headers)],
        ])
        #expect(verdict.errors == ["transport.timedOut"])
        #expect(verdict.outcomes == ["create failed", "again notRun"])
        #expect(verdict.scenarios[0].steps[1].reason == .missingValue(step: "create", path: "$"))
    }

    @Test("bodies that are not JSON are compared as text or by their bytes")
    func otherBodies() throws {
        let table = "scenario,step,call,set,same_as\nread,one,readLabel,id=P-1,\n,two,readLabel,id=P-1,one\n"
        let bench = try Bench(tables: [("t.csv", table)])
        func told(
            _ type: String, _ one: [UInt8], _ two: [UInt8], cut: (BodyCut?, BodyCut?) = (nil, nil)
        ) throws -> [String] {
            func answer(_ bytes: [UInt8], _ cut: BodyCut?) -> ExchangeOutcome {
                .response(
                    ResponseMessage(
                        status: 200, headers: [HeaderField(name: "content-type", value: type)], body: bytes, cut: cut))
            }
            return try bench.verdict(["one": [answer(one, cut.0)], "two": [answer(two, cut.1)]]).told
        }
        #expect(try told("text/plain", Array("abc".utf8), Array("abc".utf8)) == [])
        #expect(
            try told("text/plain", Array("abc".utf8), Array("abd".utf8)) == [
                "same-as @body 1:1 t.csv:3:23\none field differs from the response to step 'one'\n- \"abc\" + \"abd\"\n: "
                    + "- \"abc\" + \"abd\""
            ])
        #expect(try told("image/png", [1, 2], [1, 2]) == [])
        #expect(
            try told("image/png", [1, 2], [1]) == [
                "same-as @body t.csv:3:23\nthe body differs from that of step 'one'\n- 2 bytes + 1 bytes"
            ])
        let same = BodyCut(length: 9, hash: "0011223344556677")
        let other = BodyCut(length: 9, hash: "8899aabbccddeeff")
        #expect(try told("text/plain", [0x61], [0x61], cut: (same, same)).filter { $0.hasPrefix("same-as") } == [])
        #expect(
            try told("text/plain", [0x61], [0x61], cut: (same, other)).filter { $0.hasPrefix("same-as") } == [
                """
                same-as.undecided @body t.csv:3:23
                the bodies were not stored completely, so they cannot be compared with step 'one'
                - 9 bytes + 9 bytes
                """
            ])
    }
}
