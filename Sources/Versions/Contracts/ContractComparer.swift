import Diagnostics
import JSONDocument
import JSONSchema
public import OpenAPI

/// Compares two contracts.
public enum ContractDiff {
    /// Returns the changes from `old` to `new`.
    ///
    /// Only the two contracts are read. A change is found by comparing the values that each side accepts, and is named
    /// after the keyword that caused it. If a comparison cannot be decided, that is a change of its own.
    public static func compare(
        _ old: Contract, _ new: Contract, _ options: ComparisonOptions = ComparisonOptions()
    )
        -> Comparison
    {
        let comparer = ContractComparer(old, new, options)
        return comparer.run()
    }

    /// The removal of a whole contract, such as a file of a folder.
    public static func removal(of contract: Contract, _ options: ComparisonOptions) -> Comparison {
        whole(contract, options) { comparer, operation in comparer.removedOperation(operation) }
    }

    /// The addition of a whole contract, such as a file of a folder.
    public static func addition(of contract: Contract, _ options: ComparisonOptions) -> Comparison {
        whole(contract, options) { comparer, operation in comparer.addedOperation(operation) }
    }

    private static func whole(
        _ contract: Contract, _ options: ComparisonOptions, _ add: (ContractComparer, WrittenOperation) -> Void
    ) -> Comparison {
        let comparer = ContractComparer(contract, contract, options)
        for operation in ContractComparer.operations(of: contract.written["paths"]) { add(comparer, operation) }
        return Comparison(changes: comparer.changes, commonOperations: 0, isCut: false)
    }
}

/// The state of one comparison of two contracts.
final class ContractComparer {
    /// The subject of changes while an operation is compared.
    struct Scope {
        var subject: Change.Subject?
        /// Whether the API sends the requests; for the client, such a request is a response.
        var isOutgoing = false

        /// The direction of the request.
        var request: ChangeRule.Direction { isOutgoing ? .response : .request }
        /// The direction of the response.
        var response: ChangeRule.Direction { isOutgoing ? .request : .response }
    }

    let old: Contract
    let new: Contract
    let options: ComparisonOptions
    let sameness: Sameness
    private let schemas: SchemaComparer
    private(set) var changes: [Change] = []
    private var isCut = false
    var commonOperations = 0
    /// The old names of schemes that were renamed without other changes.
    private(set) lazy var renamedSchemes = findRenamedSchemes()

    init(_ old: Contract, _ new: Contract, _ options: ComparisonOptions) {
        self.old = old
        self.new = new
        self.options = options
        sameness = Sameness(old, new)
        schemas = SchemaComparer(options: options, sameness: sameness)
    }

    func run() -> Comparison {
        compareServers(of: old.written, new.written, Scope())
        compareSchemes()
        compareOperations()
        compareWebhooks()
        compareComponents()
        compareExtensions(old.written, new.written, Scope(), .operation)
        compareVersions()
        return Comparison(changes: changes, commonOperations: commonOperations, isCut: isCut)
    }

    /// The changes between two schemas whose values are sent in a direction.
    func edits(_ old: SchemaView?, _ new: SchemaView?, _ direction: ChangeRule.Direction) -> [SchemaEdit] {
        schemas.direction = direction
        return schemas.edits(old.map { [$0] } ?? [], new.map { [$0] } ?? [])
    }

    // MARK: Changes

    /// Adds a change of the operation itself.
    func add(
        _ id: String, _ scope: Scope, from: String? = nil, to: String? = nil, _ base: SourceLocation?,
        _ revision: SourceLocation?, _ message: String
    ) {
        add(id, scope, .operation, from: from, to: to, base, revision, message)
    }

