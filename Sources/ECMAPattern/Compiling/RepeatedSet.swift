/// A pattern that is one repeated set of ASCII characters between anchors, such as `^[a-z]{3,50}$`. Each byte is tested
/// directly, without a machine: this is the most common pattern of identifiers.
struct RepeatedSet {
    private let set: CompiledSet
    private let minimum: Int
    private let maximum: Int

    /// Creates the pattern from its instructions; nil if they do more than that.
    init?(_ instructions: [Instruction], _ sets: [CompiledSet]) {
        let operations = instructions.map(\.operation)
        guard operations == [.textStart, .loop, .textEnd, .accept] else { return nil }
        let loop = instructions[1]
        set = sets[Int(loop.first)]
        guard set.beyond == .nothing else { return nil }
        minimum = Int(loop.minimum)
        maximum = loop.maximum == .max ? .max : Int(loop.maximum)
    }

    /// Whether the whole text matches. Only ASCII characters are members, so each member is one byte.
    func test(_ text: UTF8Text) -> Bool {
        guard text.count >= minimum, text.count <= maximum else { return false }
        for place in 0..<text.count {
            let byte = text[place]
            guard byte < 0x80, set.containsASCII(byte) else { return false }
        }
        return true
    }
}
