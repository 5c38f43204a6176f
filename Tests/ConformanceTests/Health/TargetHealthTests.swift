import Conformance
import Exchanges
import Primitives
import Scenarios
import Testing

/// Ill targets, and broken contracts that look like them.
@Suite("Health of the target")
struct TargetHealthTests {
    /// The letters of the steps after those of ``HealthStory/healthy``.
    private static func letters(_ story: String, _ change: (inout HealthStory) -> Void = { _ in }) throws -> String {
        var made = HealthStory(HealthStory.healthy + story)
        change(&made)
        let letters = try made.letters()
        #expect(letters.hasPrefix("pppp"))
        return String(letters.dropFirst(4))
    }

    @Test(
        "failures of several operations in several scenarios without a healthy response between them are not judged",
        arguments: [
            ("a.fetch=503@10 b.list=503@11 c.fetch=503@12", "uuu"),
            ("a.fetch=429@10 b.list=429@11 c.fetch=503@12", "uuu"),
            ("a.fetch=503@10 b.list=503@11 c.fetch=503@12 d.fetch=ok@13", "uuup"),
            // One operation is enough without a connection: nothing was sent.
            ("a.fetch=refused@10 b.fetch=refused@11 c.fetch=refused@12", "uuu"),
            ("a.fetch=refused@10 a.list=refused@11 a.label=refused@12", "uuu"),
            // Four failures of three operations that work at other times, in three scenarios.
            ("a.fetch=500@10 b.list=500@11 c.label=500@12 a.fetch=500@13", "uuuu"),
            ("a.fetch=timeout@10+5 b.list=reset@15 c.label=502@16 a.fetch=504@17", "uuuu"),
            // A row that must be rejected is not evidence, and is hit as well.
            ("a.fetch=503@10 b.list=503@11 c.fetch=503@12 d.drop=503!@12", "uuuu"),
            // A response that was requested before the first failure does not end the period.
            ("a.fetch=503@10 d.label=ok@9+2.5 b.list=503@11 c.fetch=503@12", "upuu"),
            // Slow failures follow each other, however long each of them takes.
            ("a.fetch=503@10+50 b.list=503@70+50 c.fetch=503@130+50", "uuu"),
        ])
    func ill(story: String, expected: String) throws {
        #expect(try Self.letters(story) == expected)
    }

    @Test(
        "any other failure stays a failure of its row",
        arguments: [
            // Too few.
            ("a.fetch=503@10 b.list=503@11", "ff"),
            ("a.fetch=refused@10 b.list=refused@11", "ff"),
            // One operation that always fails, with or without healthy responses between.
            ("a.fetch=503@10 b.fetch=503@11 c.fetch=503@12 d.fetch=503@13", "ffff"),
            ("a.fetch=500@10 b.list=ok@11 c.fetch=500@12 d.label=ok@13 e.fetch=500@14", "fpfpf"),
            // Three failures that a single request can cause, and one request less than that.
            ("a.fetch=500@10 b.list=500@11 c.label=500@12", "fff"),
            ("a.fetch=timeout@10 b.list=reset@12 c.label=500@13", "fff"),
            // Two operations.
            ("a.fetch=500@10 b.list=500@11 c.fetch=500@12 d.list=500@13", "ffff"),
            // One scenario: its steps share values.
            ("a.fetch=503@10 a.list=503@11 a.label=503@12 a.fetch=503@13", "ffff"),
            ("a.fetch=500@10 a.list=500@11 b.label=500@12 b.fetch=500@13", "ffff"),
            // Requests that must be rejected, and that make the server fail.
            ("a.fetch=500!@10 b.list=500!@11 c.drop=500!@12 d.fetch=500!@13", "ffff"),
            // A healthy response in between.
            ("a.fetch=503@10 b.list=503@11 d.label=ok@12 c.fetch=503@13", "ffpf"),
            ("a.fetch=500@10 b.list=500@11 x.list=ok@12 c.label=500@13 a.fetch=500@14", "ffpff"),
            // A response that is not HTTP, or a certificate, is no sign of illness.
            ("a.fetch=tls@10 b.list=tls@11 c.fetch=tls@12", "fff"),
            ("a.fetch=503@10 b.list=503@11 d.label=tls@12 c.fetch=503@13", "ffff"),
            // More than a minute between two failures.
            ("a.fetch=503@10 b.list=503@72 c.fetch=503@134", "fff"),
            // The rows expect the status.
            ("a.list=503?503@10 b.list=503?503@11 c.fetch=503@12 d.list=503@13", "ppff"),
        ])
    func broken(story: String, expected: String) throws {
        #expect(try Self.letters(story) == expected)
    }

