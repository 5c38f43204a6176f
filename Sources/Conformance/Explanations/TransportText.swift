import Diagnostics
import Exchanges

/// The explanation of a failure of the transport, for the rules `transport.…`.
struct TransportText: Sendable {
    /// The last part of the id.
    let end: String
    /// The severity of its findings.
    var severity = Severity.error
    /// A description of the failure, in one line.
    let summary: String
    /// The meaning of the failure, in sentences.
    let meaning: String
    /// The specification on which it is based.
    let source: String
    /// Lines of the exchange.
    let example: String
    /// Remedies as imperative clauses.
    let remedies: [String]

    static let basis =
        "Without a complete response there is nothing to compare with the contract, so the failure has a rule of its own."

    init(
        _ kind: TransportFailure.Class, _ summary: String, _ meaning: String, source: String = "RFC 9110, section 3.3",
        example: String, _ remedies: String...
    ) {
        end = kind.rawValue
        self.summary = summary
        self.meaning = meaning
        self.source = source
        self.example = example
        self.remedies = remedies
    }

    init(
        _ kind: TransportDefect.Kind, _ severity: Severity, _ summary: String, _ meaning: String, source: String,
        example: String, _ remedies: String...
    ) {
        end = kind.rawValue
        self.severity = severity
        self.summary = summary
        self.meaning = meaning
        self.source = source
        self.example = example
        self.remedies = remedies
    }
}

extension TransportText {
    /// Every failure and defect of the transport.
    static let all: [TransportText] = connections + certificates + responses + requests + defects

    private static let connections = [
        TransportText(
            .connectionRefused, "nothing listens at the address",
            "The host rejected the connection, so the request was not sent.", source: "RFC 9293, section 3.10.7",
            example: "GET http://127.0.0.1:8080/parcels  ✗ connection refused",
            "start the server, or correct the port of the target in assay.yaml"),
        TransportText(
            .unresolved, "the host name cannot be resolved", "No address was found for the name of the host.",
            source: "RFC 1034, section 5", example: "GET https://api.exmaple.com/parcels  ✗ unknown host",
            "correct the host of the target in assay.yaml, or check the network"),
        TransportText(
            .connectTimedOut, "the connection was not established in time",
            "The host did not respond to the connection. A firewall often drops such packets.",
            source: "RFC 9293, section 3.8.3", example: "GET https://10.0.0.1/parcels  ✗ no connection within 10 s",
            "check that the host is reachable from here, or raise `timeout` of the target"),
        TransportText(
            .proxy, "the proxy cannot be reached, or rejects the request",
            "The connection passes through a proxy, which did not create a tunnel to the server.",
            source: "RFC 9110, section 9.3.6", example: "CONNECT api.example.com:443  ✗ 407",
            "correct `proxy` of the target, or pass --no-proxy for direct connections"),
        TransportText(
            .token, "no access token could be obtained",
            "The profile of the step obtains a token first, and the token endpoint did not return one.",
            source: "RFC 6749, sections 4.4 and 5", example: "POST https://auth.example.com/token  ✗ 401",
            "check the client id and secret of the profile, and the address of its token endpoint"),
    ]

    private static let certificates = [
        TransportText(
            .tlsExpired, "the server's certificate is expired or not valid yet",
            "The clock of this machine is outside of the validity period of the certificate.",
            source: "RFC 5280, section 4.1.2.5", example: "GET https://api.example.com/parcels  ✗ expired",
            "renew the certificate of the server, or correct the clock of this machine"),
        TransportText(
            .tlsHost, "the server's certificate is for another host",
            "The certificate does not contain the name of the host in the address.",
            source: "RFC 9525, section 6",
            example: "GET https://10.0.0.1/parcels  ✗ the certificate is for api.example.com",
            "use the host name of the certificate in the address of the target"),
        TransportText(
            .tlsUntrusted, "the server's certificate is not signed by a trusted authority",
            "The chain of certificates does not end in an authority that this machine trusts.",
            source: "RFC 5280, section 6", example: "GET https://sandbox.internal/parcels  ✗ unknown authority",
            "pass the authority with --cacert FILE, or write `ca` into the target"),
        TransportText(
            .tls, "the TLS connection failed", "Client and server did not agree on a TLS connection.",
            source: "RFC 8446, section 6", example: "GET https://127.0.0.1:8080/parcels  ✗ not TLS",
            "check that the port expects TLS, and that client certificates are set with --cert and --key"),
    ]

