/// Compares two values side by side, without recursion.
struct JSONComparison {
    private enum Task {
        case compare(token: String?, expected: JSONValue?, actual: JSONValue?)
        case leave
    }

    private(set) var differences: [JSONDifference] = []
    private let ignoring: ((JSONPointer) -> Bool)?
    private var tokens: [String] = []
    private var tasks: [Task] = []

    init(ignoring: ((JSONPointer) -> Bool)?) { self.ignoring = ignoring }

    mutating func run(_ expected: JSONValue, _ actual: JSONValue) {
        tasks = [.compare(token: nil, expected: expected, actual: actual)]
        while let task = tasks.popLast() {
            guard case .compare(let token, let expected, let actual) = task else {
                tokens.removeLast()
                continue
            }
            if let token {
                tokens.append(token)
                tasks.append(.leave)
            }
            compare(expected, actual)
        }
    }

    private mutating func compare(_ expected: JSONValue?, _ actual: JSONValue?) {
        if let ignoring, ignoring(JSONPointer(tokens)) { return }
        switch (expected, actual) {
        case (.object(let expected), .object(let actual)):
            compareMembers(expected, actual)
        case (.array(let expected), .array(let actual)):
            compareElements(expected, actual)
        default:
            guard expected != actual else { return }
            differences.append(JSONDifference(pointer: JSONPointer(tokens), expected: expected, actual: actual))
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
                expected: pair.expected.map { expected[$0] },
                actual: pair.actual.map { actual[$0] }
            )
        }
        tasks.append(contentsOf: children.reversed())
    }
}