    @Test("operations that never work stay failures, unless the whole target was never healthy")
    func never() throws {
        // Three operations that are broken, and one that works.
        let broken = "h.drop=ok@0 a.fetch=500@10 b.list=500@11 c.label=500@12 a.fetch=500@13"
        #expect(try HealthStory(broken).letters() == "pffff")
        #expect(try HealthStory("h.drop=ok@0 a.fetch=503@10 b.list=503@11 c.label=503@12").letters() == "pfff")
        // A gateway in front of nothing.
        #expect(try HealthStory("a.fetch=502@1 b.list=503@2 c.fetch=504@3").letters() == "uuu")
        #expect(try HealthStory("a.fetch=502@1 b.fetch=502@2 c.fetch=502@3").letters() == "fff")
        // A server that runs, and always fails.
        #expect(try HealthStory("a.fetch=500@1 b.list=500@2 c.label=500@3 d.fetch=500@4").letters() == "ffff")
    }

    @Test("a status of 500 is not judged only if its operation works at other times")
    func unclear() throws {
        let story = "h.fetch=ok@0 i.list=ok@1 a.fetch=503@10 b.list=503@11 c.fetch=503@12 d.label=500@13 e.list=500@14"
        #expect(try HealthStory(story).letters() == "ppuuufu")
    }

    @Test("a 429 with a header of the promise is explained")
    func explained() throws {
        let story = "a.fetch=429left@10 b.list=429left@11 c.fetch=429left@12"
        #expect(try Self.letters(story) == "uuu")
        let explained = try Self.letters(story) { $0.promise = RateLimitPromise(remaining: "x-left") }
        #expect(explained == "fff")
    }

    @Test("the run's own mock is never ill")
    func mock() throws {
        let letters = try Self.letters("a.fetch=503@10 b.list=503@11 c.fetch=503@12") { $0.target = "mock" }
        #expect(letters == "fff")
    }

    @Test("later rows of a scenario are not judged if a request that changes something was hit")
    func later() throws {
        let outage = "a.drop=503@10 b.list=503@11 c.list=503@12 d.drop=503@13 "
        #expect(try Self.letters(outage + "a.fetch=ok?404@20 b.fetch=ok?404@21") == "uuuuuf")
        // A wrong body is a finding wherever it is.
        let wrong = "a.list=200@20"
        #expect(try Self.letters(outage + wrong) == "uuuuf")
    }

    @Test("scenarios that are run again fail closely after each other, and are not evidence")
    func reruns() throws {
        // Each failed alone, between healthy responses, and again when only the failed ones were run.
        let first =
            "a.fetch=500@10* b.list=500@12* c.label=500@14* d.drop=500@16* y.list=ok@11 z.list=ok@13 x.list=ok@15 "
            + "w.list=ok@17 "
        let again = "a.fetch=500@20 b.list=500@21 c.label=500@22 d.drop=500@23"
        #expect(try Self.letters(first + again) == "ppppffff")
        // The target was ill in the first run and still is.
        let outage = "a.fetch=500@10* b.list=500@12* c.label=500@14* d.drop=500@16* "
        #expect(try Self.letters(outage + again) == "uuuu")
        // It recovers during the new run.
        let recovery = "a.fetch=503@10* b.list=503@11* c.fetch=503@12* a.fetch=503@13 b.list=ok@14 c.fetch=ok@15"
        #expect(try Self.letters(recovery) == "upp")
    }

