/// A compiled pattern: its instructions and their tables.
final class Program: Sendable {
    let instructions: [Instruction]
    let sets: CompiledSets
    let leadingBytes: [LeadingBytes]
    let lookarounds: [CompiledLookaround]
    /// Two registers for each group, followed by the registers that detect empty rounds.
    let registerCount: Int
    let loopCount: Int
    let hasBackreferences: Bool
    let isAnchoredAtStart: Bool
    /// The bytes that a match can begin with; nil if any byte is possible.
    let start: LeadingBytes?
    let literal: LiteralPattern?
    let repeatedSet: RepeatedSet?

    /// The entry points of a look-around's instructions.
    struct CompiledLookaround {
        let isAhead: Bool
        let isNegated: Bool
        /// The entry that reads in the look-around's own direction.
        let entry: Int
        /// The entry that reads in the opposite direction for a look-ahead, used by ``StateSetMatcher``; -1 with
        /// back-references.
        let tableEntry: Int
    }

    init(_ compiler: consuming ProgramCompiler, parsed: ParsedPattern, literal: LiteralPattern?) {
        instructions = compiler.instructions
        sets = compiler.sets.compiled
        leadingBytes = compiler.leadingBytes
        lookarounds = compiler.lookarounds
        registerCount = compiler.registerCount
        loopCount = compiler.loopCount
        hasBackreferences = !parsed.referencedGroups.isEmpty
        isAnchoredAtStart = parsed.root.isAnchoredAtStart
        start = compiler.start
        self.literal = literal
        repeatedSet = RepeatedSet(instructions, sets.sets)
    }
}

extension Program {
    /// Parses and compiles a pattern.
    static func compile(
        _ source: String, grammar: ECMAPattern.Grammar
    ) throws(ECMAPatternSyntaxError) -> Program {
        var parsed = try PatternParser.parse(source, grammar: grammar)
        // Only back-references use captures.
        if parsed.referencedGroups.isEmpty { parsed.root = parsed.root.simplified() }
        let compiler = try ProgramCompiler(parsed)
        return Program(compiler, parsed: parsed, literal: LiteralPattern(parsed.root))
    }
}

/// The program as pointers, valid inside ``Program/withView(_:)``.
struct ProgramView {
    let instructions: UnsafeBufferPointer<Instruction>
    let sets: UnsafeBufferPointer<CompiledSet>
    let ranges: UnsafeBufferPointer<ClosedRange<UInt32>>
    let properties: UnsafeBufferPointer<PropertyTerm>
    let leadingBytes: UnsafeBufferPointer<LeadingBytes>
    let lookarounds: UnsafeBufferPointer<Program.CompiledLookaround>

    /// Whether a code point beyond ASCII is a member of a set.
    func contains(_ value: UInt32, _ set: CompiledSet) -> Bool {
        switch set.beyond {
        case .nothing: return false
        case .everything: return true
        case .tables: break
        }
        return (isInRanges(value, set) || hasProperty(value, set)) != set.isInverted
    }

    private func isInRanges(_ value: UInt32, _ set: CompiledSet) -> Bool {
        var low = Int(set.firstRange)
        var high = low + Int(set.rangeCount)
        while low < high {
            let middle = (low + high) / 2
            let range = ranges[middle]
            if value < range.lowerBound {
                high = middle
            } else if value > range.upperBound {
                low = middle + 1
            } else {
                return true
            }
        }
        return false
    }

    private func hasProperty(_ value: UInt32, _ set: CompiledSet) -> Bool {
        for index in Int(set.firstProperty)..<Int(set.firstProperty + set.propertyCount)
        where properties[index].holds(for: value) {
            return true
        }
        return false
    }
}
