import OpenAPI

extension ResolvedScenario {
    /// The rows in the order in which they run inside, as setup, ordinary or teardown rows of the scenario with `row`.
    func steps(usedBy row: RowDraft) -> [ResolvedRow] {
        let options = row.options.step
        var result: [ResolvedRow] = []
        for inner in rows.sorted(by: { $0.position < $1.position }) {
            var step = inner.options
            // Teardown rows of a used scenario run at the end of the outer scenario.
            step.isTeardown = options.isTeardown || step.isTeardown
            step.isSetup = options.isSetup && !step.isTeardown
            step.isSkipped = step.isSkipped || options.isSkipped
            step.mockOnly = step.mockOnly || options.mockOnly
            step.liveOnly = step.liveOnly || options.liveOnly
            result.append(inner.used(as: "\(row.name).", step))
        }
        // Teardown rows run in reverse order.
        return result.filter { !$0.options.isTeardown } + result.filter(\.options.isTeardown).reversed()
    }

    /// Replaces references to a row with `use` by references to steps of the used scenario: `{{login.create.id}}` means
    /// the value `id` of its step `create`.
    mutating func linkUses() {
        guard !uses.all.isEmpty else { return }
        for index in rows.indices { rows[index] = rows[index].renamed(linked) }
    }

    private func linked(_ expression: TemplateExpression) -> TemplateExpression {
        guard case .step(let use, let path) = expression.reference, uses.all.contains(use) else { return expression }
        var expression = expression
        var name = use
        var rest = path.text[...]
        while let dot = rest.utf8.firstIndex(of: 0x2E) {
            name += "." + rest[..<dot]
            rest = rest[rest.utf8.index(after: dot)...]
            guard rowsByName[name] != nil, let path = try? ItemPath.parse(rest, in: .reference) else { continue }
            expression.reference = .step(name, path)
            return expression
        }
        return expression
    }
}

extension ResolvedRow {
    /// The row as a part of another scenario: the names of steps and of generated values get the prefix `prefix`.
    func used(as prefix: String, _ options: StepOptions) -> ResolvedRow {
        var row = renamed { expression in
            var expression = expression
            switch expression.reference {
            case .step(let step, let path):
                expression.reference = .step(prefix + step, path)
                expression.text = prefix + expression.text
            case .uuid(let name?): expression.reference = .uuid(name: prefix + name)
            case .random(let length, let name?): expression.reference = .random(length: length, name: prefix + name)
            default: break
            }
            return expression
        }
        row.called = called.with(name: prefix + called.draft.name, options)
        if case .asStep(let step) = row.request.body { row.request.body = .asStep(prefix + step) }
        if let sameAs = row.response.sameAs {
            row.response.sameAs = SameAs(
                step: prefix + sameAs.step, except: sameAs.except, location: sameAs.location)
        }
        return row
    }

    /// The row with every reference of its templates replaced.
    func renamed(_ rename: (TemplateExpression) -> TemplateExpression) -> ResolvedRow {
        var row = self
        for index in request.set.indices {
            row.request.set[index].placed.parsed.value = request.set[index].placed.parsed.value?.renamed(rename)
        }
        for index in request.event.indices {
            row.request.event[index].parsed.value = request.event[index].parsed.value?.renamed(rename)
        }
        for index in response.checks.indices {
            row.response.checks[index].parsed.value = response.checks[index].parsed.value?.renamed(rename)
        }
        if case .template(let template, let location) = request.body {
            row.request.body = .template(template.renamed(rename), location: location)
        }
        return row
    }
}
