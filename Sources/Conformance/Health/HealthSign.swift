import Exchanges
import OpenAPI
import Primitives
import Scenarios

/// The sign of one exchange about the health of its target.
enum HealthSign {
    /// A response that an ill server does not send.
    case healthy
    /// A failure that the plan does not explain, and that an ill target can cause.
    case suspect(Suspect)
    /// Neither: the row expects the failure, a promise explains it, nothing was sent, or the target sent a delivery.
    case neutral

    /// How strongly a failure points at the target and not at one operation.
    enum Cause {
        /// No connection: the request was not sent, so no operation can be at fault.
        case noConnection
        /// 429 or 503, by which a server reports a temporary condition (RFC 6585, section 4; RFC 9110, section 15.6.4).
        case unavailable
        /// 502 or 504: a gateway has no response of the server (RFC 9110, sections 15.6.3 and 15.6.5).
        case gateway
        /// Any other status of 500 or more, or no complete response: one operation or one request can cause it.
        case unclear
    }

    /// The sign of an exchange of `step`.
    ///
    /// - Parameter explained: The numbers of the 429 responses that the promise `rate-limit` explains.
    init(_ exchange: Exchange, of step: Step, at place: FindingGroup.StepPlace, explained: Set<Int>) {
        // The status of a delivery is our own.
        guard !exchange.request.isReceived else {
            self = .neutral
            return
        }
        let cause: Cause
        switch exchange.outcome {
        case .response(let response):
            guard response.status == 429 || response.status >= 500 else {
                self = .healthy
                return
            }
            guard !step.expected.status.accepts(response.status), !explained.contains(exchange.sequence) else {
                self = .neutral
                return
            }
            cause = Cause(status: response.status)
        case .failure(let failure):
            switch failure.class {
            case .connectionRefused, .unresolved, .connectTimedOut, .proxy: cause = .noConnection
            case .timedOut, .bodyTimedOut, .reset, .truncated: cause = .unclear
            case .protocolError, .badEncoding, .tooLarge, .redirect, .tls, .tlsExpired, .tlsHost, .tlsUntrusted:
                // The server responded, and the deviation of its response is a finding.
                self = .healthy
                return
            case .token, .notRecorded, .requestDiffers, .undelivered, .cancelled, .invalidRequest, .other:
                self = .neutral
                return
            }
        }
        self = .suspect(Suspect(exchange, of: step, at: place, cause))
    }
}

extension HealthSign {
    /// The sign of an exchange of a scenario that was run again.
    var withoutEvidence: HealthSign {
        guard case .suspect(var suspect) = self else { return self }
        suspect.isEvidence = false
        suspect.isRepeated = true
        return .suspect(suspect)
    }
}

extension HealthSign.Cause {
    fileprivate init(status: Int) {
        switch status {
        case 429, 503: self = .unavailable
        case 502, 504: self = .gateway
        default: self = .unclear
        }
    }
}

/// A failed exchange that an ill target can cause.
struct Suspect {
    /// The number of the exchange.
    let sequence: Int
    /// The step.
    let place: FindingGroup.StepPlace
    /// The name of the operation, or the call as the row has it.
    let operation: String
    let cause: HealthSign.Cause
    /// The status or the class of the failure, for reports.
    let symptom: String
    /// Whether the row expects success. A request that must be rejected may be the cause of its failure.
    var isEvidence: Bool
    /// Whether its scenario had been run before.
    var isRepeated = false
    let start: Instant
    let end: Instant

    init(_ exchange: Exchange, of step: Step, at place: FindingGroup.StepPlace, _ cause: HealthSign.Cause) {
        sequence = exchange.sequence
        self.place = place
        operation = step.callText
        self.cause = cause
        symptom =
            switch exchange.outcome {
            case .response(let response): "status \(response.status)"
            case .failure(let failure): failure.class.rawValue
            }
        isEvidence = step.expectsSuccess
        start = exchange.startedAt
        end = exchange.startedAt.advanced(by: exchange.duration)
    }
}

extension Step {
    /// Whether the row sends a valid request and expects that it is accepted.
    var expectsSuccess: Bool {
        guard !options.isInvalid, !lacksCredentials else { return false }
        return expected.status.alternatives.contains { alternative in
            switch alternative {
            case .exact(let status): (200...399).contains(status)
            case .range(let hundred): hundred == 2 || hundred == 3
            }
        }
    }
}

extension Step {
    /// Whether the row leaves out or changes credentials that the operation requires.
    private var lacksCredentials: Bool {
        switch request.auth {
        case .wrong, .incomplete: true
        case .none: call.operation?.security.contains { !$0.schemes.isEmpty } ?? false
        case .profile, .requirement: false
        }
    }
}
