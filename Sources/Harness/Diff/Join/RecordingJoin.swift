import Conformance
import Diagnostics
import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives
package import Recordings
import Scenarios
package import Versions

extension ChangeJoin {
    /// The maximum number of entries that are joined; further recordings are left out.
    static let maximumEntries = 20_000

    /// Finds the effects of the changes on the entries of recordings.
    ///
    /// A request or response breaks when it fits the old contract but not the new one. Entries that were recorded for
    /// other contracts are left out.
    package func recordings(_ recordings: [Recording]) -> RecordingHits {
        var hits = RecordingHits()
        var left = Self.maximumEntries
        for recording in recordings {
            let matcher = EntryMatcher(old, for: recording.entries)
            for (index, entry) in recording.entries.enumerated() {
                guard left > 0 else {
                    hits.isCut = true
                    return hits
                }
                if let step = entry.step, !step.contract.isSame(as: old.name) { continue }
                guard let operation = matcher.operation(of: entry.request), let changes = changes(of: operation) else {
                    continue
                }
                left -= 1
                var join = EntryJoin(
                    entry: entry, old: operation, new: pairs.partner(of: operation), changes: changes,
                    oldContract: old, newContract: new)
                join.run()
                for (change, effect, reason) in join.found {
                    hits.add(
                        RecordingImpact(file: recording.path, entry: index + 1, effect: effect, reason: reason), change)
                }
            }
        }
        return hits
    }
}

/// The entries of recordings that changes break or touch.
package struct RecordingHits: Sendable {
    private var byChange: [Change: [RecordingImpact]] = [:]
    /// Whether some entries were left out because there were too many.
    package internal(set) var isCut = false

    mutating func add(_ impact: RecordingImpact, _ change: Change) {
        byChange[change, default: []].append(impact)
    }

    /// The changes that any entry uses.
    var changes: some Collection<Change> { byChange.keys }

    /// The entries of a change. Entries that break come first.
    package func entries(of change: Change) -> [RecordingImpact] {
        let own = byChange[change] ?? []
        return own.filter { $0.effect == .breaks } + own.filter { $0.effect == .touches }
    }

    /// The number of entries that at least one change breaks.
    package var breaking: Int {
        var seen: [String: Set<Int>] = [:]
        for impact in byChange.values.joined() where impact.effect == .breaks {
            seen[impact.file, default: []].insert(impact.entry)
        }
        return seen.values.reduce(0) { $0 + $1.count }
    }
}

/// Joins one entry with the changes of its operation.
private struct EntryJoin {
    let entry: RecordedExchange
    let old: Operation
    let new: Operation?
    let changes: OperationChanges
    let oldContract: Contract
    let newContract: Contract
    private(set) var found: [(Change, ImpactEffect, String)] = []

    init(
        entry: RecordedExchange, old: Operation, new: Operation?, changes: OperationChanges, oldContract: Contract,
        newContract: Contract
    ) {
        self.entry = entry
        self.old = old
        self.new = new
        self.changes = changes
        self.oldContract = oldContract
        self.newContract = newContract
    }

    mutating func run() {
        for change in changes.own where change.rule.id.hasPrefix("operation.removed") {
            found.append((change, .breaks, "calls `\(old.name)`, which was removed"))
        }
        guard let new else { return }
        joinRequest(new)
        if let response = entry.outcome.response, entry.unjudged == nil { joinResponse(response, new) }
    }

    // MARK: The request

    private mutating func joinRequest(_ new: Operation) {
        let body = entry.request.cut == nil ? entry.request.body : nil
        let value = body.flatMap { try? JSONDocument(parsing: $0).root.value }
        let wire = WireRequest(entry.request, baseURL: "")
        func issues(_ operation: Operation, _ contract: Contract) -> [RequestIssue] {
            guard let values = operation.pathValues(inTailOf: wire.path) else { return [] }
            return operation.issues(in: wire, pathValues: values, credentialSchemes: contract.securitySchemes)
                .filter { !$0.isUndecided }
        }
        let known = issues(old, oldContract)
        let fresh = issues(new, newContract).filter { issue in
            !known.contains { $0.place == issue.place && $0.keyword == issue.keyword } && isRecorded(issue)
        }
        var broken: Set<Change> = []
        let owners = IssueOwners(body: value, view: old.bodyView)
        // A request that the server rejected when it was recorded cannot break.
        let wasAccepted = (entry.outcome.response?.status ?? 200) < 400
        for issue in fresh where wasAccepted {
            for change in causes(of: issue, owners) where broken.insert(change).inserted {
                found.append((change, .breaks, "the request: '\(issue.place)' \(issue.message)"))
            }
        }
        for change in changes.body where !broken.contains(change) && change.rule.kind != .annotation {
            guard let value, change.rule.area == "body" || change.rule.area == "property",
                let place = change.pointer.places(in: value, old.bodyView).first
            else { continue }
            found.append((change, .touches, "sends `\(JSONPointer(place).asPath)`, \(change.clause)"))
        }
        for change in changes.parameters where !broken.contains(change) && change.rule.kind != .annotation {
            guard case .parameter(let place, let name) = change.place, sends(name, place) else { continue }
            found.append((change, .touches, "sends `\(place).\(name)`, \(change.clause)"))
        }
    }

