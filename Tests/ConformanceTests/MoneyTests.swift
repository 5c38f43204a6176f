import Conformance
import Diagnostics
import Exchanges
import Scenarios
import Testing

/// Amounts: their decimals, the values that were sent, and sums.
@Suite("Money") struct MoneyTests {
    private static let document = """
        openapi: 3.0.3
        info: { title: T, version: '1' }
        paths:
          /orders:
            post:
              operationId: add
              requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
              responses: &responses
                2XX: { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Any' } } } }
                4XX: { description: no, content: { application/json: { schema: { $ref: '#/components/schemas/Any' } } } }
            get: { operationId: list, responses: *responses }
          /orders/{id}:
            parameters: [&id { name: id, in: path, required: true, schema: { type: string } }]
            get: { operationId: get, responses: *responses }
            patch:
              operationId: edit
              requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
              responses: *responses
          /orders/{id}/cancel:
            parameters: [*id]
            post: { operationId: cancel, responses: *responses }
          /orders/{id}/refunds:
            parameters: [*id]
            post: { operationId: refund, responses: *responses }
        components:
          schemas:
            Order:
              type: object
              properties: { id: {}, amount: {}, tip: {}, currency: { type: string }, splits: { type: array, items: {} } }
            Any: {}
        """

    private static func path(_ text: String) throws -> MemberPath {
        try #require(MemberPath(ItemPath.parse(text)))
    }

    private static func group(
        _ amounts: [String] = ["amount"], _ currency: String? = "currency", isMinor: Bool = false,
        _ sums: [MoneySum] = []
    ) throws -> MoneyGroup {
        MoneyGroup(
            name: "order", amounts: try amounts.map(path), currency: try currency.map { CurrencySource(try path($0)) },
            isMinor: isMinor, sums: sums)
    }

    /// The verdict on a scenario whose rows (from `call` on) receive these statuses and bodies. A status of 0 is no
    /// response.
    private static func verdict(
        _ group: MoneyGroup, _ rows: [(String, Int, String)], except: [String] = []
    ) throws -> Verdict {
        let lines = rows.indices.map { "\($0 == 0 ? "s" : ""),s\($0),\(rows[$0].0)" }
        var bench = try Bench(
            spec: document,
            tables: [("t.csv", "scenario,step,call,set,expect\n" + lines.joined(separator: "\n") + "\n")])
        bench.policy.promises = Promises(
            resources: [
                ResourcePromise(
                    name: "order", id: "id", create: ["add"], fetch: ["get", "list", "edit", "cancel"], isCarried: true,
                    except: try except.map { try ItemPath.parse($0) })
            ])
        bench.policy.promises.money = [group]
        bench.policy.declaredPromises = [DeclaredPromise(.money("order"), at: nil)]
        var answers: [String: [ExchangeOutcome]] = [:]
        for (index, row) in rows.enumerated() {
            answers["s\(index)"] = [row.1 == 0 ? .fault(.timedOut, "no response") : .answer(row.1, row.2)]
        }
        return try bench.verdict(answers)
    }

    /// The rules and places of the findings, without the warning about groups that never applied.
    private static func found(
        _ group: MoneyGroup, _ rows: [(String, Int, String)], except: [String] = []
    ) throws -> [String] {
        try verdict(group, rows, except: except).allFindings.filter { $0.rule != "promise.never-applied" }
            .map { "\($0.rule) \($0.response?.description ?? "")" }
    }

    // MARK: Decimals

    @Test(
        "an amount has at most the decimals of its currency, whatever its spelling",
        arguments: [
            ("INR", "10.05", true), ("INR", "10.050", true), ("INR", "1005e-2", true), ("INR", "10.005", false),
            ("INR", "1005e-3", false), ("inr", "10.005", false), ("INR", #""10.05""#, true),
            ("INR", #""10.005""#, false),
            ("JPY", "10", true), ("JPY", "10.0", true), ("JPY", "10.5", false), ("BHD", "1.005", true),
            ("BHD", "1.0005", false), ("CLF", "1.0005", true), ("CLF", "1.00005", false), ("XAU", "1.00005", true),
            ("INR", "-0.001", false), ("INR", "0.000", true), ("INR", #""ten""#, true), ("INR", "null", true),
            // No double has these values.
            ("INR", "9007199254740993.01", true), ("INR", "9007199254740993.001", false), ("INR", "1e-400", false),
        ])
    func decimals(currency: String, amount: String, isRight: Bool) throws {
        let body = #"{"data":[{"amount":\#(amount),"currency":"\#(currency)"}]}"#
        let found = try Self.found(Self.group(), [("list,,200", 200, body)])
        #expect(found == (isRight ? [] : ["money.decimals /data/0/amount"]))
    }

    @Test("a finding names the allowed decimals and their source")
    func message() throws {
        func told(_ group: MoneyGroup, _ body: String) throws -> [String] {
            try Self.verdict(group, [("list,,200", 200, body)]).allFindings.map { finding in
                "\(finding.message): \(finding.expected ?? "") / \(finding.actual ?? "")"
            }
        }
        #expect(
            try told(Self.group(), #"{"amount":1.005,"currency":"INR"}"#) == [
                "the amount has more decimals than its currency allows: at most 2 decimals (INR, ISO 4217) / 1.005"
            ])
        #expect(
            try told(Self.group(["amount"], "JPY"), #"{"amount":1.5}"#) == [
                "the amount has more decimals than its currency allows: a whole number (JPY, ISO 4217) / 1.5"
            ])
        #expect(
            try told(Self.group(isMinor: true), #"{"amount":100.5,"currency":"INR"}"#) == [
                "the amount has more decimals than its currency allows: a whole number (minor units) / 100.5"
            ])
    }

