package import Scenarios

extension Plan {
    /// The plan with the scenarios that `choice` selects, in their order.
    ///
    /// Where a scenario says `only`, those that do not are left out. `grep` is part of a scenario's id or of a step's
    /// name, byte for byte.
    ///
    /// - Throws: `HarnessError` (exit 2) when nothing is left or the tag expression is invalid.
    package func selecting(_ choice: TableChoice) throws(HarnessError) -> Plan {
        var plan = self
        if !choice.ignoresOnly, plan.scenarios.asWritten.contains(where: \.options.only) {
            plan.scenarios.removeEach { !$0.options.only }
        }
        if let tags = choice.tags {
            let expression: TagExpression
            do {
                expression = try TagExpression(tags)
            } catch {
                throw .wrongInput(
                    "usage.tags", "--tags: \(error.message)", help: "write for example: smoke and not (slow or preauth)"
                )
            }
            plan.scenarios.removeEach { !expression.holds(for: $0.tags) }
        }
        if let grep = choice.grep {
            plan.scenarios.removeAll { scenario in
                !scenario.id.holds(grep) && !scenario.steps.contains { $0.name.holds(grep) }
            }
        }
        plan.isPartial = plan.isPartial || plan.scenarios.count < scenarios.count
        guard !plan.scenarios.isEmpty else { throw choice.nothingSelected(of: scenarios.count) }
        return plan
    }
}

extension TableChoice {
    /// Says why nothing is selected of `count` scenarios, naming the options that were given and no others.
    fileprivate func nothingSelected(of count: Int) -> HarnessError {
        let filters = [tags.map { "--tags '\($0)'" }, grep.map { "--grep '\($0)'" }].compactMap { $0 }
        return .wrongInput(
            "usage.nothing-selected",
            "\(filters.joined(separator: " and ")) selects none of the \(count) scenario\(count == 1 ? "" : "s")",
            help: tags?.utf8.contains(UInt8(ascii: ",")) == true
                ? "write `or` or `and` between tags, not a comma: 'smoke or slow'"
                : "`assay list` shows their names and tags")
    }
}

extension String {
    /// Whether the text contains `part`, byte for byte.
    fileprivate func holds(_ part: String) -> Bool {
        let text = Array(utf8)
        let wanted = Array(part.utf8)
        guard !wanted.isEmpty else { return true }
        return text.indices.contains { text[$0...].starts(with: wanted) }
    }
}
