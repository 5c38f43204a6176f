import JSONDocument

/// Reports the keywords for objects and arrays.
extension Reporter {
    mutating func reportObject(
        _ node: NodeReference, _ rules: UnsafePointer<ObjectRules>, _ entry: Int, _ root: NodeReference
    ) {
        let count = tape.childCount(at: entry)
        if count < rules.pointee.count.minimum {
            let minimum = rules.pointee.count.minimum
            add(
                "minProperties", node, entry, Messages.tooFewMembers(count, minimum),
                expected: Messages.atLeast(minimum))
        }
        if count > rules.pointee.count.maximum {
            let maximum = rules.pointee.count.maximum
            add(
                "maxProperties", node, entry, Messages.tooManyMembers(count, maximum),
                expected: Messages.atMost(maximum))
        }
        reportMissing(node, rules, entry, root)
        var members: [(name: Int, value: Int)] = []
        tape.forEachMember(of: entry) { members.append(($0, $1)) }
        for member in members where room > 0 { reportMember(node, rules, entry, member.name, member.value) }
        reportDependents(node, rules, entry, root)
    }

    private mutating func reportMissing(
        _ node: NodeReference, _ rules: UnsafePointer<ObjectRules>, _ entry: Int, _ root: NodeReference
    ) {
        let required = rules.pointee.required.numbers
        for number in required.indices where room > 0 {
            let key = rules.pointee.slots[required[number]].key
            guard tape.value(of: entry, named: key.pointee) == nil, !checker.isExempt(key, root, entry) else {
                continue
            }
            let name = key.pointee.name
            add(
                "required", node, entry, Messages.missing(name), expected: Messages.member(name),
                property: name)
        }
    }

    private mutating func reportMember(
        _ node: NodeReference, _ rules: UnsafePointer<ObjectRules>, _ entry: Int, _ name: Int, _ value: Int
    ) {
        let text = tape.string(at: name)
        var isDeclared = false
        let number = rules.pointee.names.find(tape, name)
        if number >= 0, let schema = rules.pointee.slots[number].schema {
            isDeclared = true
            walk(schema, value, under: text)
        }
        let patterns = rules.pointee.patterns
        for number in patterns.indices {
            switch checker.search(patterns[number].pattern, name) {
            case .valid:
                isDeclared = true
                walk(patterns[number].schema, value, under: text)
            case .invalid: break
            case .undecided, .unjudged:
                isDeclared = true
                addUndecided("patternProperties", at: entry, node)
            }
        }
        if !isDeclared, let additional = rules.pointee.additional {
            reportAdditional("additionalProperties", node, additional, entry, value, text)
        }
        guard room > 0, let names = rules.pointee.propertyNames else { return }
        switch checker.check(names, name) {
        case .valid, .unjudged: break
        case .undecided: addUndecided("propertyNames", at: entry, node)
        case .invalid:
            let causes = collecting(limit: 10) { $0.walk(names, name) }
            add(
                "propertyNames", node, entry, Messages.badName(text, causes.first?.message),
                expected: causes.first?.expected ?? "", actual: Messages.quoted(text, 100), property: text)
        }
    }

    /// Reports a member that only `additionalProperties` or `unevaluatedProperties` covers.
    mutating func reportAdditional(
        _ keyword: String, _ node: NodeReference, _ schema: NodeReference, _ entry: Int, _ value: Int, _ name: String
    ) {
        guard schema.pointee.constant == .never else { return walk(schema, value, under: name) }
        add(
            keyword, node, entry, Messages.unknownMember(name), expected: Messages.noOtherMembers,
            actual: Messages.quoted(name, 100), property: name)
    }

    private mutating func reportDependents(
        _ node: NodeReference, _ rules: UnsafePointer<ObjectRules>, _ entry: Int, _ root: NodeReference
    ) {
        let dependents = rules.pointee.dependents
        for number in dependents.indices {
            let dependent = dependents[number]
            guard tape.value(of: entry, named: dependent.trigger.pointee) != nil else { continue }
            for place in dependent.required.indices {
                let key = dependent.required[place]
                guard tape.value(of: entry, named: key.pointee) == nil, !checker.isExempt(key, root, entry) else {
                    continue
                }
                let name = key.pointee.name
                add(
                    dependent.keyword.name, node, entry,
                    Messages.missingBeside(name, dependent.trigger.pointee.name),
                    expected: Messages.member(name), property: name)
            }
            if let schema = dependent.schema { walkBranch(schema, entry, root) }
        }
    }