    @Test("the currency is next to the amount, or in the nearest object around it")
    func currency() throws {
        let group = try Self.group(["amount", "fee.value"])
        let inner = #"{"currency":"INR","fee":{"value":1.5,"currency":"JPY"},"amount":1.5}"#
        #expect(try Self.found(group, [("list,,200", 200, inner)]) == ["money.decimals /fee/value"])
        let outer = #"{"currency":"JPY","parts":[{"amount":1},{"amount":1.5}]}"#
        #expect(try Self.found(group, [("list,,200", 200, outer)]) == ["money.decimals /parts/1/amount"])
        // A member of the same name elsewhere is no amount.
        let other = #"{"currency":"JPY","rate":{"value":1.5},"fees":[{"fee":[{"value":2.5}]}]}"#
        #expect(try Self.found(group, [("list,,200", 200, other)]) == ["money.decimals /fees/0/fee/0/value"])
        let nested = #"{"currency":"JPY","fee":[[{"value":1.5}]]}"#
        #expect(try Self.found(group, [("list,,200", 200, nested)]) == ["money.decimals /fee/0/0/value"])
        // Null says nothing, so the object around it decides.
        let null = #"{"currency":"JPY","fee":{"value":1.5,"currency":null}}"#
        #expect(try Self.found(group, [("list,,200", 200, null)]) == ["money.decimals /fee/value"])
    }

