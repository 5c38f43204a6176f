package import OpenAPI
internal import Project
internal import SourceText

/// Drafts the configuration of a project.
package enum ConfigurationDraft {
    /// The name of the drafted auth profile.
    package static let profile = "main"

    /// Returns `assay.yaml` for one document.
    ///
    /// - Parameters:
    ///   - spec: The document's path below the project's root.
    ///   - variables: The variables used by rows.
    ///   - resources: The resources that rows create and read.
    package static func text(
        _ contract: Contract, spec: String, variables: [(name: String, value: String)] = [],
        resources: [DraftResource] = []
    ) -> String {
        let version = contract.info.version.isEmpty ? "1" : contract.info.version
        var lines = [
            "# What `assay` uses in this folder. Every command reads it; options on the command line take precedence.",
            "default-version: \(YAMLText.quoted(version))",
            "versions:",
            "  \(YAMLText.quoted(version)):",
            "    spec: \(YAMLText.quoted(spec))",
            "",
            "scenarios: scenarios/**/*.csv",
            "",
            "# Where requests go. assay itself serves `mock`, over real HTTP on a free loopback port.",
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
                "# Credentials by the name of their security scheme. `{{secret.X}}` is the environment variable X.",
                "# If a variable is not set, the mock generates a value and accepts exactly that.",
                "default-auth: \(profile)",
                "auth:",
                "  \(profile):",
            ]
            lines += credentials(contract).map { "    \(YAMLText.quoted($0.scheme)): \(YAMLText.quoted($0.value))" }
        }
        if !variables.isEmpty {
            lines += [
                "",
                "# Values that no operation creates. The mock accepts any; before a run against a real server, replace them",
                "# with values that exist there.",
                "vars:",
            ]
            lines += variables.map { "  \(YAMLText.key($0.name)): \(YAMLText.quoted($0.value))" }
        }
        lines += promises(resources)
        return lines.joined(separator: "\n") + "\n"
    }

    private static func promises(_ resources: [DraftResource]) -> [String] {
        guard !resources.isEmpty else { return [] }
        func list(_ texts: [String]) -> String {
            texts.count == 1 ? YAMLText.quoted(texts[0]) : "[\(texts.map(YAMLText.quoted).joined(separator: ", "))]"
        }
        let head = [
            "",
            "# A created resource is returned unchanged until a request changes it; every run judges it.",
            "promises:",
            "  resources:",
        ]
        return head
            + resources.flatMap { resource in
                [
                    "    \(YAMLText.key(resource.name)):",
                    "      id: \(YAMLText.quoted(resource.id))",
                    "      create: \(YAMLText.quoted(resource.create))",
                    "      fetch: \(list(resource.fetch))",
                ] + (resource.except.isEmpty ? [] : ["      except: \(list(resource.except))"])
            }
    }

    /// A target for each server with an absolute URL. A server is a production server unless its description says that
    /// it is for testing.
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
                "  \(names.unique(isProduction ? "production" : name)):",
                "    base-url: \(YAMLText.quoted(server.url))",
                isProduction ? "    production: true" : "",
            ].filter { !$0.isEmpty }
        }
    }

    /// The environment variables for the credentials, in the order of the document.
    package static func variables(_ contract: Contract) -> [String] {
        names(contract).flatMap(\.secrets)
    }

    /// The value of each scheme as a template.
    ///
    /// Schemes that use the same field have one value. A value for HTTP Basic consists of a user and a password (RFC
    /// 7617, section 2).
    private static func credentials(_ contract: Contract) -> [(scheme: String, value: String)] {
        let shared = contract.sharedCredentials
        let own = names(contract)
        return schemes(contract).compactMap { scheme in
            let other = shared.first { $0.scheme == scheme.name }
            guard let names = own.first(where: { $0.scheme == other?.lead ?? scheme.name }) else { return nil }
            let value = names.secrets.map { "{{secret.\($0)}}" }.joined(separator: ":")
            return (scheme.name, (other?.prefix ?? "") + value)
        }
    }

    /// The secrets of each scheme with its own value.
    private static func names(_ contract: Contract) -> [(scheme: String, secrets: [String])] {
        let shared = contract.sharedCredentials
        var used = UsedNames()
        return schemes(contract).filter { scheme in !shared.contains { $0.scheme == scheme.name } }.map { scheme in
            let name = used.unique(variable(scheme.name)).replacing("-", with: "_")
            let isBasic = scheme.kind == .http(scheme: "basic")
            return (scheme.name, isBasic ? ["\(name)_USER", "\(name)_PASSWORD"] : [name])
        }
    }

    /// A certificate belongs to the connection, not to a request.
    private static func schemes(_ contract: Contract) -> [SecurityScheme] {
        contract.securitySchemes.filter { $0.kind != .mutualTLS }
    }

    /// `ApiKeyAuth` as `API_KEY_AUTH`.
    private static func variable(_ name: String) -> String {
        let slug = Names.slug(name).replacing("-", with: "_").uppercased()
        guard let first = slug.utf8.first, !(0x30...0x39).contains(first) else { return "SECRET_\(slug)" }
        return slug
    }
}
