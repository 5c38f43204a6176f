import Exchanges
import Primitives
import Scenarios

/// The verdicts on the quiet scenarios of a run, in about ten bytes for each exchange.
///
/// The plan has the names and rows of their steps. A record contains the rest: the place of the scenario in the plan, and
/// for each step its exchanges as differences to the exchanges before them. Numbers have one byte for each seven bits.
struct QuietScenarios: Sendable {
    /// The size from which a chunk gets no more records, in bytes. One array for all records would be copied as it grows.
    private static let fullChunk = 60 << 10

    private let plan: Plan
    private var chunks: [[UInt8]] = []
    private var shapes = Interned<ExchangeShape>()
    private var reasons = Interned<String>()
    /// The counts of the scenarios.
    private(set) var totals = QuietTotals()

    /// No scenario of `plan`.
    init(_ plan: Plan) {
        self.plan = plan
    }

    /// The size of the records in bytes.
    var size: Int { chunks.reduce(0) { $0 + $1.count } }

    /// Adds a verdict if it is quiet.
    ///
    /// - Parameter verdict: The verdict on the scenario at `place` of the plan, with its steps.
    /// - Returns: Its address, 0 or more; `nil` if it is not quiet.
    mutating func insert(_ verdict: ScenarioVerdict, at place: Int) -> Int? {
        guard verdict.steps.allSatisfy(\.isQuiet) else { return nil }
        if (chunks.last?.count ?? .max) >= Self.fullChunk {
            chunks.append([])
            chunks[chunks.count - 1].reserveCapacity(Self.fullChunk + (4 << 10))
        }
        // Taken out, so that it is not copied when it changes.
        guard var chunk = chunks.popLast() else { return nil }
        let start = chunk.count
        let isComplete = write(verdict, place, to: &chunk)
        if !isComplete { chunk.removeLast(chunk.count - start) }
        chunks.append(chunk)
        guard isComplete else { return nil }
        totals += QuietTotals(verdict)
        return (chunks.count - 1) << 32 | start
    }

    /// Counts the scenario at `address` no longer.
    mutating func remove(at address: Int) {
        totals -= QuietTotals(verdict(at: address))
    }

    /// - Returns: Whether every part of the verdict can be read again.
    private mutating func write(_ verdict: ScenarioVerdict, _ place: Int, to chunk: inout [UInt8]) -> Bool {
        chunk.append(number: place)
        var last = ExchangeFigures.none
        for step in verdict.steps {
            var head = step.exchanges.count << 1
            var reason: Int?
            if case .skipped(let why)? = step.reason {
                reason = reasons.index(of: why)
                guard reason != nil else { return false }
                head |= 1
            }
            chunk.append(number: head)
            if let reason { chunk.append(number: reason) }
            for exchange in step.exchanges {
                guard exchange.scenario.isSame(as: verdict.name),
                    exchange.step.isSame(as: step.name),
                    let figures = ExchangeFigures(exchange),
                    let shape = ExchangeShape(exchange).flatMap({ shapes.index(of: $0) })
                else { return false }
                chunk.append(number: shape)
                figures.write(after: last, to: &chunk)
                last = figures
            }
        }
        return true
    }

    /// The verdict at an address, as it was inserted.
    func verdict(at address: Int) -> ScenarioVerdict {
        var numbers = NumberReader(bytes: chunks[address >> 32], position: address & 0xFFFF_FFFF)
        let scenario = plan.scenarios[numbers.next()]
        var last = ExchangeFigures.none
        let steps = scenario.steps.map { step in
            let head = numbers.next()
            let reason = head & 1 == 1 ? NotRun.Reason.skipped(reasons[numbers.next()]) : nil
            let exchanges = (0..<head >> 1).map { _ in
                let shape = shapes[numbers.next()]
                last = ExchangeFigures(&numbers, after: last)
                return shape.exchange(last, scenario: scenario.id, step: step.name)
            }
            return StepVerdict(step, reason: reason, exchanges: exchanges, findings: [])
        }
        return ScenarioVerdict(scenario, steps: steps)
    }
}

extension StepVerdict {
    /// Whether nothing was found, and the step was sent or skipped on purpose.
    fileprivate var isQuiet: Bool {
        guard findings.isEmpty else { return false }
        return switch reason {
        case nil, .skipped: true
        default: false
        }
    }
}

/// Different values, each stored once.
private struct Interned<Value: Hashable & Sendable>: Sendable {
    /// The most values; a hostile server could send a new one with each response.
    private static var most: Int { 1 << 16 }

    private var values: [Value] = []
    private var indices: [Value: Int] = [:]

    /// The index of a value, which is added if it is new; `nil` if there are too many.
    mutating func index(of value: Value) -> Int? {
        if let index = indices[value] { return index }
        guard values.count < Self.most else { return nil }
        indices[value] = values.count
        values.append(value)
        return values.count - 1
    }

    subscript(index: Int) -> Value { values[index] }
}
