import Exchanges
import JSONDocument
import OpenAPI
import Primitives
import Scenarios

/// The statement of the promises about the effects of the requests of a burst.
enum BurstExpectation {
    /// One request has the effect.
    case one(Terms)
    /// Every request may have an effect. `isPromised` is false if no promise says anything about the operation.
    case many(isPromised: Bool)
    /// An earlier step has had the effect: all responses repeat the one that it received.
    case replays

    /// The terms on which one request has the effect.
    struct Terms {
        /// The statuses with which the others may be rejected.
        var refusals: [Int]
        /// Paths that may differ.
        var except: [ItemPath]
        /// The promised resource; `nil` if only the key says that there is one effect.
        var resource: ResourcePromise?
        /// Whether all requests have the same idempotency key.
        var hasOneKey: Bool
    }

    /// The expectation for the requests of `step`.
    ///
    /// - Parameter isKnown: Whether an earlier step has used the key of a request.
    init(_ step: Step, _ views: [ExchangeView], _ promises: Promises, isKnown: (Exchange) -> Bool) {
        guard let operation = step.call.operation, let first = views.first else {
            self = .many(isPromised: false)
            return
        }
        let keys = promises.idempotency.flatMap { promise -> [String]? in
            guard promise.methods.contains(first.exchange.request.method) else { return nil }
            let keys = views.compactMap { $0.exchange.request.header(promise.header).first }.filter { !$0.isEmpty }
            return keys.count == views.count ? keys : nil
        }
        let hasOneKey = keys.map { $0.allSatisfy { $0.isSame(as: keys?[0] ?? "") } } ?? false
        if hasOneKey, isKnown(first.exchange) {
            self = .replays
            return
        }
        func isNamed(_ names: [String]) -> Bool { names.contains { $0.isSame(as: operation.name) } }
        let resource = promises.resources.first { resource in
            resource.oneEffect.map { isNamed($0.operations) || isNamed(resource.create) } ?? false
        }
        let isOne =
            hasOneKey
            || resource.map { isNamed($0.oneEffect?.operations ?? []) || Self.names($0, first, operation) } ?? false
        guard isOne else {
            self = .many(isPromised: resource != nil || keys != nil)
            return
        }
        self = .one(
            Terms(
                refusals: resource?.oneEffect?.refusals ?? OneEffectPromise.usualRefusals,
                except: resource?.except ?? [], resource: resource, hasOneKey: hasOneKey))
    }

    /// Whether a request contains the id of the resource that it creates.
    private static func names(_ resource: ResourcePromise, _ view: ExchangeView, _ operation: Operation) -> Bool {
        if let id = view.requestBody?.root[resource.id], id.kind != .null { return true }
        return operation.parameter(resource.id, in: .path) != nil
    }
}
