/// Follows one path of a program at a time, as the Matcher of ECMA-262 §22.2.2 does, within a number of steps.
///
/// It is quick where few ways have to be tried, and the only machine that knows back-references.
struct Backtracker {
    enum Ending {
        case accepted
        case rejected
        /// The steps, or the room for untried ways, are used up.
        case exhausted
    }

    let program: ProgramView
    let text: UTF8Text
    /// Registers hold positions; -1 is none.
    let registers: UnsafeMutablePointer<Int>
    var stack: BacktrackStack
    private(set) var steps: Int
    /// Whether a match must reach the end of the text.
    let wholeText: Bool

    init(
        program: ProgramView,
        text: UTF8Text,
        registers: UnsafeMutablePointer<Int>,
        stack: BacktrackStack,
        steps: Int,
        wholeText: Bool
    ) {
        self.program = program
        self.text = text
        self.registers = registers
        self.stack = stack
        self.steps = steps
        self.wholeText = wholeText
    }

    /// Tries the instructions from an entry at a position. Nothing is left on the stack unless a way was found.
    mutating func run(from entry: Int, at start: Int, isOutermost: Bool) -> Ending {
        let base = stack.count
        var place = entry
        var position = start
        while true {
            steps -= 1
            guard steps >= 0 else { return .exhausted }
            let instruction = program.instructions[place]
            var goesOn = true
            switch instruction.operation {
            case .scalar: goesOn = consumeScalar(instruction, at: &position)
            case .set: goesOn = consumeMember(instruction, at: &position)
            case .loop:
                guard let result = runLoop(instruction, at: &position, place: place) else { return .exhausted }
                goesOn = result
            case .split:
                guard let chosen = choose(instruction, at: position) else { return .exhausted }
                place = chosen - 1
            case .jump: place = Int(instruction.first) - 1
            case .textStart: goesOn = position == 0
            case .textEnd: goesOn = position == text.count
            case .wordBoundary: goesOn = text.isWordBoundary(position) != instruction.isNegated
            case .lookaround:
                switch look(Int(instruction.first), at: position) {
                case .accepted: break
                case .rejected: goesOn = false
                case .exhausted: return .exhausted
                }
            case .save: guard set(Int(instruction.first), to: position) else { return .exhausted }
            case .clear:
                for register in Int(instruction.first)..<Int(instruction.second) where registers[register] >= 0 {
                    guard set(register, to: -1) else { return .exhausted }
                }
            case .backreference: goesOn = consumeGroup(instruction, at: &position)
            case .progress: goesOn = registers[Int(instruction.first)] != position
            case .accept:
                if !isOutermost || !wholeText || position == text.count { return .accepted }
                goesOn = false
            }
            if goesOn {
                place += 1
            } else {
                guard backtrack(to: base, place: &place, position: &position) else { return .rejected }
            }
        }
    }

    /// Goes back to the last way not tried; false when there is none above `base`.
    @inline(__always)
    private mutating func backtrack(to base: Int, place: inout Int, position: inout Int) -> Bool {
        while stack.count > base {
            let entry = stack.pop()
            switch entry.kind {
            case .restore:
                registers[Int(entry.place)] = entry.position
            case .alternative:
                place = Int(entry.place)
                position = entry.position
                return true
            case .greedy:
                if let shorter = shorten(entry) {
                    place = Int(entry.place) + 1
                    position = shorter
                    return true
                }
            case .lazy:
                if let longer = lengthen(entry) {
                    place = Int(entry.place) + 1
                    position = longer
                    return true
                }
            }
        }
        return false
    }

    @inline(__always)
    private mutating func set(_ register: Int, to position: Int) -> Bool {
        let old = BacktrackStack.Entry(
            kind: .restore, place: Int32(truncatingIfNeeded: register), position: registers[register], limit: 0)
        registers[register] = position
        return stack.push(old)
    }

    /// The way of a split to go; the other one is kept for later if it can lead on from here. Nil when out of room.
    @inline(__always)
    private mutating func choose(_ split: Instruction, at position: Int) -> Int? {
        if split.firstLeading >= 0, !canLead(split.firstLeading, at: position) { return Int(split.second) }
        if split.secondLeading >= 0, !canLead(split.secondLeading, at: position) { return Int(split.first) }
        let other = BacktrackStack.Entry(kind: .alternative, place: split.second, position: position, limit: 0)
        return stack.push(other) ? Int(split.first) : nil
    }

    @inline(__always)
    func canLead(_ leading: Int32, at position: Int) -> Bool {
        let bytes = program.leadingBytes[Int(leading)]
        if bytes.isNullable { return true }
        return position < text.count ? bytes.admits(text[position]) : bytes.isNullableAtEnd
    }

    private mutating func look(_ number: Int, at position: Int) -> Ending {
        let lookaround = program.lookarounds[number]
        let base = stack.count
        switch run(from: lookaround.entry, at: position, isOutermost: false) {
        case .exhausted: return .exhausted
        case .rejected: return lookaround.isNegated ? .accepted : .rejected
        case .accepted: break
        }
        stack.dropAlternatives(above: base)
        guard lookaround.isNegated else { return .accepted }
        // The captures of a negative look-around are not seen outside of it.
        while stack.count > base {
            let entry = stack.pop()
            registers[Int(entry.place)] = entry.position
        }
        return .rejected
    }

    @inline(__always)
    mutating func spend(_ extra: Int) {
        steps -= extra
    }
}
