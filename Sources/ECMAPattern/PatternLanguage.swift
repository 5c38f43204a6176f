/// The relation between the sets of texts in which two patterns find a match.
///
/// Each pattern becomes a state machine, and both machines read all texts in parallel: characters that are in the same
/// sets of both patterns are one step. Look-arounds, word boundaries, back-references and Unicode properties are not
/// supported.
public enum PatternRelation: Sendable, Hashable {
    /// Both find a match in the same texts.
    case equal
    /// The second finds a match wherever the first does, and in more texts.
    case widened
    /// The first finds a match wherever the second does, and in more texts.
    case narrowed
    /// Each finds a match in some text in which the other does not.
    case incomparable

    /// Returns the relation of two patterns; `nil` if the steps do not suffice or a pattern uses an unsupported
    /// feature.
    ///
    /// - Parameter steps: Bounds the work and memory; the steps used are subtracted.
    public static func between(_ first: String, _ second: String, steps: inout Int) -> PatternRelation? {
        guard let ours = PatternMachine(first), let theirs = PatternMachine(second) else { return nil }
        var walk = MachineWalk(ours, theirs)
        return walk.relation(&steps)
    }
}

/// A pattern as states with moves. A text is read from its start, and a match may begin and end anywhere.
private struct PatternMachine {
    enum Move {
        /// Without consuming.
        case free(Int)
        /// Only at the start of the text.
        case atStart(Int)
        /// Only at the end of the text.
        case atEnd(Int)
        case reading([ClosedRange<UInt32>], Int)
    }

    /// Repetitions are expanded; machines with more states than this are not compared.
    private static let maximumStates = 2_000
    /// Texts contain no surrogates.
    private static let scalars: [ClosedRange<UInt32>] = [0...0xD7FF, 0xE000...ScalarSet.highest]

    private(set) var moves: [[Move]] = []
    private(set) var start = 0
    private(set) var end = 0
    private var isSimple = true

    init?(_ source: String) {
        guard
            let parsed = (try? PatternParser.parse(source, grammar: .unicode))
                ?? (try? PatternParser.parse(source, grammar: .withoutUnicodeFlag)),
            parsed.referencedGroups.isEmpty, parsed.lookaroundCount == 0
        else { return nil }
        start = state()
        // The text before the match.
        moves[start].append(.reading(Self.scalars, start))
        end = add(parsed.root.simplified(), from: start, depth: 0)
        guard isSimple else { return nil }
        // The text after the match.
        moves[end].append(.reading(Self.scalars, end))
    }

    private mutating func state() -> Int {
        if moves.count >= Self.maximumStates { isSimple = false }
        moves.append([])
        return moves.count - 1
    }

    /// Adds a part that begins at a state; returns its final state.
    private mutating func add(_ node: PatternNode, from: Int, depth: Int) -> Int {
        guard isSimple, depth < 200 else {
            isSimple = false
            return from
        }
        switch node {
        case .empty: return from
        case .scalar(let value): return step(from) { .reading([value...value], $0) }
        case .set(let set):
            guard set.properties.isEmpty, !set.isInverted else {
                isSimple = false
                return from
            }
            return step(from) { .reading(set.ranges, $0) }
        case .textStart: return step(from) { .atStart($0) }
        case .textEnd: return step(from) { .atEnd($0) }
        case .group(let body, _): return add(body, from: from, depth: depth + 1)
        case .sequence(let parts):
            return parts.reduce(from) { add($1, from: $0, depth: depth + 1) }
        case .alternatives(let parts):
            let joined = state()
            for part in parts {
                let begin = step(from) { .free($0) }
                moves[add(part, from: begin, depth: depth + 1)].append(.free(joined))
            }
            return joined
        case .repetition(let repetition): return add(repetition, from: from, depth: depth + 1)
        case .wordBoundary, .lookaround, .backreference:
            isSimple = false
            return from
        }
    }

    private mutating func add(_ repetition: Repetition, from: Int, depth: Int) -> Int {
        var current = from
        for _ in 0..<repetition.minimum {
            current = add(repetition.body, from: current, depth: depth)
            guard isSimple else { return current }
        }
        guard let maximum = repetition.maximum else {
            let loop = step(current) { .free($0) }
            moves[add(repetition.body, from: loop, depth: depth)].append(.free(loop))
            return step(loop) { .free($0) }
        }
        let joined = state()
        moves[current].append(.free(joined))
        for _ in repetition.minimum..<max(repetition.minimum, maximum) {
            // The part gets a separate state, so that the round can be skipped and no loop of another part leads into
            // it.
            current = add(repetition.body, from: step(current) { .free($0) }, depth: depth)
            moves[current].append(.free(joined))
            guard isSimple else { return joined }
        }
        return joined
    }

