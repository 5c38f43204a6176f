import Testing

/// Which plain values a check can have, by the schema of the response: a value that no response can have is an error for
/// `=`, and a warning for `!=`, which always passes.
@Suite("Checks typed by the contract") struct TypedCheckTests {
    /// The first problem of a check of the member `x`; `nil` if the check is valid.
    private func problem(_ schema: String, _ check: String) throws -> String? {
        let operation = OneOperation(response: "{type: object, properties: {x: \(schema), y: {type: string}}}")
        let problems = try operation.problems("scenario,step,call,check\ns,a,act,\"\(check)\"\n")
        #expect(problems.count < 2, "\(problems)")
        return problems.first.map { String($0.prefix { $0 != "|" }).trimmingSuffix() }
    }

    @Test(
        "a value that some conforming response has is valid",
        arguments: [
            ("{type: string}", "x=7"), ("{type: string}", "x='7'"), ("{type: string}", "x=true"),
            ("{type: string}", "x=null"), ("{type: integer}", "x=7"), ("{type: integer}", "x=7.0"),
            ("{type: integer}", "x=7e2"), ("{type: number}", "x=0.10"), ("{type: boolean}", "x=true"),
            ("{type: [string, 'null']}", "x=null"), ("{type: [integer, 'null']}", "x=null"),
            ("{type: 'null'}", "x=null"), ("{}", "x=anything"), ("{enum: [1, two]}", "x=1"),
            ("{enum: [1, two]}", "x=two"), ("{const: A}", "x=A"), ("{type: array, items: {}}", "x:=[]"),
            ("{type: object}", "x:={}"), ("{type: string, format: date}", "x=2026-02-28"),
            ("{type: integer, maximum: 9}", "x={{env.HOME_SHELF}}"),
        ])
    func valid(schema: String, check: String) throws {
        #expect(try problem(schema, check) == nil)
    }

    @Test(
        "where the contract allows several types, plain text is read as each of them",
        arguments: [
            "{oneOf: [{type: string, format: uuid}, {type: integer}]}",
            "{anyOf: [{type: string, minLength: 30}, {type: integer, minimum: 5}]}",
            "{type: [string, integer], minLength: 30}",
            "{type: [string, number, 'null'], pattern: '^a'}",
        ])
    func severalTypes(schema: String) throws {
        #expect(try problem(schema, "x=7") == nil)
        // Text in quotes is a string, and no string like that satisfies the contract.
        #expect(try problem(schema, "x='7'")?.hasPrefix("2:12 'x'") == true)
        #expect(try problem(schema, "x=seven")?.hasPrefix("2:12 'x'") == true)
    }

    @Test("the boolean of several types is read in lower case only")
    func booleans() throws {
        let schema = "{oneOf: [{type: string, format: uuid}, {type: boolean}]}"
        #expect(try problem(schema, "x=true") == nil)
        #expect(try problem(schema, "x=false") == nil)
        #expect(
            try problem(schema, "x=True")?.contains("no response that satisfies the contract has this value") == true)
    }

    @Test(
        "a value that no conforming response has is an error, and a warning for `!=`",
        arguments: [
            ("{type: integer}", "seven", "'x': 'seven' is text, but the schema allows integer"),
            ("{type: boolean}", "yes", "'x': 'yes' is text, but the schema allows boolean"),
            ("{type: [integer, boolean]}", "x", "'x': 'x' is text, but the schema allows boolean or integer"),
            (
                "{type: array, items: {}}", "a",
                "'x': 'a' is text, but the schema allows array; write it as JSON after `:=`"
            ),
            ("{type: integer}", "'7'", "'x': '7' is a quoted string, but the schema allows integer"),
        ])
    func mistyped(schema: String, value: String, message: String) throws {
        #expect(try problem(schema, "x=\(value)") == "2:12 \(message)")
        #expect(try problem(schema, "x!=\(value)") == "2:13 warning: \(message)")
    }

    @Test(
        "a value that violates a keyword is reported with the keyword's message",
        arguments: [
            ("{type: integer, maximum: 9}", "x=10", "2:12 'x': 10 is above the maximum 9"),
            ("{type: string, maxLength: 2}", "x=abc", "2:12 'x' has 3 characters, but at most 2 are allowed"),
            ("{const: A}", "x=B", "2:12 'x': \"B\" is not the only allowed value \"A\""),
            ("{type: integer}", "x=1.5", "2:12 'x'"),
            ("{type: array, items: {type: integer}}", "x:=[true]", "2:13 'x', at '/0',"),
        ])
    func violated(schema: String, check: String, start: String) throws {
        let found = try #require(try problem(schema, check))
        #expect(found.hasPrefix(start), "\(found)")
        #expect(found.hasSuffix("; no response that satisfies the contract has this value"), "\(found)")
    }

    @Test("a value is possible if one of the documented responses can have it")
    func severalResponses() throws {
        let operation = OneOperation(
            response: "{type: object, properties: {x: {type: integer}}}",
            otherResponses:
                ", '202': {description: later, content: {application/json: {schema: {type: object, properties: {x: {type: boolean}}}}}}"
        )
        func problems(_ expect: String, _ check: String) throws -> [String] {
            try operation.problems("scenario,step,call,expect,check\ns,a,act,\(expect),\(check)\n")
        }
        #expect(try problems("200|202", "x=true") == [])
        #expect(try problems("2xx", "x=7") == [])
        #expect(try problems("200", "x=true") == ["2:15 'x': 'true' is text, but the schema allows integer"])
        #expect(try problems("202", "x=7") == ["2:15 'x': '7' is text, but the schema allows boolean"])
        // The documented 2xx are those of the operation.
        #expect(try problems("", "x=true") == [])
    }

    @Test(
        "an order needs a number or a time, and a status is a number or a class",
        arguments: [
            ("y<5", nil), ("y<2026-02-28T00:00:00Z", nil), ("time<0.5", nil), ("status<300", nil), ("status=4xx", nil),
            ("status=2XX", nil), ("status!=404", nil),
            ("y>=soon", "2:12 'soon' is neither a number nor a time, so `>=` cannot compare it"),
            (
                "time<=2026-02-28T00:00:00Z",
                "2:15 '2026-02-28T00:00:00Z' is neither a number nor a time, so `<=` cannot compare it"
            ),
            ("status=ok", "2:16 'ok' is not a valid status"), ("status=600", "2:16 '600' is not a valid status"),
            ("status!=2x", "2:17 '2x' is not a valid status"),
        ] as [(String, String?)])
    func orders(check: String, message: String?) throws {
        let operation = OneOperation(response: "{type: object, properties: {y: {type: string}}}")
        let found = try operation.problems("scenario,step,call,check\ns,a,act,\(check)\n")
        #expect(found.first.map { String($0.prefix { $0 != "|" }).trimmingSuffix() } == message)
    }

    @Test("a matcher for a schema must name one of the contract, and the help lists them")
    func schemas() throws {
        let found = Library.problems("step,call,set,check\na,getBook,book_id=x,$~schema:Nothing\n")
        #expect(
            found == [
                "2:23 the contract '1' has no schema 'Nothing' | its schemas are Genre, NewBook, Book, Refusal"
            ])
    }
}

extension String {
    /// The text without the blank that precedes a help.
    fileprivate func trimmingSuffix() -> String { last == " " ? String(dropLast()) : self }
}
