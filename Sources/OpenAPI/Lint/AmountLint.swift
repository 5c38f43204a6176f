package import Diagnostics
internal import JSONDocument
internal import JSONSchema
internal import Primitives

extension Contract {
    /// Reports amounts whose type makes a client lose digits: floating-point numbers without a step, integers beyond 2^53,
    /// and texts that can contain anything.
    ///
    /// - Parameter members: The members that are amounts, each as the names that lead to it, outermost first.
    /// - Returns: Diagnostics by location, each schema once.
    package func lintAmounts(_ members: [[String]]) -> [Diagnostic] {
        guard !members.isEmpty else { return [] }
        var lint = AmountLint(members: members)
        for operation in operations {
            let contents = operation.responses.flatMap(\.content) + (operation.requestBody?.content ?? [])
            for view in contents.compactMap({ $0.schema?.view }) { lint.visit(view) }
        }
        return Diagnostics(lint.found).sorted.map(\.withAdvice)
    }
}

/// Finds the schemas of amounts in the bodies of a contract.
private struct AmountLint {
    let members: [[String]]
    private(set) var found: [Diagnostic] = []
    /// The visited schemas with the member that contains each: a schema can describe amounts in one member only.
    private var seen: Set<Visit> = []
    private var reported: Set<SchemaPlace> = []

    private struct Visit: Hashable {
        var place: SchemaPlace
        var name: String
    }

    init(members: [[String]]) {
        self.members = members
    }

    mutating func visit(_ root: SchemaView) {
        var open: [(view: SchemaView, names: [String])] = [(root, [])]
        while let (view, names) = open.popLast() {
            guard seen.insert(Visit(place: view.place, name: names.last ?? "")).inserted else { continue }
            for name in view.propertyNames {
                guard let property = view.property(name) else { continue }
                // Longer paths than any member's are not needed.
                let path = Array((names + [name]).suffix(8))
                if isAmount(path) { check(property, name) }
                open.append((property, path))
            }
            if let items = view.items { open.append((items, names)) }
        }
    }

    private func isAmount(_ path: [String]) -> Bool {
        members.contains { path.suffix($0.count).elementsEqual($0) { $0.isSame(as: $1) } }
    }

    private mutating func check(_ view: SchemaView, _ name: String) {
        guard let problem = Self.problem(view), reported.insert(view.place).inserted else { return }
        found.append(
            Diagnostic(
                "schema.imprecise-amount", .warning, "the amount '\(name)' \(problem.message)", at: view.location,
                help: problem.help))
    }

    private static func problem(_ view: SchemaView) -> (message: String, help: String)? {
        if let format = view.format, ["float", "double"].contains(format), view.allows(.number), !view.integerOnly,
            view.keyword("multipleOf") == nil
        {
            return (
                "is a number of the format \(format), so clients compute with rounded values",
                "add multipleOf: 0.01, or use a string with a pattern, or an integer of the minor unit"
            )
        }
        if view.integerOnly, let most = view.keyword("maximum")?.number, let bound = JSONNumber("9007199254740991"),
            bound < most
        {
            return (
                "allows integers beyond 2^53, which most JSON parsers round",
                "add maximum: 9007199254740991, or use a string with a pattern"
            )
        }
        if view.allows(.string), !view.allows(.number), view.keyword("pattern") == nil, view.enumeration.isEmpty,
            view.keyword("const") == nil, !["decimal", "decimal128"].contains(view.format ?? "")
        {
            return ("is a text without a pattern, so any text is valid", #"add a pattern such as ^\d+\.\d{2}$"#)
        }
        return nil
    }
}
