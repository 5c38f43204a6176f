import Primitives

/// A mutable object: members in order, names unique by Unicode scalars.
///
/// Two objects are equal if they have the same members in any order.
public struct JSONObject: Sendable {
    /// The members in order.
    public private(set) var members: [(name: String, value: JSONValue)] = []
    /// Indexes by name once the object is large; nil while it is small.
    private var places: [JSONNameKey: Int]?

    /// Objects with more members than this have an index.
    private static let linearMembers = 32

    /// An object without members.
    public init() {}

    /// Creates an object of these members; if a name is repeated, the last value counts, in the position of the first.
    public init(_ members: [(String, JSONValue)]) {
        self.members.reserveCapacity(members.count)
        for (name, value) in members { self[name] = value }
    }

    /// Creates an object of members whose names are known to differ.
    init(unique members: [(name: String, value: JSONValue)]) {
        self.members = members
        if members.count > Self.linearMembers { reindex() }
    }

    /// The value of a member. Setting replaces the value in place or appends a member; setting nil removes it.
    public subscript(_ name: String) -> JSONValue? {
        get { place(of: name).map { members[$0].value } }
        set {
            switch (place(of: name), newValue) {
            case (let place?, let value?): members[place].value = value
            case (nil, let value?): append(name, value)
            case (let place?, nil): remove(at: place)
            case (nil, nil): break
            }
        }
    }

    /// The names in order.
    public var names: [String] { members.map(\.name) }

    /// Whether there are no members.
    public var isEmpty: Bool { members.isEmpty }

    /// The number of members.
    public var count: Int { members.count }

    /// The value of a member that is probably at index `place`, as in objects from the same writer.
    func value(of name: String, near place: Int) -> JSONValue? {
        if place < members.count, members[place].name.isSame(as: name) { return members[place].value }
        return self[name]
    }

    private func place(of name: String) -> Int? {
        if let places { return places[JSONNameKey(name)] }
        return members.firstIndex { $0.name.isSame(as: name) }
    }

    private mutating func append(_ name: String, _ value: JSONValue) {
        members.append((name, value))
        if places != nil {
            places?[JSONNameKey(name)] = members.count - 1
        } else if members.count > Self.linearMembers {
            reindex()
        }
    }

    private mutating func remove(at place: Int) {
        let removed = members.remove(at: place)
        guard var shifted = places.take() else { return }
        shifted[JSONNameKey(removed.name)] = nil
        for index in shifted.values.indices where shifted.values[index] > place { shifted.values[index] -= 1 }
        places = shifted
    }

    private mutating func reindex() {
        var fresh: [JSONNameKey: Int] = [:]
        fresh.reserveCapacity(members.count)
        for (place, member) in members.enumerated() { fresh[JSONNameKey(member.name)] = place }
        places = fresh
    }
}

extension JSONObject: Hashable {
    /// Whether both have the same members, in any order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        JSONValue.object(left) == JSONValue.object(right)
    }

    /// Feeds the members without regard to their order.
    public func hash(into hasher: inout Hasher) { JSONValue.object(self).hash(into: &hasher) }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// An object from a literal, in the literal's order.
    public init(dictionaryLiteral members: (String, JSONValue)...) { self.init(members) }
}
