import Diagnostics
import JSONDocument

/// The places of a response that have a finding already, so that one cause gives one finding.
struct BrokenPlaces: Sendable {
    private var pointers: Set<JSONPointer> = []
    /// The places around those, themselves included.
    private var around: Set<JSONPointer> = []
    private var headers: [String] = []
    /// Members that the contract does not declare. They have a finding, but their values can be used.
    private var undeclared: Set<JSONPointer> = []
    private var isBodyUnreadable = false
    /// Whether the status has a finding: then the response is not the expected one.
    private(set) var hasStatus = false

    private static let unreadable = [
        Rule.bodyJSON.id, Rule.bodyForm.id, Rule.bodyEncoding.id, Rule.bodyMissing.id, Rule.mediaTypeUndocumented.id,
        Rule.mediaTypeSyntax.id,
    ]

    /// Whether no place has a finding.
    var isEmpty: Bool {
        pointers.isEmpty && headers.isEmpty && undeclared.isEmpty && !isBodyUnreadable && !hasStatus
    }

    /// No place.
    init() {}

    /// The places of `findings`. Undeclared members can still be used.
    init(_ findings: [Finding]) {
        add(findings)
    }

    /// Whether another finding explains a difference between two responses at a place: the place has a finding, or one
    /// response has a member there that the contract does not declare.
    func explains(_ pointer: JSONPointer) -> Bool {
        covers(pointer) || Self.hasOuter(pointer, in: undeclared)
    }

    /// Adds the places of more findings.
    mutating func add(_ findings: [Finding]) {
        for finding in findings {
            if finding.severity == .error { insert(finding) }
            if finding.rule == Rule.bodyUndeclared.id, case .body(let pointer, _)? = finding.response {
                undeclared.insert(pointer)
            }
        }
    }

    private mutating func insert(_ finding: Finding) {
        switch finding.response {
        case .header where finding.rule == Rule.headerUndeclared.id:
            break
        case .header(let name)?:
            headers.append(name)
            if finding.rule.hasPrefix("media-type."), Self.unreadable.contains(finding.rule) { isBodyUnreadable = true }
        case .body where finding.rule == Rule.stateOther.id:
            // A response about another resource cannot be judged further.
            insert(.root)
        case .body(let pointer, _)?:
            if Self.unreadable.contains(finding.rule) { isBodyUnreadable = true }
            if finding.rule != Rule.bodyUndeclared.id { insert(pointer) }
        case .status?: hasStatus = true
        case nil: break
        }
    }

    /// Whether the value at `pointer`, or one around it, has a finding.
    func covers(_ pointer: JSONPointer) -> Bool {
        isBodyUnreadable || Self.hasOuter(pointer, in: pointers)
    }

    /// Whether a value somewhere inside the one at `pointer` has a finding.
    func liesBelow(_ pointer: JSONPointer) -> Bool {
        around.contains(pointer)
    }

    /// Whether the header has a finding.
    func covers(header name: String) -> Bool {
        headers.contains { isSameName($0, name) }
    }

    private mutating func insert(_ pointer: JSONPointer) {
        pointers.insert(pointer)
        var place: JSONPointer? = pointer
        while let next = place, around.insert(next).inserted { place = next.parent }
    }

    /// Whether `places` has the pointer or one around it: one look-up per token, however many places there are.
    private static func hasOuter(_ pointer: JSONPointer, in places: Set<JSONPointer>) -> Bool {
        guard !places.isEmpty else { return false }
        var place: JSONPointer? = pointer
        while let next = place {
            if places.contains(next) { return true }
            place = next.parent
        }
        return false
    }
}
