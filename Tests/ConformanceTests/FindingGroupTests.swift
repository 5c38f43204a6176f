import Conformance
import Diagnostics
import Exchanges
import Testing

/// Groups of findings: what belongs together, and in which order.
@Suite("Groups of findings")
struct FindingGroupTests {
    private static let wrong = Parcels.parcel.replacing("2.5", with: "\"2.5\"")

    private static func bench(_ rows: [String], spec: String = Parcels.document) throws -> Bench {
        try Bench(
            spec: spec,
            tables: [("t.csv", (["scenario,step,call,set,expect,check"] + rows).joined(separator: "\n") + "\n")])
    }

    /// `rule operation place: steps` for each group, with its number.
    private static func shown(_ verdict: Verdict) -> [String] {
        verdict.groups.map { group in
            let place = group.first.response?.description ?? "-"
            let steps = group.steps.map { verdict.step(at: $0) }.map { "\($0.scenario.name)/\($0.step.name)" }
            let head =
                "\(group.number.map(String.init) ?? "-") \(group.first.rule) \(group.first.operation ?? "-") \(place)"
            return head + (steps.isEmpty ? "" : ": " + steps.joined(separator: " "))
        }
    }

    @Test("findings of equal rule, operation and place are one group over the steps of all scenarios")
    func equal() throws {
        let bench = try Self.bench([
            "one,fetch,fetchParcel,id=P-1,200,", "two,fetch,fetchParcel,id=P-1,200,",
            "three,send,sendParcel,weight=1,201,",
        ])
        let verdict = try bench.verdict([
            "fetch": [.answer(200, Self.wrong)], "send": [.answer(201, Self.wrong, Parcels.headers)],
        ])
        #expect(
            Self.shown(verdict) == [
                "1 body.type fetchParcel /weight: one/fetch two/fetch", "2 body.type sendParcel /weight: three/send",
            ])
        #expect(verdict.groups[0].members.count == 2)
    }

    @Test("rows with other expectations at the same place belong to one group")
    func checks() throws {
        let bench = try Self.bench([
            "one,fetch,fetchParcel,id=P-1,200,state=sent", "two,fetch,fetchParcel,id=P-1,200,state=lost; weight=3",
        ])
        let verdict = try bench.verdict(["fetch": [.answer(200, Parcels.parcel)]])
        #expect(
            Self.shown(verdict) == [
                "1 check fetchParcel /state: one/fetch two/fetch", "2 check fetchParcel /weight: two/fetch",
            ])
    }

    @Test("errors come first, and only they have numbers; each severity keeps the order of the run")
    func order() throws {
        let bench = try Self.bench(["one,fetch,fetchParcel,id=P-1,200,", "two,again,fetchParcel,id=P-1,200,"])
        let odd = Parcels.parcel.replacing("\"rank\": 7", with: "\"odd\": 7")
        let verdict = try bench.verdict([
            "fetch": [.answer(200, odd)], "again": [.answer(200, odd.replacing("packed", with: "gone"))],
        ])
        #expect(
            Self.shown(verdict) == [
                "1 body.enum fetchParcel /state: two/again", "- body.undeclared fetchParcel /odd: one/fetch two/again",
            ])
    }

    @Test("a failure of the connection is one group for all operations")
    func transport() throws {
        let bench = try Self.bench(["one,fetch,fetchParcel,id=P-1,200,", "two,drop,dropParcel,id=P-1,204,"])
        let reset = ExchangeOutcome.fault(.reset, "the connection was reset")
        let verdict = try bench.verdict(["fetch": [reset], "drop": [reset]])
        #expect(Self.shown(verdict) == ["1 transport.reset fetchParcel -: one/fetch two/drop"])
    }

    @Test("the document is blamed once for a schema that several operations use")
    func document() throws {
        // The example of the schema violates the same keyword at the same place.
        let spec = Parcels.document.replacing(
            "      required: [id, weight, state]\n",
            with: "      required: [id, weight, state]\n      example: \(Self.example)\n")
        let bench = try Self.bench(
            ["one,fetch,fetchParcel,id=P-1,200,", "two,send,sendParcel,weight=1,201,"], spec: spec)
        let verdict = try bench.verdict([
            "fetch": [.answer(200, Self.wrong)], "send": [.answer(201, Self.wrong, Parcels.headers)],
        ])
        #expect(Self.shown(verdict) == ["1 body.type fetchParcel /weight: one/fetch two/send"])
        #expect(verdict.groups[0].first.blame == .document)
    }

    private static let example = "{ id: P-1, weight: '2.5', state: packed }"

    @Test("laws at one place are separate groups")
    func laws() throws {
        let bench = try Bench(tables: [
            ("t.csv", "scenario,step,call,set,expect\none,fetch,fetchParcel,id=P-1,200\n"),
            ("laws.csv", "law,when,check\nfirst,status=200,weight=1\nsecond,status=200,weight>100\n"),
        ])
        let verdict = try bench.verdict(["fetch": [.answer(200, Parcels.parcel)]])
        #expect(verdict.groups.filter { $0.number != nil }.count == 2)
    }
}
