import ECMAPattern

/// The work left for lists of alternatives, which multiply when they are nested, and for patterns.
struct ComparisonBudget {
    private static let maximumSteps = 4_000
    private static let maximumStepsOfAll = 200_000
    /// The maximum number of steps for one pair of patterns.
    private static let maximumPatternSteps = 400_000

    /// The alternatives compared for the outermost pair of schemas.
    private var steps = 0
    private var allSteps = 0
    /// The steps left for the patterns of all schemas.
    private var patternSteps = 20_000_000
    private var relations: [[String]: PatternRelation?] = [:]

    /// Whether steps for alternatives remain; otherwise schemas are reported as undecided.
    var hasSteps: Bool { steps <= Self.maximumSteps && allSteps <= Self.maximumStepsOfAll }

    /// Starts an outermost pair of schemas.
    mutating func startSchema() { steps = 0 }

    /// Counts work on alternatives.
    mutating func spend(_ count: Int) {
        steps += count
        allSteps += count
    }

    /// The relation of the texts that two patterns match; `nil` if it cannot be decided.
    mutating func relation(_ old: String, _ new: String) -> PatternRelation? {
        if let known = relations[[old, new]] { return known }
        let allowed = min(patternSteps, Self.maximumPatternSteps)
        var left = allowed
        let relation = PatternRelation.between(old, new, steps: &left)
        patternSteps -= allowed - max(0, left)
        relations[[old, new]] = .some(relation)
        return relation
    }
}
