import Exchanges
import JSONDocument
import OpenAPI
import Primitives

/// The routes below `/_mock`, by which tests and people control the mock itself.
struct MockControl {
    /// The path of these routes, which is also available below the base path of a contract.
    static let path = "/_mock"

    let contracts: [ServedContract]
    let now: Instant

    /// - Parameter path: The rest of the path after `/_mock`.
    func response(to request: RequestMessage, _ path: String, _ branches: inout MockBranches) -> ResponseMessage {
        let parts = path.split(separator: "/").map { PercentEncoding.decodedLeniently($0) }
        let method = request.method
        let name = branches.name(in: request)
        switch (parts.first, parts.count) {
        case ("clock", 1):
            guard method == "POST" || method == "GET" else { return notAllowed(allow: "GET, POST") }
            return clock(method == "POST" ? request.body ?? [] : nil, name, &branches)
        case ("reset", 1):
            guard method == "POST" else { return notAllowed(allow: "POST") }
            guard name != nil else {
                branches.reset(contracts)
                return ResponseMessage(status: 204)
            }
            return inBranch(name, &branches) { branch in
                branch = MockBranch(contracts)
                return ResponseMessage(status: 204)
            }
        case ("state", 1):
            guard method == "GET" else { return notAllowed(allow: "GET") }
            return inBranch(name, &branches) { branch in
                let shown = zip(contracts, branch.states).map { ($0.contract.name, $1.shown($0.behaviour)) }
                return Self.json(200, .object(JSONObject(shown)))
            }
        case ("deliveries", 1):
            guard method == "GET" else { return notAllowed(allow: "GET") }
            return inBranch(name, &branches) { branch in
                let now = branch.time(at: now)
                return Self.json(200, .array(branch.states.flatMap { $0.outbox.entries.map { $0.shown(at: now) } }))
            }
        case ("events", 2):
            guard method == "POST" else { return notAllowed(allow: "POST") }
            return inBranch(name, &branches) { branch in
                event(parts[1], request, at: branch.time(at: now), &branch.states)
            }
        default:
            return Self.message(
                404,
                "Use POST /_mock/events/{event}, POST /_mock/reset, POST /_mock/clock, GET /_mock/clock, "
                    + "GET /_mock/state or GET /_mock/deliveries.")
        }
    }

    private func inBranch(
        _ name: String?, _ branches: inout MockBranches, _ body: (inout MockBranch) -> ResponseMessage
    ) -> ResponseMessage {
        branches.change(name, body) ?? Self.unknownBranch(name ?? "")
    }

    /// The response to a request that names a branch that does not exist. It is a server error: a 404 could be the
    /// response that a row expects.
    static func unknownBranch(_ name: String) -> ResponseMessage {
        message(
            500,
            "Unknown branch '\(visibleText(name))'. Make it with POST /_mock/clock {\"branch\": \"NAME\"}. The mock "
                + "keeps \(MockBranches.maximumCount) branches.")
    }

    // MARK: Clock

    /// - Parameter body: The change; `nil` to read the clock.
    private func clock(_ body: [UInt8]?, _ name: String?, _ branches: inout MockBranches) -> ResponseMessage {
        var name = name
        if let body {
            switch ClockRequest.reading(body) {
            case .failure(let problem): return Self.message(400, problem.message)
            case .success(let request):
                if let branch = request.branch {
                    branches.make(branch)
                    name = branch
                }
                if let change = request.change {
                    _ = branches.change(name) { $0.change(change, at: now, contracts) }
                }
            }
        }
        return inBranch(name, &branches) { branch in
            var shown: JSONObject = [
                "now": .string(branch.time(at: now).text), "frozen": .boolean(branch.clock?.isFrozen ?? false),
            ]
            if let name { shown["branch"] = .string(name) }
            return Self.json(200, .object(shown))
        }
    }

    // MARK: Events

