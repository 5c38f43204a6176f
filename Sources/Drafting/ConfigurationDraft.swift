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
        let credentials = CredentialDraft.all(of: contract)
        if !credentials.isEmpty {
            lines += [
                "",
                "# Credentials by the name of their security scheme. `{{secret.X}}` is the environment variable X.",
                "# If a variable is not set, the mock generates a value and accepts exactly that.",
                "default-auth: \(profile)",
                "auth:",
                "  \(profile):",
            ]
            lines += credentials.map { "    \(YAMLText.quoted($0.scheme)): \($0.value)" }
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
}
