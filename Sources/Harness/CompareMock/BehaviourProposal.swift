import Diagnostics
import Exchanges
import JSONDocument
import Mocking
import OpenAPI
import Primitives
import Reporting
import SourceText

/// Lines for a behaviour file that make the mock respond as the server does, as far as the notation allows it.
///
/// Each line is a guess from the observed responses. Lines that the reader of behaviour files rejects are not proposed.
struct BehaviourProposal {
    private let contract: Contract
    private let file: String?
    /// The file as it is; an empty object if the contract has none.
    private let present: JSONValue
    /// The names of members with the state of a promised resource.
    private let states: Set<String>
    private var lines: JSONValue = .object(JSONObject())
    private var unexpressed: [MockComparison.Unexpressed] = []
    private var errors: [ErrorKey: [ObservedDifference]] = [:]
    private var errorOrder: [ErrorKey] = []

    private struct ErrorKey: Hashable {
        var operation: String
        var situation: String
    }

    /// Proposes lines for `differences`, which are those of one contract.
    init(_ differences: [ObservedDifference], _ contract: Contract, file: SourceFile?, states: Set<String>) {
        self.contract = contract
        self.file = file?.path
        self.states = states
        present = file?.document.root.value ?? .object(JSONObject())
        guard file != nil else {
            if !differences.isEmpty {
                leave(contract.name, "the contract has no behaviour file: create one and name it in assay.yaml")
            }
            return
        }
        for difference in differences { add(difference) }
        for key in errorOrder { propose(errors[key] ?? [], for: key) }
    }

    /// The proposal for reports. Lines that contradict the file are replaced by the reason.
    var proposal: MockComparison.Proposal? {
        var lines = lines
        var unexpressed = unexpressed
        if lines.object?.isEmpty == false, let problem {
            unexpressed.append(MockComparison.Unexpressed(place: file ?? contract.name, reason: problem))
            lines = .object(JSONObject())
        }
        let text = lines.object?.isEmpty == false ? YAMLText.write(lines) : ""
        guard !text.isEmpty || !unexpressed.isEmpty else { return nil }
        var seen: Set<MockComparison.Unexpressed> = []
        return MockComparison.Proposal(
            contract: contract.name, file: file, lines: text,
            unexpressed: unexpressed.filter { seen.insert($0).inserted })
    }

    /// The file with the proposed lines.
    var merged: JSONValue { present.merged(with: lines) }

    /// Why the file with the proposed lines is not valid; `nil` if it is.
    private var problem: String? {
        do throws(SourceError) {
            let source = try SourceReader.parse(Array(merged.text.utf8), path: file ?? "behaviour.yaml")
            _ = try Behaviour.parse(source, contract: contract)
            return nil
        } catch {
            let first = error.diagnostics.first { $0.severity == .error }?.message ?? "they are not valid"
            return "the proposed lines contradict the file: \(first)"
        }
    }

    // MARK: Differences

    private mutating func add(_ difference: ObservedDifference) {
        guard difference.operation != nil else {
            leave(difference, "no operation of the contract has this method and path")
            return
        }
        let situations = Set(difference.samples.map(\.situation))
        guard situations.count == 1, let situation = situations.first else {
            leave(difference, "the mock rejects the requests for several reasons: select fewer rows")
            return
        }
        if let situation {
            addError(difference, situation)
        } else {
            addSuccess(difference)
        }
    }

    private mutating func addError(_ difference: ObservedDifference, _ situation: String) {
        guard difference.key.status >= 400 else {
            leave(
                difference,
                "the mock rejects requests that the server accepts (`\(situation)`): relax the rule of the mock")
            return
        }
        switch difference.key.place {
        case .status, .body:
            let key = ErrorKey(operation: difference.key.operation, situation: situation)
            if errors[key] == nil { errorOrder.append(key) }
            errors[key, default: []].append(difference)
        case .header: leave(difference, "add `headers` to the error `\(situation)`")
        case .mediaType: leave(difference, "behaviour files have no media type for single errors")
        }
    }