    @Test("a step with a finding of its own stays failed, even if its last request was hit")
    func ownFinding() throws {
        let story = HealthStory.healthy + "a.fetch=503@10 b.list=503@11 c.fetch=503@12"
        func result(_ body: String) throws -> (Outcome?, unjudged: Int?) {
            var (bench, journal) = try HealthStory(story).run()
            let index = try #require(journal.exchanges.firstIndex { $0.step == "fetch-a-0" })
            var earlier = journal.exchanges[index]
            journal.exchanges[index].attempt = 2
            earlier.sequence = 100
            earlier.outcome = .answer(200, body)
            earlier.startedAt = Bench.header.startedAt.advanced(by: .seconds(5))
            journal.exchanges.insert(earlier, at: index)
            bench.policy = Policy()
            let verdict = Judge(plan: bench.plan, contracts: bench.contracts).verdict(journal)
            let step = verdict.scenarios.flatMap(\.steps).first { $0.name == "fetch-a-0" }
            return (step?.outcome, verdict.illness?.unjudged)
        }
        #expect(try result(Parcels.parcel) == (.notRun, 3))
        #expect(try result("[]") == (.failed, 2))
    }

    @Test("a step that passes when its scenario is run again is flaky")
    func flaky() throws {
        let story = HealthStory(HealthStory.healthy + "a.fetch=503@10* a.list=ok@11* a.fetch=ok@20 a.list=ok@21")
        let verdict = try story.verdict().verdict
        let notes = verdict.allFindings.map { "\($0.step) \($0.rule): \($0.message)" }
        #expect(notes == ["fetch-a-0 flaky: passed when its scenario was run again, after status 503"])
        #expect(verdict.scenarios.flatMap(\.steps).filter(\.isFlaky).map(\.name) == ["fetch-a-0"])
        #expect(!verdict.fails())
        // A step that fails again is not.
        let again = HealthStory(HealthStory.healthy + "a.fetch=503@10* a.list=ok@11* a.fetch=503@20 a.list=ok@21")
        #expect(try again.verdict().verdict.allFindings.filter { $0.rule == "flaky" } == [])
    }

    @Test("only scenarios that the target may have failed are run again")
    func suspects() throws {
        let story = HealthStory(
            HealthStory.healthy
                + "a.fetch=503@10 b.list=ok@11 c.fetch=404@12 d.fetch=reset@13 e.list=503?503@14 g.label=500@16")
        let (bench, journal) = try story.run()
        let verdict = Judge(plan: bench.plan, contracts: bench.contracts).verdict(journal)
        #expect(verdict.suspects(in: bench.plan) == ["a", "d", "g"])
    }

    @Test("a period is one finding, with its times, operations and symptoms")
    func finding() throws {
        let verdict = try HealthStory(
            HealthStory.healthy + "a.fetch=503@10 b.list=503@11 c.fetch=429@12 d.fetch=ok@13"
        ).verdict().verdict
        #expect(
            verdict.findings.map { "\($0.rule) \($0.severity): \($0.message)" } == [
                "target.ill warning: the target was ill from 2026-01-01T00:00:10Z to 2026-01-01T00:00:13Z: 3 requests of "
                    + "2 operations failed (status 503: 2, status 429: 1); 3 steps of the run were not judged"
            ])
        let illness = try #require(verdict.illness)
        #expect(illness.unjudged == 3 && illness.steps == 8)
        #expect(illness.periods.map(\.operations) == [["fetchParcel", "listDepots"]])
        #expect(verdict.scenarios.indices.filter(verdict.isLeftByIllness).count == 3)
    }
}
