import Exchanges
import Foundation
import JSONDocument
import Primitives
import Synchronization
import TestKit
import Webhooks

@testable import Harness

/// A receiver of webhooks with one defect or none, on a real socket.
struct TestReceiver {
    /// A mistake that receivers have.
    enum Defect: CaseIterable, Sendable {
        case none, verifiesNothing, skipsMissingSignature, skipsMalformedSignature, parsesFirst, parsesFirstWithBlanks,
            parsesBeforeVerifying, ignoresAge, ignoresFuture, trustsTimestamp, trustsID, usesFirstSignature,
            rejectsDuplicates, rejectsOlder, failsOnWrongSignature, closesOnWrongSignature, rejectsEverything,
            redirects,
            isSlow
    }

    private let server: RawServer
    /// Decides about each delivery.
    let judgement: ReceiverJudgement

    /// The URL of the receiver.
    var url: String { server.url("/hooks?shop=1") }

    init(_ scheme: SignatureScheme, keys: [[UInt8]], defect: Defect = .none) throws {
        let judgement = ReceiverJudgement(scheme: scheme, keys: keys, defect: defect)
        self.judgement = judgement
        server = try RawServer { connection in
            while let message = connection.readMessage() {
                guard let head = judgement.response(Self.request(message)) else { return }
                connection.write("HTTP/1.1 \(head)\r\ncontent-length: 0\r\n\r\n")
            }
        }
    }

    func stop() { server.stop() }

    private static func request(_ message: (head: String, body: [UInt8])) -> RequestMessage {
        let headers = message.head.split(separator: "\r\n").dropFirst().compactMap { line -> HeaderField? in
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { return nil }
            return HeaderField(
                name: String(parts[0]), value: String(parts[1]).trimmingCharacters(in: .whitespaces))
        }
        return RequestMessage(method: "POST", url: "", headers: headers, body: message.body)
    }
}

/// The decisions of a receiver, with its memory of earlier deliveries.
final class ReceiverJudgement: Sendable {
    private let scheme: SignatureScheme
    private let keys: [[UInt8]]
    private let defect: TestReceiver.Defect
    private let state = Mutex<State>(State())

    private struct State {
        var ids: Set<String> = []
        var newest: Instant?
        var accepted = 0
    }

    init(scheme: SignatureScheme, keys: [[UInt8]], defect: TestReceiver.Defect) {
        self.scheme = scheme
        self.keys = keys
        self.defect = defect
    }

    /// How many deliveries were accepted.
    var accepted: Int { state.withLock { $0.accepted } }

    /// The status line of the response; `nil` closes the connection.
    func response(_ request: RequestMessage) -> String? {
        var body = request.body ?? []
        let value = try? JSONDocument(parsing: body).root.value
        switch defect {
        case .rejectsEverything: return "401 Unauthorized"
        case .redirects: return "307 Temporary Redirect\r\nlocation: /elsewhere"
        case .parsesBeforeVerifying where value == nil: return "500 Internal Server Error"
        case .parsesFirst:
            guard let value else { return "401 Unauthorized" }
            body = Array(value.text.utf8)
        case .parsesFirstWithBlanks:
            guard let value else { return "401 Unauthorized" }
            body = Array(JSONSpelling(separators: (": ", ", "), isASCII: true).text(value).utf8)
        case .isSlow: usleep(60_000)
        default: break
        }
        guard isAuthentic(request, body) else {
            switch defect {
            case .failsOnWrongSignature: return "500 Internal Server Error"
            case .closesOnWrongSignature: return nil
            default: return "401 Unauthorized"
            }
        }
        return accept(request)
    }

    private func isAuthentic(_ request: RequestMessage, _ body: [UInt8]) -> Bool {
        let isList = request.header(scheme.headers.signature).first?.contains(" ") == true
        if defect == .usesFirstSignature, isList { return false }
        let verdict = scheme.verify(request.headers, body: body, keys: keys, now: .now)
        switch (defect, verdict) {
        case (_, .valid), (.verifiesNothing, _), (.skipsMissingSignature, .missing),
            (.skipsMalformedSignature, .malformedSignature), (.skipsMalformedSignature, .unknownVersion),
            (.ignoresAge, .old), (.ignoresFuture, .future):
            return true
        case (.trustsTimestamp, .wrong), (.trustsID, .wrong): return isOnlyMoved(request)
        default: return false
        }
    }

    /// Whether the signature is right for another time or id, which the receiver does not compare.
    private func isOnlyMoved(_ request: RequestMessage) -> Bool {
        let sent = request.header(scheme.headers.signature).first ?? ""
        let id = scheme.deliveryID(request.headers) ?? ""
        let isTime = defect == .trustsTimestamp
        let times =
            isTime
            ? (3_880...4_020).map { Instant.now.advanced(by: .seconds(-$0)) }
            : [scheme.deliveryTime(request.headers) ?? .now]
        let original = isTime ? id : id.replacing("-altered", with: "")
        let delivery = SignedDelivery(id: original, url: "", body: request.body ?? [])
        return times.contains { scheme.sign(delivery, keys: keys, at: $0).last?.value == sent }
    }

    private func accept(_ request: RequestMessage) -> String {
        let (id, time) = (scheme.deliveryID(request.headers), scheme.deliveryTime(request.headers))
        let (isKnown, isOlder) = state.withLock { state in
            let isKnown = id.map { !state.ids.insert($0).inserted } ?? false
            let isOlder = time.flatMap { time in state.newest.map { time < $0.advanced(by: .seconds(-5)) } } ?? false
            state.newest = [state.newest, time].compactMap(\.self).max()
            state.accepted += 1
            return (isKnown, isOlder)
        }
        if defect == .rejectsDuplicates, isKnown { return "409 Conflict" }
        return defect == .rejectsOlder && isOlder ? "409 Conflict" : "204 No Content"
    }
}
