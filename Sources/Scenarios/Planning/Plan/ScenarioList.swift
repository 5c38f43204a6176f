import Primitives

/// The scenarios of a plan, in the order of the tables and their rows.
///
/// The scenarios of one `rows=` differ only in their data row, so the plan keeps what they share once, and each of them is
/// made when it is read. Loops over questions that do not depend on data rows use ``asWritten``.
public struct ScenarioList: Sendable {
    /// Consecutive scenarios; at least one.
    fileprivate enum Part: Sendable {
        case scenarios([Scenario])
        case cases(ScenarioCases)

        var count: Int {
            switch self {
            case .scenarios(let list): list.count
            case .cases(let cases): cases.count
            }
        }

        subscript(index: Int) -> Scenario {
            switch self {
            case .scenarios(let list): list[index]
            case .cases(let cases): cases[index]
            }
        }
    }

    private var parts: [Part] = []
    /// For each part, the index after its last scenario.
    private var ends: [Int] = []

    /// Creates a list of scenarios.
    public init(_ scenarios: some Sequence<Scenario>) {
        add(.scenarios(Array(scenarios)))
    }

    /// The scenarios of one `rows=`, one for each data row.
    ///
    /// - Parameter scenario: The scenario without a data row.
    init(_ scenario: Scenario, for data: DataRows) {
        add(.cases(ScenarioCases(scenario: scenario, data: data)))
    }

    private mutating func add(_ part: Part) {
        guard part.count > 0 else { return }
        ends.append(count + part.count)
        parts.append(part)
    }

    /// The part that contains the scenario at an index, and the index of its first scenario.
    private func part(at index: Int) -> (number: Int, start: Int) {
        precondition(index >= 0 && index < count, "the index is outside of the list")
        var (low, high) = (0, parts.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if index < ends[middle] { high = middle } else { low = middle + 1 }
        }
        return (low, low == 0 ? 0 : ends[low - 1])
    }

    /// Adds a scenario.
    public mutating func append(_ scenario: Scenario) {
        guard let last = parts.indices.last, case .scenarios(var list) = parts[last] else {
            return add(.scenarios([scenario]))
        }
        // Without the second reference, the array is changed in place.
        parts[last] = .scenarios([])
        list.append(scenario)
        parts[last] = .scenarios(list)
        ends[last] += 1
    }

    /// Adds the scenarios of another list.
    public static func += (list: inout ScenarioList, other: ScenarioList) {
        for part in other.parts {
            switch part {
            case .scenarios(let scenarios): for scenario in scenarios { list.append(scenario) }
            case .cases: list.add(part)
            }
        }
    }

    /// Removes the scenarios for which `isRemoved` is true.
    public mutating func removeAll(where isRemoved: (Scenario) throws -> Bool) rethrows {
        var kept = ScenarioList([])
        for part in parts {
            switch part {
            case .scenarios(let list): kept.add(.scenarios(try list.filter { try !isRemoved($0) }))
            case .cases(let cases): kept.add(.cases(try cases.filtered { try !isRemoved($0) }))
            }
        }
        self = kept
    }
}

// MARK: Scenarios as tables write them

extension ScenarioList {
    /// The scenarios as the tables write them: one with `rows=` is one element, without a data row.
    package var asWritten: Written { Written(parts: parts) }

    /// The scenarios of a list, read one by one.
    package struct Written: Sequence, IteratorProtocol {
        private let parts: [Part]
        private var part = 0
        /// The index of the next scenario in its part.
        private var index = 0

        fileprivate init(parts: [Part]) {
            self.parts = parts
        }

        package mutating func next() -> Scenario? {
            guard part < parts.count else { return nil }
            switch parts[part] {
            case .scenarios(let list):
                let scenario = list[index]
                index += 1
                if index == list.count { (part, index) = (part + 1, 0) }
                return scenario
            case .cases(let cases):
                part += 1
                return cases.scenario
            }
        }
    }

