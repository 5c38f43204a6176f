/// Follows all paths of a program at once, so the cost is at most the length of the text times the size of the program.
///
/// Each look-around is evaluated in advance for every position, in one pass over the text in the direction that makes
/// the result available in time. A counted loop stores the positions where it was entered instead of a state for each
/// count.
struct StateSetMatcher {
    private let program: ProgramView
    private let text: UTF8Text
    private(set) var steps: Int

    private var generation: UInt32 = 0
    /// The generation in which an instruction was last reached.
    private var marks: [UInt32]
    private var current: [Int32] = []
    private var next: [Int32] = []
    private var open: [Int32] = []
    private var loops: [LoopEntries]
    /// One bit per position for each look-around: whether its body matches there.
    private var tables: [[UInt64]] = []
    private var isAccepted = false

    init(program: ProgramView, loopCount: Int, text: UTF8Text, steps: Int) {
        self.program = program
        self.text = text
        self.steps = steps
        marks = Array(repeating: 0, count: program.instructions.count)
        loops = Array(repeating: LoopEntries(), count: loopCount)
    }

    /// Runs the whole pattern; `start` restricts where a match can begin.
    mutating func decide(
        lookarounds: Int,
        isAnchored: Bool,
        wholeText: Bool,
        start: LeadingBytes?
    ) -> ECMAPattern.Outcome {
        tables = Array(repeating: [], count: lookarounds)
        // An inner look-around has the higher number, and the outer one depends on it.
        for number in stride(from: lookarounds - 1, through: 0, by: -1) {
            guard fillTable(number) else { return .undecided }
        }
        var position = 0
        var index = 0
        begin()
        while true {
            let mayBegin = index == 0 || !(isAnchored || wholeText)
            if mayBegin, start.map({ position < text.count && $0.admits(text[position]) }) ?? true {
                reach(0, at: position, index: index)
            }
            if isAccepted, !wholeText || position == text.count { return .match }
            if position == text.count || (current.isEmpty && (isAnchored || wholeText)) { return .noMatch }
            if steps < 0 { return .undecided }
            position += advance(over: scalar(at: position), width: width(at: position), from: position, index: index)
            index += 1
        }
    }

    private mutating func fillTable(_ number: Int) -> Bool {
        let lookaround = program.lookarounds[number]
        guard lookaround.tableEntry >= 0 else { return true }
        var table = [UInt64](repeating: 0, count: text.count / 64 + 1)
        // A look-ahead becomes a backward read from the end that looks for a match ending at the position.
        let isBackward = lookaround.isAhead
        var position = isBackward ? text.count : 0
        let end = isBackward ? 0 : text.count
        var index = 0
        begin()
        while true {
            reach(lookaround.tableEntry, at: position, index: index)
            if isAccepted { table[position / 64] |= 1 << UInt64(position % 64) }
            if position == end { break }
            if steps < 0 { return false }
            if isBackward {
                let (value, width) = text.scalar(before: position)
                position += advance(over: value, width: -width, from: position, index: index)
            } else {
                position += advance(
                    over: scalar(at: position), width: width(at: position), from: position, index: index)
            }
            index += 1
        }
        tables[number] = table
        return true
    }

    private func scalar(at position: Int) -> UInt32 {
        text[position] < 0x80 ? UInt32(text[position]) : text.scalar(at: position).value
    }

    private func width(at position: Int) -> Int {
        text[position] < 0x80 ? 1 : text.scalar(at: position).width
    }

    private mutating func begin() {
        steps -= loops.count
        for index in loops.indices { loops[index].removeAll() }
        current.removeAll(keepingCapacity: true)
        generation += 1
        isAccepted = false
    }

    /// Advances every state over one code point and returns its width.
    private mutating func advance(over value: UInt32, width: Int, from position: Int, index: Int) -> Int {
        generation += 1
        isAccepted = false
        swap(&current, &next)
        current.removeAll(keepingCapacity: true)
        steps -= next.count + 1
        // Loops come first: a state that enters a loop after this code point must not advance over it.
        for place in next {
            let instruction = program.instructions[Int(place)]
            guard instruction.operation == .loop else { continue }
            let loop = Int(instruction.second)
            if isMember(value, of: instruction) {
                loops[loop].dropEntries(before: index + 1 - Int(instruction.maximum))
            } else {
                loops[loop].removeAll()
            }
        }
        for place in next {
            let instruction = program.instructions[Int(place)]
            switch instruction.operation {
            case .scalar:
                if value == UInt32(instruction.first) { reach(Int(place) + 1, at: position + width, index: index + 1) }
            case .set:
                if isMember(value, of: instruction) { reach(Int(place) + 1, at: position + width, index: index + 1) }
            case .loop:
                guard let oldest = loops[Int(instruction.second)].oldest else { continue }
                list(loop: Int(instruction.second), at: place)
                if index + 1 - oldest >= Int(instruction.minimum) {
                    reach(Int(place) + 1, at: position + width, index: index + 1)
                }
            default: break
            }
        }
        return width
    }

    private func isMember(_ value: UInt32, of instruction: Instruction) -> Bool {
        let set = program.sets[Int(instruction.first)]
        return value < 0x80 ? set.containsASCII(UInt8(value)) : program.contains(value, set)
    }

    private mutating func list(loop: Int, at place: Int32) {
        guard loops[loop].listedIn != generation else { return }
        loops[loop].listedIn = generation
        current.append(place)
    }

    /// Adds an instruction, and all instructions reachable from it without consuming, to the states at a position.
    private mutating func reach(_ entry: Int, at position: Int, index: Int) {
        open.append(Int32(entry))
        while let place = open.popLast() {
            if marks[Int(place)] == generation { continue }
            marks[Int(place)] = generation
            steps -= 1
            let instruction = program.instructions[Int(place)]
            var goesOn = false
            switch instruction.operation {
            case .scalar, .set: current.append(place)
            case .loop:
                loops[Int(instruction.second)].enter(index, isBounded: instruction.maximum != .max)
                list(loop: Int(instruction.second), at: place)
                goesOn = instruction.minimum == 0
            case .split:
                open.append(instruction.second)
                open.append(instruction.first)
            case .jump: open.append(instruction.first)
            case .textStart: goesOn = position == 0
            case .textEnd: goesOn = position == text.count
            case .wordBoundary: goesOn = text.isWordBoundary(position) != instruction.isNegated
            case .lookaround:
                let isHeld = tables[Int(instruction.first)][position / 64] >> UInt64(position % 64) & 1 != 0
                goesOn = isHeld != program.lookarounds[Int(instruction.first)].isNegated
            // Each state is reached once per position, so rounds that consume nothing end by themselves.
            case .save, .clear, .progress: goesOn = true
            case .accept: isAccepted = true
            case .backreference: break
            }
            if goesOn { open.append(place + 1) }
        }
    }
}
