import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives
import Scenarios

/// The resources that the requests of one scenario created and returned.
struct StateWatch {
    private struct Sighting {
        var step: String
        var document: JSONDocument
        var broken: BrokenPlaces
        /// Whether a request that may have changed it was accepted since.
        var isOld = false
    }

    private let resources: [ResourcePromise]
    private let paths: ResourcePaths
    private var seen: [String: Sighting] = [:]
    /// Resources that a 404 response was about, with the step.
    private var unknown: [String: String] = [:]
    /// Resources that were deleted or unknown, and that no request has created since.
    private var gone: Set<String> = []
    /// The names of the promises of which a resource was returned or reported missing.
    private(set) var applied: Set<String> = []
    /// The states of the resources, for reports.
    private(set) var lifeCycles = LifeCycleWatch()

    init(_ resources: [ResourcePromise], _ paths: ResourcePaths) {
        self.resources = resources
        self.paths = paths
    }

    mutating func findings(
        at subject: StepSubject, isLast: Bool, isExpected: Bool, isReplay: Bool, volatile: [ItemPath],
        broken: BrokenPlaces
    ) -> [Finding] {
        guard !resources.isEmpty else { return [] }
        let isSuccess = (200...299).contains(subject.message.status)
        let isWrite = !["GET", "HEAD", "OPTIONS"].contains(subject.exchange.request.method)
        var findings: [Finding] = []
        if isWrite, isSuccess, !isReplay {
            for resource in resources { forgetGone(subject, resource) }
        }
        if isExpected, isLast, !isReplay {
            for resource in resources {
                let found = self.findings(at: subject, resource, volatile, broken)
                if !found.isEmpty { applied.insert(resource.name) }
                findings += found
            }
        }
        if isWrite, isSuccess, !isReplay {
            for name in seen.keys { seen[name]?.isOld = true }
            unknown = [:]
            lifeCycles.wrote(subject.step.callText)
        }
        if isWrite, subject.message.status >= 500 { wasPerhapsChanged() }
        if isLast, !isReplay {
            for resource in resources { remember(subject, resource, isExpected, broken) }
        }
        return findings
    }

    /// Notes a request without a response, or with a 5xx status: it may have created, changed or deleted any resource.
    mutating func wasPerhapsChanged() {
        for name in seen.keys { seen[name]?.isOld = true }
        unknown = [:]
        // A deleted resource may have been created again, and then has no earlier state.
        for name in gone { seen[name] = nil }
        gone = []
    }

    /// Forgets every resource: which of several requests was processed last is unknown.
    mutating func forget() {
        seen = [:]
        unknown = [:]
        gone = []
    }

    private mutating func remember(
        _ subject: StepSubject, _ resource: ResourcePromise, _ isExpected: Bool, _ broken: BrokenPlaces
    ) {
        guard let operation = subject.operation else { return }
        if let asked = asked(subject, resource) {
            // Where the row expects the resource, the status has a finding already.
            if subject.message.status == 404, isExpected {
                unknown[name(resource, asked)] = subject.step.name
                gone.insert(name(resource, asked))
                applied.insert(resource.name)
            }
            let method = subject.exchange.request.method
            if method == "DELETE", (200...299).contains(subject.message.status) { gone.insert(name(resource, asked)) }
        }
        guard (200...299).contains(subject.message.status), let document = subject.view.body,
            let id = ResourceID(document.root[resource.id]), shows(resource, operation),
            document.root.kind == .object
        else { return }
        applied.insert(resource.name)
        let isWrite = !["GET", "HEAD", "OPTIONS"].contains(subject.exchange.request.method)
        lifeCycles.saw(resource, key: name(resource, id), document, by: operation.name, isWrite: isWrite)
        // A final value stays the one to compare with.
        if let before = seen[name(resource, id)], !final(subject, resource, document, before, broken).isEmpty { return }
        seen[name(resource, id)] = Sighting(step: subject.step.name, document: document, broken: broken)
    }