    mutating func reportArray(_ node: NodeReference, _ rules: UnsafePointer<ArrayRules>, _ entry: Int) {
        let count = tape.childCount(at: entry)
        if count < rules.pointee.count.minimum {
            let minimum = rules.pointee.count.minimum
            add("minItems", node, entry, Messages.tooFewElements(count, minimum), expected: Messages.atLeast(minimum))
        }
        if count > rules.pointee.count.maximum {
            let maximum = rules.pointee.count.maximum
            add("maxItems", node, entry, Messages.tooManyElements(count, maximum), expected: Messages.atMost(maximum))
        }
        if rules.pointee.isUnique, let (first, second) = checker.firstRepeat(in: entry, count) {
            let places = (position(of: first, in: entry), position(of: second, in: entry))
            add(
                "uniqueItems", node, entry, Messages.repeated(places.0, places.1, tape.excerpt(second)),
                expected: Messages.differentElements)
        }
        var elements: [Int] = []
        tape.forEachElement(of: entry) { elements.append($0) }
        let prefix = rules.pointee.prefix
        for (number, element) in elements.enumerated() where room > 0 {
            if number < prefix.count {
                walk(prefix[number], element, under: String(number))
            } else if let items = rules.pointee.items {
                if items.pointee.constant == .never {
                    let message = Messages.extraElements(count, number)
                    add("items", node, entry, message, expected: Messages.atMost(number))
                    break
                }
                walk(items, element, under: String(number))
            }
        }
        if let contains = rules.pointee.contains { reportContained(node, rules, contains, entry, elements) }
    }

    private mutating func reportContained(
        _ node: NodeReference, _ rules: UnsafePointer<ArrayRules>, _ contains: NodeReference, _ entry: Int,
        _ elements: [Int]
    ) {
        var fitting = 0
        var isOpen = false
        var isUnjudged = false
        for element in elements {
            switch checker.check(contains, element) {
            case .valid: fitting += 1
            case .invalid: break
            case .undecided: isOpen = true
            case .unjudged: isUnjudged = true
            }
        }
        let (minimum, maximum) = (rules.pointee.minimumContained, rules.pointee.maximumContained)
        if fitting > maximum {
            add(
                "maxContains", node, entry, Messages.containsTooMany(fitting, maximum),
                expected: Messages.atMost(maximum))
        } else if isOpen {
            addUndecided("contains", at: entry, node)
        } else if fitting < minimum, !isUnjudged {
            var causes: [[SchemaIssue]] = []
            for (number, element) in elements.prefix(3).enumerated() {
                causes.append(collecting(limit: 5) { $0.walk(contains, element, under: String(number)) })
            }
            let keyword = index.node(node.pointee.source)["minContains"] == nil ? "contains" : "minContains"
            add(
                keyword, node, entry, Messages.containsTooFew(fitting, minimum),
                expected: Messages.atLeast(minimum), causes: causes)
        }
    }

    private func position(of element: Int, in array: Int) -> Int {
        tape.child(of: array, containing: element)?.index ?? 0
    }

    mutating func reportUnevaluated(_ node: NodeReference, _ entry: Int) {
        let kind = tape.kind(at: entry)
        let schema =
            kind == .object
            ? node.pointee.rules.objects?.pointee.unevaluated
            : kind == .array ? node.pointee.rules.arrays?.pointee.unevaluated : nil
        guard let schema else { return }
        var marks = [Bool](repeating: false, count: tape.childCount(at: entry))
        checker.marksFailedAlternatives = true
        let verdict = checker.mark(node, entry, &marks, countsOwn: false)
        checker.marksFailedAlternatives = false
        if verdict == .unjudged { return }
        let keyword = kind == .object ? "unevaluatedProperties" : "unevaluatedItems"
        guard verdict == .valid else { return addUndecided(keyword, at: entry, node) }
        var children: [(value: Int, name: String)] = []
        if kind == .object {
            tape.forEachMember(of: entry) { children.append(($1, tape.string(at: $0))) }
        } else {
            tape.forEachElement(of: entry) { children.append(($0, String(children.count))) }
        }
        for (number, child) in children.enumerated() where !marks[number] && room > 0 {
            if kind == .object {
                reportAdditional(keyword, node, schema, entry, child.value, child.name)
            } else if schema.pointee.constant == .never {
                add(
                    keyword, node, entry, Messages.unevaluatedElement(number), expected: Messages.noOtherElements,
                    actual: tape.excerpt(child.value))
            } else {
                walk(schema, child.value, under: child.name)
            }
        }
    }
}
