/// A count with its noun: `1 row`, `2 rows`, `2 entries`.
///
/// - Parameter manyAre: The plural, where it is not the noun with an `s`.
public func plural(_ count: Int, _ noun: String, manyAre: String? = nil) -> String {
    "\(count) \(count == 1 ? noun : manyAre ?? noun + "s")"
}

/// Words as a list: `a`, `a or b`, `a, b or c`.
public func listed(_ words: [String], _ conjunction: String) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(conjunction) " + last
}
