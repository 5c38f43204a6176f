/// Decides which elements of two arrays correspond to each other.
package enum JSONAlignment {
    /// An element of one or both arrays; at least one index is set.
    package struct Pair: Equatable {
        /// The index in the expected array.
        package var expected: Int?
        /// The index in the actual array.
        package var actual: Int?
    }

    /// The maximum number of cells in the table of common subsequences. If the table would be larger, the elements
    /// between the equal ends are paired by index.
    private static let maximumCells = 250_000

    /// Returns all indexes of both arrays in order, with corresponding elements in one pair.
    package static func pairs(_ expected: [JSONValue], _ actual: [JSONValue]) -> [Pair] {
        guard expected.count != actual.count else { return expected.indices.map { Pair(expected: $0, actual: $0) } }
        var start = 0
        while start < min(expected.count, actual.count), expected[start] == actual[start] { start += 1 }
        var tail = 0
        while tail < min(expected.count, actual.count) - start,
            expected[expected.count - 1 - tail] == actual[actual.count - 1 - tail]
        {
            tail += 1
        }
        var result = (0..<start).map { Pair(expected: $0, actual: $0) }
        let left = start..<expected.count - tail
        let right = start..<actual.count - tail
        var lastExpected = left.lowerBound
        var lastActual = right.lowerBound
        for (one, other) in commonSubsequence(expected[left], actual[right]) {
            pairUp(lastExpected..<one, lastActual..<other, &result)
            result.append(Pair(expected: one, actual: other))
            lastExpected = one + 1
            lastActual = other + 1
        }
        pairUp(lastExpected..<left.upperBound, lastActual..<right.upperBound, &result)
        for index in 0..<tail {
            result.append(Pair(expected: left.upperBound + index, actual: right.upperBound + index))
        }
        return result
    }

    /// Pairs elements without an equal counterpart in order, as far as both sides reach.
    private static func pairUp(_ expected: Range<Int>, _ actual: Range<Int>, _ result: inout [Pair]) {
        for index in 0..<max(expected.count, actual.count) {
            result.append(
                Pair(
                    expected: index < expected.count ? expected.lowerBound + index : nil,
                    actual: index < actual.count ? actual.lowerBound + index : nil
                )
            )
        }
    }

    /// Returns the indexes of a longest common subsequence; empty if the table would be too large.
    private static func commonSubsequence(
        _ expected: ArraySlice<JSONValue>,
        _ actual: ArraySlice<JSONValue>
    ) -> [(Int, Int)] {
        let rows = expected.count
        let columns = actual.count
        guard rows > 0, columns > 0, rows <= maximumCells / columns else { return [] }
        // Hashes are compared first: most elements differ, and comparing whole values for every cell would cost far
        // more.
        let left = expected.map(\.hashValue)
        let right = actual.map(\.hashValue)
        func match(_ row: Int, _ column: Int) -> Bool {
            left[row] == right[column]
                && expected[expected.startIndex + row] == actual[actual.startIndex + column]
        }
        var lengths = [Int32](repeating: 0, count: (rows + 1) * (columns + 1))
        for row in (0..<rows).reversed() {
            for column in (0..<columns).reversed() {
                let cell = row * (columns + 1) + column
                lengths[cell] =
                    match(row, column)
                    ? lengths[cell + columns + 2] + 1
                    : max(lengths[cell + 1], lengths[cell + columns + 1])
            }
        }
        var result: [(Int, Int)] = []
        var row = 0
        var column = 0
        while row < rows, column < columns {
            let cell = row * (columns + 1) + column
            if match(row, column) {
                result.append((expected.startIndex + row, actual.startIndex + column))
                row += 1
                column += 1
            } else if lengths[cell + columns + 1] >= lengths[cell + 1] {
                row += 1
            } else {
                column += 1
            }
        }
        return result
    }
}