    private mutating func addSuccess(_ difference: ObservedDifference) {
        let operation = ["operations", difference.key.operation]
        switch (difference.key.place, difference.kind) {
        case (.status, _):
            let isRejected = difference.key.status >= 400
            guard !isRejected else {
                leave(
                    difference,
                    "the server rejects requests that the mock accepts: add a rule under `require`, or a state"
                )
                return
            }
            insert(.integer(difference.key.status), at: operation + ["status"])
        case (.mediaType, _): leave(difference, "`contentType` applies to all operations: set it by hand")
        case (.header, .surplus): leave(difference, "behaviour files cannot leave a header out")
        case (.header(let name), _):
            guard let value = guess(difference, named: name) else {
                leave(difference, "the value differs from response to response")
                return
            }
            insert(value, at: operation + ["headers", name])
        case (.body(let pointer), .surplus): omit(pointer, difference)
        case (.body(let pointer), _): setMember(pointer, difference)
        }
    }

    private mutating func omit(_ pointer: JSONPointer, _ difference: ObservedDifference) {
        guard !pointer.tokens.contains("*"), !pointer.tokens.contains(where: { $0.contains(".") }) else {
            leave(difference, "behaviour files cannot leave members of list elements out")
            return
        }
        let operation = ["operations", difference.key.operation]
        let known = (lines.value(in: operation + ["omit"]) ?? present.value(in: operation + ["omit"]))?.elements ?? []
        insert(.array(known + [.string(pointer.tokens.joined(separator: "."))]), at: operation + ["omit"])
    }

    private mutating func setMember(_ pointer: JSONPointer, _ difference: ObservedDifference) {
        guard let name = pointer.tokens.last, !pointer.tokens.contains("*") else {
            leave(difference, "behaviour files have no notation for single members of list elements")
            return
        }
        if difference.kind == .value, states.contains(name) {
            leave(difference, "the state differs: change `initial`, `transitions` or `events`")
            return
        }
        guard let place = container(of: difference) else {
            leave(difference, "the response comes from the document: add the operation to the file")
            return
        }
        let outer = place + pointer.tokens.dropLast()
        guard pointer.tokens.count == 1 || present.value(in: outer)?.object != nil else {
            leave(difference, "the file does not describe the members of `\(pointer.tokens[0])`")
            return
        }
        guard let value = guess(difference, named: name) else {
            leave(difference, "the value differs from response to response")
            return
        }
        insert(value, at: place + pointer.tokens)
    }

    /// The place of the members of the operation's success: its `answer`, or the fields of its collection.
    private func container(of difference: ObservedDifference) -> [String]? {
        let operation = ["operations", difference.key.operation]
        if present.value(in: operation + ["answer"])?.object != nil { return operation + ["answer"] }
        for action in ["create", "read", "change"] {
            guard let name = present.value(in: operation + [action])?.string else { continue }
            return ["collections", name, "fields"]
        }
        return nil
    }

    private func guess(_ difference: ObservedDifference, named name: String) -> JSONValue? {
        let samples = difference.samples.compactMap { sample in sample.sandbox.map { ($0, sample.request) } }
        return ValueGuess(operation: difference.operation, samples: samples).value(named: name)
    }

    // MARK: Errors

    /// Proposes the response of an operation to a situation.
    private mutating func propose(_ differences: [ObservedDifference], for key: ErrorKey) {
        let samples = differences.flatMap(\.samples)
        let statuses = Set(differences.map(\.key.status))
        guard let first = differences.first, statuses.count == 1, let status = statuses.first else {
            for difference in differences {
                leave(difference, "the server has several statuses for `\(key.situation)`: write a rule for each")
            }
            return
        }
        let place = ["operations", key.operation, "errors", key.situation]
        let known = present.value(in: place + ["body"]) ?? present.value(in: ["errors", key.situation, "body"])
        var error: [(String, JSONValue)] = [("status", .integer(status))]
        if let body = body(differences, samples, known, first.operation) {
            error.append(("body", body))
        } else if samples.contains(where: { $0.body != nil }) {
            leave(first, "the texts of `\(key.situation)` differ from request to request")
            return
        }
        insert(.object(JSONObject(error)), at: place)
    }