    @Test("an unknown currency is reported, once for each response")
    func unknownCurrency() throws {
        let body = #"[{"amount":1.005,"currency":"RUPEE"},{"amount":1.5,"currency":"RUPEE"}]"#
        let verdict = try Self.verdict(Self.group(), [("list,,200", 200, body)])
        #expect(
            verdict.told.first == """
                money.unjudged (warning) @/0/amount 1:12 t.csv:2:1
                ISO 4217 does not have the currency "RUPEE", so decimals were not judged
                """)
        #expect(verdict.allFindings.map(\.rule) == ["money.unjudged", "promise.never-applied"])
    }

    @Test("a group that judged no amount is reported")
    func neverApplied() throws {
        let rows = [("list,,200", 200, #"{"amount":1.005}"#)]
        #expect(
            try Self.verdict(Self.group(), rows).told == [
                "promise.never-applied (warning)\nthe promise `money.order` applied to no exchange: "
                    + "no response contained one of its amounts with a currency or a sum"
            ])
        #expect(try Self.verdict(Self.group(["amount"], "INR"), [("list,,200", 200, #"{"amount":1}"#)]).told == [])
    }

    // MARK: Amounts that were sent

    private static func order(_ amount: String) -> String { #"{"id":"k","amount":\#(amount),"currency":"XAU"}"# }

    @Test(
        "an amount is returned with the value that was sent",
        arguments: [
            ("4.35", "4.35", true), ("100", "100.00", true), ("100.10", "100.1", true), ("4.35", "4.34", false),
            ("1.005", "1.01", false), ("1.005", "1", false), ("0.3", "0.30000000000000004", false),
            ("2.04999", "2.05", false), ("4.35", #""4.35""#, true), ("4.35", #""4.34""#, false),
            ("123456789012345678", "123456789012345680", false), ("4.35", "null", true),
        ])
    func changed(sent: String, returned: String, isRight: Bool) throws {
        let rows = [
            ("add,body.id=k; body.amount:=\(sent),200", 200, Self.order(sent)),
            ("get,id=k,200", 200, Self.order(returned)),
            ("list,,200", 200, #"{"data":[\#(Self.order("7")),{"id":"z","amount":1}]}"#),
        ]
        let found = try Self.found(Self.group(), rows).filter { !$0.hasPrefix("state.") }
        #expect(found == (isRight ? [] : ["money.changed /amount"]) + ["money.changed /data/0/amount"])
    }

    @Test("the response to the creation is judged too, with one finding for one cause")
    func created() throws {
        let rows = [("add,body.id=k; body.amount:=1.005,200", 200, #"{"id":"k","amount":1.006,"currency":"INR"}"#)]
        let verdict = try Self.verdict(Self.group(), rows)
        #expect(verdict.allFindings.map(\.rule) == ["money.changed"])
        let finding = try #require(verdict.allFindings.first)
        #expect(finding.message == "the amount differs from the one that step 's0' sent")
        #expect(finding.expected == "1.005" && finding.actual == "1.006")
    }

    @Test("a resource that a wrongly accepted request created is not compared")
    func unexpected() throws {
        let rows = [
            ("add,body.id=k; body.amount:=4.35,200", 200, Self.order("4.35")),
            ("add,body.id=k; body.amount:=9,409", 200, Self.order("4.35")), ("get,id=k,200", 200, Self.order("4.35")),
        ]
        #expect(try !Self.found(Self.group(), rows).contains { $0.hasPrefix("money.") })
    }

    @Test("amounts that another request may have changed are not compared")
    func edited() throws {
        let add = ("add,body.id=k; body.amount:=4.35,200", 200, Self.order("4.35"))
        let get = ("get,id=k,200", 200, Self.order("5"))
        #expect(
            try Self.found(Self.group(), [add, ("cancel,id=k,200", 200, Self.order("5"))]) == ["money.changed /amount"])
        #expect(
            try Self.found(Self.group(), [add, ("cancel,id=k,200", 200, "{}"), get]) == ["money.changed /amount"])
        #expect(try Self.found(Self.group(), [add, ("edit,path.id=k; body.tip:=1,200", 200, "{}"), get]) == [])
        #expect(
            try Self.found(Self.group(), [add, ("edit,path.id=k; body.tip:=1,400", 400, "{}"), get]) == [
                "money.changed /amount"
            ])
        // A rejected creation stored nothing.
        let refused = ("add,body.id=k; body.amount:=9,409", 409, "{}")
        #expect(try Self.found(Self.group(), [add, refused, ("get,id=k,200", 200, Self.order("4.35"))]) == [])
        #expect(try Self.found(Self.group(), [add, get], except: ["amount"]) == [])
    }

    @Test(
        "a request that may have been processed may have changed the amounts",
        arguments: [(0, true), (500, true), (503, true), (404, false), (409, false)])
    func unsure(status: Int, isUnsure: Bool) throws {
        func found(_ call: String) throws -> [String] {
            let rows = [
                ("add,body.id=k; body.amount:=4.35,200", 200, Self.order("4.35")), ("\(call),2xx|4xx", status, "{}"),
                ("get,id=k,200", 200, Self.order("5")),
            ]
            return try Self.found(Self.group(), rows).filter { $0.hasPrefix("money.") }
        }
        #expect(try found("edit,path.id=k; body.tip:=1") == (isUnsure ? [] : ["money.changed /amount"]))
        // A request without a body contains no amount, and a read changes nothing.
        #expect(try found("cancel,id=k") == ["money.changed /amount"])
        #expect(try found("get,id=k") == ["money.changed /amount"])
    }

    // MARK: Sums

    @Test(
        "parts add up to their total, exactly",
        arguments: [
            ("0.3", "[0.1, 0.2]", []), ("0.3", "[0.1, 0.20000000000000001]", ["money.sum /amount"]),
            ("100.00", "[99.99]", ["money.sum /amount"]), ("100", #"["99.99", 0.01]"#, []),
            // A part without an amount, or no part at all: nothing is known about the sum.
            ("100", "[null, 10]", []), ("100", "[]", []), ("100", #"["half", 10]"#, []), ("null", "[10]", []),
        ])
    func total(whole: String, parts: String, expected: [String]) throws {
        let group = try Self.group(
            ["amount"], "XAU", [MoneySum(.total, Self.path("amount"), of: [Self.path("splits.part")])])
        let splits = parts.dropFirst().dropLast().split(separator: ", ").map { #"{"part":\#($0)}"# }
        let body = #"{"amount":\#(whole),"splits":[\#(splits.joined(separator: ","))]}"#
        #expect(try Self.found(group, [("list,,200", 200, body)]) == expected)
    }

    @Test(
        "parts are at most their limit together",
        arguments: [
            (#""captured":60,"voided":40"#, []), (#""captured":60,"voided":40.01"#, ["money.sum /0/authorised"]),
            (#""captured":100.01"#, ["money.sum /0/authorised"]), (#""captured":null"#, []), (#""voided":0"#, []),
        ])
    func limit(parts: String, expected: [String]) throws {
        let sum = try MoneySum(.limit, Self.path("authorised"), of: [Self.path("captured"), Self.path("voided")])
        let rows = [("list,,200", 200, #"[{"authorised":100,\#(parts)}]"#)]
        #expect(try Self.found(Self.group(["authorised"], "XAU", [sum]), rows) == expected)
    }

    @Test("the parts of several responses are at most their limit together")
    func across() throws {
        let across = try MoneySum.Across(
            each: Self.path("refund"), per: Self.path("id"), unless: (Self.path("status"), ["FAILED"]))
        let sum = try MoneySum(.limit, Self.path("amount"), of: [Self.path("returned")], across: across)
        let group = try Self.group(["amount", "returned"], "XAU", [sum])
        let add = ("add,body.id=k; body.amount:=100,200", 200, Self.order("100"))
        func refund(
            _ id: String, _ amount: String, _ status: String = "OK", named: Bool = true
        ) -> (String, Int, String) {
            let whole = named ? #""id":"k","# : ""
            return (
                "refund,id=k,200", 200, #"{\#(whole)"refund":"\#(id)","returned":\#(amount),"status":"\#(status)"}"#
            )
        }
        #expect(try Self.found(group, [add, refund("a", "60"), refund("b", "40")]) == [])
        let over = ["money.sum /returned"]
        #expect(try Self.found(group, [add, refund("a", "60"), refund("b", "40.01")]) == over)
        // The path names the whole if the response does not; one excess is reported once.
        let hidden = refund("b", "40.01", named: false)
        #expect(try Self.found(group, [add, refund("a", "60", named: false), hidden, hidden]) == over)
        // The same refund again is one refund, and one that failed does not count.
        #expect(try Self.found(group, [add, refund("a", "60"), refund("a", "60"), refund("b", "40")]) == [])
        #expect(try Self.found(group, [add, refund("a", "60", "FAILED"), refund("b", "100")]) == [])
        #expect(try Self.found(group, [add, refund("a", "60"), refund("a", "60", "FAILED"), refund("b", "100")]) == [])
        // Each kind of part counts.
        let fees = try MoneySum(
            .limit, Self.path("amount"), of: [Self.path("returned"), Self.path("fee")], across: across)
        let both = (
            "refund,id=k,200", 200, #"{"id":"k","refund":"a","returned":60,"fee":40.01,"status":"OK"}"#
        )
        #expect(try Self.found(Self.group(["amount", "returned"], "XAU", [fees]), [add, both]) == ["money.sum /fee"])
        // Without the whole, the limit is unknown.
        #expect(try Self.found(group, [refund("a", "60"), refund("b", "4000")]) == [])
    }

    @Test("a place with another finding is not judged")
    func broken() throws {
        let spec = Self.document.replacing("amount: {}", with: "amount: { type: integer }")
            .replacing("Any: {}", with: "Any: { $ref: '#/components/schemas/Order' }")
        var bench = try Bench(spec: spec, tables: [("t.csv", "scenario,step,call,set,expect\ns,a,list,,200\n")])
        bench.policy.promises.money = [try Self.group()]
        let verdict = try bench.verdict(["a": [.answer(200, #"{"amount":1.005,"currency":"INR"}"#)]])
        #expect(verdict.allFindings.map(\.rule) == ["body.type"])
    }

    @Test("a sum with a part that has another finding is not judged")
    func brokenPart() throws {
        let spec = Self.document.replacing("items: {}", with: "items: { properties: { part: { type: integer } } }")
            .replacing("Any: {}", with: "Any: { $ref: '#/components/schemas/Order' }")
        var bench = try Bench(spec: spec, tables: [("t.csv", "scenario,step,call,set,expect\ns,a,list,,200\n")])
        for kind in [MoneySum.Kind.total, .limit] {
            bench.policy.promises.money = [
                try Self.group(
                    ["amount"], "XAU", [MoneySum(kind, Self.path("amount"), of: [Self.path("splits.part")])])
            ]
            func rules(_ part: String) throws -> [String] {
                try bench.verdict(["a": [.answer(200, #"{"amount":3,"splits":[{"part":4},{"part":\#(part)}]}"#)]])
                    .allFindings.map(\.rule)
            }
            #expect(try rules("2") == ["money.sum"])
            #expect(try rules("2.5") == ["body.type"])
        }
    }
}
