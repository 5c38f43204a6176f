extension Program {
    /// The machine that runs a program. Tests compare the two; both give the same result.
    enum Machine {
        /// The backtracker first, then the state sets if it takes too long.
        case automatic
        case backtracker
        case stateSets
    }

    /// Tests a text for a match and subtracts the cost from `steps`.
    func test(
        _ text: UTF8Text, wholeText: Bool, steps: inout Int, machine: Machine = .automatic
    ) -> ECMAPattern.Outcome {
        // Positions of loops are counted in 32 bits.
        guard text.count < Int(Int32.max) else { return .undecided }
        if machine == .automatic, let verdict = literal?.test(text, wholeText: wholeText) {
            return verdict ? .match : .noMatch
        }
        if machine == .automatic, let repeatedSet {
            // It costs what the backtracker spends on a loop, so that an exhausted budget decides nothing here either.
            steps -= 1 + text.count >> 3
            guard steps >= 0 else { return .undecided }
            return repeatedSet.test(text) ? .match : .noMatch
        }
        return withView { view in
            if machine == .stateSets, !hasBackreferences {
                return decideByStateSets(view, text, wholeText: wholeText, steps: &steps)
            }
            // The steps given to the backtracker are limited in proportion to the cost of the state sets.
            let mayChange = machine == .automatic && !hasBackreferences
            let allowed = mayChange ? min(steps, 1_024 + 8 * text.count) : steps
            var left = allowed
            let outcome = decideByBacktracking(view, text, wholeText: wholeText, steps: &left)
            steps -= allowed - left
            guard outcome == .undecided, mayChange else { return outcome }
            return decideByStateSets(view, text, wholeText: wholeText, steps: &steps)
        }
    }

    private func decideByStateSets(
        _ view: ProgramView,
        _ text: UTF8Text,
        wholeText: Bool,
        steps: inout Int
    ) -> ECMAPattern.Outcome {
        guard steps > 0 else { return .undecided }
        var matcher = StateSetMatcher(program: view, loopCount: loopCount, text: text, steps: steps)
        defer { steps = matcher.steps }
        return matcher.decide(
            lookarounds: lookarounds.count,
            isAnchored: isAnchoredAtStart,
            wholeText: wholeText,
            start: start
        )
    }

    private func decideByBacktracking(
        _ view: ProgramView,
        _ text: UTF8Text,
        wholeText: Bool,
        steps: inout Int
    ) -> ECMAPattern.Outcome {
        let lentEntries = 40
        return withUnsafeTemporaryAllocation(of: BacktrackStack.Entry.self, capacity: lentEntries) { entries in
            withUnsafeTemporaryAllocation(of: Int.self, capacity: registerCount) { registers in
                guard let entriesBase = entries.baseAddress, let registersBase = registers.baseAddress else {
                    return .undecided
                }
                registers.initialize(repeating: -1)
                var backtracker = Backtracker(
                    program: view,
                    text: text,
                    registers: registersBase,
                    stack: BacktrackStack(lent: entriesBase, capacity: lentEntries, maximum: 1 << 19),
                    steps: steps,
                    wholeText: wholeText
                )
                defer {
                    steps = backtracker.steps
                    backtracker.stack.finish()
                }
                return search(with: &backtracker)
            }
        }
    }

    /// Tries one position after another. After every failure, the registers have their initial values.
    @inline(__always)
    private func search(with backtracker: inout Backtracker) -> ECMAPattern.Outcome {
        let text = backtracker.text
        var position = 0
        while true {
            if let start {
                let first = position
                while position < text.count, !start.admits(text[position]) || text[position] & 0xC0 == 0x80 {
                    if isAnchoredAtStart || backtracker.wholeText { return .noMatch }
                    position += 1
                }
                backtracker.spend((position - first) >> 3)
                if position == text.count { return .noMatch }
            }
            switch backtracker.run(from: 0, at: position, isOutermost: true) {
            case .accepted: return .match
            case .exhausted: return .undecided
            case .rejected: break
            }
            if isAnchoredAtStart || backtracker.wholeText || position == text.count { return .noMatch }
            repeat { position += 1 } while position < text.count && text[position] & 0xC0 == 0x80
        }
    }

    /// Calls `body` with the tables as pointers.
    @inline(__always)
    private func withView<Result>(_ body: (ProgramView) -> Result) -> Result {
        instructions.withUnsafeBufferPointer { instructions in
            self.sets.sets.withUnsafeBufferPointer { sets in
                self.sets.ranges.withUnsafeBufferPointer { ranges in
                    self.sets.properties.withUnsafeBufferPointer { properties in
                        leadingBytes.withUnsafeBufferPointer { leadingBytes in
                            lookarounds.withUnsafeBufferPointer { lookarounds in
                                body(
                                    ProgramView(
                                        instructions: instructions,
                                        sets: sets,
                                        ranges: ranges,
                                        properties: properties,
                                        leadingBytes: leadingBytes,
                                        lookarounds: lookarounds
                                    )
                                )
                            }
                        }
                    }
                }
            }
        }
    }
}
