/// One place where two values differ.
public struct JSONDifference: Sendable, Hashable {
    /// How the values differ.
    public enum Kind: Sendable, Hashable, CaseIterable {
        /// Expected but absent.
        case missing
        /// Present but not expected.
        case extra
        /// Same kind, different value.
        case changed
        /// Different kind.
        case typeChanged
    }

    /// The place: in the actual value for ``Kind/extra``, otherwise in the expected value. The two differ only inside
    /// arrays of different lengths.
    public let pointer: JSONPointer
    /// The expected value; nil for ``Kind/extra``.
    public let expected: JSONValue?
    /// The actual value; nil for ``Kind/missing``.
    public let actual: JSONValue?

    /// Creates a difference; at least one of the values must be given.
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

    /// Returns the changes that make `actual` equal to `expected`, in the reading order of `expected`.
    ///
    /// Members are compared by name; members that only `actual` has come after those of `expected`. Elements are
    /// compared by index if both arrays have the same length. Otherwise they are aligned, so a removed or added element
    /// gives one difference. Places for which `ignoring` returns true are not compared.
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
