/// Compiles a syntax tree to instructions.
struct ProgramCompiler {
    /// The maximum number of instructions in a program. Counted groups are expanded, so `(ab){1000}` takes 2,000.
    static let maximumSize = 50_000

    private(set) var instructions: [Instruction] = []
    private(set) var sets = CompiledSetTable()
    private(set) var lookarounds: [Program.CompiledLookaround] = []
    private(set) var registerCount: Int
    private(set) var loopCount = 0
    var leadingBytes: [LeadingBytes] = []
    private(set) var start: LeadingBytes?

    private let referencedGroups: [Int]
    private var pendingLookarounds: [Lookaround?]
    private var visits = 0

    /// Compiles a parsed pattern whose code begins at instruction 0.
    init(_ parsed: ParsedPattern) throws(ECMAPatternSyntaxError) {
        let hasReferences = !parsed.referencedGroups.isEmpty
        referencedGroups = parsed.referencedGroups
        registerCount = hasReferences ? 2 * (parsed.groupCount + 1) : 0
        pendingLookarounds = Array(repeating: nil, count: parsed.lookaroundCount)
        try emit(parsed.root, isBackward: false, offset: 0)
        append(Instruction(.accept))
        // A look-around inside a look-around is found while the outer one is compiled, and has the higher number.
        // Counting upwards therefore reaches all of them.
        for number in 0..<parsed.lookaroundCount {
            // A look-around that simplification removed is never tested.
            guard let pending = pendingLookarounds[number] else {
                lookarounds.append(
                    Program.CompiledLookaround(isAhead: true, isNegated: false, entry: 0, tableEntry: -1))
                continue
            }
            let entry = instructions.count
            try emit(pending.body, isBackward: !pending.isAhead, offset: 0)
            append(Instruction(.accept))
            let tableEntry = hasReferences ? -1 : instructions.count
            if !hasReferences {
                try emit(pending.body, isBackward: pending.isAhead, offset: 0)
                append(Instruction(.accept))
            }
            lookarounds.append(
                Program.CompiledLookaround(
                    isAhead: pending.isAhead,
                    isNegated: pending.isNegated,
                    entry: entry,
                    tableEntry: tableEntry
                )
            )
        }
        var analysis = LeadingBytesAnalysis(instructions: instructions, sets: sets.compiled.sets)
        start = analysis.annotate(&instructions, into: &leadingBytes)
    }

    @discardableResult
    private mutating func append(_ instruction: Instruction) -> Int {
        instructions.append(instruction)
        return instructions.count - 1
    }

    private mutating func emit(
        _ node: PatternNode,
        isBackward: Bool,
        offset: Int
    ) throws(ECMAPatternSyntaxError) {
        visits += 1
        guard instructions.count < Self.maximumSize, visits < 4 * Self.maximumSize else {
            throw ECMAPatternSyntaxError(
                message: "the pattern is too large: with its counted groups expanded it has more than "
                    + "\(Self.maximumSize) steps; use smaller counts",
                offset: offset
            )
        }
        switch node {
        case .empty: break
        case .scalar(let value):
            append(Instruction(.scalar, first: Int(value), isBackward: isBackward))
        case .set(let set):
            append(Instruction(.set, first: sets.index(of: set), isBackward: isBackward))
        case .sequence(let parts):
            if isBackward {
                for part in parts.reversed() { try emit(part, isBackward: true, offset: offset) }
            } else {
                for part in parts { try emit(part, isBackward: false, offset: offset) }
            }
        case .alternatives(let parts):
            try emit(alternatives: parts, isBackward: isBackward, offset: offset)
        case .group(let body, let number):
            append(Instruction(.save, first: 2 * number + (isBackward ? 1 : 0)))
            try emit(body, isBackward: isBackward, offset: offset)
            append(Instruction(.save, first: 2 * number + (isBackward ? 0 : 1)))
        case .repetition(let repetition):
            try emit(repetition, isBackward: isBackward)
        case .textStart: append(Instruction(.textStart))
        case .textEnd: append(Instruction(.textEnd))
        case .wordBoundary(let isNegated):
            var instruction = Instruction(.wordBoundary)
            instruction.isNegated = isNegated
            append(instruction)
        case .lookaround(let lookaround):
            pendingLookarounds[lookaround.number] = lookaround
            append(Instruction(.lookaround, first: lookaround.number))
        case .backreference(let reference):
            append(Instruction(.backreference, first: referencedGroups[reference], isBackward: isBackward))
        }
    }

