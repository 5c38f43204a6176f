import Diagnostics
import JSONDocument
import Primitives

/// The findings of one cause: of equal severity, rule, operation and place, over the steps of a run.
///
/// Every format of the report shows groups. So a server with three faults has three groups, however long the run is.
package struct FindingGroup: Sendable, Equatable {
    /// The number of the failure, from 1, in the order of the report; `nil` for warnings and notes.
    package var number: Int?
    /// The findings, in the order of the verdict; at least one.
    package var members: [Member]

    /// A finding and its step.
    package struct Member: Sendable, Equatable {
        /// The finding.
        package var finding: Finding
        /// Where the verdict has the step; `nil` for findings about no step.
        package var step: StepPlace?
        /// The position among the findings of the step, or among those about no step.
        package var index = 0
    }

    /// The place of a step in a verdict.
    package struct StepPlace: Sendable, Hashable {
        /// The index of the scenario.
        package var scenario: Int
        /// The index of the step in its scenario.
        package var step: Int
    }

    /// The finding that represents the group: its first one.
    package var first: Finding { members[0].finding }

    /// The steps with a finding of the group, each once, in the order of the verdict.
    package var steps: [StepPlace] {
        var known: Set<StepPlace> = []
        return members.compactMap(\.step).filter { known.insert($0).inserted }
    }
}

extension Verdict {
    /// The findings in groups: errors, then warnings, then notes, each in the order of their first findings.
    package var groups: [FindingGroup] {
        var groups: [FindingGroup] = []
        var places: [String: Int] = [:]
        func add(_ finding: Finding, _ index: Int, _ step: FindingGroup.StepPlace?) {
            let member = FindingGroup.Member(finding: finding, step: step, index: index)
            if let place = places[finding.cause] {
                groups[place].members.append(member)
            } else {
                places[finding.cause] = groups.count
                groups.append(FindingGroup(members: [member]))
            }
        }
        forEachStep { place, found in
            for (index, finding) in found.enumerated() { add(finding, index, place) }
        }
        for (index, finding) in findings.enumerated() { add(finding, index, nil) }
        var ordered = Severity.allCases.sorted(by: >).flatMap { severity in
            groups.filter { $0.first.severity == severity }
        }
        for index in ordered.indices where ordered[index].first.severity == .error {
            ordered[index].number = index + 1
        }
        return ordered
    }

    /// The scenario and the step at a place.
    package func step(at place: FindingGroup.StepPlace) -> (scenario: ScenarioVerdict, step: StepVerdict) {
        let scenario = scenarios[place.scenario]
        return (scenario, scenario.steps[place.step])
    }
}

extension Finding {
    /// A name that the findings of one group have in common: 16 hexadecimal digits.
    fileprivate var cause: String {
        var parts = [severity.rawValue, rule]
        switch blame {
        case .document where contractLocation != nil:
            // A mistake of the document concerns every operation that uses the schema.
            parts += [contractLocation?.description ?? "", response?.lastName ?? ""]
        case .transport where response == nil:
            // The connection does not depend on the operation.
            break
        case .server, .document, .table, .transport:
            parts += [operation ?? "", response?.identity ?? clause ?? ""]
            if isOfLaw { parts.append(clause ?? "") }
        }
        return StableHash(parts).digits
    }

    /// Whether it deviates from a law. Several laws may concern one place.
    private var isOfLaw: Bool { rule.utf8.starts(with: "law".utf8) }
}

extension ResponsePlace {
    /// The last name of the place, such as the member that the document does not declare.
    fileprivate var lastName: String {
        guard case .body(let pointer, _) = self else { return identity }
        return pointer.tokens.last { Int($0) == nil } ?? ""
    }
}
