extension PatternNode {
    /// Returns an equivalent pattern without captures, for a pattern without back-references.
    ///
    /// Groups are removed, and alternatives of one character become a set, so `(a|b)*` becomes a simple loop.
    func simplified() -> PatternNode {
        switch self {
        case .empty, .scalar, .textStart, .textEnd, .wordBoundary, .backreference:
            return self
        case .set(let set):
            return set.singleMember.map { .scalar($0) } ?? self
        case .group(let body, _):
            return body.simplified()
        case .lookaround(let lookaround):
            var copy = lookaround
            copy.body = lookaround.body.simplified()
            return .lookaround(copy)
        case .repetition(let repetition):
            return Self.simplified(repetition)
        case .sequence(let parts):
            return Self.sequence(of: parts.map { $0.simplified() })
        case .alternatives(let parts):
            return Self.alternatives(of: parts.map { $0.simplified() })
        }
    }

    private static func simplified(_ repetition: Repetition) -> PatternNode {
        let body = repetition.body.simplified()
        if case .empty = body { return .empty }
        if repetition.maximum == 0 { return .empty }
        if repetition.minimum == 1, repetition.maximum == 1 { return body }
        return .repetition(
            Repetition(
                body: body,
                minimum: repetition.minimum,
                maximum: repetition.maximum,
                isGreedy: repetition.isGreedy,
                groups: 0..<0,
                offset: repetition.offset
            )
        )
    }

    private static func sequence(of parts: [PatternNode]) -> PatternNode {
        var flat: [PatternNode] = []
        for part in parts {
            switch part {
            case .empty: continue
            case .sequence(let inner): flat += inner
            default: flat.append(part)
            }
        }
        switch flat.count {
        case 0: return .empty
        case 1: return flat[0]
        default: return .sequence(flat)
        }
    }

    private static func alternatives(of parts: [PatternNode]) -> PatternNode {
        var flat: [PatternNode] = []
        var joined = ScalarSet()
        var place: Int?
        func join(_ set: ScalarSet) {
            joined.formUnion(set)
            if place == nil {
                place = flat.count
                flat.append(.empty)
            }
        }
        for part in parts.flatMap({ part in if case .alternatives(let inner) = part { inner } else { [part] } }) {
            switch part {
            case .scalar(let value): join(ScalarSet(value))
            case .set(let set) where set.isPlain: join(set)
            default: flat.append(part)
            }
        }
        if let place {
            joined.normalise()
            flat[place] = joined.singleMember.map { .scalar($0) } ?? .set(joined)
        }
        return flat.count == 1 ? flat[0] : .alternatives(flat)
    }
}