    private func findings(
        at subject: StepSubject, _ resource: ResourcePromise, _ volatile: [ItemPath], _ broken: BrokenPlaces
    ) -> [Finding] {
        guard let operation = subject.operation else { return [] }
        let asked = asked(subject, resource)
        let isSuccess = (200...299).contains(subject.message.status)
        if let asked, let finding = existence(subject, resource, operation, asked) { return [finding] }
        guard isSuccess, let document = subject.view.body, document.root.kind == .object else { return [] }
        let sentID = isCreate(resource, operation) ? sent(subject, resource) : asked
        if let sentID, shows(resource, operation) || document.root[resource.id] != nil,
            let finding = identity(subject, resource, document, sentID)
        {
            return [finding]
        }
        if isCreate(resource, operation), resource.isCarried {
            return carried(subject, resource, document, broken)
        }
        guard let id = ResourceID(document.root[resource.id]), let before = seen[name(resource, id)] else { return [] }
        guard shows(resource, operation) else { return [] }
        let final = final(subject, resource, document, before, broken)
        if !final.isEmpty { return final }
        // The response to a request that changes the resource may differ from earlier ones.
        let isWrite = !["GET", "HEAD"].contains(subject.exchange.request.method)
        guard !before.isOld, !isWrite, subject.step.expected.sameAs == nil else { return [] }
        return changed(subject, resource, document, before, volatile, broken)
    }

    /// A returned resource exists until a request changes something, and an unknown one stays unknown until a request
    /// may have created it.
    private func existence(
        _ subject: StepSubject, _ resource: ResourcePromise, _ operation: OpenAPI.Operation, _ id: ResourceID
    ) -> Finding? {
        let status = subject.message.status
        func finding(_ rule: Rule, _ message: String, _ expected: String) -> Finding {
            subject.finding(
                rule, message, at: .status, contract: subject.response.declared?.location, expected: expected,
                actual: String(status))
        }
        if status == 404, let before = seen[name(resource, id)], !before.isOld {
            return finding(.stateLost, "the \(resource.name) that step '\(before.step)' returned is missing", "200")
        }
        if (200...299).contains(status), !mayCreate(subject, resource, operation),
            let step = unknown[name(resource, id)]
        {
            return finding(
                .stateUnknown,
                "step '\(step)' reported that the \(resource.name) does not exist, and nothing has created it since",
                "404")
        }
        return nil
    }

    /// Whether a request like this may create its resource, or succeed without one.
    ///
    /// PUT creates a resource (RFC 9110, section 9.3.4), and so may PATCH (RFC 5789, section 2) and a POST to the resource
    /// itself; a repeated DELETE may succeed (RFC 9110, section 9.2.2).
    private func mayCreate(
        _ subject: StepSubject, _ resource: ResourcePromise, _ operation: OpenAPI.Operation
    ) -> Bool {
        if isCreate(resource, operation) { return true }
        switch operation.method {
        case "PUT", "PATCH", "DELETE": return true
        case "POST": return operation.path.utf8.last == UInt8(ascii: "}")
        default: return false
        }
    }

    /// A resource that was deleted and created again has no earlier state.
    private mutating func forgetGone(_ subject: StepSubject, _ resource: ResourcePromise) {
        guard !gone.isEmpty, let operation = subject.operation, operation.method != "DELETE",
            mayCreate(subject, resource, operation)
        else { return }
        let shown = isCreate(resource, operation) ? ResourceID(subject.view.body?.root[resource.id]) : nil
        for id in [asked(subject, resource), sent(subject, resource), shown].compactMap({ $0 })
        where gone.remove(name(resource, id)) != nil {
            seen[name(resource, id)] = nil
        }
    }

