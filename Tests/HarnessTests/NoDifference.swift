import CustomDump
import Testing

/// Expects two values to be equal, and shows line by line where they are not.
///
/// The function of this name in the library tells nobody of a difference unless a product of another package is linked.
func expectNoDifference<Value: Equatable>(
    _ found: Value,
    _ expected: Value,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    guard found != expected else { return }
    Issue.record("\(diff(found, expected) ?? "they differ")", sourceLocation: sourceLocation)
}
