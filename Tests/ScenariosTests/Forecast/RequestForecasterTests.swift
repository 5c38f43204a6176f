import Diagnostics
import JSONDocument
import OpenAPI
import Testing

@testable import Scenarios

@Suite("Forecasts of requests") struct RequestForecasterTests {
    private static let old = OneOperation(
        parameters: "{name: q, in: query, schema: {type: string}}, {name: X-A, in: header, schema: {type: string}}",
        request: "{type: object, properties: {n: {type: string}, m: {type: string}}}",
        response: "{type: object, properties: {id: {type: string}}}")

    /// The issues of the steps of a table with another contract, by step: `place keyword`, and whether they are complete.
    private static func issues(_ table: String, with new: OneOperation) throws -> [String: String] {
        let (plan, problems) = try old.plan(table)
        #expect(!problems.contains { $0.severity == .error }, "\(problems.map(Library.text))")
        let target = try #require(try new.contracts.defaultContract)
        var forecaster = RequestForecaster(Library.settings())
        let requests = forecaster.requests(of: try #require(plan.scenarios.first)) { step in
            step.call.operation.flatMap { target.operation($0.name) }.map { ($0, target) }
        }
        return requests.mapValues { request in
            (request.issues.map { "\($0.place) \($0.keyword)" } + [request.isComplete ? "complete" : "open"]).joined(
                separator: ", ")
        }
    }

    private static func new(_ change: (inout OneOperation) -> Void) -> OneOperation {
        var other = old
        change(&other)
        return other
    }

    @Test("a request that fits both contracts has no issues")
    func same() throws {
        #expect(try Self.issues("step,call,set\na,act,n=1; q=2\nw,wait 1s,\n", with: Self.old) == ["a": "complete"])
    }

    @Test("values are typed by the other contract")
    func typed() throws {
        let new = Self.new { $0.request = "{type: object, properties: {n: {type: integer}, m: {type: string}}}" }
        let found = try Self.issues("step,call,set\na,act,n=7\nb,act,n='7'\nc,act,n=seven\nd,act,m=seven\n", with: new)
        #expect(found["a"] == "complete" && found["d"] == "complete")
        #expect(found["b"] == "body/n type, complete" && found["c"] == "body/n type, complete")
    }

    @Test("a new required parameter or member is an issue of every row that lacks it, unless it has a default")
    func required() throws {
        let new = Self.new {
            $0.parameters =
                "{name: q, in: query, required: true, schema: {type: string}}, {name: X-A, in: header, required: true, schema: {type: string, default: z}}"
            $0.request = "{type: object, required: [n], properties: {n: {type: string}, m: {type: string}}}"
        }
        let found = try Self.issues(
            "step,call,set\na,act,n=1; q=2\nb,act,m=1\nc,act,m=1; !header.X-A; q=1\n", with: new)
        #expect(found["a"] == "complete")
        #expect(found["b"]?.contains("query.q required") == true && found["b"]?.contains("body required") == true)
        #expect(found["c"]?.contains("header.X-A") == false)
    }

    @Test("a value that only a run knows leaves its own place open, and the rest is judged")
    func open() throws {
        let new = Self.new { $0.request = "{type: object, properties: {n: {type: integer}, m: {type: integer}}}" }
        let found = try Self.issues(
            """
            step,call,set
            a,act,n=1
            b,act,n={{a.id}}
            c,act,n={{a.id}}; m=x
            d,act,q={{a.id}}; header.x-a={{a.id}}
            """, with: new)
        #expect(found["b"] == "open")
        #expect(found["c"] == "body/m type, open")
        #expect(found["d"] == "open")
    }

    @Test("a body that repeats another step's is judged as that one, with its open places")
    func repeated() throws {
        let new = Self.new { $0.request = "{type: object, properties: {n: {type: integer}, m: {type: integer}}}" }
        let found = try Self.issues(
            "step,call,set,body\na,act,n=x,\nb,act,,as a\nc,act,n=1,as a\nd,act,n={{a.id}},\ne,act,m=y,as d\n",
            with: new)
        #expect(found["a"] == "body/n type, complete" && found["b"] == "body/n type, complete")
        #expect(found["c"] == "complete")
        #expect(found["e"] == "body/m type, open")
    }

    @Test("parameters that a row sends are found by place and name; header names ignore case")
    func parameters() throws {
        let (plan, _) = try Self.old.plan(
            "step,call,set\na,act,n=1; q=2; header.x-a=3; query.other=4; cookie.c=5\nb,act,!header.x-a\n")
        let contract = try #require(try Self.old.contracts.defaultContract)
        var forecaster = RequestForecaster(Library.settings())
        let requests = forecaster.requests(of: plan.scenarios[0]) { _ in (contract.operations[0], contract) }
        let first = try #require(requests["a"])
        for (name, place) in [
            ("q", "query"), ("X-A", "header"), ("x-a", "header"), ("other", "query"), ("c", "cookie"),
        ] {
            #expect(first.sends(parameter: name, in: place), "\(name)")
        }
        for (name, place) in [("Q", "query"), ("q", "header"), ("n", "query"), ("x", "path")] {
            #expect(!first.sends(parameter: name, in: place), "\(name)")
        }
        #expect(requests["b"]?.sends(parameter: "x-a", in: "header") == false)
        #expect(first.body?.text == #"{"n":"1"}"# && first.step.name == "a")
    }

    @Test("steps without an operation of the other contract are left out")
    func leftOut() throws {
        let (plan, _) = try Self.old.plan(
            "step,call,set,expect,opts\na,act,n=1,,\nb,DELETE /nothing,,404,invalid\nc,clock +1d,,,\n")
        var forecaster = RequestForecaster(Library.settings())
        #expect(forecaster.requests(of: plan.scenarios[0]) { _ in nil }.isEmpty)
    }
}
