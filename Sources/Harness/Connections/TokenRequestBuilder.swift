import Diagnostics
import Exchanges
import OpenAPI
import Primitives
import Project
import Running
import Scenarios

/// Makes the requests for the tokens of profiles.
struct TokenRequestBuilder {
    let workspace: Workspace
    let input: PlanInput
    let values: ConfiguredValues
    /// Masks the secrets of the run in messages about token endpoints.
    let redactor: Redactor

    /// The requests of all profiles. Profiles without a value for a parameter are left out: their rows are skipped, and
    /// the target's own profile has been checked before.
    ///
    /// - Throws: `HarnessError` (exit 2) when a profile has no token URL, or its token endpoint is a production server.
    func requests() throws(HarnessError) -> [TokenRequest] {
        guard case .live(let baseURL) = input.target.kind else { return [] }
        var requests: [TokenRequest] = []
        for profile in workspace.project.profiles {
            for credential in profile.credentials {
                guard let grant = credential.grant, let parameters = texts(grant) else { continue }
                let url = try tokenURL(parameters["token-url"], grant, credential, profile, baseURL)
                requests.append(
                    TokenRequest(
                        placeholder: credential.value.text, profile: profile.name,
                        message: Self.message(url, grant, parameters), redactor: redactor))
            }
        }
        return requests
    }

    private func texts(_ grant: TokenGrant) -> [String: String]? {
        var texts: [String: String] = [:]
        for (key, value) in grant.parameters {
            guard let text = try? values.text(value, key, at: []) else { return nil }
            texts[key] = text
        }
        return texts
    }

    /// The URL of the configuration, otherwise that of the document, which may be relative to the server.
    private func tokenURL(
        _ configured: String?, _ grant: TokenGrant, _ credential: AuthProfile.Credential, _ profile: AuthProfile,
        _ baseURL: String
    ) throws(HarnessError) -> String {
        let place = workspace.location(of: ["auth", profile.name, credential.scheme])
        func wrong(_ rule: String, _ message: String, _ help: String) -> HarnessError {
            HarnessError(.wrongInput, Diagnostics([Diagnostic(rule, .error, message, at: place, help: help)]))
        }
        let schemes = input.loaded.contracts.all.flatMap(\.securitySchemes)
        let scheme = schemes.first { $0.name.isSame(as: credential.scheme) }
        let flow = grant.kind == .password ? "password" : "clientCredentials"
        guard let written = configured ?? scheme?.tokenURLs[flow] else {
            throw wrong(
                "auth.token-url",
                "the profile '\(profile.name)' has no token URL: the security scheme '\(credential.scheme)' has no flow "
                    + "`\(flow)` with a `tokenUrl`",
                "add token-url: https://HOST/PATH")
        }
        let url = URIReference(url: written).flatMap { reference in
            URIReference(url: baseURL).map { reference.resolved(against: $0).text }
        }
        guard let url, BaseURL.problem(with: String(url.prefix { $0 != "?" })) == nil else {
            throw wrong(
                "auth.token-url", "the token URL of the profile '\(profile.name)' is not a valid URL: '\(written)'",
                "write https://HOST/PATH")
        }
        var choice = TargetChoice()
        choice.baseURL = String(url.prefix { $0 != "?" })
        let target = try workspace.target(choice, environment: input.request.environment)
        let guardian = ProductionGuard(input.loaded.contracts.all)
        if input.request.missingSecrets == .refused, !input.request.target.allowsProduction,
            let reason = guardian.reason(target)
        {
            throw wrong(
                "target.production",
                "the token endpoint of the profile '\(profile.name)' is \(reason), and a token request is a POST",
                "set `token-url` to a sandbox, or pass --allow-production")
        }
        return url
    }

    private static func message(_ url: String, _ grant: TokenGrant, _ texts: [String: String]) -> RequestMessage {
        var form = [("grant_type", grant.kind == .password ? "password" : "client_credentials")]
        if let user = texts["username"] { form.append(("username", user)) }
        if let password = texts["password"] { form.append(("password", password)) }
        if let scope = texts["scope"] { form.append(("scope", scope)) }
        var headers = [
            HeaderField(name: "accept", value: "application/json"),
            HeaderField(name: "content-type", value: "application/x-www-form-urlencoded"),
            HeaderField(name: "user-agent", value: PlannedSession.userAgent),
        ]
        let (id, secret) = (texts["client-id"], texts["client-secret"])
        if let id, let secret, grant.clientAuthentication == .basic {
            // RFC 6749, section 2.3.1: both are encoded as in a form first.
            let pair = [id, secret].map(PercentEncoding.formEncoded).joined(separator: ":")
            headers.append(HeaderField(name: "authorization", value: "Basic " + Base64.text(Array(pair.utf8))))
        } else {
            if let id { form.append(("client_id", id)) }
            if let secret { form.append(("client_secret", secret)) }
        }
        let body = form.map { "\($0)=\(PercentEncoding.formEncoded($1))" }.joined(separator: "&")
        return RequestMessage(method: "POST", url: url, headers: headers, body: Array(body.utf8))
    }
}
