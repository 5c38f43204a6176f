import Conformance
import Diagnostics
import Testing

/// One cause, one finding; and who is to blame for it.
@Suite struct CauseTests {
    private static let row = "scenario,step,call,set,expect\ns,create,sendParcel,weight=2.5,201\n"

    private static func told(_ body: String, _ headers: [(String, String)] = Parcels.headers) throws -> [String] {
        let verdict = try Bench(tables: [("t.csv", row)]).verdict(.answer(201, body, headers))
        return verdict.allFindings.filter { $0.severity > .note }.map {
            "\($0.rule) \($0.response?.reported ?? "")"
        }
    }

    @Test("a wrapper is one finding, whatever is missing outside of it")
    func wrapped() throws {
        #expect(try Self.told(#"{"data": \#(Parcels.parcel)}"#) == ["body.wrapped "])
        // What is inside is no parcel: then it is just an object without the members.
        #expect(try Self.told(#"{"data": {"id": 7}}"#) == ["body.required "])
    }

    @Test("an object without any required member has one finding, one that lacks some has one for each")
    func hollow() throws {
        #expect(try Self.told("{}") == ["body.required "])
        #expect(try Self.told(#"{"state":"packed"}"#) == ["body.required /id", "body.required /weight"])
    }

    @Test("a discriminator that is missing or not a string is reported once")
    func discriminator() throws {
        let body = { (to: String) in
            Parcels.parcel.split(separator: #"{"kind": "house", "street": "Elm"}"#).joined(separator: to)
        }
        #expect(try Self.told(body(#"{"street": "Elm"}"#)).count == 1)
        #expect(try Self.told(body(#"{"kind": 7, "street": "Elm"}"#)).count == 1)
    }

    @Test("a byte order mark is reported, and a charset that JSON does not have")
    func marks() throws {
        #expect(try Self.told("\u{FEFF}" + Parcels.parcel) == ["body.encoding "])
        var headers = Parcels.headers
        headers[0].1 = "application/json; charset=iso-8859-1"
        #expect(try Self.told(Parcels.parcel, headers) == ["media-type.charset header.content-type"])
        let umlaut = Parcels.parcel.split(separator: "Elm").joined(separator: "Ülm")
        #expect(try Self.told(umlaut, headers) == ["body.encoding header.content-type"])
    }

    @Test("consequences of a finding are not reported again")
    func follows() throws {
        let table = """
            scenario,step,call,set,expect,check,same_as
            s,create,sendParcel,weight=2.5,201,id=P-1,
            ,fetch,fetchParcel,id={{create.id}},200,state=packed,
            ,again,fetchParcel,id=P-1,200,,fetch
            """
        let bench = try Bench(tables: [("t.csv", table)])
        let wrong = Parcels.parcel.split(separator: "P-1").joined(separator: "P-2")
        let verdict = try bench.verdict([
            "create": [.answer(201, wrong, Parcels.headers)],
            "fetch": [.answer(404, #"{"message":"no"}"#, [("content-type", "application/problem+json")])],
            "again": [.answer(200, Parcels.parcel)],
        ])
        #expect(verdict.errors == ["check", "same-as"] || verdict.errors == ["check"])
        #expect(verdict.outcomes.prefix(2) == ["create failed", "fetch notRun"])
    }

    @Test("where only the status is wrong, the body is not judged by the schema of that status")
    func anotherAnswer() throws {
        let verdict = try Bench(tables: [("t.csv", "scenario,step,call,set,expect\ns,f,fetchParcel,id=P-1,404\n")])
            .verdict(.answer(200, #"{"message":"no"}"#, [("content-type", "application/problem+json")]))
        #expect(verdict.errors == ["status.unexpected", "media-type.undocumented"])
        let refused = try Bench(tables: [("t.csv", "scenario,step,call,set,expect\ns,c,sendParcel,weight=1,201\n")])
            .verdict(.answer(400, Parcels.parcel))
        #expect(refused.errors == ["status.unexpected"])
    }

    @Test("lines of Set-Cookie are judged one by one")
    func cookies() throws {
        let document = """
            openapi: 3.0.3
            info: { title: T, version: '1' }
            paths:
              /x:
                get:
                  operationId: x
                  responses:
                    '204':
                      description: d
                      headers: { Set-Cookie: { schema: { type: string, pattern: '^s=' } } }
            """
        let bench = try Bench(spec: document, tables: [("t.csv", "scenario,step,call,expect\ns,x,x,204\n")])
        func errors(_ lines: String...) throws -> [String] {
            try bench.verdict(.answer(204, "", lines.map { ("Set-Cookie", $0) })).errors
        }
        #expect(try errors("s=1", "s=2") == [])
        #expect(try errors("s=1", "t=2") == ["header.pattern"])
    }

    @Test("where the document's own example violates the same keyword, the document is to blame")
    func blame() throws {
        let document = """
            openapi: 3.0.3
            info: { title: T, version: '1' }
            paths:
              /x:
                get:
                  operationId: x
                  responses:
                    '200':
                      description: d
                      content:
                        application/json:
                          schema: { type: object, properties: { a: { type: integer }, b: { type: integer } } }
                          example: { a: text, b: 1 }
            """
        let bench = try Bench(spec: document, tables: [("t.csv", "scenario,step,call,expect\ns,x,x,200\n")])
        let verdict = try bench.verdict(.answer(200, #"{"a":"one","b":"two"}"#))
        #expect(verdict.allFindings.map(\.blame) == [.document, .server])
    }

    @Test("undeclared members are errors for steps with a strict tag")
    func strictTags() throws {
        let table = "scenario,step,call,set,expect,tags\ns,create,sendParcel,weight=2.5,201,careful\n"
        var bench = try Bench(tables: [("t.csv", table)])
        var sent = Parcels.Sent()
        sent.replace(#""stops": 3,"#, #""stops": 3, "more": 1,"#)
        let answer = { try bench.verdict(.answer(sent.status, sent.body, sent.headers)).errors }
        #expect(try answer() == [])
        bench.policy.strictTags = ["careful"]
        #expect(try answer() == ["body.undeclared"])
        bench.policy.strictTags = ["other"]
        #expect(try answer() == [])
    }
}
