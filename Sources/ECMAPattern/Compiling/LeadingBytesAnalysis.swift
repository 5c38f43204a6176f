/// Computes the bytes that can come next at each place of a program, so that the backtracker can skip branches that
/// cannot match.
struct LeadingBytesAnalysis {
    // The analysis is optional. Beyond these bounds, it assumes that any byte can come next.
    private static let maximumVisits = 64
    private var budget = 100_000

    private let instructions: [Instruction]
    private let sets: [CompiledSet]

    init(instructions: [Instruction], sets: [CompiledSet]) {
        self.instructions = instructions
        self.sets = sets
    }

    /// Annotates splits and loops. Returns the bytes that the whole pattern can begin with; nil if any byte is
    /// possible.
    mutating func annotate(_ marked: inout [Instruction], into table: inout [LeadingBytes]) -> LeadingBytes? {
        func index(of leading: LeadingBytes) -> Int32 {
            table.append(leading)
            return Int32(table.count - 1)
        }
        for (place, instruction) in instructions.enumerated() {
            switch instruction.operation {
            case .split:
                let first = leading(at: Int(instruction.first))
                let second = leading(at: Int(instruction.second))
                if first != .everything { marked[place].firstLeading = index(of: first) }
                if second != .everything { marked[place].secondLeading = index(of: second) }
            case .loop where !instruction.isBackward:
                let next = leading(at: place + 1)
                if next == .everything { continue }
                // An empty rest that matches after a shorter run also matches after the longest one. But a lazy loop at
                // the end of a look-around captures the shortest run.
                let mayEndHere = next.isNullable && (instruction.isLazy || next.isConditional)
                if !mayEndHere, !sets[Int(instruction.first)].mayOverlap(next) { marked[place].isPossessive = true }
                if !next.isNullable { marked[place].firstLeading = index(of: next) }
            default: break
            }
        }
        let start = leading(at: 0)
        return start.isNullable || start.isNullableAtEnd ? nil : start
    }

    private mutating func leading(at entry: Int) -> LeadingBytes {
        var result = LeadingBytes()
        var open = [entry]
        var seen: [Int] = []
        while let place = open.popLast() {
            if seen.contains(place) { continue }
            seen.append(place)
            budget -= 1
            guard budget > 0, seen.count <= Self.maximumVisits else { return .everything }
            let instruction = instructions[place]
            switch instruction.operation {
            case .scalar, .set, .loop:
                guard !instruction.isBackward else { return .everything }
                add(instruction, to: &result)
                if instruction.operation == .loop, instruction.minimum == 0 { open.append(place + 1) }
            case .split: open += [Int(instruction.first), Int(instruction.second)]
            case .jump: open.append(Int(instruction.first))
            case .save, .clear: open.append(place + 1)
            case .textEnd: result.isNullableAtEnd = true
            case .accept: result.isNullable = true
            case .textStart, .wordBoundary, .lookaround, .progress:
                result.isConditional = true
                open.append(place + 1)
            case .backreference: return .everything
            }
        }
        return result
    }

    private func add(_ instruction: Instruction, to result: inout LeadingBytes) {
        if instruction.operation == .scalar {
            switch instruction.first {
            case 0..<64: result.low |= 1 << UInt64(instruction.first)
            case 64..<128: result.high |= 1 << UInt64(instruction.first - 64)
            default: result.hasOthers = true
            }
        } else {
            let set = sets[Int(instruction.first)]
            result.low |= set.low
            result.high |= set.high
            if set.beyond != .nothing { result.hasOthers = true }
        }
    }
}
