import Conformance
import Diagnostics
import Exchanges
import JSONDocument
import Testing

@Suite("Bodies by media type, and what cannot be judged")
struct ContractRuleTests {
    private static let label = "scenario,step,call,set,expect\nread,label,readLabel,id=P-1,200\n"

    private static func told(
        _ type: String?, _ bytes: [UInt8], encoding: String? = nil, cut: BodyCut? = nil
    ) throws -> [String] {
        let bench = try Bench(tables: [("t.csv", label)])
        var headers: [HeaderField] = []
        if let type { headers.append(HeaderField(name: "content-type", value: type)) }
        if let encoding { headers.append(HeaderField(name: "content-encoding", value: encoding)) }
        let message = ResponseMessage(status: 200, headers: headers, body: bytes, cut: cut)
        return try bench.verdict(.response(message)).told
    }

    @Test("text is judged as one string")
    func text() throws {
        #expect(try Self.told("text/plain", Array("P-1 to Elm".utf8)) == [])
        #expect(
            try Self.told("Text/Plain; charset=UTF-8", Array("P".utf8)) == [
                "body.minLength @body 1:1 parcels.yaml:48:51 t.csv:2:1\nhas 1 character, but at least 3 are "
                    + "needed\n- at least 3 + \"P\""
            ])
        // An empty text is a text, and a file without bytes is a file.
        #expect(try Self.told("text/plain", []).map { $0.prefix(14) } == ["body.minLength"])
        #expect(try Self.told("image/png", []) == [])
        #expect(try Self.told("text/csv", []) == [])
        #expect(try Self.told(nil, []).map { $0.prefix(12) } == ["body.missing"])
    }

    @Test("supported charsets of text are decoded, others reported")
    func charsets() throws {
        #expect(try Self.told("text/plain; charset=ISO-8859-1", [0x47, 0x72, 0xFC]) == [])
        #expect(
            try Self.told("text/plain; charset=utf-8", [0x47, 0x72, 0xFC]) == [
                "body.encoding @body parcels.yaml:48:13 t.csv:2:1\nthe body is not valid utf-8, the charset that its content "
                    + "type declares\n- text/plain + (nothing)"
            ])
        let unnamed = try Self.told("text/plain", [0x47, 0x72, 0xFC])
        #expect(
            unnamed == [
                "body.unjudged (note) @body parcels.yaml:48:13 t.csv:2:1\n"
                    + "the body is not validated against its schema: it is text that is not UTF-8, "
                    + "and its charset is not declared"
            ])
        #expect(
            try Self.told("text/plain; charset=shift_jis", Array("abc".utf8)) == [
                "body.unjudged (note) @body parcels.yaml:48:13 t.csv:2:1\n"
                    + "the body is not validated against its schema: its charset shift_jis is not supported"
            ])
    }

    @Test("a body that is not parsed is reported where a schema describes it")
    func unread() throws {
        #expect(
            try Self.told("application/xml", Array("<a/>".utf8)) == [
                "body.unjudged (note) @body parcels.yaml:50:13 t.csv:2:1\n"
                    + "the body is not validated against its schema: bodies of type application/xml are not supported"
            ])
        #expect(try Self.told("image/png", [0x89]) == [])
        #expect(try Self.told("text/csv", Array("a,b".utf8)) == [])
    }

    @Test("an encoded or incomplete body is never judged as a complete one")
    func notWhole() throws {
        #expect(
            try Self.told("text/plain", [0x1F, 0x8B], encoding: "gzip").map { $0.prefix(20) } == [
                "body.unjudged (note)"
            ])
        #expect(try Self.told("text/plain", Array("abc".utf8), encoding: "identity") == [])
        #expect(
            try Self.told("text/plain", Array("ab".utf8), cut: BodyCut(length: 900, hash: "00")) == [
                "body.unjudged (warning) @body parcels.yaml:48:13 t.csv:2:1\n"
                    + "the body is not validated against its schema: only the first 2 of its 900 bytes were stored"
            ])
    }

    private static let fetch = "scenario,step,call,set,expect\nget,fetch,fetchParcel,id=P-1,2xx|404\n"

    @Test("a media type with +json is JSON, and a range accepts any of its types")
    func ranges() throws {
        let bench = try Bench(tables: [("t.csv", Self.fetch)])
        let problem = ExchangeOutcome.answer(404, "{}", [("content-type", "application/problem+json")])
        #expect(try bench.verdict(problem).errors == ["body.required"])
        let drop = try Bench(tables: [("t.csv", "scenario,step,call,set,expect\nx,drop,dropParcel,id=P-1,2xx|404\n")])
        #expect(try drop.verdict(.answer(404, #"{"message":5}"#)).errors == ["body.type"])
        #expect(
            try drop.verdict(.answer(404, #"{"message":5}"#, [("content-type", "text/json")])).errors == [
                "media-type.undocumented"
            ])
    }

    @Test("an undocumented body is a warning, and no body is correct")
    func noBody() throws {
        let slow = try Bench(tables: [("t.csv", "scenario,step,call,set,expect\nx,slow,fetchParcel,id=P-1,429\n")])
        #expect(try slow.verdict(.answer(429, "", [])).told == [])
        #expect(
            try slow.verdict(.answer(429, "{}")).told == [
                "body.unexpected (warning) @body parcels.yaml:34:9 t.csv:2:1\n"
                    + "has a body of 2 bytes, but none is documented\n- no body + application/json"
            ])
    }

    @Test("bytes that are not UTF-8 are not JSON, whatever the charset says")
    func encoding() throws {
        let bench = try Bench(tables: [("t.csv", Self.fetch)])
        let latin = Array(#"{"id":"Gr"#.utf8) + [0xFC] + Array(#"n"}"#.utf8)
        for charset in ["", "; charset=iso-8859-1"] {
            let verdict = try bench.verdict(
                .answer(200, bytes: latin, [("content-type", "application/json" + charset)]))
            #expect(verdict.errors == ["body.encoding"])
            #expect(verdict.told.map { $0.prefix(19) } == ["body.encoding @body"])
        }
        let wide: [UInt8] = [0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00]
        #expect(
            try bench.verdict(.answer(200, bytes: wide, [("content-type", "application/json")])).errors == [
                "body.encoding"
            ])
    }

    @Test("the same deviation in every element is reported once, with the number of others")
    func many() throws {
        let bench = try Bench(tables: [("t.csv", "scenario,step,call\na,list,listDepots\n")])
        let body = "[" + Array(repeating: #"{"city":5}"#, count: 500).joined(separator: ",") + "]"
        let found = try bench.verdict(.answer(200, body)).allFindings
        #expect(found.map(\.rule) == ["body.type"])
        #expect(
            found.map(\.details) == [
                [
                    "only the first 100 findings of this body are reported",
                    "also at /1/city, /2/city, /3/city, /4/city, /5/city and 94 more",
                ]
            ])
    }

    @Test("an unusable schema is reported and never passes silently")
    func brokenSchema() throws {
        let spec = """
            openapi: 3.1.0
            info: { title: Books, version: '1' }
            paths:
              /books:
                get:
                  operationId: listBooks
                  responses:
                    '200':
                      description: all
                      headers: { X-Page: { schema: { pattern: '(' } } }
                      content:
                        application/json:
                          schema: { type: array, items: { pattern: '(' } }
            """
        let bench = try Bench(spec: spec, tables: [("t.csv", "scenario,step,call\nall,list,listBooks\n")])
        let verdict = try bench.verdict(.answer(200, "[]", [("content-type", "application/json"), ("x-page", "1")]))
        #expect(verdict.errors == ["document.schema", "document.schema"])
        #expect(verdict.allFindings.map(\.blame) == [.document, .document])
        #expect(
            verdict.told.map { $0.prefix(52) } == [
                "document.schema @body parcels.yaml:13:47 t.csv:2:1\nt",
                "document.schema @header X-Page parcels.yaml:10:42 t.",
            ])
        #expect(Set(verdict.allFindings.map(\.fingerprint)).count == 2)
    }

    @Test("a mistake of the document is reported once, and every other keyword is applied")
    func mistakeOnce() throws {
        let spec = """
            openapi: 3.1.0
            info: { title: Books, version: '1' }
            paths:
              /books:
                get:
                  operationId: listBooks
                  responses:
                    '200':
                      description: all
                      content:
                        application/json:
                          schema:
                            type: array
                            items: { type: string, pattern: '(', maxLength: 3, format: moon }
            """
        let table = "scenario,step,call\na,one,listBooks\nb,two,listBooks\n"
        let bench = try Bench(spec: spec, tables: [("t.csv", table)])
        let json = [("content-type", "application/json")]
        let verdict = try bench.verdict([
            "one": [.answer(200, #"["abc"]"#, json)], "two": [.answer(200, #"["abcd"]"#, json)],
        ])
        #expect(verdict.errors == ["document.schema", "body.maxLength"])
        #expect(verdict.allFindings.map(\.blame) == [.document, .server])
    }

    @Test("a check of some element takes time in proportion to the list")
    func someElement() throws {
        var times: [Duration] = []
        for count in [4_000, 16_000] {
            let table = "scenario,step,call,check\na,one,listBooks,$[?]=nothing\n"
            let spec = """
                openapi: 3.1.0
                info: { title: Books, version: '1' }
                paths:
                  /books:
                    get:
                      operationId: listBooks
                      responses:
                        '200':
                          description: all
                          content: { application/json: { schema: { type: array, items: { type: string } } } }
                """
            let bench = try Bench(spec: spec, tables: [("t.csv", table)])
            let body = "[" + (0..<count).map { "\"e\($0)\"" }.joined(separator: ",") + "]"
            let answer = ExchangeOutcome.answer(200, body, [("content-type", "application/json")])
            let time = try (0..<3).map { _ in
                try ContinuousClock().measure {
                    let errors = try bench.verdict(answer).errors
                    #expect(errors == ["check"])
                }
            }.min()
            times.append(try #require(time))
        }
        #expect(times[1] < max(times[0], .milliseconds(10)) * 12, "\(times)")
    }

    @Test("a strict policy makes undeclared members and headers errors")
    func strict() throws {
        var bench = try Bench(tables: [("t.csv", Self.fetch)])
        var sent = Parcels.Sent()
        sent.replace(#""rank": 7"#, #""rank": 7, "colour": "red""#)
        let answer = ExchangeOutcome.answer(
            200, sent.body, [("content-type", "application/json"), ("x-shade", "dark")])
        #expect(try bench.verdict(answer).allFindings.map(\.severity) == [.warning, .warning])
        bench.policy.isStrict = true
        #expect(try bench.verdict(answer).errors == ["body.undeclared", "header.undeclared"])
    }
}