    /// The response is about the requested resource.
    private func identity(
        _ subject: StepSubject, _ resource: ResourcePromise, _ document: JSONDocument, _ asked: ResourceID
    ) -> Finding? {
        guard let id = ResourceID(document.root[resource.id]), id != asked else { return nil }
        let pointer = JSONPointer([resource.id])
        return subject.finding(
            .stateOther,
            "the response contains a different \(resource.name) than the requested one",
            at: .body(pointer, document.root.nearestPosition(to: pointer)),
            contract: subject.response.mediaType?.schema?.view?.view(at: pointer.tokens)?.location,
            expected: shown(asked.text),
            actual: shown(id.text)
        )
    }

    /// Members that keep their value once it is final.
    private func final(
        _ subject: StepSubject, _ resource: ResourcePromise, _ document: JSONDocument, _ before: Sighting,
        _ broken: BrokenPlaces
    ) -> [Finding] {
        resource.final.compactMap { final in
            let pointer = JSONPointer([final.member])
            guard !before.broken.covers(pointer), !broken.covers(pointer),
                let old = before.document.root[final.member]?.string,
                final.values.contains(where: {
                    $0.isSame(as: old)
                }), let new = document.root[final.member], !(new.string?.isSame(as: old) ?? false)
            else { return nil }
            return subject.finding(
                .stateFinal,
                "step '\(before.step)' returned \(shown(old)), which must not change",
                at: .body(pointer, new.position),
                contract: subject.response.mediaType?.schema?.view?.view(at: pointer.tokens)?.location,
                expected: shown(old),
                actual: new.value.shown
            )
        }
    }

    /// A resource is the same as in the last response, unless a request has changed it since.
    private func changed(
        _ subject: StepSubject, _ resource: ResourcePromise, _ document: JSONDocument, _ before: Sighting,
        _ volatile: [ItemPath], _ broken: BrokenPlaces
    ) -> [Finding] {
        // Equal bytes have no differences.
        guard before.document.bytes != document.bytes || document.bytes.isEmpty else { return [] }
        let ignored = volatile + resource.except
        let differences = JSONDifference.between(
            expected: before.document.root.value, actual: document.root.value
        ) { pointer in
            broken.covers(pointer) || before.broken.covers(pointer) || ignored.contains { $0.leads(to: pointer) }
        }
        .filter { !SameAsRules.isExplained($0, broken, before.broken) }
        guard let first = differences.first else { return [] }
        return [
            subject.finding(
                .stateChanged,
                "the \(resource.name) differs from that of step '\(before.step)', and nothing has changed it since",
                at: .body(first.pointer, document.root.nearestPosition(to: first.pointer)),
                contract: subject.response.mediaType?.schema?.view?.view(at: first.pointer.tokens)?.location,
                expected: first.expected?.shown ?? "absent",
                actual: first.actual?.shown ?? "absent",
                differences: differences
            )
        ]
    }

    /// The response has the members of the request, with the same values.
    private func carried(
        _ subject: StepSubject, _ resource: ResourcePromise, _ document: JSONDocument, _ broken: BrokenPlaces
    ) -> [Finding] {
        guard let sent = subject.view.requestBody?.root, sent.kind == .object,
            let schema = subject.response.mediaType?.schema?.view
        else { return [] }
        let differences = CarriedMembers.differences(sent: sent, received: document.root) { pointer in
            schema.view(at: pointer.tokens) == nil || broken.covers(pointer)
                || resource.except.contains { path in
                    path.plainPointer.map { pointer.tokens.starts(with: $0.tokens) } ?? false
                }
        }
        guard let first = differences.first else { return [] }
        return [
            subject.finding(
                .stateCarried,
                first.actual == nil ? "a member that was sent is missing" : "a member differs from what was sent",
                at: .body(first.pointer, document.root.nearestPosition(to: first.pointer)),
                contract: schema.view(at: first.pointer.tokens)?.location,
                expected: first.expected?.shown ?? "absent",
                actual: first.actual?.shown ?? "absent",
                differences: differences
            )
        ]
    }

