extension JSONStorage {
    /// The pointers of values or names, given by rising tape indexes and found in one pass over the tape.
    func pointers(to targets: [Int]) -> [JSONPointer] {
        withTape { tape in
            var result: [JSONPointer] = []
            var path = Path()
            for target in targets {
                path.move(to: target, on: tape)
                result.append(JSONPointer(path.tokens))
            }
            return result
        }
    }

    /// The path from the root to an entry. Each move continues from the end of the last move.
    private struct Path {
        private struct Step {
            var container: Int
            /// The child that contains the target: an element, or a member's name.
            var child: Int
            var number: Int
        }

        private(set) var tokens: [String] = []
        private var steps: [Step] = []

        mutating func move(to target: Int, on tape: JSONTape) {
            while let last = steps.last, tape.end(of: last.container) <= target { leave() }
            var value = 0
            if var last = steps.popLast() {
                tokens.removeLast()
                value = advance(&last, to: target, on: tape)
            }
            while target > value, tape.childCount(at: value) > 0 {
                var step = Step(container: value, child: tape.firstChild(of: value), number: 0)
                value = advance(&step, to: target, on: tape)
            }
        }

        /// Skips siblings until the child that contains the target; returns that child's value.
        private mutating func advance(_ step: inout Step, to target: Int, on tape: JSONTape) -> Int {
            let isObject = tape.kind(at: step.container) == .object
            let distance = isObject ? 1 : 0
            while tape.end(of: step.child + distance) <= target {
                step.child = tape.end(of: step.child + distance)
                step.number += 1
            }
            tokens.append(isObject ? tape.string(at: step.child) : String(step.number))
            steps.append(step)
            return step.child + distance
        }

        private mutating func leave() {
            steps.removeLast()
            tokens.removeLast()
        }
    }
}
