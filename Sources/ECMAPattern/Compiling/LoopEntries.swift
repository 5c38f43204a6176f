/// The positions where a counted loop was entered, oldest first, in code points from the start of reading.
struct LoopEntries {
    /// The generation in which the loop was last added to the list of states.
    var listedIn: UInt32 = 0
    /// Adjacent entries are stored as one range.
    private var runs: [ClosedRange<Int>] = []
    private var head = 0

    /// The oldest entry.
    var oldest: Int? { head < runs.count ? runs[head].lowerBound : nil }

    mutating func removeAll() {
        runs.removeAll(keepingCapacity: true)
        head = 0
    }

    /// Adds an entry. Without a maximum, only the oldest entry counts.
    mutating func enter(_ index: Int, isBounded: Bool) {
        guard head < runs.count else { return runs.append(index...index) }
        guard isBounded, let last = runs.last else { return }
        if last.upperBound + 1 == index {
            runs[runs.count - 1] = last.lowerBound...index
        } else {
            runs.append(index...index)
        }
    }

    /// Removes the entries that are too old.
    mutating func dropEntries(before index: Int) {
        while head < runs.count, runs[head].lowerBound < index {
            let run = runs[head]
            if run.upperBound < index {
                head += 1
            } else {
                runs[head] = index...run.upperBound
            }
        }
        if head > 64, head * 2 > runs.count {
            runs.removeFirst(head)
            head = 0
        }
    }
}