    private func causes(of issue: RequestIssue, _ owners: IssueOwners) -> [Change] {
        switch issue.place {
        case .body(let pointer):
            if pointer.tokens.isEmpty, owners.body == nil {
                return changes.body.filter { $0.rule.id.hasPrefix("request.body.") && $0.pointer.tokens.isEmpty }
            }
            return owners.owners(
                of: issue.keyword, at: pointer, among: changes.body.filter { $0.isOfContent && $0.mayReject })
        case .mediaType: return changes.body.filter { $0.rule.id == "request.media-type.removed" }
        default:
            return changes.parameters.filter { change in
                guard case .parameter(let place, let name) = change.place, change.mayReject else { return false }
                return issue.place.isParameter(name, place)
            }
        }
    }

    /// Whether the recording contains the part that an issue is about.
    private func isRecorded(_ issue: RequestIssue) -> Bool {
        switch issue.place {
        case .header, .cookie, .mediaType: !entry.gaps.contains(.requestHeaders)
        case .body: entry.request.cut == nil
        default: true
        }
    }

    private func sends(_ name: String, _ place: String) -> Bool {
        switch place {
        case "header": return !entry.request.header(name).isEmpty
        case "query", "querystring":
            return (entry.request.query ?? "").split(separator: "&").contains { item in
                item.split(separator: "=").first.map { $0.isSame(as: name) } ?? false
            }
        case "path": return true
        default: return false
        }
    }

    // MARK: The response

    private mutating func joinResponse(_ response: ResponseMessage, _ new: Operation) {
        let before = old.response(status: response.status)
        let after = new.response(status: response.status)
        let keys = Set([before, after].compactMap { $0?.statusKey.lowercased() })
        let value = response.cut == nil ? try? JSONDocument(parsing: response.body).root.value : nil
        let known = ResponseJudge(old, of: oldContract).findings(response).map(\.signature)
        let fresh = ResponseJudge(new, of: newContract).findings(response).filter { finding in
            finding.blame == .server && finding.severity == .error && !known.contains(finding.signature)
        }
        let view = before?.content.first { $0.range.isJSON }?.schema?.view
        let owners = IssueOwners(body: value, view: view)
        let own = changes.responses.filter { change in
            switch change.place {
            case .response(let status, _), .header(let status, _): keys.contains(status.lowercased())
            default: false
            }
        }
        var broken: Set<Change> = []
        for finding in fresh {
            for change in causes(of: finding, owners, own) where broken.insert(change).inserted {
                let place = finding.response?.description ?? "the response"
                found.append((change, .breaks, "the response: \(place): \(finding.message)"))
            }
        }
        for change in own where !broken.contains(change) && change.rule.kind != .annotation {
            switch change.place {
            case .header(_, let name):
                guard !response.header(name).isEmpty else { continue }
                found.append((change, .touches, "has the header `\(name)`, \(change.clause)"))
            case .response where change.rule.area == "status":
                found.append((change, .touches, "has status \(response.status): \(change.message)"))
            case .response:
                guard let value, change.rule.area == "body" || change.rule.area == "property",
                    let place = change.pointer.places(in: value, view).first
                else { continue }
                found.append((change, .touches, "has `\(JSONPointer(place).asPath)`, \(change.clause)"))
            default: continue
            }
        }
    }

    private func causes(of finding: Finding, _ owners: IssueOwners, _ own: [Change]) -> [Change] {
        switch finding.response {
        case .body(let pointer, _)?:
            let keyword = finding.rule.split(separator: ".").last.map(String.init) ?? ""
            let changes = own.filter { ($0.rule.area == "body" || $0.rule.area == "property") && $0.mayReject }
            return owners.owners(of: keyword, at: pointer, among: changes)
        case .header(let name)?:
            if finding.rule.hasPrefix("media-type") {
                return own.filter { $0.rule.id == "response.media-type.removed" }
            }
            return own.filter { change in
                if case .header(_, let changed) = change.place, change.mayReject {
                    changed.lowercased() == name.lowercased()
                } else {
                    false
                }
            }
        case .status?: return own.filter { $0.rule.area == "status" && $0.isRemoval }
        case nil: return []
        }
    }
}

extension Finding {
    /// The rule and the place, which identify a finding under both contracts.
    fileprivate var signature: String { "\(rule)\n\(response?.description ?? "")" }
}
