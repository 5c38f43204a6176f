/// A set of code points: ranges, and properties that are tested per scalar.
struct ScalarSet: Hashable {
    /// The highest code point.
    static let highest: UInt32 = 0x10_FFFF

    /// Sorted ranges with gaps between them, once ``normalise()`` has run.
    private(set) var ranges: [ClosedRange<UInt32>] = []
    /// Properties of members outside the ranges.
    private(set) var properties: [PropertyTerm] = []
    /// Whether the set is the complement of its ranges and properties.
    private(set) var isInverted = false

    init() {}

    init(_ ranges: [ClosedRange<UInt32>]) {
        self.ranges = ranges
        normalise()
    }

    init(_ value: UInt32) {
        ranges = [value...value]
    }

    init(_ term: PropertyTerm) {
        properties = [term]
    }

    /// Whether the set can be added to another by ``formUnion(_:)``.
    var isPlain: Bool { !isInverted }

    /// The only member, if the set has exactly one.
    var singleMember: UInt32? {
        guard !isInverted, properties.isEmpty, ranges.count == 1, let range = ranges.first else { return nil }
        return range.count == 1 ? range.lowerBound : nil
    }

    mutating func insert(_ range: ClosedRange<UInt32>) {
        ranges.append(range)
    }

    /// Adds the members of a set that is not inverted.
    mutating func formUnion(_ other: ScalarSet) {
        ranges += other.ranges
        for term in other.properties where !properties.contains(term) { properties.append(term) }
    }

    /// Sorts and merges the ranges.
    mutating func normalise() {
        guard ranges.count > 1 else { return }
        ranges.sort { $0.lowerBound < $1.lowerBound }
        var joined: [ClosedRange<UInt32>] = []
        for range in ranges {
            if let last = joined.last, range.lowerBound <= last.upperBound + 1 {
                joined[joined.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                joined.append(range)
            }
        }
        ranges = joined
    }

    /// The complement.
    consuming func inverted() -> ScalarSet {
        normalise()
        if ranges.isEmpty, !isInverted, properties.count == 1 {
            // This keeps `\P{…}` a set that can be added to others.
            let term = properties[0]
            return ScalarSet(PropertyTerm(property: term.property, isNegated: !term.isNegated))
        }
        guard properties.isEmpty else {
            isInverted.toggle()
            return self
        }
        var gaps: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges {
            if range.lowerBound > next { gaps.append(next...(range.lowerBound - 1)) }
            next = range.upperBound + 1
        }
        if next <= Self.highest { gaps.append(next...Self.highest) }
        return ScalarSet(gaps)
    }

    /// Whether a code point is a member.
    func contains(_ value: UInt32) -> Bool {
        let held = ranges.contains { $0.contains(value) } || properties.contains { $0.holds(for: value) }
        return held != isInverted
    }
}

extension ScalarSet {
    /// `\d`: the ASCII digits (ECMA-262, section 22.2.2.9, CharacterClassEscape).
    static let digits = ScalarSet([0x30...0x39])

    /// `\w`: ASCII letters, digits and the underscore.
    static let wordCharacters = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])

    /// `\s`: WhiteSpace and LineTerminator (ECMA-262, sections 12.2 and 12.3).
    static let whiteSpace = ScalarSet([
        0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F,
        0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
    ])

    /// `.`: everything except line terminators.
    static let notLineTerminators = ScalarSet([0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029]).inverted()
}

/// A property of Unicode scalars, or its absence, as part of a set.
struct PropertyTerm: Hashable, Sendable {
    /// The property to test.
    enum Property: Hashable, Sendable {
        /// One of the general categories whose bits are set (see ``GeneralCategoryName``).
        case category(UInt32)
        /// A binary property.
        case binary(BinaryProperty)
    }

    let property: Property
    let isNegated: Bool

    /// Whether a code point has the property or, when negated, does not have it. A surrogate is in the category Cs.
    func holds(for value: UInt32) -> Bool {
        switch property {
        case .category(let mask):
            let category = Unicode.Scalar(value)?.properties.generalCategory ?? .surrogate
            return (mask & GeneralCategoryName.bit(of: category) != 0) != isNegated
        case .binary(let property):
            guard let scalar = Unicode.Scalar(value) else { return isNegated }
            return property.holds(for: scalar) != isNegated
        }
    }
}