    private mutating func step(_ from: Int, _ move: (Int) -> Move) -> Int {
        let next = state()
        moves[from].append(move(next))
        return next
    }

    /// The states reachable from others without consuming.
    func closure(of states: some Sequence<Int>, isAtStart: Bool, isAtEnd: Bool, _ steps: inout Int) -> Set<Int> {
        var reached = Set(states)
        var pending = Array(reached)
        while let state = pending.popLast() {
            steps -= 1
            for move in moves[state] {
                let next: Int? =
                    switch move {
                    case .free(let next): next
                    case .atStart(let next): isAtStart ? next : nil
                    case .atEnd(let next): isAtEnd ? next : nil
                    case .reading: nil
                    }
                if let next, reached.insert(next).inserted { pending.append(next) }
            }
        }
        return reached
    }
}

/// Reads every text with two machines in parallel.
private struct MachineWalk {
    private struct Position: Hashable {
        var ours: Set<Int>
        var theirs: Set<Int>
        /// Whether a text that ends here contains a match.
        var accepts: (ours: Bool, theirs: Bool)

        static func == (left: Position, right: Position) -> Bool {
            left.ours == right.ours && left.theirs == right.theirs
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(ours)
            hasher.combine(theirs)
        }
    }

    private let ours: PatternMachine
    private let theirs: PatternMachine
    /// One scalar for each class of scalars that no move distinguishes.
    private let letters: [UInt32]

    init(_ ours: PatternMachine, _ theirs: PatternMachine) {
        self.ours = ours
        self.theirs = theirs
        var starts: Set<UInt32> = [0]
        for moves in [ours.moves, theirs.moves].joined() {
            for case .reading(let ranges, _) in moves {
                for range in ranges {
                    starts.insert(range.lowerBound)
                    starts.insert(range.upperBound + 1)
                }
            }
        }
        // A class that begins inside the surrogates continues after them.
        letters = Set(starts.filter { $0 <= ScalarSet.highest }.map { (0xD800...0xDFFF).contains($0) ? 0xE000 : $0 })
            .sorted()
    }

    mutating func relation(_ steps: inout Int) -> PatternRelation? {
        var onlyOurs = false
        var onlyTheirs = false
        var pending = [position([ours.start], [theirs.start], isAtStart: true, &steps)]
        var seen = Set(pending)
        while let position = pending.popLast() {
            guard steps > 0 else { return nil }
            if position.accepts.ours, !position.accepts.theirs { onlyOurs = true }
            if position.accepts.theirs, !position.accepts.ours { onlyTheirs = true }
            if onlyOurs, onlyTheirs { return .incomparable }
            // Both have a match, whatever follows.
            if position.ours.contains(ours.end), position.theirs.contains(theirs.end) { continue }
            for letter in letters {
                let next = self.position(
                    read(letter, ours, position.ours, &steps), read(letter, theirs, position.theirs, &steps),
                    isAtStart: false, &steps)
                if seen.insert(next).inserted { pending.append(next) }
            }
        }
        if onlyOurs { return .narrowed }
        return onlyTheirs ? .widened : .equal
    }

    private func position(
        _ first: Set<Int>, _ second: Set<Int>, isAtStart: Bool, _ steps: inout Int
    ) -> Position {
        func accepts(_ machine: PatternMachine, _ states: Set<Int>) -> Bool {
            states.contains(machine.end)
                || machine.closure(of: states, isAtStart: isAtStart, isAtEnd: true, &steps).contains(machine.end)
        }
        let before = ours.closure(of: first, isAtStart: isAtStart, isAtEnd: false, &steps)
        let after = theirs.closure(of: second, isAtStart: isAtStart, isAtEnd: false, &steps)
        return Position(ours: before, theirs: after, accepts: (accepts(ours, before), accepts(theirs, after)))
    }

    private func read(_ letter: UInt32, _ machine: PatternMachine, _ states: Set<Int>, _ steps: inout Int) -> Set<Int> {
        var next: Set<Int> = []
        for state in states {
            steps -= 1
            for case .reading(let ranges, let target) in machine.moves[state]
            where ranges.contains(where: { $0.contains(letter) }) {
                next.insert(target)
            }
        }
        return next
    }
}
