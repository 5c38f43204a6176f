/// One value or one member name on the tape, in 16 bytes.
@usableFromInline
@frozen
struct JSONTapeEntry: Sendable {
    /// The start of the content: after the quote of a string, otherwise the first byte.
    @usableFromInline var offset: UInt32
    /// The number of bytes of a scalar or name; the number of elements or members of a container.
    @usableFromInline var length: UInt32
    /// The index after the last entry of the value.
    ///
    /// In an open container, this is the parent's index. In the name entry of the first member of an indexed object,
    /// whose end is known anyway, this is the start of the object's slots.
    @usableFromInline var end: UInt32
    @usableFromInline var kind: JSONKind
    @usableFromInline var flags: Flags
    /// A short hash of a name's text, which rejects most unequal names without comparing their bytes.
    @usableFromInline var tag: UInt16

    @usableFromInline
    @frozen
    struct Flags: OptionSet, Sendable {
        @usableFromInline let rawValue: UInt8

        @inlinable
        init(rawValue: UInt8) { self.rawValue = rawValue }

        // Computed, because other modules would call a function for the address of a stored one.

        /// A string or name whose content contains `\` escapes.
        @inlinable static var escaped: Flags { Flags(rawValue: 1) }
        /// A member name.
        @inlinable static var name: Flags { Flags(rawValue: 2) }
        /// A number spelt without fraction and exponent.
        @inlinable static var integer: Flags { Flags(rawValue: 4) }
        /// The literal `true`.
        @inlinable static var yes: Flags { Flags(rawValue: 8) }
        /// An object whose members are found through slots.
        @inlinable static var indexed: Flags { Flags(rawValue: 16) }
    }

    @inlinable
    @inline(__always)
    init(offset: UInt32, length: UInt32, end: UInt32, kind: JSONKind, flags: Flags = [], tag: UInt16 = 0) {
        self.offset = offset
        self.length = length
        self.end = end
        self.kind = kind
        self.flags = flags
        self.tag = tag
    }
}