    private static let responses = [
        TransportText(
            .timedOut, "no response within the time limit",
            "The request was sent, and no response head was received in time. The server may have processed it.",
            example: "POST /parcels  ✗ no response within 30 s",
            "check the server's logs for this request, or raise `timeout` of the target"),
        TransportText(
            .bodyTimedOut, "the body was not complete within the time limit",
            "The response head was received, and its body did not end in time.",
            example: "GET /parcels  200, then ✗ the body did not end within 30 s",
            "check why the server does not end the response, or raise `timeout` of the target"),
        TransportText(
            .reset, "the connection was closed before a response",
            "The server or an intermediary closed the connection after the request.",
            source: "RFC 9112, section 9.5", example: "GET /parcels  ✗ connection reset",
            "check the server's logs for a crash; write `retry` in `opts` for an unreliable network"),
        TransportText(
            .truncated, "the connection was closed inside the response",
            "The response ended before the length that it declares.", source: "RFC 9112, section 8",
            example: "content-length: 512, then ✗ closed after 100 bytes",
            "check the server's logs for a crash while it writes the response"),
        TransportText(
            .protocolError, "the response is not valid HTTP",
            "The response is not HTTP, or its framing contradicts itself.", source: "RFC 9112, sections 2 to 7",
            example: "content-length: 10 and transfer-encoding: chunked",
            "correct the framing of the response; `curl --include --raw` shows its bytes"),
        TransportText(
            .badEncoding, "the body has a content encoding that was not accepted",
            "The response has a content encoding that the request did not accept, or that cannot be decoded.",
            source: "RFC 9110, sections 8.4 and 12.5.3", example: "accept-encoding: gzip, but content-encoding: br",
            "return an encoding that `accept-encoding` of the request lists"),
        TransportText(
            .tooLarge, "the response is larger than the limit",
            "The head or the body has more bytes than one response may have.",
            source: "limits of responses", example: "GET /export  ✗ more than 16 MiB",
            "request a smaller part: filter the list, or use its pages"),
        TransportText(
            .redirect, "the response is a redirect that cannot be followed",
            "A row with `follow` received a redirect without a usable address, in a circle, or to a forbidden origin.",
            source: "RFC 9110, section 15.4", example: "GET /parcels  302, location: ftp://example.com/",
            "correct `location` of the response, or expect the redirect itself in the row"),
    ]

    private static let requests = [
        TransportText(
            .notRecorded, "no recorded response matches the request",
            "The run replays recordings, and none of them contains this request.",
            source: "recordings", example: "GET /parcels/P-2  ✗ the recording has /parcels/P-1 only",
            "record the scenario again: assay record --update"),
        TransportText(
            .requestDiffers, "the request differs from the recorded one",
            "The run replays a recording, and the step sends another request than the recorded one.",
            source: "recordings", example: "recorded {\"weight\": 1}, now {\"weight\": 2}",
            "record the scenario again: assay record --update"),
        TransportText(
            .undelivered, "no delivery of an awaited webhook arrived",
            "A step awaited a delivery, and none with its name arrived within the limit.",
            source: "scenario tables, call await", example: "await parcelSent  ✗ nothing within 30 s",
            "check that the row sends `{{receiver.url}}`, or raise the limit in `opts`: poll=60s"),
        TransportText(
            .cancelled, "the run was interrupted", "The run ended before the response was complete.",
            source: "journals", example: "POST /parcels  ✗ interrupted", "continue the run: assay run --resume"),
        TransportText(
            .invalidRequest, "the request cannot be sent",
            "The method, address or a header has a value that HTTP does not allow.",
            source: "RFC 9110, section 5.5", example: "a header with a line break",
            "correct the value in the row or profile"),
        TransportText(
            .other, "the exchange failed for another reason", "The message of the finding describes the failure.",
            example: "GET /parcels  ✗ …", "read the message of the finding, then run the step again with -v"),
    ]

    private static let defects = [
        TransportText(
            .surplus, .error, "bytes follow the end of the response",
            "The server sent more bytes than the response has. A client could read them as the next response.",
            source: "RFC 9112, section 6.3", example: "content-length: 2, then the body {}}",
            "send exactly the declared bytes"),
        TransportText(
            .headerOctets, .error, "a header contains bytes that are not UTF-8",
            "The value of the header cannot be judged.", source: "RFC 9110, section 5.5",
            example: "x-name: caf\\xE9", "encode the value, for example in percent-encoding (RFC 8187)"),
        TransportText(
            .headerText, .warning, "a header contains text outside of US-ASCII",
            "Clients read such text in different charsets.", source: "RFC 9110, section 5.5",
            example: "x-name: café", "encode the value, for example in percent-encoding (RFC 8187)"),
    ]
}
