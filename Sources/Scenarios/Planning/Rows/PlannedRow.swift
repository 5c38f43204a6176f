import JSONDocument
import OpenAPI

/// A parsed row, with its parts typed by its contract.
struct PlannedRow: Sendable {
    var draft: RowDraft
    var contract: Contract
    var call: Call
    var variants: [AuthVariant]
    var expect: StatusExpectation
    var body: BodySource
    var set: [ResolvedItem]
    var checks: [PlacedItem]
    var sameAs: SameAs?
    var saves: [Save]
    /// Its position in the order of execution: setup, then the others, then teardown in reverse order.
    var position = 0
    /// Whether the row has no errors, so that its request can be checked as a whole.
    var isSound: Bool
    /// The steps of the row.
    private(set) var steps: [Step] = []

    init(
        _ draft: RowDraft, _ contract: Contract, _ call: Call, variants: [AuthVariant], expect: StatusExpectation,
        body: BodySource = .none, set: [ResolvedItem] = [], checks: [PlacedItem] = [], sameAs: SameAs? = nil,
        saves: [Save] = []
    ) {
        self.draft = draft
        self.contract = contract
        self.call = call
        self.variants = variants
        self.expect = expect
        self.body = body
        self.set = set
        self.checks = checks
        self.sameAs = sameAs
        self.saves = saves
        isSound = true
        steps = makeSteps()
    }

    var name: String { draft.name }

    /// The row as a part of another scenario: the names of steps and of generated values get the prefix `prefix`.
    func used(as prefix: String) -> PlannedRow {
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
        row.draft.name = prefix + row.draft.name
        if case .asStep(let step) = row.body { row.body = .asStep(prefix + step) }
        if let sameAs = row.sameAs {
            row.sameAs = SameAs(step: prefix + sameAs.step, except: sameAs.except, location: sameAs.location)
        }
        return row
    }

    /// The row with every reference of its templates replaced.
    func renamed(_ rename: (TemplateExpression) -> TemplateExpression) -> PlannedRow {
        var row = self
        for index in set.indices {
            row.set[index].placed.parsed.value = set[index].placed.parsed.value?.renamed(rename)
        }
        for index in checks.indices { row.checks[index].parsed.value = checks[index].parsed.value?.renamed(rename) }
        if case .template(let template, let location) = body {
            row.body = .template(template.renamed(rename), location: location)
        }
        return row
    }

    /// Creates the steps again after a change of the row.
    mutating func finish() {
        steps = makeSteps()
    }

    private func makeSteps() -> [Step] {
        let items = set.map(\.item)
        let checks = checks.map { $0.item() }
        let note = draft[.note].map { trimmed($0.text) } ?? ""
        let tags = draft[.tags].map { words(of: $0.text).map(\.text) } ?? []
        return variants.enumerated().map { index, variant in
            let name = draft.name + variant.suffix
            return Step(
                name: name, location: draft.row.location, call: call, contract: contract.name, expect: expect,
                referenceName: index == 0 ? draft.name : name, note: note, tags: tags, auth: variant.auth,
                body: body, set: items, checks: checks, sameAs: sameAs, saves: saves, options: draft.options.step,
                namesVersion: draft[.version] != nil)
        }
    }

    var isWait: Bool { if case .wait = call { true } else { false } }
}

extension [PlannedRow] {
    /// Numbers the rows in the order of execution.
    mutating func order() {
        let setup = indices.filter { self[$0].draft.options.step.isSetup }
        let teardown = indices.filter { self[$0].draft.options.step.isTeardown }.reversed()
        let others = indices.filter { !self[$0].draft.options.step.isSetup && !self[$0].draft.options.step.isTeardown }
        for (position, index) in (setup + others + [Int](teardown)).enumerated() { self[index].position = position }
    }
}
