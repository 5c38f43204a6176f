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
    /// Pages that are listed individually.
    private static let listedPages = 8

    private var findings: [Finding] = []
    private var seen: Set<String> = []
    /// The pages on which each deviation was found, by fingerprint.
    private var pages: [String: [Int]] = [:]

    var hasErrors: Bool { findings.contains { $0.severity == .error } }

    /// Adds the findings of one more attempt, without those that an earlier attempt had.
    ///
    /// - Parameter page: The page to which the attempt belongs, from 1; `nil` without pages.
    mutating func add(_ new: [Finding], page: Int? = nil) {
        let earlier = seen
        for finding in new {
            let fingerprint = finding.fingerprint
            if let page, pages[fingerprint]?.last != page { pages[fingerprint, default: []].append(page) }
            guard !earlier.contains(fingerprint) else { continue }
            findings.append(finding)
            seen.insert(fingerprint)
        }
    }

    /// The findings; of several pages, with the pages that have them.
    func findings(ofPages count: Int) -> [Finding] {
        guard count > 1 else { return findings }
        return findings.map { finding in
            guard let pages = pages[finding.fingerprint] else { return finding }
            let listed = pages.prefix(Self.listedPages).map(String.init).joined(separator: ", ")
            let rest = pages.count > Self.listedPages ? " and \(pages.count - Self.listedPages) more" : ""
            var finding = finding
            finding.details.append("on page\(pages.count == 1 ? "" : "s") \(listed)\(rest) of \(count)")
            return finding
        }
    }
}
