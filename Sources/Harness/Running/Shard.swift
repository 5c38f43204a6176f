import Exchanges
internal import Primitives
package import Scenarios

/// One part of a run that is split, so several machines can share it.
package struct Shard: Sendable, Hashable {
    /// The number of the part, from 1.
    package var index: Int
    /// The number of parts.
    package var count: Int

    /// The reason why a text does not name a shard.
    package struct Problem: Error {
        /// One sentence.
        package var message: String
    }

    /// Reads `I/N`. `auto` takes both numbers from the service that runs the job, and `auto/N` takes only I.
    package init(_ text: String, environment: [String: String]) throws(Problem) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let count = parts.count == 2 ? Self.number(parts[1]) : nil
        guard parts.count == 1 || count != nil, let first = parts.first, parts.count <= 2 else {
            throw Problem(message: "'\(text)' is not a valid shard")
        }
        if first == "auto" {
            self = try Self.automatic(environment, count: count)
        } else if let index = Self.number(first), let count {
            self.init(index: index, count: count)
        } else {
            throw Problem(message: "'\(text)' is not a valid shard")
        }
        guard (1...self.count).contains(index) else {
            throw Problem(message: "shard \(index) of \(self.count) does not exist: choose 1 to \(self.count)")
        }
    }

    private init(index: Int, count: Int) {
        self.index = index
        self.count = count
    }

    var journalled: JournalShard { JournalShard(index: index, count: count) }

    /// The variables in which services write the number of a parallel job and the number of jobs, and the first number.
    private static let engines: [(index: String, count: String, first: Int)] = [
        // GitLab, https://docs.gitlab.com/ci/variables/predefined_variables/
        ("CI_NODE_INDEX", "CI_NODE_TOTAL", 1),
        // CircleCI, https://circleci.com/docs/variables/
        ("CIRCLE_NODE_INDEX", "CIRCLE_NODE_TOTAL", 0),
        // GitHub, where a workflow passes strategy.job-index and strategy.job-total under these names.
        ("STRATEGY_JOB_INDEX", "STRATEGY_JOB_TOTAL", 0),
        // Kubernetes indexed Jobs, which do not provide the number of jobs.
        ("JOB_COMPLETION_INDEX", "JOB_COMPLETIONS", 0),
    ]

    /// The names of the variables that `auto` reads.
    package static var variables: [String] { engines.flatMap { [$0.index, $0.count] } }

    private static func automatic(_ environment: [String: String], count: Int?) throws(Problem) -> Shard {
        for engine in engines {
            guard let text = environment[engine.index], !text.isEmpty else { continue }
            let total = count ?? environment[engine.count].flatMap(number)
            guard let index = number(text) else { throw Problem(message: "\(engine.index) is not a number: '\(text)'") }
            guard let total else {
                throw Problem(message: "\(engine.index) is set, but \(engine.count) is not; write --shard auto/N")
            }
            return Shard(index: index - engine.first + 1, count: total)
        }
        throw Problem(
            message:
                "no CI engine says which shard this is; set STRATEGY_JOB_INDEX and STRATEGY_JOB_TOTAL, or write I/N")
    }

    private static func number(_ text: String) -> Int? {
        guard (1...6).contains(text.utf8.count), text.utf8.allSatisfy(\.isASCIIDigit) else {
            return nil
        }
        return Int(text)
    }
}

extension Shard {
    /// The scenarios of `plan` that belong to this part.
    ///
    /// Every machine with the same plan and the same durations finds the same parts. The longest scenarios are assigned
    /// first, each to the part with the least to do. Scenarios with the same lock stay together. A scenario without a
    /// known duration counts by its steps, each with the average duration of the known steps.
    package func part(of plan: Plan, durations: [String: Duration] = [:]) -> Plan {
        let known = plan.scenarios.filter { durations[$0.id] != nil }
        let knownSteps = known.reduce(0) { $0 + $1.steps.count }
        let knownTime = known.reduce(Duration.zero) { $0 + (durations[$1.id] ?? .zero) }
        let average = knownSteps > 0 ? knownTime / knownSteps : .milliseconds(1)
        var units: [(places: [Int], weight: Duration)] = []
        var locks: [String: Int] = [:]
        for (place, scenario) in plan.scenarios.enumerated() {
            let weight = durations[scenario.id] ?? average * scenario.steps.count
            if let lock = scenario.options.lock, let unit = locks[lock] {
                units[unit].places.append(place)
                units[unit].weight += weight
            } else {
                if let lock = scenario.options.lock { locks[lock] = units.count }
                units.append(([place], weight))
            }
        }
        var loads = Array(repeating: Duration.zero, count: count)
        var own: [Int] = []
        let order = units.indices.sorted { (units[$1].weight, $0) < (units[$0].weight, $1) }
        for unit in order {
            let part = loads.indices.min { (loads[$0], $0) < (loads[$1], $1) } ?? 0
            loads[part] += units[unit].weight
            if part == index - 1 { own += units[unit].places }
        }
        var result = plan
        result.scenarios = ScenarioList(own.sorted().map { plan.scenarios[$0] })
        result.isPartial = plan.isPartial || result.scenarios.count < plan.scenarios.count
        return result
    }
}