    /// Adds a change of the rule `id`.
    func add(
        _ id: String, _ scope: Scope, _ place: Change.Place, from: String? = nil, to: String? = nil,
        _ base: SourceLocation?, _ revision: SourceLocation?, _ message: String
    ) {
        guard let rule = ChangeRule.named(id) else { return }
        guard changes.count < Comparison.maximumChanges else { return isCut = true }
        changes.append(
            Change(
                rule: rule, severity: rule.severity(under: options.preset), subject: scope.subject, place: place,
                pointer: .root, base: Change.Side(text: from.map { cutText($0) }, location: base),
                revision: Change.Side(text: to.map { cutText($0) }, location: revision), message: message))
    }

    /// Adds the changes of a schema.
    ///
    /// - Parameters:
    ///   - area: The area of the rule for the value itself: `body`, `parameter`, `header`.
    ///   - name: The name of the value in messages: `query parameter 'limit'`.
    func add(
        _ edits: [SchemaEdit], _ direction: ChangeRule.Direction, area: String, _ scope: Scope, _ place: Change.Place,
        name: String
    ) {
        for edit in edits {
            guard changes.count < Comparison.maximumChanges else { return isCut = true }
            let innerArea =
                edit.pointer.isEmpty ? area : area == "body" ? "property" : "\(area)-property"
            let id =
                edit.name.utf8.first == UInt8(ascii: "/")
                ? "extension." + edit.name.dropFirst("/extension-".utf8.count)
                : "\(direction.rawValue).\(innerArea).\(edit.name)"
            guard let rule = ChangeRule.named(id) else { continue }
            let way = edit.pointer.joined(separator: ".")
            let subject =
                edit.pointer.isEmpty
                ? name : area == "body" ? "\(direction.rawValue) property '\(way)'" : "property '\(way)' of \(name)"
            var change = Change(
                rule: rule, severity: rule.severity(under: options.preset), subject: scope.subject, place: place,
                pointer: JSONPointer(edit.pointer), base: Change.Side(text: edit.from, location: edit.old),
                revision: Change.Side(text: edit.to, location: edit.new), message: edit.phrase.naming(subject))
            if edit.isInert {
                change.severity = .note
                change.details.append(
                    direction == .request
                        ? "the property is `readOnly`: requests do not carry it"
                        : "the property is `writeOnly`: responses do not carry it")
            }
            changes.append(change)
        }
    }

    /// Adds changes of the lifecycle of an operation or parameter.
    func addLifecycle(
        _ old: WrittenNode, _ new: WrittenNode, prefix: String, _ scope: Scope, _ place: Change.Place, name: String
    ) {
        for edit in Lifecycle(old).edits(to: Lifecycle(new), options) {
            add(
                "\(prefix).\(edit.name)", scope, place, from: edit.from, to: edit.to, edit.old, edit.new,
                edit.phrase.naming(name))
        }
    }

    /// Compares specification extensions, if requested.
    func compareExtensions(_ old: WrittenNode, _ new: WrittenNode, _ scope: Scope, _ place: Change.Place) {
        guard options.comparesExtensions else { return }
        let ours = old.members.filter { $0.name.hasPrefix("x-") }
        let theirs = new.members.filter { $0.name.hasPrefix("x-") }
        for (name, value) in theirs {
            guard let before = ours.first(where: { $0.name == name })?.value else {
                add(
                    "extension.added", scope, place, to: value.node.spelling, old.location, value.location,
                    "the extension `\(name)` was added")
                continue
            }
            guard !before.isEqual(to: value) else { continue }
            add(
                "extension.changed", scope, place, from: before.node.spelling, to: value.node.spelling,
                before.location, value.location, "the extension `\(name)` changed")
        }
        for (name, value) in ours where !theirs.contains(where: { $0.name == name }) {
            add(
                "extension.removed", scope, place, from: value.node.spelling, value.location, new.location,
                "the extension `\(name)` was removed")
        }
    }
}

extension Lifecycle {
    /// The lifecycle of an operation or parameter.
    init(_ node: WrittenNode) {
        isDeprecated = node.flag("deprecated") ?? false
        sunset = node["x-sunset"].map { $0.node.string ?? $0.node.spelling }
        stability = node.text("x-stability-level")
        location = (node["deprecated"] ?? node["x-sunset"] ?? node).location
    }
}