    /// The number of steps of all scenarios.
    package var stepCount: Int {
        parts.reduce(0) { sum, part in
            switch part {
            case .scenarios(let list): list.reduce(sum) { $0 + $1.steps.count }
            case .cases(let cases): sum + cases.count * cases.scenario.steps.count
            }
        }
    }

    /// The scenario with this identity.
    package func scenario(_ id: String) -> Scenario? {
        for part in parts {
            switch part {
            case .scenarios(let list):
                if let found = list.first(where: { $0.id.isSame(as: id) }) { return found }
            case .cases(let cases):
                guard id.utf8.starts(with: "\(cases.scenario.name)[".utf8) else { continue }
                if let found = cases.first(where: { $0.id.isSame(as: id) }) { return found }
            }
        }
        return nil
    }

    /// The identities of the scenarios with a name as written in a table.
    func ids(named name: String) -> [String] {
        parts.flatMap { part -> [String] in
            switch part {
            case .scenarios(let list): return list.filter { $0.name.isSame(as: name) }.map(\.id)
            case .cases(let cases): return cases.scenario.name.isSame(as: name) ? cases.map(\.id) : []
            }
        }
    }

    /// Changes every scenario in a way that does not depend on its data row.
    package mutating func changeEach(_ change: (inout Scenario) -> Void) {
        for number in parts.indices {
            switch parts[number] {
            case .scenarios(var list):
                parts[number] = .scenarios([])
                for index in list.indices { change(&list[index]) }
                parts[number] = .scenarios(list)
            case .cases(var cases):
                change(&cases.scenario)
                parts[number] = .cases(cases)
            }
        }
    }

    /// Removes the scenarios for which `isRemoved` is true, whatever their data row.
    package mutating func removeEach(where isRemoved: (Scenario) -> Bool) {
        var kept = ScenarioList([])
        for part in parts {
            switch part {
            case .scenarios(let list): kept.add(.scenarios(list.filter { !isRemoved($0) }))
            case .cases(let cases): if !isRemoved(cases.scenario) { kept.add(part) }
            }
        }
        self = kept
    }
}

// MARK: Collection

extension ScenarioList: RandomAccessCollection, MutableCollection {
    /// The index of the first scenario.
    public var startIndex: Int { 0 }
    /// The number of scenarios.
    public var endIndex: Int { ends.last ?? 0 }

    /// The scenario at an index. One that is assigned in place of a data row's is kept as it is.
    public subscript(index: Int) -> Scenario {
        get {
            let (number, start) = part(at: index)
            return parts[number][index - start]
        }
        set {
            let (number, start) = part(at: index)
            var list: [Scenario]
            switch parts[number] {
            case .scenarios(let scenarios): list = scenarios
            case .cases(let cases): list = Array(cases)
            }
            parts[number] = .scenarios([])
            list[index - start] = newValue
            parts[number] = .scenarios(list)
        }
    }
}

extension ScenarioList: ExpressibleByArrayLiteral {
    /// Creates a list of scenarios.
    public init(arrayLiteral scenarios: Scenario...) {
        self.init(scenarios)
    }
}

/// The scenarios of one `rows=`, each made from its data row when it is read.
private struct ScenarioCases: RandomAccessCollection, Sendable {
    /// The scenario without a data row.
    var scenario: Scenario
    let data: DataRows
    /// The indices of the selected data rows; `nil` for all.
    private var kept: [UInt32]?

    init(scenario: Scenario, data: DataRows) {
        self.scenario = scenario
        self.data = data
    }

    var startIndex: Int { 0 }
    var endIndex: Int { kept?.count ?? data.count }

    subscript(index: Int) -> Scenario { scenario.with(data[kept.map { Int($0[index]) } ?? index]) }

    /// The scenarios for which `isKept` is true.
    func filtered(_ isKept: (Scenario) throws -> Bool) rethrows -> ScenarioCases {
        var result = self
        let rows = try indices.filter { try isKept(self[$0]) }
        if rows.count < count { result.kept = rows.map { kept?[$0] ?? UInt32($0) } }
        return result
    }
}
