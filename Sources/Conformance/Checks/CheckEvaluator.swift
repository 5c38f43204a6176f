import Diagnostics
import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI
import Scenarios

/// Evaluates the items of checks and laws on one exchange.
struct CheckEvaluator {
    let subject: StepSubject
    let scope: ValueScope
    /// The places of the response that have a finding already.
    var broken: BrokenPlaces

    /// The result of an item.
    enum Result {
        case passed
        case failed(CheckFailure)
        /// The item cannot be decided; the message says why.
        case undecided(CheckFailure)
        /// A template refers to a missing value.
        case missing(ValueFailure)
        /// The place has a finding of its own.
        case covered
    }

    /// The result of one item.
    func result(of item: Item) -> Result {
        if isCovered(item.path) { return .covered }
        if let reason = unreadReason(item.path) {
            return .undecided(CheckFailure(reason, nil, nil, place(of: item.path, nil)))
        }
        let selection = item.path.select(in: subject.view)
        if item.op == .absent { return absence(of: item, selection) }
        do {
            let expectation = try Expectation(item, scope: scope)
            return located(try evaluate(expectation, selection, item), item)
        } catch {
            return .missing(error)
        }
    }

    /// The result with the position of its place. Finding a position takes time in proportion to the text before it, so it
    /// is done for the one failure that is reported and not for every element.
    private func located(_ result: Result, _ item: Item) -> Result {
        func located(_ failure: CheckFailure) -> CheckFailure {
            var failure = failure
            if failure.place == nil { failure.place = place(of: item.path, failure.pointer) }
            return failure
        }
        switch result {
        case .failed(let failure): return .failed(located(failure))
        case .undecided(let failure): return .undecided(located(failure))
        case .passed, .missing, .covered: return result
        }
    }

    private func evaluate(
        _ expectation: Expectation,
        _ selection: Selection,
        _ item: Item
    ) throws(ValueFailure) -> Result {
        switch selection {
        case .absent:
            let place = place(of: item.path, nil)
            return .failed(CheckFailure(Self.absent(item, expectation), expectation.text, "absent", place))
        case .one(let value, let pointer):
            return try evaluate(expectation, value, pointer, item)
        case .many(let selected, let some):
            return try evaluate(expectation, selected, some: some, item)
        }
    }

    private func evaluate(
        _ expectation: Expectation,
        _ value: JSONValue,
        _ pointer: JSONPointer?,
        _ item: Item
    ) throws(ValueFailure) -> Result {
        if let pointer, broken.covers(pointer) { return .covered }
        let view = pointer.map { self.view(at: $0, request: item.path.isRequest) } ?? self.view(of: item.path)
        let received = Expectation.Received(
            value: value, wire: wireText(of: item.path), view: view, isInBody: pointer != nil)
        switch try expectation.judge(received, subject) {
        case .passed:
            return .passed
        case .undecided(let reason):
            return .undecided(CheckFailure(reason, expectation.text, value.shown, nil, at: pointer))
        case .failed(let expected, let remark):
            if let pointer, broken.liesBelow(pointer),
                expectation.isMet(by: value, except: { broken.covers($0) }, below: pointer)
            {
                return .covered
            }
            let phrase = expectation.phrase(wanted: expected, beside: value)
            let message =
                "expected `\(item.path.text)` \(phrase), received \(value.shown)"
                + (remark.map { "; \($0)" } ?? "")
            return .failed(CheckFailure(message, expected ?? expectation.text, value.shown, nil, at: pointer))
        }
    }

    /// `[*]`: every element, at least one; `[?]`: some element.
    private func evaluate(
        _ expectation: Expectation,
        _ selected: [Selected],
        some: Bool,
        _ item: Item
    ) throws(ValueFailure) -> Result {
        if selected.isEmpty {
            let place = place(of: item.path, nil)
            let message = "expected `\(item.path.text)` \(expectation.phrase()), but the list is empty"
            return .failed(CheckFailure(message, expectation.text, "no element", place))
        }
        var first: (failed: CheckFailure?, undecided: CheckFailure?) = (nil, nil)
        var failures = 0
        var isCovered = false
        for entry in selected {
            let result: Result
            if let value = entry.value {
                result = try evaluate(expectation, value, entry.pointer, item)
            } else if let pointer = entry.pointer, broken.covers(pointer) {
                result = .covered
            } else {
                let message = Self.absent(item, expectation)
                result = .failed(CheckFailure(message, expectation.text, "absent", nil, at: entry.pointer))
            }
            switch result {
            case .passed where some: return .passed
            case .failed(let failure):
                first.failed = first.failed ?? failure
                failures += 1
            case .undecided(let failure): first.undecided = first.undecided ?? failure
            case .covered: isCovered = true
            case .passed, .missing: break
            }
        }
        if !some, var failure = first.failed {
            failure.message += selected.count > 1 ? "; \(failures) of \(selected.count) elements fail" : ""
            return .failed(failure)
        }
        if let undecided = first.undecided { return .undecided(undecided) }
        if isCovered, some { return .covered }
        guard some, let failure = first.failed else { return .passed }
        let message = "no element matches; first element: \(failure.message)"
        return .failed(CheckFailure(message, failure.expected, failure.actual, place(of: item.path, nil)))
    }

    private func absence(of item: Item, _ selection: Selection) -> Result {
        let present: (value: JSONValue, pointer: JSONPointer?)? =
            switch selection {
            case .absent: nil
            case .one(let value, let pointer): (value, pointer)
            case .many(let selected, _):
                selected.lazy.compactMap { entry in entry.value.map { ($0, entry.pointer) } }.first
            }
        guard let present else { return .passed }
        if let pointer = present.pointer, !item.path.isRequest, broken.covers(pointer) { return .covered }
        let place = place(of: item.path, present.pointer)
        let message = "expected `\(item.path.text)` to be absent, received \(present.value.shown)"
        return .failed(CheckFailure(message, "absent", present.value.shown, place))
    }

    private static func absent(_ item: Item, _ expectation: Expectation) -> String {
        "expected `\(item.path.text)` \(expectation.phrase()), but it is absent"
    }
}

/// Why a check fails or cannot be decided.
struct CheckFailure {
    var message: String
    var expected: String?
    var actual: String?
    var place: ResponsePlace?
    /// The place in the body, until its position is known.
    var pointer: JSONPointer?

    init(
        _ message: String, _ expected: String?, _ actual: String?, _ place: ResponsePlace?,
        at pointer: JSONPointer? = nil
    ) {
        self.pointer = pointer
        self.message = message
        self.expected = expected
        self.actual = actual
        self.place = place
    }
}
