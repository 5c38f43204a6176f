internal import JSONDocument

extension JSONPath {
    /// Parses a query. An unsupported part of the language is an error that names it.
    init(_ text: String) throws(Problem) {
        var parser = JSONPathParser(text)
        segments = try parser.query()
    }
}

/// Parses queries by recursive descent; nesting is bounded.
struct JSONPathParser {
    private var scanner: JSONPathScanner
    private var depth = 0

    init(_ text: String) {
        scanner = JSONPathScanner(text)
    }

    /// The whole text as a query from the root.
    mutating func query() throws(JSONPath.Problem) -> [JSONPath.Segment] {
        guard scanner.take("$") else { throw scanner.problem("a query must start with '$'") }
        let segments = try segments()
        guard scanner.isAtEnd else { throw scanner.problem("unexpected '\(scanner.rest)'") }
        return segments
    }

    private mutating func segments() throws(JSONPath.Problem) -> [JSONPath.Segment] {
        var segments: [JSONPath.Segment] = []
        while true {
            let start = scanner.offset
            scanner.skipBlanks()
            if scanner.take("..") {
                segments.append(try segment(isDescendant: true))
            } else if scanner.take(".") {
                segments.append(
                    JSONPath.Segment(selectors: [try shorthand()], isDescendant: false)
                )
            } else if scanner.peek == "[" {
                segments.append(try segment(isDescendant: false))
            } else {
                scanner.offset = start
                return segments
            }
            guard segments.count <= 1_000 else { throw scanner.problem("the query has more than 1000 steps") }
        }
    }

    private mutating func segment(isDescendant: Bool) throws(JSONPath.Problem) -> JSONPath.Segment {
        guard scanner.take("[") else {
            return JSONPath.Segment(selectors: [try shorthand()], isDescendant: isDescendant)
        }
        var selectors: [JSONPath.Selector] = []
        repeat {
            scanner.skipBlanks()
            selectors.append(try selector())
            scanner.skipBlanks()
        } while scanner.take(",")
        guard scanner.take("]") else { throw scanner.problem("']' is missing") }
        return JSONPath.Segment(selectors: selectors, isDescendant: isDescendant)
    }

    private mutating func shorthand() throws(JSONPath.Problem) -> JSONPath.Selector {
        if scanner.take("*") { return .wildcard }
        guard let name = scanner.memberName() else { throw scanner.problem("expected a name or '*'") }
        return .name(name)
    }

    private mutating func selector() throws(JSONPath.Problem) -> JSONPath.Selector {
        if scanner.take("*") { return .wildcard }
        if scanner.take("?") {
            scanner.skipBlanks()
            return .filter(try disjunction())
        }
        if scanner.peek == "'" || scanner.peek == "\"" { return .name(try scanner.quotedText()) }
        let start = try scanner.integer()
        let afterStart = scanner.offset
        scanner.skipBlanks()
        guard scanner.take(":") else {
            scanner.offset = afterStart
            guard let start else { throw scanner.problem("expected a name, an index, '*' or '?'") }
            return .index(start)
        }
        scanner.skipBlanks()
        let end = try scanner.integer()
        scanner.skipBlanks()
        var step = 1
        if scanner.take(":") {
            scanner.skipBlanks()
            step = try scanner.integer() ?? 1
        }
        return .slice(start: start, end: end, step: step)
    }

