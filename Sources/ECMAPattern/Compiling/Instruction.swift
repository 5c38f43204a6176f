/// One step of a compiled pattern.
///
/// A program is read by two machines: ``Backtracker`` follows one path at a time, ``StateSetMatcher`` all at once.
struct Instruction {
    enum Operation: UInt8 {
        /// Consumes the code point `first`.
        case scalar
        /// Consumes a member of the set `first`.
        case set
        /// Consumes `minimum` to `maximum` members of the set `first`.
        case loop
        /// Goes on at `first`, or else at `second`.
        case split
        /// Goes on at `first`.
        case jump
        case textStart
        case textEnd
        case wordBoundary
        /// Asks the look-around `first`.
        case lookaround
        /// Stores the position in the register `first`.
        case save
        /// Clears the registers from `first` up to, but not including, `second`.
        case clear
        /// Consumes what the group `first` holds.
        case backreference
        /// Fails when nothing was consumed since the register `first` was saved.
        case progress
        case accept
    }

    var operation: Operation
    /// Whether text is consumed towards the start, as in a look-behind.
    var isBackward = false
    /// `\B`.
    var isNegated = false
    var isLazy = false
    /// A loop whose longest run is the only one that can lead on.
    var isPossessive = false
    var first: Int32 = 0
    var second: Int32 = 0
    /// For a loop; `Int32.max` as a maximum means that there is none.
    var minimum: Int32 = 0
    var maximum: Int32 = 0
    /// Indices of ``LeadingBytes`` for the two ways of a split, or for what follows a loop; -1 when not known.
    var firstLeading: Int32 = -1
    var secondLeading: Int32 = -1

    init(_ operation: Operation, first: Int = 0, second: Int = 0, isBackward: Bool = false) {
        self.operation = operation
        self.first = Int32(truncatingIfNeeded: first)
        self.second = Int32(truncatingIfNeeded: second)
        self.isBackward = isBackward
    }
}
