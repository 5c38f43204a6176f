extension Backtracker {
    @inline(__always)
    func consumeScalar(_ instruction: Instruction, at position: inout Int) -> Bool {
        if instruction.isBackward {
            guard position > 0 else { return false }
            let (value, width) = text.scalar(before: position)
            position -= width
            return value == UInt32(instruction.first)
        }
        guard position < text.count else { return false }
        let byte = text[position]
        if byte < 0x80 {
            position += 1
            return Int32(byte) == instruction.first
        }
        let (value, width) = text.scalar(at: position)
        position += width
        return value == UInt32(instruction.first)
    }

    @inline(__always)
    func consumeMember(_ instruction: Instruction, at position: inout Int) -> Bool {
        let width =
            instruction.isBackward
            ? widthOfMember(before: position, in: program.sets[Int(instruction.first)])
            : widthOfMember(at: position, in: program.sets[Int(instruction.first)])
        position += instruction.isBackward ? -width : width
        return width > 0
    }

    /// The bytes of the code point at a position if it is a member of a set; otherwise 0.
    @inline(__always)
    private func widthOfMember(at position: Int, in set: CompiledSet) -> Int {
        guard position < text.count else { return 0 }
        let byte = text[position]
        if byte < 0x80 { return set.containsASCII(byte) ? 1 : 0 }
        if set.beyond == .nothing { return 0 }
        let (value, width) = text.scalar(at: position)
        return program.contains(value, set) ? width : 0
    }

    private func widthOfMember(before position: Int, in set: CompiledSet) -> Int {
        guard position > 0 else { return 0 }
        let (value, width) = text.scalar(before: position)
        let isMember = value < 0x80 ? set.containsASCII(UInt8(value)) : program.contains(value, set)
        return isMember ? width : 0
    }

    func consumeGroup(_ instruction: Instruction, at position: inout Int) -> Bool {
        let start = registers[2 * Int(instruction.first)]
        let end = registers[2 * Int(instruction.first) + 1]
        // A group that did not participate matches the empty text.
        guard start >= 0, end >= start else { return true }
        let length = end - start
        let from = instruction.isBackward ? position - length : position
        guard from >= 0, from + length <= text.count else { return false }
        for offset in 0..<length where text[start + offset] != text[from + offset] { return false }
        position = instruction.isBackward ? from : from + length
        return true
    }

    /// Runs a loop from a position. Nil if the stack is full.
    @inline(__always)
    mutating func runLoop(_ loop: Instruction, at position: inout Int, place: Int) -> Bool? {
        let set = program.sets[Int(loop.first)]
        let isLazy = loop.isLazy && !loop.isPossessive
        let limit = Int(isLazy ? loop.minimum : loop.maximum)
        let minimum = Int(loop.minimum)
        let start = position
        var shortest = position
        var count = 0
        if loop.isBackward {
            while count < limit {
                let width = widthOfMember(before: position, in: set)
                if width == 0 { break }
                position -= width
                count += 1
                if count == minimum { shortest = position }
            }
        } else {
            while count < limit {
                let width = widthOfMember(at: position, in: set)
                if width == 0 { break }
                position += width
                count += 1
                if count == minimum { shortest = position }
            }
        }
        // A scanned character costs far less than an instruction.
        spend(abs(position - start) >> 3)
        if count < minimum { return false }
        if isLazy {
            if loop.minimum == loop.maximum { return true }
            let entry = BacktrackStack.Entry(
                kind: .lazy, place: Int32(truncatingIfNeeded: place), position: position, limit: count)
            return stack.push(entry) ? true : nil
        }
        if count == minimum || loop.isPossessive { return true }
        let entry = BacktrackStack.Entry(
            kind: .greedy, place: Int32(truncatingIfNeeded: place), position: position, limit: shortest)
        return stack.push(entry) ? true : nil
    }

    /// Returns the next shorter run of a greedy loop after which a match is possible; the rest stays on the stack.
    mutating func shorten(_ entry: BacktrackStack.Entry) -> Int? {
        let loop = program.instructions[Int(entry.place)]
        var position = entry.position
        while position != entry.limit {
            if loop.isBackward {
                position += widthOfScalar(at: position)
            } else {
                position = text.start(before: position)
                if loop.firstLeading >= 0, position != entry.limit, !canLead(loop.firstLeading, at: position) {
                    continue
                }
            }
            if position != entry.limit {
                var rest = entry
                rest.position = position
                // This cannot fail: an entry was just popped.
                _ = stack.push(rest)
            }
            spend(abs(entry.position - position) >> 3)
            return position
        }
        return nil
    }

    private func widthOfScalar(at position: Int) -> Int {
        text[position] < 0x80 ? 1 : text.scalar(at: position).width
    }

    /// Returns the position after one more round of a lazy loop; the remaining rounds stay on the stack.
    mutating func lengthen(_ entry: BacktrackStack.Entry) -> Int? {
        let loop = program.instructions[Int(entry.place)]
        let set = program.sets[Int(loop.first)]
        let width =
            loop.isBackward
            ? widthOfMember(before: entry.position, in: set)
            : widthOfMember(at: entry.position, in: set)
        guard width > 0 else { return nil }
        var longer = entry
        longer.position += loop.isBackward ? -width : width
        longer.limit += 1
        if longer.limit < Int(loop.maximum) { _ = stack.push(longer) }
        return longer.position
    }
}
