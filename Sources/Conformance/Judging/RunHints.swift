import Diagnostics
import Exchanges
import Primitives

/// Hints about the run as a whole: mistakes that one setting explains, and reasons why a pass means little.
struct RunHints {
    private let symptoms: RunSymptoms
    private let run: JournalHeader
    /// The URLs of the contracts' servers.
    private let servers: [String]
    /// Whether only a part of the scenarios was selected. A user may select rows that must be rejected.
    private let isPartial: Bool

    init(_ symptoms: RunSymptoms, _ run: JournalHeader, servers: [String], isPartial: Bool) {
        self.symptoms = symptoms
        self.run = run
        self.servers = servers
        self.isPartial = isPartial
    }

    /// The hints for a verdict with these scenarios and findings, the most important one first.
    func hints(_ scenarios: ScenarioVerdicts, _ findings: [Finding]) -> [Diagnostic] {
        let found = scenarios.others.flatMap(\.verdict.steps).flatMap(\.findings) + findings
        let isFailing = found.contains { $0.severity == .error }
        if isFailing {
            let isStatusWrong = found.contains { $0.severity == .error && $0.response == .status }
            return [mistake(isStatusWrong: isStatusWrong)].compactMap { $0 }
        }
        return hollow(scenarios, found)
    }

    // MARK: Mistakes of the whole run

    /// One hint at most: the symptoms overlap, and the first one is the most specific.
    private func mistake(isStatusWrong: Bool) -> Diagnostic? {
        // The address of a run's own mock is always right.
        guard !run.target.isSame(as: "mock") else { return nil }
        return protocolMismatch ?? redirected ?? (isStatusWrong ? notFound ?? unauthorized : nil) ?? pages
    }

    private var baseURL: String { shown(run.baseURL) }
    private var isTLS: Bool { run.baseURL.lowercasedASCII.utf8.starts(with: "https:".utf8) }

    private var protocolMismatch: Diagnostic? {
        guard symptoms.exchanges > 0 else { return nil }
        if isTLS, symptoms.failures([.tls]) == symptoms.exchanges {
            return hint(
                "run.plain-port", "every TLS connection failed: the server may not use TLS on this port",
                "try http:// instead of https:// in the base URL \(baseURL)")
        }
        let garbled = symptoms.failures([.protocolError, .reset, .truncated]) == symptoms.exchanges
        guard !isTLS, garbled || isEvery(symptoms.plainRequestsToTLS) else { return nil }
        return hint(
            "run.tls-port",
            garbled
                ? "every connection ended without an HTTP response: the server may require TLS on this port"
                : "every response says that the server requires TLS on this port",
            "use https:// instead of http:// in the base URL \(baseURL)")
    }

    private var redirected: Diagnostic? {
        guard isEvery(symptoms.redirects), let first = symptoms.firstRedirect else { return nil }
        let target = shown(first.to)
        if !isTLS, first.to.lowercasedASCII.utf8.starts(with: "https:".utf8),
            Self.authority(first.to) == Self.authority(first.from)
        {
            return hint(
                "run.redirected", "every response redirects from http to https",
                "use https:// instead of http:// in the base URL \(baseURL)")
        }
        let words = ["login", "signin", "sign-in", "sso", "saml", "oauth", "/auth"]
        if words.contains(where: { first.to.lowercasedASCII.contains($0) }) {
            return hint(
                "run.redirected", "every response redirects to a login page, the first one to \(target)",
                "check that the base URL \(baseURL) is that of the API, and that the credentials are sent")
        }
        return hint(
            "run.redirected", "every response is a redirect, the first one to \(target)",
            "check the base URL \(baseURL)")
    }

    private var notFound: Diagnostic? {
        guard isEvery(symptoms.responses(404...404)) else { return nil }
        let path = Self.path(of: run.baseURL)
        let other = servers.map(Self.path).first { !$0.isSame(as: path) }
        let isDeclared = servers.map(Self.path).contains { $0.isSame(as: path) }
        guard let other, !isDeclared else {
            return hint(
                "run.all-not-found", "every response has status 404",
                "check the host and the path of the base URL \(baseURL)")
        }
        let expected = other.isEmpty ? "no path" : "the path '\(shown(other))'"
        return hint(
            "run.all-not-found", "every response has status 404: the path of the base URL may be wrong",
            "the base URL is \(baseURL); the document declares a server with \(expected)")
    }

    private var unauthorized: Diagnostic? {
        guard isEvery(symptoms.responses(401...401) + symptoms.responses(403...403)) else { return nil }
        return hint(
            "run.all-unauthorized", "every response has status 401 or 403",
            "check the profile and its secrets, and whether they belong to \(baseURL)")
    }

    private var pages: Diagnostic? {
        guard isEvery(symptoms.pages) else { return nil }
        return hint(
            "run.all-html", "every response is an HTML page",
            "\(baseURL) may be a website, a proxy or a maintenance page: check the base URL")
    }

    // MARK: Reasons why a pass means little

    private func hollow(_ scenarios: ScenarioVerdicts, _ found: [Finding]) -> [Diagnostic] {
        var hints: [Diagnostic] = []
        if symptoms.exchanges == 0, !scenarios.isEmpty {
            hints.append(
                hint(
                    "run.all-skipped", "no request was sent, so nothing was tested",
                    "`assay list` shows why steps are skipped"))
        }
        if !isPartial, isEvery(symptoms.responses(400...499)) {
            hints.append(
                hint(
                    "run.all-refused", "every request was rejected with a status of 400 to 499: no operation succeeded",
                    "add rows that expect success, or check the credentials"))
        }
        if symptoms.exchanges > 0, symptoms.unknown == symptoms.exchanges {
            hints.append(
                hint(
                    "run.all-unknown", "no request belongs to an operation of the contract, so no body was validated",
                    "use names of operations in `call`, or check that the document is the right one"))
        }
        let unapplied = found.filter { $0.rule.hasSuffix(".never-applied") }
        if !unapplied.isEmpty {
            let names = unapplied.prefix(3).compactMap(\.clause).map { "'\(shown($0))'" }
            let rest = unapplied.count - names.count
            hints.append(
                hint(
                    "run.never-applied",
                    "\(plural(unapplied.count, "law or promise", manyAre: "laws or promises")) applied to no exchange: "
                        + names.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : ""),
                    "check their conditions and names"))
        }
        return hints
    }

    // MARK: Parts

    /// Whether a number is that of all responses, and no request was without a response.
    private func isEvery(_ count: Int) -> Bool {
        count > 0 && count == symptoms.responses && symptoms.responses == symptoms.exchanges
    }

    private func hint(_ rule: String, _ message: String, _ help: String) -> Diagnostic {
        Diagnostic(rule, .warning, message, help: help)
    }

    /// The path of a URL without a slash at its end; empty if it has none.
    private static func path(of url: String) -> String {
        var path = RequestMessage(method: "GET", url: url).path
        while path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
        return path
    }

    /// The host of an absolute URL, in lower case and without the port.
    private static func authority(_ url: String) -> String {
        let rest = url.lowercasedASCII.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 2).dropFirst().first
        return rest.map { String(decoding: $0.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self) } ?? ""
    }
}
