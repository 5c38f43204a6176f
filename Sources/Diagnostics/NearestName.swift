/// Returns the candidate that is closest to `name`, or `nil` if none is close.
///
/// The distance is the edit distance with transpositions (Damerau, restricted), ignoring ASCII case. A candidate counts
/// if at most a third of its characters (at least one) have to change. The first of equally close candidates wins.
/// Names longer than 100 scalars are not compared, so the cost stays bounded.
public func nearestName(to name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = folded(name)
    guard !wanted.isEmpty, wanted.count <= 100 else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in candidates {
        let other = folded(candidate)
        guard other.count <= 100 else { continue }
        let allowed = max(1, max(wanted.count, other.count) / 3)
        guard abs(other.count - wanted.count) <= allowed else { continue }
        let distance = editDistance(wanted, other)
        if distance <= allowed, distance < best?.distance ?? .max {
            best = (candidate, distance)
        }
    }
    return best?.name
}

private func folded(_ text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.map { scalar in
        ("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar
    }
}

private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var beforePrevious = [Int](repeating: 0, count: right.count + 1)
    var previous = Array(0...right.count)
    for row in 0..<left.count {
        var current = [row + 1]
        current.reserveCapacity(right.count + 1)
        for column in 0..<right.count {
            let substitution = previous[column] + (left[row] == right[column] ? 0 : 1)
            var cost = min(substitution, previous[column + 1] + 1, current[column] + 1)
            if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                cost = min(cost, beforePrevious[column - 1] + 1)
            }
            current.append(cost)
        }
        beforePrevious = previous
        previous = current
    }
    return previous[right.count]
}
