import Conformance
import Exchanges
import Scenarios
import TestKit
import Testing

/// Properties of the judgement of equal requests at once, over random combinations of responses
/// (draft-ietf-httpapi-idempotency-key-header, section 2.6).
@Suite("Combinations of responses at once")
struct BurstCombinationTests {
    private static let document = """
        openapi: 3.0.3
        info: { title: Payments, version: '1' }
        paths:
          /payments:
            post:
              operationId: pay
              requestBody: { content: { application/json: { schema: { type: object, properties: { id: { type: string } } } } } }
              responses:
                '201': { description: ok, content: { application/json: { schema: { type: object } } } }
                '4XX': { description: refused }
                '500': { description: failed }
        """

    /// One response: its kind by a letter.
    enum Reply: Character, CaseIterable {
        /// The response of the effect, the same each time.
        case effect = "e"
        /// Another effect.
        case other = "o"
        /// A promised rejection.
        case conflict = "c"
        /// A rejection that is not promised.
        case forbidden = "f"
        /// Too many requests.
        case limited = "l"
        /// A failure of the server.
        case failed = "s"
        /// No response.
        case lost = "x"

        var outcome: ExchangeOutcome {
            switch self {
            case .effect: .answer(201, #"{"id":"P-1","n":1}"#)
            case .other: .answer(201, #"{"id":"P-1","n":2}"#)
            case .conflict: .answer(409, "", [])
            case .forbidden: .answer(404, "", [])
            case .limited: .answer(429, "", [])
            case .failed: .answer(500, "", [])
            case .lost: .fault(.reset, "closed")
            }
        }
    }

    private static func verdict(_ replies: [Reply]) throws -> Verdict {
        var bench = try Bench(
            spec: document,
            tables: [("t.csv", "scenario,step,call,set,expect,opts\ns,pay,pay,id=P-1,201,burst=\(replies.count)\n")])
        bench.policy.promises = Promises(resources: [
            ResourcePromise(name: "payment", id: "id", create: ["pay"], oneEffect: OneEffectPromise())
        ])
        return try bench.verdict(["pay": replies.map(\.outcome)])
    }

    private static func rules(_ text: String) throws -> Set<String> {
        try Set(verdict(text.compactMap { Reply(rawValue: $0) }).errors)
    }

    @Test(
        "each kind of response next to the effect",
        arguments: [
            ("ee", [String]()), ("ec", []), ("el", []), ("ecl", []), ("eo", ["race.effects"]), ("ef", ["race.refused"]),
            ("es", ["race.failed"]), ("ex", ["transport.reset"]), ("eof", ["race.effects", "race.refused"]),
            ("esf", ["race.failed", "race.refused"]), ("cc", ["race.no-effect"]), ("cl", ["race.no-effect"]),
            ("ll", ["status.unexpected"]), ("ss", ["race.failed"]), ("cs", ["race.failed"]),
            ("xc", ["transport.reset"]),
            ("ff", ["race.no-effect", "race.refused"]),
        ])
    func kinds(replies: String, rules: [String]) throws {
        #expect(try Self.rules(replies) == Set(rules))
    }

    @Test("the verdict does not depend on the order of the responses")
    func order() throws {
        var numbers = SplitMix(seed: 7)
        for _ in 0..<20 {
            let replies = (0..<Int.random(in: 2...5, using: &numbers)).map { _ in
                Reply.allCases.randomElement(using: &numbers) ?? .effect
            }
            let expected = try Set(Self.verdict(replies).errors)
            let shuffled = replies.shuffled(using: &numbers)
            #expect(try Set(Self.verdict(shuffled).errors) == expected, "\(replies) \(shuffled)")
        }
    }

    @Test("a burst passes if and only if one effect is repeated or the others are promised rejections")
    func rule() throws {
        var numbers = SplitMix(seed: 19)
        var seen: Set<Bool> = []
        for _ in 0..<30 {
            // Rare kinds would make almost every burst fail.
            let kinds: [Reply] = Bool.random(using: &numbers) ? [.effect, .conflict, .limited] : Reply.allCases
            let replies = (0..<Int.random(in: 2...4, using: &numbers)).map { _ in
                kinds.randomElement(using: &numbers) ?? .effect
            }
            let harmless = replies.allSatisfy { [.effect, .other, .conflict, .limited].contains($0) }
            let effects = Set(replies.filter { [.effect, .other].contains($0) })
            let expected = harmless && effects.count == 1
            seen.insert(expected)
            #expect(try Self.verdict(replies).errors.isEmpty == expected, "\(replies)")
        }
        #expect(seen.count == 2)
    }

    @Test("one more conflict never changes the verdict on a burst with an effect")
    func monotone() throws {
        for replies in ["ee", "eo", "ef", "es", "ex", "eof"] {
            #expect(try Self.rules(replies + "c") == Self.rules(replies), "\(replies)")
            #expect(try Self.rules(replies + "cl") == Self.rules(replies), "\(replies)")
        }
    }

    @Test("a finding counts the responses of its kind and names the effect")
    func messages() throws {
        func messages(_ text: String) throws -> [String] {
            try Self.verdict(text.compactMap { Reply(rawValue: $0) }).allFindings
                .filter { $0.rule.hasPrefix("race.") }.map { "\($0.message) | \($0.actual ?? "")" }
        }
        #expect(
            try messages("cefs") == [
                "the server failed for 1 of 4 equal requests at once; exchange 2 had the effect | 201 once, 404 once, "
                    + "409 once, 500 once",
                "1 of 4 equal requests at once received an unexpected rejection; exchange 2 had the effect | 201 once, "
                    + "404 once, 409 once, 500 once",
            ])
        #expect(try messages("ccl") == ["none of 3 equal requests at once was accepted | 409 2 times, 429 once"])
        #expect(
            try Self.verdict([.other, .effect, .effect]).allFindings.first?.details.last
                == "3 of 3 requests had an effect: exchanges 1, 2, 3")
    }
}