    private mutating func emit(
        alternatives: [PatternNode],
        isBackward: Bool,
        offset: Int
    ) throws(ECMAPatternSyntaxError) {
        var jumps: [Int] = []
        for (place, alternative) in alternatives.enumerated() {
            guard place < alternatives.count - 1 else {
                try emit(alternative, isBackward: isBackward, offset: offset)
                break
            }
            let split = append(Instruction(.split, first: instructions.count + 1))
            try emit(alternative, isBackward: isBackward, offset: offset)
            jumps.append(append(Instruction(.jump)))
            instructions[split].second = Int32(instructions.count)
        }
        for jump in jumps { instructions[jump].first = Int32(instructions.count) }
    }

    private mutating func emit(_ repetition: Repetition, isBackward: Bool) throws(ECMAPatternSyntaxError) {
        if repetition.maximum == 0 { return }
        switch repetition.body {
        case .scalar(let value):
            return appendLoop(ScalarSet(value), repetition, isBackward: isBackward)
        case .set(let set):
            return appendLoop(set, repetition, isBackward: isBackward)
        default: break
        }
        // If the body can be empty, its required rounds must stay separate when captures make them distinguishable.
        let mayClose = referencedGroups.isEmpty || !repetition.body.isNullable
        if repetition.maximum == nil, repetition.minimum > 0, mayClose {
            return try emitClosedLoop(repetition, isBackward: isBackward)
        }
        for _ in 0..<repetition.minimum { try emitRound(of: repetition, isRequired: true, isBackward: isBackward) }
        guard let maximum = repetition.maximum else {
            let split = append(Instruction(.split))
            try emitRound(of: repetition, isRequired: false, isBackward: isBackward)
            append(Instruction(.jump, first: split))
            return direct([split], lazily: !repetition.isGreedy)
        }
        var splits: [Int] = []
        for _ in 0..<(maximum - repetition.minimum) {
            splits.append(append(Instruction(.split)))
            try emitRound(of: repetition, isRequired: false, isBackward: isBackward)
        }
        direct(splits, lazily: !repetition.isGreedy)
    }

    // Compiles `x{2,}` as `x`, then `x` with a jump back to its start. If the required round were written out next to
    // the repeated one, nested loops would double at every level.
    private mutating func emitClosedLoop(
        _ repetition: Repetition,
        isBackward: Bool
    ) throws(ECMAPatternSyntaxError) {
        for _ in 1..<repetition.minimum { try emitRound(of: repetition, isRequired: true, isBackward: isBackward) }
        let start = instructions.count
        var register: Int?
        if repetition.body.isNullable {
            register = registerCount
            append(Instruction(.save, first: registerCount))
            registerCount += 1
        }
        try emitRound(of: repetition, isRequired: true, isBackward: isBackward)
        let split = append(Instruction(.split))
        if let register { append(Instruction(.progress, first: register)) }
        append(Instruction(.jump, first: start))
        direct([split], lazily: !repetition.isGreedy)
    }

    // Compiles one round of RepeatMatcher (ECMA-262, section 22.2.2.3.1): captures are cleared, and a round beyond the
    // minimum that consumes nothing fails.
    private mutating func emitRound(
        of repetition: Repetition,
        isRequired: Bool,
        isBackward: Bool
    ) throws(ECMAPatternSyntaxError) {
        var register: Int?
        if !isRequired, repetition.body.isNullable {
            register = registerCount
            append(Instruction(.save, first: registerCount))
            registerCount += 1
        }
        if !repetition.groups.isEmpty, !referencedGroups.isEmpty {
            append(
                Instruction(.clear, first: 2 * repetition.groups.lowerBound, second: 2 * repetition.groups.upperBound)
            )
        }
        try emit(repetition.body, isBackward: isBackward, offset: repetition.offset)
        if let register { append(Instruction(.progress, first: register)) }
    }

    // Points splits at their own round and, for the other branch, after the last instruction written.
    private mutating func direct(_ splits: [Int], lazily: Bool) {
        let exit = instructions.count
        for split in splits {
            instructions[split].first = Int32(lazily ? exit : split + 1)
            instructions[split].second = Int32(lazily ? split + 1 : exit)
        }
    }

    private mutating func appendLoop(_ set: ScalarSet, _ repetition: Repetition, isBackward: Bool) {
        var instruction = Instruction(.loop, first: sets.index(of: set), isBackward: isBackward)
        instruction.second = Int32(loopCount)
        loopCount += 1
        instruction.minimum = Int32(repetition.minimum)
        instruction.maximum = Int32(repetition.maximum ?? Int(Int32.max))
        instruction.isLazy = !repetition.isGreedy
        append(instruction)
    }
}
