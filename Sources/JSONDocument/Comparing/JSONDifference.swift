/// One place where two values differ.
public struct JSONDifference: Sendable, Hashable {
    /// How the values differ.
    public enum Kind: Sendable, Hashable, CaseIterable {
        /// Expected and not there.
        case missing
        /// There and not expected.
        case extra
        /// Of the same kind, but not the same.
        case changed
        /// Of another kind.
        case typeChanged
    }

    /// The place: in the actual value for ``Kind/extra``, else in the expected one. They are the same place unless
    /// arrays of different lengths lie on the way.
    public let pointer: JSONPointer
    /// The expected value; nil for ``Kind/extra``.
    public let expected: JSONValue?
    /// The actual value; nil for ``Kind/missing``.
    public let actual: JSONValue?

    /// Makes a difference; at least one of the values must be given.
    public init(pointer: JSONPointer, expected: JSONValue?, actual: JSONValue?) {
        self.pointer = pointer
        self.expected = expected
        self.actual = actual
    }

    /// How the values differ.
    public var kind: Kind {
        switch (expected, actual) {
        case (_, nil): .missing
        case (nil, _): .extra
        case (let expected?, let actual?): expected.kind == actual.kind ? .changed : .typeChanged
        }
    }

    /// What `actual` would have to change to equal `expected`, in the reading order of `expected`.
    ///
    /// Members are compared by name; those that only `actual` has follow those of `expected`. Elements are compared
    /// by index where both arrays have the same length, else aligned so that a removed or added element gives one
    /// difference. Places for which `ignoring` answers true are not looked into.
    public static func between(
        expected: JSONValue,
        actual: JSONValue,
        ignoring: ((JSONPointer) -> Bool)? = nil
    ) -> [JSONDifference] {
        var comparison = JSONComparison(ignoring: ignoring)
        comparison.run(expected, actual)
        return comparison.differences
    }
}
