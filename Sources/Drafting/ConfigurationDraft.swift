public import OpenAPI
internal import Project

/// Drafts the configuration of a project.
public enum ConfigurationDraft {
    /// The name of the auth profile that is drafted.
    public static let profile = "main"

    /// `assay.yaml` for one document.
    ///
    /// - Parameter spec: The document's path below the project's root.
    public static func text(_ contract: Contract, spec: String) -> String {
        let version = contract.apiVersion.isEmpty ? "1" : contract.apiVersion
        var lines = [
            "# What `assay` works on in this folder. Every command reads it; options on the command line win.",
            "default-version: \(quoted(version))",
            "versions:",
            "  \(quoted(version)):",
            "    spec: \(quoted(spec))",
            "",
            "scenarios: scenarios/**/*.csv",
            "",
            "# Where requests go. `mock` is served by assay itself, over real HTTP on a free loopback port.",
            "default-target: mock",
            "targets:",
            "  mock:",
            "    kind: mock",
        ]
        lines += targets(contract)
        let schemes = schemes(contract)
        if !schemes.isEmpty {
            lines += [
                "",
                "# Who calls: credentials by the name of the document's security scheme. `{{secret.X}}` is the environment",
                "# variable X. Where one is not set, the mock makes up a value and accepts exactly that.",
                "default-auth: \(profile)",
                "auth:",
                "  \(profile):",
            ]
            lines += schemes.map { "    \(quoted($0.name)): '{{secret.\(variable($0.name))}}'" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A target for each server that has an address of its own; a server is production unless it says that it is for
    /// trying things out.
    private static func targets(_ contract: Contract) -> [String] {
        var names = UsedNames()
        _ = names.unique("mock")
        return contract.servers.filter {
            $0.url.utf8.starts(with: "http".utf8) && $0.url.utf8.contains(UInt8(ascii: ":"))
        }
        .flatMap { server in
            let isProduction = server.isProduction(server.url)
            let isLocal = HostName(ofURL: server.url)?.isLocal == true
            let name = isLocal ? "local" : server.trialWord(server.url) ?? "trial"
            return [
                "  \(names.unique(isProduction ? "production" : name)):", "    base-url: \(quoted(server.url))",
                isProduction ? "    production: true" : "",
            ].filter { !$0.isEmpty }
        }
    }

    /// The environment variables that hold the credentials, in the order of the document.
    public static func variables(_ contract: Contract) -> [String] { schemes(contract).map { variable($0.name) } }

    /// A certificate belongs to the connection and not to a request.
    private static func schemes(_ contract: Contract) -> [SecurityScheme] {
        contract.securitySchemes.filter { $0.kind != .mutualTLS }
    }

    /// `ApiKeyAuth` as `API_KEY_AUTH`.
    private static func variable(_ name: String) -> String {
        let slug = Names.slug(name).replacing("-", with: "_").uppercased()
        guard let first = slug.utf8.first, !(0x30...0x39).contains(first) else { return "SECRET_\(slug)" }
        return slug
    }

    /// A text in YAML's single quotes.
    private static func quoted(_ text: String) -> String {
        let visible = String(
            String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
        return "'" + visible.replacing("'", with: "''") + "'"
    }
}
