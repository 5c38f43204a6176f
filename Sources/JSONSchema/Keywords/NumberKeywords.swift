import JSONDocument

/// `minimum`, `maximum`, their exclusive forms, `multipleOf` and the formats of numbers.
struct NumberRules {
    var bounds = Slice<NumberBound>()
    var divisor: NumberOperand?
    var format: SchemaFormat?
    var alwaysAssertsFormat = false
}

/// One end of the allowed range.
struct NumberBound {
    enum Side: UInt8 {
        case minimum
        case maximum
        case exclusiveMinimum
        case exclusiveMaximum
    }

    let side: Side
    let limit: NumberOperand
    /// The keyword whose value the limit is; with OpenAPI 3.0 `exclusiveMinimum` only sharpens `minimum`.
    let isSharpened: Bool

    /// Whether a number that compares so with the limit is inside.
    @inline(__always)
    func allows<Value: Comparable>(_ value: Value, _ limit: Value) -> Bool {
        switch side {
        case .minimum: value >= limit
        case .maximum: value <= limit
        case .exclusiveMinimum: value > limit
        case .exclusiveMaximum: value < limit
        }
    }
}

/// A number of a schema in the forms in which it is compared, from the quickest to the exact one.
struct NumberOperand {
    let integer: Int?
    let decimal: SmallDecimal?
    let exact: UnsafePointer<JSONNumber>
}

extension Checker {
    @inline(__always)
    func checkNumber(_ rules: UnsafePointer<NumberRules>, _ entry: Int) -> Validity {
        let bounds = rules.pointee.bounds
        for index in bounds.indices where !isInside(bounds[index], entry) {
            return .invalid
        }
        if let divisor = rules.pointee.divisor {
            switch isMultiple(entry, of: divisor) {
            case true?: break
            case false?: return .invalid
            case nil: return .undecided
            }
        }
        if let format = rules.pointee.format, assertsFormats || rules.pointee.alwaysAssertsFormat {
            guard format.accepts(numberAt: entry, tape) else { return .invalid }
        }
        return .valid
    }

    @inline(__always)
    func isInside(_ bound: NumberBound, _ entry: Int) -> Bool {
        if let limit = bound.limit.integer, let value = tape.integer(at: entry) {
            return bound.allows(value, limit)
        }
        if let limit = bound.limit.decimal, let value = tape.decimal(at: entry) {
            return bound.allows(value, limit)
        }
        return bound.allows(tape.number(at: entry), bound.limit.exact.pointee)
    }

    /// `nil` when the exponents are too far apart to decide.
    @inline(__always)
    func isMultiple(_ entry: Int, of divisor: NumberOperand) -> Bool? {
        if let divisor = divisor.integer, let value = tape.integer(at: entry) {
            return value.isMultiple(of: divisor)
        }
        if let divisor = divisor.decimal, let value = tape.decimal(at: entry) {
            return value.isMultiple(of: divisor)
        }
        return tape.number(at: entry).isMultiple(of: divisor.exact.pointee)
    }
}

extension SchemaCompiler {
    /// Reads the keywords about numbers.
    func numberRules(_ schema: inout KeywordReader) -> UnsafePointer<NumberRules>? {
        var rules = NumberRules()
        var bounds: [NumberBound] = []
        if schema.vocabularies.contains(.validation) {
            bounds = schema.family.sharpensBounds ? sharpenedBounds(&schema) : plainBounds(&schema)
            schema.noteCrossed("minimum", "maximum")
            if let divisor = schema.number("multipleOf") {
                if divisor.isNegative || divisor.isZero {
                    schema.complain("multipleOf", Messages.notAboveZero(divisor))
                } else {
                    rules.divisor = operand(divisor)
                }
            }
        }
        rules.bounds = memory.store(all: bounds)
        if let format = schema.format(), format.decidesNumbers {
            rules.format = format
            rules.alwaysAssertsFormat = schema.vocabularies.contains(.formatAssertion)
        }
        guard !bounds.isEmpty || rules.divisor != nil || rules.format != nil else { return nil }
        return UnsafePointer(memory.store(rules))
    }

    /// OpenAPI 3.0 and draft-04: `exclusiveMinimum` and `exclusiveMaximum` are booleans beside the bounds.
    private func sharpenedBounds(_ schema: inout KeywordReader) -> [NumberBound] {
        var bounds: [NumberBound] = []
        let ends: [(String, String, NumberBound.Side, NumberBound.Side)] = [
            ("minimum", "exclusiveMinimum", .minimum, .exclusiveMinimum),
            ("maximum", "exclusiveMaximum", .maximum, .exclusiveMaximum),
        ]
        for (keyword, sharpener, plain, sharp) in ends {
            let isSharp = schema.boolean(sharpener) ?? false
            guard let limit = schema.number(keyword) else { continue }
            bounds.append(
                NumberBound(side: isSharp ? sharp : plain, limit: operand(limit), isSharpened: isSharp))
        }
        return bounds
    }

    private func plainBounds(_ schema: inout KeywordReader) -> [NumberBound] {
        var bounds: [NumberBound] = []
        let ends: [(String, NumberBound.Side)] = [
            ("minimum", .minimum), ("maximum", .maximum), ("exclusiveMinimum", .exclusiveMinimum),
            ("exclusiveMaximum", .exclusiveMaximum),
        ]
        for (keyword, side) in ends {
            guard let limit = schema.number(keyword) else { continue }
            bounds.append(NumberBound(side: side, limit: operand(limit), isSharpened: false))
        }
        return bounds
    }

    private func operand(_ number: JSONNumber) -> NumberOperand {
        NumberOperand(
            integer: number.int, decimal: SmallDecimal(number), exact: UnsafePointer(memory.store(number)))
    }
}
