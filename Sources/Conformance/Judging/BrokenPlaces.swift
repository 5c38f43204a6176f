import Diagnostics
import JSONDocument

/// The places of a response that have a finding already, so that one cause gives one finding.
struct BrokenPlaces: Sendable {
    private var pointers: [JSONPointer] = []
    private var headers: [String] = []
    /// Members that the contract does not declare, which has a finding; their values are as good as others.
    private var undeclared: [JSONPointer] = []
    private var isBodyUnreadable = false
    /// Whether the status has a finding: then the answer is not the one that was asked for.
    private(set) var hasStatus = false

    private static let unreadable = [
        Rule.bodyJSON.id, Rule.bodyForm.id, Rule.bodyEncoding.id, Rule.bodyMissing.id, Rule.mediaTypeUndocumented.id,
        Rule.mediaTypeSyntax.id,
    ]

    /// Whether no finding has left a trace here.
    var isEmpty: Bool {
        pointers.isEmpty && headers.isEmpty && undeclared.isEmpty && !isBodyUnreadable && !hasStatus
    }

    /// No place.
    init() {}

    /// The places that `findings` are about. Undeclared members leave their place usable.
    init(_ findings: [Finding]) {
        add(findings)
    }

    /// Whether a difference between two answers is told already: either place is broken, or the difference is that
    /// one of them has a member that the contract does not declare.
    func tells(_ pointer: JSONPointer) -> Bool {
        covers(pointer) || undeclared.contains { Self.isInside(pointer, $0) }
    }

    /// Adds the places of more findings.
    mutating func add(_ findings: [Finding]) {
        for finding in findings {
            if finding.severity == .error { insert(finding) }
            if finding.rule == Rule.bodyUndeclared.id, case .body(let pointer, _)? = finding.response {
                undeclared.append(pointer)
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
            // Nothing can be expected of an answer about something else.
            pointers.append(.root)
        case .body(let pointer, _)?:
            if Self.unreadable.contains(finding.rule) { isBodyUnreadable = true }
            if finding.rule != Rule.bodyUndeclared.id { pointers.append(pointer) }
        case .status?: hasStatus = true
        case nil: break
        }
    }

    /// Whether the value at `pointer`, or one around it, has a finding.
    func covers(_ pointer: JSONPointer) -> Bool {
        isBodyUnreadable || pointers.contains { Self.isInside(pointer, $0) }
    }

    /// Whether a value somewhere inside the one at `pointer` has a finding.
    func liesBelow(_ pointer: JSONPointer) -> Bool {
        pointers.contains { Self.isInside($0, pointer) }
    }

    /// Whether the header has a finding.
    func covers(header name: String) -> Bool {
        headers.contains { isSameName($0, name) }
    }

    private static func isInside(_ pointer: JSONPointer, _ outer: JSONPointer) -> Bool {
        outer.tokens.count <= pointer.tokens.count
            && zip(outer.tokens, pointer.tokens).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
    }
}