    private func shows(_ resource: ResourcePromise, _ operation: OpenAPI.Operation) -> Bool {
        resource.isShown(by: operation)
    }

    private func isCreate(_ resource: ResourcePromise, _ operation: OpenAPI.Operation) -> Bool {
        resource.isCreated(by: operation)
    }

    /// The resource of the path.
    private func asked(_ subject: StepSubject, _ resource: ResourcePromise) -> ResourceID? {
        // A path with further parameters is about a part of the resource.
        guard subject.pathValues.count == 1, let operation = subject.operation, paths.names(resource, operation),
            let value = subject.pathValues.first(where: { $0.name.isSame(as: resource.id) })
        else { return nil }
        let view = operation.parameter(resource.id, in: .path)?.valueSchema?.view
        return ResourceID(
            PercentEncoding.decodedLeniently(value.text), isNumber: view.map { !$0.allows(.string) } ?? false)
    }

    /// The resource that a request creates, by the id in its body or else in its path.
    private func sent(_ subject: StepSubject, _ resource: ResourcePromise) -> ResourceID? {
        ResourceID(subject.view.requestBody?.root[resource.id]) ?? asked(subject, resource)
    }

    private func name(_ resource: ResourcePromise, _ id: ResourceID) -> String { resource.key(id) }
}

/// The id of a resource: a number by its value, so that 7 and 7.0 are one, and a text by its characters.
struct ResourceID: Equatable {
    /// The id as written.
    let text: String
    /// The value, if the schema or the body says that the id is a number.
    private let number: JSONNumber?

    /// An id in a path.
    ///
    /// - Parameter isNumber: Whether its schema allows no text.
    init(_ text: String, isNumber: Bool) {
        self.text = text
        number = isNumber ? JSONNumber(text) : nil
    }

    /// An id in a body; `nil` where it is neither a number nor a text.
    init?(_ node: JSONNode?) {
        guard let node, let text = node.kind == .number ? node.spelling : node.string else { return nil }
        self.init(text, isNumber: node.kind == .number)
    }

    /// Equal for equal ids of one kind.
    var key: String {
        guard let number else { return text }
        return JSONValue.number(number).text(.canonical)
    }

    /// Where either is a number, the values are compared.
    static func == (left: ResourceID, right: ResourceID) -> Bool {
        if left.number != nil || right.number != nil,
            let one = left.number ?? JSONNumber(left.text), let other = right.number ?? JSONNumber(right.text)
        {
            return one == other
        }
        return left.text.isSame(as: right.text)
    }
}

/// Members of a request body that the response has too.
enum CarriedMembers {
    /// How the response differs from the request, in members that both have; objects are compared member by member.
    ///
    /// - Parameter isLeftOut: Whether a place is ignored, such as one that the response does not declare.
    static func differences(
        sent: JSONNode, received: JSONNode, isLeftOut: (JSONPointer) -> Bool
    ) -> [JSONDifference] {
        var differences: [JSONDifference] = []
        var open: [(sent: JSONNode, received: JSONNode, pointer: JSONPointer)] = [(sent, received, .root)]
        var next = 0
        while next < open.count, differences.count < 50, open.count < 10_000 {
            let (sent, received, pointer) = open[next]
            next += 1
            for member in sent.members {
                let place = pointer.appending(member.name)
                guard !isLeftOut(place), member.value.kind != .null else { continue }
                guard let other = received[member.name] else {
                    differences.append(JSONDifference(pointer: place, expected: member.value.value, actual: nil))
                    continue
                }
                if member.value.kind == .object, other.kind == .object {
                    open.append((member.value, other, place))
                } else if !JSONDifference.between(expected: member.value.value, actual: other.value).isEmpty {
                    differences.append(
                        JSONDifference(pointer: place, expected: member.value.value, actual: other.value))
                }
            }
        }
        return differences
    }
}
