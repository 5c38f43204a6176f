import JSONDocument
import Primitives

/// Names in order, each once, compared by code unit. A search does not read all of many names.
struct NameList {
    /// The maximum number of names that are compared one by one, which costs less than hashing.
    private static let fewNames = 16

    private(set) var names: [String] = []
    /// All names, if there are more than a few.
    private var known: Set<JSONNameKey> = []

    init(_ names: some Sequence<String> = []) {
        for name in names { append(name) }
    }

    /// Adds a name, unless it is in the list.
    mutating func append(_ name: String) {
        if names.count < Self.fewNames {
            guard !contains(name) else { return }
        } else {
            if known.isEmpty { known = Set(names.map { JSONNameKey($0) }) }
            guard known.insert(JSONNameKey(name)).inserted else { return }
        }
        names.append(name)
    }

    func contains(_ name: String) -> Bool {
        known.isEmpty ? names.contains { $0.isSame(as: name) } : known.contains(JSONNameKey(name))
    }
}
