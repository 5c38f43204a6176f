/// One instruction of a compiled pattern.
///
/// Two machines run a program: ``Backtracker`` follows one path at a time, and ``StateSetMatcher`` follows all paths at
/// once.
struct Instruction {
    enum Operation: UInt8 {
        /// Consumes the code point `first`.
        case scalar
        /// Consumes a member of the set `first`.
        case set
        /// Consumes `minimum` to `maximum` members of the set `first`.
        case loop
        /// Continues at `first`, or otherwise at `second`.
        case split
        /// Continues at `first`.
        case jump
        case textStart
        case textEnd
        case wordBoundary
        /// Tests the look-around `first`.
        case lookaround
        /// Stores the position in the register `first`.
        case save
        /// Clears the registers from `first` up to, but not including, `second`.
        case clear
        /// Consumes the text captured by the group `first`.
        case backreference
        /// Fails if nothing was consumed since the register `first` was saved.
        case progress
        case accept
    }

    var operation: Operation
    /// Whether text is consumed towards the start, as in a look-behind.
    var isBackward = false
    /// `\B`.
    var isNegated = false
    var isLazy = false
    /// Whether only the longest run of the loop can lead to a match.
    var isPossessive = false
    var first: Int32 = 0
    var second: Int32 = 0
    /// For a loop; `Int32.max` means no maximum.
    var minimum: Int32 = 0
    var maximum: Int32 = 0
    /// Indices of ``LeadingBytes`` for the two branches of a split, or for the code after a loop; -1 if unknown.
    var firstLeading: Int32 = -1
    var secondLeading: Int32 = -1

    init(_ operation: Operation, first: Int = 0, second: Int = 0, isBackward: Bool = false) {
        self.operation = operation
        self.first = Int32(truncatingIfNeeded: first)
        self.second = Int32(truncatingIfNeeded: second)
        self.isBackward = isBackward
    }
}
