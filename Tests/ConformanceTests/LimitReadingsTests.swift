import Diagnostics
import Exchanges
import Primitives
import Scenarios
import TestKit
import Testing

@testable import Conformance

@Suite("Rate limit headers over a run")
struct LimitReadingsTests {
    private static let window = Duration.seconds(10)
    private static let step = Step(
        name: "s", location: .init(file: "t.csv", line: 2, column: 1), call: .undeclared(method: "GET", path: "/"),
        contract: "1",
        expected: StepExpectation(
            StatusExpectation([], text: "", location: .init(file: "t.csv", line: 2, column: 1))))

    private static func reading(
        _ place: Int, _ index: Int, at second: Int, limit: Int?, remaining: Int?
    ) -> LimitReading {
        LimitReading(
            order: .init(place: place, index: index), scenario: "p\(place)", step: step, declared: nil,
            exchange: place * 100 + index, startedAt: Instant(microsecondsSinceEpoch: Int64(second) * 1_000_000),
            limit: limit, remaining: remaining)
    }

    /// What all readings say, looked at together.
    private static func whole(_ readings: [LimitReading]) -> String {
        let ordered = readings.sorted { $0.order < $1.order }
        let first = ordered.first { $0.limit != nil }
        let other = ordered.first { $0.limit != nil && $0.limit != first?.limit }
        let counted = ordered.filter { ($0.remaining ?? -1) >= 0 && ($0.remaining ?? 0) <= $0.limit ?? .max }
            .sorted { ($0.startedAt, $0.order) < ($1.startedAt, $1.order) }
        var left = "nil"
        if counted.count >= 5, let start = counted.first, let end = counted.last,
            end.startedAt.since(start.startedAt) < window,
            zip(counted, counted.dropFirst()).allSatisfy({ ($1.remaining ?? 0) >= ($0.remaining ?? 0) })
        {
            left = "\(start.exchange) \(end.exchange) \(counted.count)"
        }
        return "\(first?.exchange ?? 0) \(other?.exchange ?? 0) \(left)"
    }

    private static func streamed(_ readings: [LimitReading]) -> String {
        var all = LimitReadings(window: window)
        for reading in readings { all.add(reading, isRefusal: false) }
        let left = all.uncounted.map { "\($0.first.exchange) \($0.last.exchange) \($0.count)" } ?? "nil"
        return "\(all.firstLimit?.exchange ?? 0) \(all.otherLimit?.exchange ?? 0) \(left)"
    }

    @Test("the findings do not depend on the order in which scenarios end")
    func order() {
        var numbers = SplitMix(seed: 11)
        var seen: Set<Bool> = []
        for _ in 0..<4_000 {
            let rises = Bool.random(using: &numbers)
            let scenarios = (0..<Int.random(in: 1...5, using: &numbers)).map { place in
                (0..<Int.random(in: 1...4, using: &numbers)).map { index in
                    let second = rises ? place + index : Int.random(in: 0...14, using: &numbers)
                    let remaining = rises ? second : Int.random(in: 0...2, using: &numbers)
                    return Self.reading(
                        place, index, at: second, limit: [nil, 60, 60, 60, 50].randomElement(using: &numbers) ?? nil,
                        remaining: Bool.random(using: &numbers) ? remaining : 7)
                }
            }
            let expected = Self.whole(scenarios.flatMap { $0 })
            seen.insert(expected.hasSuffix("nil"))
            #expect(Self.streamed(scenarios.shuffled(using: &numbers).flatMap { $0 }) == expected)
        }
        // Both kinds came up, or nothing was tried.
        #expect(seen.count == 2)
    }

    @Test("a rejected request is not counted")
    func refusals() {
        var all = LimitReadings(window: Self.window)
        for index in 0..<6 {
            all.add(
                Self.reading(0, index, at: index, limit: 60, remaining: index == 3 ? 0 : 9), isRefusal: index == 3)
        }
        #expect(all.uncounted?.count == 5)
    }
}
