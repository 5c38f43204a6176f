import Conformance
import Diagnostics
import Exchanges
import Primitives
import Testing

/// Which findings an entry of a baseline accepts, and what happens to the verdict.
@Suite("Accepted findings")
struct AcceptedFindingTests {
    private static let table = "scenario,step,call,set,expect,check\ns,create,sendParcel,weight=2.5,201,state=sent\n"

    /// A verdict with a finding about a body, a header, the status of a check, and a warning.
    private static func broken() throws -> Verdict {
        let bench = try Bench(tables: [("t.csv", table)])
        var sent = Parcels.Sent()
        sent.replace("2.5", #""2.5""#)
        sent.set("X-Left", "61")
        sent.replace(#""rank": 7"#, #""rank": 7, "colour": "red""#)
        return try bench.verdict(.answer(sent.status, sent.body, sent.headers))
    }

    private static func entry(
        _ rule: String, fingerprint: String? = nil, operation: String? = nil, at: String? = nil,
        until: String = "2026-12-31", line: Int = 3
    ) -> Baseline.Entry {
        Baseline.Entry(
            rule: rule, fingerprint: fingerprint, operation: operation, at: at, reason: "known since May", until: until,
            location: SourceLocation(file: "baseline.yaml", line: line, column: 5))
    }

    private static func severities(_ entries: [Baseline.Entry], on day: String = "2026-06-01") throws -> [String] {
        try broken().accepting(Baseline(entries: entries), on: day, isWhole: false).allFindings
            .map { "\($0.rule) \($0.severity.rawValue)" }
    }

    private static let all = ["body.type error", "body.undeclared warning", "header.maximum error", "check error"]

    @Test("without entries, nothing is accepted")
    func none() throws {
        #expect(try Self.severities([]) == Self.all)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var entry: Baseline.Entry
        var accepted: [Int]
        var testDescription: String { "\(entry.rule) \(entry.operation ?? "") \(entry.at ?? "")" }

        init(_ entry: Baseline.Entry, _ accepted: Int...) {
            (self.entry, self.accepted) = (entry, accepted)
        }
    }

    @Test(
        "an entry accepts findings of its rule, at its operation and place",
        arguments: [
            Case(entry("body.type"), 0), Case(entry("body.type", operation: "sendParcel"), 0),
            Case(entry("body.type", operation: "fetchParcel")), Case(entry("body.type", at: "/weight"), 0),
            Case(entry("body.type", at: "/weigh")), Case(entry("body.type", at: "weight")),
            Case(entry("body.type", operation: "sendParcel", at: "/weight"), 0), Case(entry("body.Type")),
            Case(entry("header.maximum", at: "header.X-Left"), 2), Case(entry("header.maximum", at: "header X-Left")),
            Case(entry("check", at: "/state"), 3), Case(entry("check", at: "status")),
            Case(entry("body.undeclared"), 1),
            Case(entry("body.*")), Case(entry("")), Case(entry("body.type", fingerprint: "0000000000000000")),
        ])
    func fits(one: Case) throws {
        let expected = Self.all.enumerated().map { index, text in
            one.accepted.contains(index) ? text.split(separator: " ")[0] + " note" : text
        }
        #expect(try Self.severities([one.entry]) == expected)
    }

    @Test("a fingerprint accepts one finding")
    func fingerprint() throws {
        let findings = try Self.broken().allFindings
        for (index, finding) in findings.enumerated() {
            let entry = Self.entry(finding.rule, fingerprint: finding.fingerprint)
            #expect(findings.map { entry.accepts($0) } == findings.indices.map { $0 == index })
        }
    }

    @Test("a note needs no acceptance, so it uses no entry")
    func notes() throws {
        var finding = try #require(try Self.broken().allFindings.first)
        #expect(Self.entry("body.type").accepts(finding))
        finding.severity = .note
        #expect(!Self.entry("body.type").accepts(finding))
    }

    @Test(
        "an entry accepts up to its last day",
        arguments: [
            ("2026-06-01", "2026-06-01", true), ("2026-05-31", "2026-06-01", false), ("2026-06-02", "2026-06-01", true),
            ("2026-12-31", "2027-01-01", false), ("2027-01-01", "2026-12-31", true),
        ])
    func days(until: String, day: String, isAccepted: Bool) throws {
        let found = try Self.severities([Self.entry("body.type", until: until)], on: day)
        #expect(found.first == (isAccepted ? "body.type note" : "body.type error"))
        #expect(found.contains("baseline.expired error") == !isAccepted)
    }

    @Test("of two entries for one finding, one that has not expired accepts it, and the other is not reported")
    func twoEntries() throws {
        let old = Self.entry("body.type", until: "2020-01-01")
        let new = Self.entry("body.type", at: "/weight")
        for entries in [[old, new], [new, old]] {
            #expect(try Self.severities(entries).first == "body.type note")
            #expect(try Self.severities(entries).count == Self.all.count)
        }
    }

    @Test("an accepted finding says why and until when, and its step passes")
    func accepted() throws {
        let entries = ["body.type", "header.maximum", "check"].map { Self.entry($0) }
        let verdict = try Self.broken().accepting(Baseline(entries: entries), on: "2026-06-01", isWhole: true)
        #expect(!verdict.fails() && verdict.fails(at: .warning))
        #expect(verdict.outcomes == ["create passed"])
        let finding = try #require(verdict.allFindings.first)
        #expect(finding.details.last == "accepted until 2026-12-31: known since May")
        #expect(finding.accepted?.until == "2026-12-31")
        // The name of a finding does not depend on its acceptance.
        #expect(try finding.fingerprint == #require(try Self.broken().allFindings.first).fingerprint)
    }

    @Test("findings about entries are at their line, and name rule and place")
    func messages() throws {
        let stale = Self.entry("body.enum", operation: "sendParcel", at: "/state", line: 7)
        let expired = Self.entry("body.type", until: "2026-05-01", line: 9)
        let verdict = try Self.broken().accepting(Baseline(entries: [stale, expired]), on: "2026-06-01", isWhole: true)
        #expect(
            verdict.findings.map(\.told) == [
                "baseline.stale (warning) baseline.yaml:7:5\n"
                    + "baseline entry for `body.enum` at sendParcel /state: no longer found; remove the entry",
                "baseline.expired baseline.yaml:9:5\n"
                    + "baseline entry for `body.type`: accepted until 2026-05-01, but still found: known since May",
            ])
    }

    // MARK: Masking

    @Test("secrets are masked in every part of a finding, and then have no influence on its name")
    func masked() throws {
        func verdict(_ secret: String) throws -> Verdict {
            let bench = try Bench(tables: [("t.csv", Self.table)])
            var sent = Parcels.Sent()
            sent.replace("packed", secret)
            sent.replace(#""rank": 7"#, #""rank": 7, "\#(secret)": "\#(secret)""#)
            sent.headers.append(("x-\(secret)", secret))
            return try bench.verdict(.answer(201, sent.body, sent.headers))
                .masked(by: Redactor(secrets: [(name: "TOKEN", value: secret)]))
        }
        let one = try verdict("canary-one-secret")
        let other = try verdict("canary-other-secret")
        #expect(one.allFindings.count == 3)
        for finding in one.allFindings {
            #expect(!finding.told.contains("canary"), "\(finding.told)")
            #expect(!(finding.clause ?? "").contains("canary"))
        }
        #expect(one.allFindings.map(\.fingerprint) == other.allFindings.map(\.fingerprint))
    }
}
