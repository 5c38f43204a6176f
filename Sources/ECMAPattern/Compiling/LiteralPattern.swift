/// A pattern that consists only of literal texts, such as `^abc`, `^abc$` or `^(?:GET|POST)$`. It is compared directly,
/// without a machine.
struct LiteralPattern {
    let literals: [[UInt8]]
    let isAnchoredAtStart: Bool
    let isAnchoredAtEnd: Bool

    /// Creates the pattern from a simplified tree; nil if the tree is more than literals between anchors.
    init?(_ root: PatternNode) {
        var parts = if case .sequence(let parts) = root { parts } else { [root] }
        isAnchoredAtStart = if case .textStart? = parts.first { true } else { false }
        if isAnchoredAtStart { parts.removeFirst() }
        isAnchoredAtEnd = if case .textEnd? = parts.last { true } else { false }
        if isAnchoredAtEnd { parts.removeLast() }
        let alternatives: [[PatternNode]]
        if parts.count == 1, case .alternatives(let choices) = parts[0] {
            alternatives = choices.map { if case .sequence(let inner) = $0 { inner } else { [$0] } }
        } else {
            alternatives = [parts]
        }
        var literals: [[UInt8]] = []
        for alternative in alternatives {
            guard let bytes = Self.bytes(of: alternative) else { return nil }
            literals.append(bytes)
        }
        self.literals = literals
    }

    private static func bytes(of parts: [PatternNode]) -> [UInt8]? {
        var bytes: [UInt8] = []
        for part in parts {
            switch part {
            case .empty: continue
            case .scalar(let value):
                guard let scalar = Unicode.Scalar(value) else { return nil }
                bytes += UTF8.encode(scalar).map { Array($0) } ?? []
            default: return nil
            }
        }
        return bytes
    }

    /// Whether the text contains one of the literals at its anchors; nil for a text without such an anchor.
    func test(_ text: UTF8Text, wholeText: Bool) -> Bool? {
        switch (isAnchoredAtStart || wholeText, isAnchoredAtEnd || wholeText) {
        case (true, true):
            for literal in literals where literal.count == text.count && text.holds(literal, at: 0) { return true }
        case (true, false):
            for literal in literals where text.holds(literal, at: 0) { return true }
        case (false, true):
            for literal in literals where text.holds(literal, at: text.count - literal.count) { return true }
        case (false, false):
            return nil
        }
        return false
    }
}