    private func event(
        _ name: String, _ request: RequestMessage, at now: Instant, _ states: inout [MockState]
    ) -> ResponseMessage {
        var input = JSONObject()
        if let body = request.body, !body.isEmpty {
            guard let document = try? JSONDocument(parsing: body), case .object(let object) = document.root.value else {
                return Self.message(400, "The body must be a JSON object of the event's inputs.")
            }
            input = object
        }
        var last: EventOutcome?
        for (index, contract) in contracts.enumerated() {
            let outcome = EntityKeeper(contract: contract, now: now).happen(name, input, &states[index])
            switch outcome {
            case .unknownEvent: last = last ?? outcome
            case .unknownEntity: last = outcome
            case .badInput, .refused, .happened: return response(to: name, outcome)
            }
        }
        return response(to: name, last ?? .unknownEvent)
    }

    private func response(to event: String, _ outcome: EventOutcome) -> ResponseMessage {
        switch outcome {
        case .unknownEvent: return Self.message(404, "Unknown event '\(event)'.")
        case .badInput(let text): return Self.message(400, text)
        case .unknownEntity(let id): return Self.message(404, "'\(id)' does not exist.")
        case .refused(let id, let state):
            return Self.message(409, "'\(id)' is \(state), which does not allow '\(event)' with these inputs.")
        case .happened(let id, let before, let after):
            let changes = JSONDifference.between(expected: before, actual: after)
            let changed = changes.map { ($0.pointer.description, $0.actual ?? .null) }
            return Self.json(
                200,
                .object([
                    "event": .string(event), "id": .string(id), "changed": .object(JSONObject(changed)),
                    "entity": after,
                ]))
        }
    }

    // MARK: Responses

    private static func message(_ status: Int, _ text: String) -> ResponseMessage {
        json(status, .object(["message": .string(text)]))
    }

    private static func json(_ status: Int, _ value: JSONValue) -> ResponseMessage {
        ResponseMessage(
            status: status, headers: [HeaderField(name: "Content-Type", value: "application/json")],
            body: Array((value.text + "\n").utf8))
    }

    private func notAllowed(allow: String) -> ResponseMessage {
        var response = Self.message(405, "Only \(allow) is allowed here.")
        response.headers.append(HeaderField(name: "Allow", value: allow))
        return response
    }
}

extension MockState {
    /// The complete state as JSON: entities and their sub-collections by collection.
    fileprivate func shown(_ behaviour: Behaviour?) -> JSONValue {
        var shown = JSONObject()
        for collection in behaviour?.collections.values ?? [] {
            let entities = (collections[collection.name]?.entries ?? []).map { entry in
                var entity = JSONObject([("entity", .object(entry.value.value))])
                for child in collection.children {
                    entity[child.name] = .array(entry.value.children[child.name] ?? [])
                }
                return JSONValue.object(entity)
            }
            shown[collection.name] = .array(entities)
        }
        for (name, store) in inferred.stores.sorted(by: { $0.key < $1.key }) {
            let present = store.entries.filter { !$0.value.isGone }
            shown[name] = .array(present.map { .object(["entity": .object($0.value.value)]) })
        }
        return .object(shown)
    }
}

extension Outbox.Entry {
    /// The delivery and the results of its attempts, as JSON. The signature is that of an attempt now.
    fileprivate func shown(at now: Instant) -> JSONValue {
        let request = delivery.request(at: now)
        let body = request.body.flatMap { try? JSONDocument(parsing: $0) }?.root.value
        let results = attempts.map { attempt -> JSONValue in
            switch attempt {
            case .status(let status): ["status": .integer(status)]
            case .failed(let reason): ["failed": .string(reason)]
            case .refused(let reason): ["refused": .string(reason)]
            }
        }
        return [
            "name": .string(delivery.name), "id": .string(delivery.id), "method": .string(request.method),
            "url": .string(request.url),
            "headers": .object(JSONObject(request.headers.map { ($0.name, .string($0.value)) })),
            "body": body ?? .null, "attempts": .array(results),
        ]
    }
}
