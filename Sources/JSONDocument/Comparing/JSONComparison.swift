/// Compares two values side by side, without recursion.
struct JSONComparison {
    private enum Task {
        /// `actualToken` is set where an element has another index in the actual array.
        case compare(token: String?, actualToken: String? = nil, expected: JSONValue?, actual: JSONValue?)
        case leave
    }

    private(set) var differences: [JSONDifference] = []
    private let ignoring: ((JSONPointer) -> Bool)?
    /// The path in the expected value.
    private var tokens: [String] = []
    /// The path in the actual value.
    private var actualTokens: [String] = []
    private var tasks: [Task] = []

    init(ignoring: ((JSONPointer) -> Bool)?) { self.ignoring = ignoring }

    mutating func run(_ expected: JSONValue, _ actual: JSONValue) {
        tasks = [.compare(token: nil, expected: expected, actual: actual)]
        while let task = tasks.popLast() {
            guard case .compare(let token, let actualToken, let expected, let actual) = task else {
                tokens.removeLast()
                actualTokens.removeLast()
                continue
            }
            if let token {
                tokens.append(token)
                actualTokens.append(actualToken ?? token)
                tasks.append(.leave)
            }
            compare(expected, actual)
        }
    }

    private mutating func compare(_ expected: JSONValue?, _ actual: JSONValue?) {
        // An extra value exists only in the actual value.
        var pointer: JSONPointer { JSONPointer(expected == nil ? actualTokens : tokens) }
        if let ignoring, ignoring(pointer) { return }
        switch (expected, actual) {
        case (.object(let expected), .object(let actual)):
            compareMembers(expected, actual)
        case (.array(let expected), .array(let actual)):
            compareElements(expected, actual)
        default:
            guard expected != actual else { return }
            differences.append(JSONDifference(pointer: pointer, expected: expected, actual: actual))
        }
    }

    private mutating func compareMembers(_ expected: JSONObject, _ actual: JSONObject) {
        var children: [Task] = []
        for member in expected.members {
            children.append(.compare(token: member.name, expected: member.value, actual: actual[member.name]))
        }
        for member in actual.members where expected[member.name] == nil {
            children.append(.compare(token: member.name, expected: nil, actual: member.value))
        }
        tasks.append(contentsOf: children.reversed())
    }

    private mutating func compareElements(_ expected: [JSONValue], _ actual: [JSONValue]) {
        let children = JSONAlignment.pairs(expected, actual).map { pair in
            Task.compare(
                token: String(pair.expected ?? pair.actual ?? 0),
                actualToken: pair.expected == pair.actual ? nil : pair.actual.map(String.init),
                expected: pair.expected.map { expected[$0] },
                actual: pair.actual.map { actual[$0] }
            )
        }
        tasks.append(contentsOf: children.reversed())
    }
}
