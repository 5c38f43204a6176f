import Diagnostics
import JSONDocument
import OpenAPI
import Scenarios

/// Everything that a plan says, places and spellings of the table left out: equal texts are equal plans.
func planText(_ plan: Plan) -> String {
    var lines: [String] = []
    for scenario in plan.scenarios {
        lines.append(
            "\(scenario.id) \(scenario.name) \(scenario.tags) \(scenario.options.mode) \(scenario.options.skip) "
                + "\(scenario.options.only) \(scenario.options.lock ?? "-") \(scenario.dataCase ?? "-") \(scenario.row.sorted { $0.key < $1.key })"
        )
        for step in scenario.steps { lines += stepLines(step) }
    }
    for law in plan.laws {
        lines.append("law \(law.name) \(law.note)")
        lines += law.when.map { "  when \(itemText($0))" } + law.checks.map { "  check \(itemText($0))" }
    }
    return lines.joined(separator: "\n") + "\n\(plan.secrets)"
}

private func stepLines(_ step: Step) -> [String] {
    var lines = [
        "  \(step.name) \(step.referenceName) \(callText(step.call)) \(step.contract) \(step.request.auth) \(step.row.tags) "
            + "\(step.expected.status.alternatives) \(step.expected.status.isDefault) \(step.options)",
        "    note \(step.row.note)", "    body \(bodyText(step.request.body))",
    ]
    lines +=
        step.request.set.map { "    set \(itemText($0))" } + step.expected.checks.map { "    check \(itemText($0))" }
    if let sameAs = step.expected.sameAs { lines.append("    same_as \(sameAs.step) \(sameAs.except.map(\.text))") }
    lines += step.saves.map { "    save \($0.name) \($0.path.text)" }
    return lines
}

private func callText(_ call: Call) -> String {
    switch call {
    case .operation(let operation, let contract): "\(operation.name) of \(contract)"
    case .reserved(let method, let path), .undeclared(let method, let path): "\(method) \(path)"
    case .wait, .clock, .unmapped: call.text
    case .delivery(let awaited): "\(call.text) of \(awaited.contract)"
    }
}

private func bodyText(_ body: BodySource) -> String {
    switch body {
    case .none: "none"
    case .unset: "-"
    case .asStep(let step): "as \(step)"
    case .file(let file, _): "file \(file.path)"
    case .example(let value, _): "example \(value.text)"
    case .template(let template, let location): "\(location.file) \(template.templates.map(\.template.text))"
    }
}

/// The place of an item counts: generated values derive from it.
private func itemText(_ item: Item) -> String {
    let value: String
    switch item.value {
    case nil: value = ""
    case .text(let template)?: value = "text \(template.text)"
    case .quoted(let template)?: value = "quoted \(template.text)"
    case .json(let json)?: value = "json \(json.text)"
    case .matcher(let matcher)?: value = "matcher \(matcher)"
    case .pattern(let pattern)?: value = "pattern \(pattern.template.text)"
    }
    return
        "\(item.path.text) \(item.path.isBare) \(item.op.rawValue) \(value) @\(item.column) \(item.place) \(item.isDefault)"
}
