/// The least share of a contract that a run must exercise.
package struct CoverageThreshold: Sendable, Equatable {
    /// The points that can be counted.
    package enum Kind: String, Sendable, CaseIterable {
        /// Operations that were called and returned a documented response.
        case operations
        /// Documented responses.
        case responses
        /// Media types of documented responses.
        case mediaTypes
        /// Headers of documented responses.
        case headers
        /// Members of bodies.
        case properties
        /// Values of enumerations.
        case values
        /// Alternatives of credentials.
        case security
        /// Calls that must be refused.
        case negative
    }

    /// The points that are counted.
    package var kind: Kind
    /// The least share, in percent, 0 to 100.
    package var percent: Double

    /// At least `percent` of `kind`.
    package init(kind: Kind, percent: Double) {
        self.kind = kind
        self.percent = percent
    }

    /// Parses `80`, which means documented responses, or `operations=100,headers=50`; `nil` for anything else.
    package static func parse(_ text: String) -> [CoverageThreshold]? {
        var thresholds: [CoverageThreshold] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let kind = pair.count == 2 ? Kind(rawValue: String(pair[0])) : .responses
            guard let kind, let number = pair.last.flatMap({ Double($0) }), (0...100).contains(number) else {
                return nil
            }
            thresholds.append(CoverageThreshold(kind: kind, percent: number))
        }
        return thresholds
    }
}

extension Coverage {
    /// How many points of a kind there are, and how many were exercised.
    package func share(_ kind: CoverageThreshold.Kind) -> (documented: Int, exercised: Int) {
        switch kind {
        case .operations: (operations.count, exercisedOperations)
        case .responses: (documentedResponses, exercisedResponses)
        case .mediaTypes: share(\ResponseCoverage.mediaTypes)
        case .headers: share(\ResponseCoverage.headers)
        case .properties: share(\ResponseCoverage.properties)
        case .values: share(\ResponseCoverage.values)
        case .security: share(\OperationCoverage.security)
        case .negative: share(\OperationCoverage.negative)
        }
    }

    private func share(_ points: KeyPath<ResponseCoverage, CoveredPoints>) -> (documented: Int, exercised: Int) {
        var (documented, exercised) = (0, 0)
        for operation in operations {
            for response in operation.responses {
                documented += response[keyPath: points].documented
                exercised += response[keyPath: points].exercised
            }
        }
        return (documented, exercised)
    }

    private func share(_ points: KeyPath<OperationCoverage, [CoveragePoint]>) -> (documented: Int, exercised: Int) {
        var (documented, exercised) = (0, 0)
        for operation in operations {
            documented += operation[keyPath: points].count
            exercised += operation[keyPath: points].count(where: \.isExercised)
        }
        return (documented, exercised)
    }

    /// A finding for every threshold that was not reached. If nothing is documented, every threshold is reached.
    func findings(_ thresholds: [CoverageThreshold]) -> [Finding] {
        thresholds.compactMap { threshold in
            let (documented, exercised) = share(threshold.kind)
            guard documented > 0, Double(exercised) * 100 < threshold.percent * Double(documented) else { return nil }
            let percent = Double(exercised * 1000 / documented) / 10
            return Finding(
                .coverageBelow,
                "\(exercised) of \(documented) \(threshold.kind.rawValue) were exercised (\(percent) %)",
                blame: .table,
                clause: threshold.kind.rawValue,
                expected: "at least \(threshold.percent) %",
                actual: "\(percent) %"
            )
        }
    }
}

extension Verdict {
    /// The verdict with a finding for every threshold of coverage that was not reached.
    package func requiring(_ thresholds: [CoverageThreshold]) -> Verdict {
        var verdict = self
        verdict.findings += coverage.findings(thresholds)
        return verdict
    }
}
