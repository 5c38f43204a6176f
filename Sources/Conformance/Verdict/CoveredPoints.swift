/// The documented points of one kind, such as the members of a response's bodies: how many there are, how many were
/// exercised, and which.
package struct CoveredPoints: Sendable, Equatable {
    /// How many are documented.
    package let documented: Int
    /// How many of them were exercised.
    package let exercised: Int
    private let list: @Sendable (_ isUnexercised: Bool, _ limit: Int) -> [CoveragePoint]

    /// The listed points.
    package init(_ points: [CoveragePoint] = []) {
        documented = points.count
        exercised = points.count(where: \.isExercised)
        list = { isUnexercised, limit in
            Array((isUnexercised ? points.filter { !$0.isExercised } : points).prefix(limit))
        }
    }

    /// Points whose names are made when they are listed.
    ///
    /// - Parameter list: Returns the points in the order of the document: all of them or those that were not exercised,
    ///   up to a limit.
    init(
        documented: Int, exercised: Int,
        list: @escaping @Sendable (_ isUnexercised: Bool, _ limit: Int) -> [CoveragePoint]
    ) {
        self.documented = documented
        self.exercised = exercised
        self.list = list
    }

    /// Every point, in the order of the document. Makes the name of each.
    package var all: [CoveragePoint] { list(false, .max) }

    /// The first points that were not exercised, at most `limit`.
    package func unexercised(limit: Int) -> [CoveragePoint] {
        exercised < documented && limit > 0 ? list(true, limit) : []
    }

    /// Whether both have the same points with the same counts.
    package static func == (left: CoveredPoints, right: CoveredPoints) -> Bool {
        left.documented == right.documented && left.exercised == right.exercised && left.all == right.all
    }
}
