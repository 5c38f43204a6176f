import Diagnostics
import JSONDocument

/// Joins findings that are one deviation in several elements of a list.
enum Repeats {
    /// The findings with each deviation once, at its first place; the details list the other places.
    static func merged(_ findings: [Finding]) -> [Finding] {
        var order: [Finding] = []
        var index: [String: Int] = [:]
        var others: [[String]] = []
        for finding in findings {
            guard case .body(let pointer, _)? = finding.response, pointer.tokens.contains(where: { Int($0) != nil })
            else {
                order.append(finding)
                others.append([])
                continue
            }
            let key = "\(finding.fingerprint) \(finding.contractLocation?.description ?? "") \(finding.severity)"
            if let known = index[key] {
                others[known].append(pointer.description)
            } else {
                index[key] = order.count
                order.append(finding)
                others.append([])
            }
        }
        return zip(order, others).map { finding, places in
            guard !places.isEmpty else { return finding }
            var finding = finding
            let rest = places.count > 5 ? " and \(places.count - 5) more" : ""
            finding.details.append("also at \(places.prefix(5).joined(separator: ", "))\(rest)")
            return finding
        }
    }
}

/// The findings of a step's attempts, each deviation once.
struct AttemptFindings {
    private(set) var findings: [Finding] = []
    private var seen: Set<String> = []

    var hasErrors: Bool { findings.contains { $0.severity == .error } }

    /// Adds the findings of one more attempt, without those that an earlier attempt had.
    mutating func add(_ new: [Finding]) {
        let earlier = seen
        for finding in new where !earlier.contains(finding.fingerprint) {
            findings.append(finding)
            seen.insert(finding.fingerprint)
        }
    }
}