    /// The body of an error. Members that the mock sends rightly stay as the file has them.
    private mutating func body(
        _ differences: [ObservedDifference], _ samples: [ObservedDifference.Sample], _ known: JSONValue?,
        _ operation: OpenAPI.Operation?
    ) -> JSONValue? {
        let bodies = samples.compactMap { sample in sample.body.map { ($0, sample.request) } }
        guard bodies.count == samples.count, let first = bodies.first?.0.object else { return nil }
        let isRebuilt = differences.contains { $0.key.place == .status }
        let wrong = Set(
            differences.compactMap { difference -> String? in
                if case .body(let pointer) = difference.key.place { pointer.tokens.first } else { nil }
            })
        var members: [(String, JSONValue)] = []
        for name in first.names {
            if !isRebuilt, !wrong.contains(name), let present = known?[name] {
                members.append((name, present))
                continue
            }
            let values = bodies.compactMap { body, request in body[name].map { ($0, request) } }
            let guess =
                values.count == bodies.count
                ? ValueGuess(operation: operation, samples: values).value(named: name) : nil
            guard let value = guess ?? known?[name] else { return nil }
            if guess == nil, let difference = differences.first {
                leave(difference, "the member `\(name)` differs from request to request")
            }
            members.append((name, value))
        }
        return .object(JSONObject(members))
    }

    // MARK: Parts

    private mutating func insert(_ value: JSONValue, at path: [String]) {
        lines = lines.inserting(value, at: path[...])
    }

    private mutating func leave(_ difference: ObservedDifference, _ reason: String) {
        leave("\(difference.key.operation) \(difference.key.status) \(difference.key.place.text)", reason)
    }

    private mutating func leave(_ place: String, _ reason: String) {
        unexpressed.append(MockComparison.Unexpressed(place: place, reason: reason))
    }
}

extension JSONValue {
    /// The value under these names; `nil` if there is none.
    fileprivate func value(in path: [String]) -> JSONValue? {
        path.reduce(Optional(self)) { value, name in value?.object?[name] }
    }

    /// The object with a value under these names, and the objects on the way to it.
    fileprivate func inserting(_ value: JSONValue, at path: ArraySlice<String>) -> JSONValue {
        guard let name = path.first else { return value }
        var members = object?.members.map { ($0.name, $0.value) } ?? []
        let rest = path.dropFirst()
        if let index = members.firstIndex(where: { $0.0.isSame(as: name) }) {
            members[index].1 = members[index].1.inserting(value, at: rest)
        } else {
            members.append((name, JSONValue.object(JSONObject()).inserting(value, at: rest)))
        }
        return .object(JSONObject(members))
    }

    /// The object with the members of another one; objects inside are merged, other values replaced. A computed value,
    /// `{$text: …}`, has no members of its own to keep.
    fileprivate func merged(with other: JSONValue) -> JSONValue {
        guard let own = object, let added = other.object, !own.isComputed else { return other }
        var members = own.members.map { ($0.name, $0.value) }
        for member in added.members {
            if let index = members.firstIndex(where: { $0.0.isSame(as: member.name) }) {
                members[index].1 = members[index].1.merged(with: member.value)
            } else {
                members.append((member.name, member.value))
            }
        }
        return .object(JSONObject(members))
    }
}

extension JSONObject {
    /// Whether behaviour files read it as a computed value: a name starts with one `$`.
    fileprivate var isComputed: Bool { names.contains { $0.hasPrefix("$") && !$0.hasPrefix("$$") } }
}
