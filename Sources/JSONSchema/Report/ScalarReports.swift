import ECMAPattern
import JSONDocument
import Primitives

/// Reports `type`, `enum`, `const` and the keywords for strings and numbers.
extension Reporter {
    /// Returns whether the other keywords should be reported as well.
    mutating func reportType(_ node: NodeReference, _ entry: Int) -> Bool {
        let kind = tape.kind(at: entry)
        let allowed = node.pointee.kinds
        let isFraction = kind == .number && node.pointee.integerOnly && !tape.isInteger(at: entry)
        if allowed.contains(KindSet(kind)), !isFraction { return true }
        let names = allowed.names(integerOnly: node.pointee.integerOnly)
        let found = isFraction ? Messages.fractionalNumber : Messages.article(kind)
        add("type", node, entry, Messages.wrongType(found, names), expected: listed(names, "or"))
        return false
    }

    mutating func reportValues(_ node: NodeReference, _ rules: UnsafePointer<ValueRules>, _ entry: Int) {
        let tables = rules.pointee.tables
        for number in tables.indices {
            let (isEnumeration, fits) = tables.withElement(number) {
                ($0.pointee.isEnumeration, ValueTable.contains($0, tape, entry))
            }
            if fits { continue }
            let json = index.node(node.pointee.source)
            if isEnumeration {
                let values = json["enum"].map { $0.elements.prefix(6).map(\.excerpt) } ?? []
                let count = json["enum"]?.count ?? 0
                let shown = Messages.cutList(values, of: count)
                add(
                    "enum", node, entry, Messages.notInEnumeration(tape.excerpt(entry), count, shown),
                    expected: Messages.oneOf(shown))
            } else {
                let value = json["const"]?.excerpt ?? ""
                add("const", node, entry, Messages.notConstant(tape.excerpt(entry), value), expected: value)
            }
        }
    }

    mutating func reportString(_ node: NodeReference, _ rules: UnsafePointer<StringRules>, _ entry: Int) {
        let length = tape.scalarCount(at: entry)
        if length < rules.pointee.minimumLength {
            let minimum = rules.pointee.minimumLength
            add("minLength", node, entry, Messages.tooShort(length, minimum), expected: Messages.atLeast(minimum))
        }
        if length > rules.pointee.maximumLength {
            let maximum = rules.pointee.maximumLength
            add("maxLength", node, entry, Messages.tooLong(length, maximum), expected: Messages.atMost(maximum))
        }
        if let pattern = rules.pointee.pattern {
            switch checker.search(pattern, entry) {
            case .valid: break
            case .invalid:
                let source = pattern.pointee.source
                add(
                    "pattern", node, entry, Messages.noMatch(tape.excerpt(entry), source),
                    expected: Messages.cut(source, 200))
            case .undecided, .unjudged: addUndecided("pattern", at: entry, node)
            }
        }
        guard let format = rules.pointee.format, checker.assertsFormats || rules.pointee.alwaysAssertsFormat else {
            return
        }
        if !tape.withText(at: entry, { format.accepts($0) }) {
            let message = Messages.wrongFormat(tape.excerpt(entry), format.rawValue)
            add("format", node, entry, message, expected: format.rawValue)
        }
    }

    mutating func reportNumber(_ node: NodeReference, _ rules: UnsafePointer<NumberRules>, _ entry: Int) {
        let found = tape.excerpt(entry)
        let bounds = rules.pointee.bounds
        for number in bounds.indices where !checker.isInside(bounds[number], entry) {
            let bound = bounds[number]
            let limit = Messages.cut(bound.limit.exact.pointee.lexeme, 100)
            add(
                bound.keyword, node, entry, Messages.outOfBounds(found, bound.side, limit),
                expected: Messages.bound(bound.side, limit))
        }
        if let divisor = rules.pointee.divisor {
            let text = Messages.cut(divisor.exact.pointee.lexeme, 100)
            switch checker.isMultiple(entry, of: divisor) {
            case true?: break
            case false?:
                add(
                    "multipleOf", node, entry, Messages.notMultiple(found, text),
                    expected: Messages.multiple(text))
            case nil: addUndecided("multipleOf", at: entry, node)
            }
        }
        guard let format = rules.pointee.format, checker.assertsFormats || rules.pointee.alwaysAssertsFormat else {
            return
        }
        if !format.accepts(numberAt: entry, tape) {
            add("format", node, entry, Messages.wrongFormat(found, format.rawValue), expected: format.rawValue)
        }
    }
}

extension NumberBound {
    /// The keyword that contains the limit.
    var keyword: String {
        switch side {
        case .minimum: "minimum"
        case .maximum: "maximum"
        case .exclusiveMinimum: isSharpened ? "minimum" : "exclusiveMinimum"
        case .exclusiveMaximum: isSharpened ? "maximum" : "exclusiveMaximum"
        }
    }
}

extension JSONNode {
    /// The value as text, cut to about 100 characters.
    var excerpt: String {
        withTape { tape, entry in tape.excerpt(entry) }
    }
}
