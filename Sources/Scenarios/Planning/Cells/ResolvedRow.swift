import JSONDocument
import JSONSchema
import OpenAPI
import Primitives

/// A row whose contract and call are known. Every cell is resolved with it; it is a class, so this costs only one
/// reference.
final class CalledRow: Sendable {
    let draft: RowDraft
    let contract: Contract
    let call: Call
    /// The event that the row triggers; `nil` for other calls.
    let event: RowEvent?

    init(_ draft: RowDraft, _ contract: Contract, _ call: Call, event: RowEvent? = nil) {
        self.draft = draft
        self.contract = contract
        self.call = call
        self.event = event
    }

    /// The operation, if the row calls one.
    var operation: Operation? { call.operation }
    /// Whether the request violates the contract on purpose.
    var isInvalid: Bool { draft.options.step.isInvalid && hasValues }
    /// Whether the row is a pause.
    var isWait: Bool { if case .wait = call { true } else { false } }
    /// Whether other cells describe a response, and for most calls a request: not for pauses, events and changes of the clock.
    var hasValues: Bool { event == nil && call.hasValues }
    /// Whether a request is built from cells, and can be checked before the run.
    var sendsRequest: Bool { call.sendsRequest }

    /// The row's own cell, or that of the `*` row above.
    subscript(_ column: ColumnName) -> CellPlace? { draft[column] }

    /// The kind of the row, for messages about cells that it cannot have.
    var subject: String {
        switch call {
        case .wait: "a pause"
        case .clock: "a change of the clock"
        default: event == nil ? "a request" : "an event"
        }
    }

    /// The row as a part of another scenario.
    func with(name: String, _ options: StepOptions) -> CalledRow {
        var draft = draft
        draft.name = name
        draft.options.step = options
        return CalledRow(draft, contract, call, event: event)
    }
}

/// A row with resolved cells, typed by its contract.
struct ResolvedRow: Sendable {
    /// The credentials, body and values that the row sends.
    struct Request: Sendable {
        /// The credentials; several if the row expands into several steps.
        var auth: [AuthVariant]
        var body: BodySource = .none
        var set: [ResolvedItem] = []
        /// The items of an event as the row writes them.
        var event: [PlacedItem] = []
    }

    /// The expectations of the row, and the values that it saves.
    struct Response: Sendable {
        var expect: StatusExpectation
        var checks: [PlacedItem] = []
        var sameAs: SameAs?
        var saves: [Save] = []
        /// How the row is sent again for each page of a list.
        var paging: Paging?
    }

    var called: CalledRow
    @Boxed var request: Request
    @Boxed var response: Response
    /// The requirements that the row shows; `nil` for none.
    var trace: StepTrace?
    /// Its position in the order of execution: setup, then the others, then teardown in reverse order.
    var position = 0
    /// Whether the row has no errors, so that its request can be checked as a whole.
    var isSound = true

    /// The name, with the names of the rows that use its scenario.
    var name: String { called.draft.name }
    var options: StepOptions { called.draft.options.step }

    /// How often the row is sent; a row without a request below a `*` row with `repeat` is not repeated.
    var repetitions: Int { called.hasValues && called.sendsRequest ? options.repetitions : 1 }

    /// Whether the options about the request and the response apply.
    var hasOptions: Bool { called.hasValues }

    /// The names by which references mean the row: its own, and those of its steps.
    var referenceNames: [String] { [name] + request.auth.map { name + $0.suffix } }

    /// All references in the row's templates.
    var references: [TemplateReference] {
        let items = request.event + request.set.map(\.placed) + response.checks
        var result = items.flatMap { $0.parsed.value?.templates ?? [] }
            .flatMap(\.references)
        if case .template(let template, _) = request.body { result += template.references }
        return result
    }
}

/// A `set` item with a resolved place.
struct ResolvedItem: Sendable {
    var placed: PlacedItem { didSet { content = nil } }
    var path: ItemPath
    /// The schema at its place; `nil` if the contract does not describe it.
    var view: SchemaView?

    /// Whether it comes from a `*` row.
    var isDefault = false
    /// The file that it sends.
    var file: ProjectFile?
    /// The content of the item of a plan, which rows with equal cells share.
    private var content: Boxed<ItemContent>?

    init(placed: PlacedItem, path: ItemPath, view: SchemaView?) {
        self.placed = placed
        self.path = path
        self.view = view
    }

    /// The item of a plan.
    var item: Item { Item(content ?? ownContent, at: placed.location) }

    private var ownContent: Boxed<ItemContent> {
        var content = placed.parsed.content(placed.cell.column, isPromoted: placed.isPromoted, path: path)
        content.isDefault = isDefault
        content.file = file
        return Boxed(wrappedValue: content)
    }

    /// The item with content that other rows can share.
    var shareable: ResolvedItem {
        var item = self
        item.content = ownContent
        return item
    }

    /// The same item of an equal cell.
    func moved(to cell: CellPlace) -> ResolvedItem {
        var item = self
        item.placed.cell = cell
        item.content = content
        return item
    }
}

extension [ResolvedRow] {
    /// Numbers the rows in the order of execution.
    mutating func order() {
        let setup = indices.filter { self[$0].options.isSetup }
        let teardown = indices.filter { self[$0].options.isTeardown }.reversed()
        let others = indices.filter { !self[$0].options.isSetup && !self[$0].options.isTeardown }
        for (position, index) in (setup + others + [Int](teardown)).enumerated() { self[index].position = position }
    }
}