    private mutating func disjunction() throws(JSONPath.Problem) -> JSONPath.Expression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= 50 else { throw scanner.problem("conditions are nested more than 50 levels deep") }
        var parts = [try conjunction()]
        scanner.skipBlanks()
        while scanner.take("||") {
            scanner.skipBlanks()
            parts.append(try conjunction())
            scanner.skipBlanks()
        }
        return parts.count == 1 ? parts[0] : .or(parts)
    }

    private mutating func conjunction() throws(JSONPath.Problem) -> JSONPath.Expression {
        var parts = [try basic()]
        scanner.skipBlanks()
        while scanner.take("&&") {
            scanner.skipBlanks()
            parts.append(try basic())
            scanner.skipBlanks()
        }
        return parts.count == 1 ? parts[0] : .and(parts)
    }

    private mutating func basic() throws(JSONPath.Problem) -> JSONPath.Expression {
        let start = scanner.offset
        if scanner.take("!") {
            scanner.skipBlanks()
            let isParenthesised = scanner.peek == "("
            guard isParenthesised || scanner.peek == "@" || scanner.peek == "$" || scanner.isAtName else {
                throw scanner.problem("expected a condition after '!'")
            }
            let inner = try basic()
            if case .compare = inner, !isParenthesised {
                throw JSONPath.Problem(message: "a comparison after '!' must be in parentheses", offset: start)
            }
            return .not(inner)
        }
        if scanner.take("(") {
            scanner.skipBlanks()
            let inner = try disjunction()
            scanner.skipBlanks()
            guard scanner.take(")") else { throw scanner.problem("')' is missing") }
            return inner
        }
        return try comparisonOrTest(from: start)
    }

    private mutating func comparisonOrTest(from start: Int) throws(JSONPath.Problem) -> JSONPath.Expression {
        if let function = scanner.function(), function == .match || function == .search {
            return try patternTest(function)
        }
        scanner.offset = start
        let left = try comparable()
        let afterLeft = scanner.offset
        scanner.skipBlanks()
        guard let comparison = scanner.comparison() else {
            scanner.offset = afterLeft
            guard case .query(let query) = left else {
                throw scanner.problem("expected a comparison")
            }
            return .exists(query)
        }
        scanner.skipBlanks()
        let right = try comparable()
        for side in [left, right] {
            if case .query(let query) = side, !query.isSingular {
                throw JSONPath.Problem(
                    message: "a query that can match several values cannot be compared", offset: start)
            }
        }
        return .compare(left, comparison, right)
    }

    private mutating func patternTest(_ function: JSONPath.Function) throws(JSONPath.Problem) -> JSONPath.Expression {
        scanner.skipBlanks()
        let subject = try comparable()
        scanner.skipBlanks()
        guard scanner.take(",") else { throw scanner.problem("\(function.rawValue) requires a value and a pattern") }
        scanner.skipBlanks()
        let pattern = try comparable()
        scanner.skipBlanks()
        guard scanner.take(")") else { throw scanner.problem("')' is missing") }
        return .test(function, subject, pattern)
    }

    private mutating func comparable() throws(JSONPath.Problem) -> JSONPath.Comparable {
        depth += 1
        defer { depth -= 1 }
        guard depth <= 50 else { throw scanner.problem("conditions are nested more than 50 levels deep") }
        if scanner.peek == "@" || scanner.peek == "$" {
            let isAbsolute = scanner.take("$")
            if !isAbsolute { _ = scanner.take("@") }
            return .query(JSONPath.Query(isAbsolute: isAbsolute, segments: try segments()))
        }
        if scanner.peek == "'" || scanner.peek == "\"" { return .literal(.string(try scanner.quotedText())) }
        if let number = scanner.number() { return .literal(.number(number)) }
        let start = scanner.offset
        if let function = scanner.function() { return try call(function, from: start) }
        if let word = scanner.memberName() {
            switch word {
            case "true": return .literal(.boolean(true))
            case "false": return .literal(.boolean(false))
            case "null": return .literal(.null)
            default:
                scanner.offset = start
                throw scanner.problem("'\(word)' is not supported here")
            }
        }
        throw scanner.problem("expected a value or a query")
    }

    private mutating func call(
        _ function: JSONPath.Function,
        from start: Int
    ) throws(JSONPath.Problem) -> JSONPath.Comparable {
        guard function != .match, function != .search else {
            throw JSONPath.Problem(message: "\(function.rawValue) returns no value to compare", offset: start)
        }
        scanner.skipBlanks()
        let argument = try comparable()
        scanner.skipBlanks()
        guard scanner.take(")") else { throw scanner.problem("')' is missing") }
        switch (function, argument) {
        case (.length, .query(let query)) where !query.isSingular:
            throw JSONPath.Problem(message: "length requires one value, not the results of a query", offset: start)
        case (.count, .literal), (.count, .call), (.value, .literal), (.value, .call):
            throw JSONPath.Problem(message: "\(function.rawValue) requires a query", offset: start)
        default:
            return .call(function, argument)
        }
    }
}
