public import Exchanges
import Primitives

/// A mock that is asked without a socket, for runs inside of one process.
public struct MockTransport: Transport {
    /// What the paths of the first contract are appended to.
    public let baseURL: String

    private let engine: SharedEngine
    private let now: @Sendable () -> Instant

    /// A fresh mock.
    public init(versions: [MockVersion], settings: MockSettings) {
        engine = SharedEngine(MockEngine(versions: versions, settings: settings))
        now = settings.now
        baseURL = "http://mock" + (versions.first.map { MockEngine.basePath(of: $0.contract) } ?? "")
    }

    /// The answers in which a rule was broken on purpose.
    public var brokenAnswers: Int { engine.brokenAnswers }

    /// Answers at once.
    public func send(
        _ request: RequestMessage, deadline: Duration, meanwhile: () -> Void
    ) async -> ExchangeOutcome {
        meanwhile()
        return .response(engine.respond(to: request, at: now()).reply.response)
    }
}
