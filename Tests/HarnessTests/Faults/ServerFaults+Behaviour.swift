import Exchanges
import Foundation
import JSONDocument

/// Faults that show over several answers: state, keys, credentials, limits, bad input.
extension ServerFault {
    /// The same request without its key.
    private static func keyless(_ request: RequestMessage) -> RequestMessage {
        var request = request
        request.headers.removeAll { $0.isNamed("x-idempotency-key") }
        return request
    }

    /// A fetch of the thing that a request is about.
    private static func fetch(_ request: RequestMessage, _ path: String) -> RequestMessage {
        var request = keyless(request)
        request.headers.removeAll { $0.isNamed("content-type") || $0.isNamed("content-length") }
        return RequestMessage(method: "GET", url: "http://mock" + path, headers: request.headers)
    }

    private static func edited(_ response: ResponseMessage, _ change: (inout JSONObject) -> Void) -> ResponseMessage {
        var response = response
        if case .object(var object)? = try? JSONDocument(parsing: response.body).root.value {
            change(&object)
            response.body = Array(JSONValue.object(object).text.utf8)
        }
        return response
    }

    private static func isReplay(_ response: ResponseMessage) -> Bool {
        response.header("x-idempotency-replayed") == ["true"]
    }

    static let states: [ServerFault] = [
        ServerFault("cancelling has no effect and says so", in: "link-defaults", "check /link_status") { turn in
            guard turn.call == "cancel" else { return turn.ask(turn.request) }
            return edited(turn.ask(turn.request)) { $0["link_status"] = .string("ACTIVE") }
        },
        ServerFault("a cancelled link is active again", "state.final /link_status") { turn in
            let response = turn.ask(turn.request)
            if turn.call == "cancel", response.status == 200 { turn.memory["cancelled"] = response }
            guard turn.call == "fetch", turn.memory["cancelled"] != nil else { return response }
            return edited(response) { $0["link_status"] = .string("ACTIVE") }
        },
        ServerFault("a link is cancelled twice", "status.unexpected status") { turn in
            let response = turn.ask(turn.request)
            if turn.call == "cancel", response.status == 200 { turn.memory["first"] = response }
            guard turn.call == "cancel", response.status == 400, var first = turn.memory["first"] else {
                return response
            }
            first.headers = response.headers
            return first
        },
        ServerFault("what was made is not there", in: "link-defaults", "status.unexpected status") { turn in
            let response = turn.ask(turn.request)
            guard turn.call == "fetch", response.status == 200 else { return response }
            return turn.ask(fetch(turn.request, "/pg/links/nothing"))
        },
        ServerFault("the data of another link", in: "link-", "state.other /link_id") { turn in
            let response = turn.ask(turn.request)
            if turn.call == "create", response.status == 200, turn.memory["one"] == nil {
                turn.memory["one"] = response
            }
            guard turn.call == "fetch", response.status == 200, var one = turn.memory["one"],
                one.body != response.body
            else { return response }
            let own = try? JSONDocument(parsing: response.body).root["link_id"]?.string
            if (try? JSONDocument(parsing: one.body).root["link_id"]?.string) == own { return response }
            one.headers = response.headers
            return one
        },
        ServerFault("an unknown link has orders", in: "link-unknown", "status.unexpected status") { turn in
            var response = turn.ask(turn.request)
            if turn.call == "orders", response.status == 404 {
                response.status = 200
                response.body = Array("[]".utf8)
            }
            return response
        },
        ServerFault("a taken id is taken again", in: "link-duplicate", "status.unexpected status") { turn in
            let response = turn.ask(turn.request)
            if turn.call == "create", response.status == 200 { turn.memory["made"] = response }
            guard response.status == 409, var made = turn.memory["made"] else { return response }
            made.headers = response.headers
            return made
        },
        ServerFault("a refused call changed the link", in: "link-duplicate", "money.changed /link_amount") { turn in
            let response = turn.ask(turn.request)
            if response.status == 409 { turn.memory["refused"] = response }
            guard turn.memory["refused"] != nil, turn.call != "create" else { return response }
            return edited(response) { $0["link_amount"] = .number(JSONNumber(75)) }
        },
        ServerFault("an order that nobody paid", "check ") { turn in
            var response = turn.ask(turn.request)
            if turn.call == "orders", response.status == 200 { response.body = Array(#"[{"order_id":"o-1"}]"#.utf8) }
            return response
        },
    ]

    static let keys: [ServerFault] = [
        ServerFault("a replay makes something new", in: "link-replay", "idempotency.replay /cf_link_id") { turn in
            let response = turn.ask(turn.request)
            guard turn.call == "create", response.status == 200, isReplay(response) else { return response }
            return edited(response) { $0["cf_link_id"] = .number(JSONNumber(7)) }
        },
        ServerFault("a replay is refused", in: "failure-replay", "idempotency.replay status") { turn in
            var response = turn.ask(turn.request)
            if response.status == 400, isReplay(response) { response.status = 409 }
            return response
        },
        ServerFault("a replay does not say so", in: "link-replay", "idempotency.flag header.x-idempotency-replayed") {
            turn in
            var response = turn.ask(turn.request)
            guard isReplay(response) else { return response }
            response.headers.removeAll { $0.isNamed("x-idempotency-replayed") }
            response.headers.append(HeaderField(name: "x-idempotency-replayed", value: "false"))
            return response
        },
        ServerFault("everything is a replay", in: "link-replay", "idempotency.flag header.x-idempotency-replayed") {
            turn in
            var response = turn.ask(turn.request)
            guard !response.header("x-idempotency-replayed").isEmpty else { return response }
            response.headers.removeAll { $0.isNamed("x-idempotency-replayed") }
            response.headers.append(HeaderField(name: "x-idempotency-replayed", value: "true"))
            return response
        },
        ServerFault("a key is used again for another request", in: "failure-replay", "idempotency.conflict status") {
            turn in
            var response = turn.ask(turn.request)
            if response.status == 422 {
                response.status = 400
                response.body = Array(
                    #"{"message":"m","code":"c","type":"invalid_request_error"}"#.utf8)
            }
            return response
        },
        ServerFault("a key is used again and the call accepted", in: "link-replay", "idempotency.conflict status") {
            turn in
            let response = turn.ask(turn.request)
            if turn.call == "create", response.status == 200, turn.memory["made"] == nil {
                turn.memory["made"] = response
            }
            guard response.status == 422, var made = turn.memory["made"] else { return response }
            made.headers = response.headers
            return made
        },
    ]

    private static let ownCredentials = [
        HeaderField(name: "x-client-id", value: "client-id-1234"),
        HeaderField(name: "x-client-secret", value: "client-secret-1234"),
    ]

    private static func letIn(_ request: inout RequestMessage) {
        request.headers.removeAll { field in
            ["x-client-id", "x-client-secret", "x-client-signature", "x-partner-apikey", "x-partner-merchantid"]
                .contains { field.isNamed($0) }
        }
        request.headers += ownCredentials
    }

    private static func has(_ request: RequestMessage, _ header: String) -> Bool {
        !request.header(header).isEmpty
    }

    static let credentials: [ServerFault] = [
        .request(
            "nobody needs credentials", in: "link-no-credentials", "security.not-enforced status",
            "status.unexpected status"
        ) {
            letIn(&$0)
        },
        .request("the orders are open", in: "link-no-credentials", "security.not-enforced status") { request in
            if request.path.hasSuffix("/orders"), !has(request, "x-client-id") { letIn(&request) }
        },
        .request(
            "wrong credentials will do", in: "link-wrong-credentials", "security.not-enforced status",
            "status.unexpected status"
        ) {
            letIn(&$0)
        },
        .request("the secret is not looked at", in: "link-credentials", "security.not-enforced status") { request in
            if request.header("x-client-id") == ["client-id-1234"] { letIn(&request) }
        },
        .request("a documented signature is refused", in: "link-credentials", "security.refused status") { request in
            if has(request, "x-client-signature") { request.headers.removeAll { $0.isNamed("x-client-id") } }
        },
        .request(
            "the version is not needed", in: "link-no-version", "negative.accepted status"
        ) { request in
            if !has(request, "x-api-version") {
                request.headers.append(HeaderField(name: "x-api-version", value: "2022-09-01"))
            }
        },
    ]

    /// A member of a bad request is put right before the server looks at it.
    private static func accepts(
        _ name: String, in scenarios: String, _ change: @escaping @Sendable (inout JSONObject) -> Void
    )
        -> ServerFault
    {
        .request("accepts \(name)", in: scenarios, "negative.accepted status") { request in
            guard request.method == "POST", let body = request.body,
                case .object(var object)? = try? JSONDocument(parsing: body).root.value
            else { return }
            change(&object)
            request.body = Array(JSONValue.object(object).text.utf8)
        }
    }

    static let input: [ServerFault] = [
        accepts("a missing amount", in: "link-missing-fields") { object in
            if object["link_amount"] == nil {
                object["link_amount"] = .number(JSONNumber(1))
                object["link_id"] = .string("repaired")
            }
        },
        accepts("a missing phone", in: "link-missing-fields") { object in
            if case .object(let customer)? = object["customer_details"], customer["customer_phone"] == nil {
                object["customer_details"] = .object(["customer_phone": .string("9999999999")])
                object["link_id"] = .string("repaired")
            }
        },
        accepts("text for a number", in: "link-wrong-types") { object in
            if case .string? = object["link_amount"] { object["link_amount"] = .number(JSONNumber(10)) }
        },
        accepts("a list for a mapping", in: "link-wrong-types") { object in
            if case .array? = object["link_notes"] { object["link_notes"] = .object([:]) }
        },
        accepts("a long id", in: "link-bounds") { object in
            if case .string(let id)? = object["link_id"], id.utf8.count > 50 { object["link_id"] = .string("short") }
        },
    ]

    static let limits: [ServerFault] = [
        ServerFault("the limit changes", "rate-limit.changed header.x-ratelimit-limit") { turn in
            var response = turn.ask(turn.request)
            let count = turn.memory.count
            turn.memory["\(count)"] = response
            response.headers.removeAll { $0.isNamed("x-ratelimit-limit") }
            response.headers.append(HeaderField(name: "x-ratelimit-limit", value: "\(60000 + count)"))
            return response
        },
        ServerFault(
            "a refusal without a wait", in: "link-defaults", "rate-limit.refused header.x-ratelimit-remaining",
            "rate-limit.wait header.x-ratelimit-retry", "status.unexpected status"
        ) { turn in
            var response = turn.ask(turn.request)
            if turn.call == "fetch" {
                response.status = 429
                response.body = Array(#"{"message":"m","code":"c","type":"rate_limit_error"}"#.utf8)
            }
            return response
        },
    ]

    static let all = bodies + headers + statuses + states + keys + credentials + input + limits
}
