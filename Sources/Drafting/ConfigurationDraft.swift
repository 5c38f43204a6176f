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
    ///   - money: The amounts in the responses of rows.
    package static func text(
        _ contract: Contract, spec: String, variables: [(name: String, value: String)] = [],
        resources: [DraftResource] = [], money: [DraftMoney] = []
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
        lines += promises(resources) + amounts(money)
        return lines.joined(separator: "\n") + "\n"
    }

    /// The amounts; those of an uncertain currency as comments.
    private static func amounts(_ money: [DraftMoney]) -> [String] {
        guard !money.isEmpty else { return [] }
        func lines(_ group: DraftMoney) -> [String] {
            let lines = [
                "  \(YAMLText.key(group.name)):",
                "    amounts: \(list(group.amounts))",
                group.currency.map { "    currency: \(YAMLText.quoted($0))" },
                group.isMinor ? "    units: minor" : nil,
            ]
            return lines.compactMap { $0 }
        }
        let certain = money.filter(\.isCertain)
        let others = money.filter { !$0.isCertain }
        var all = [""]
        if !certain.isEmpty {
            all.append("# Amounts: every run judges their decimals, and the values that were sent.")
            all += ["money:"] + certain.flatMap(lines)
        }
        if !others.isEmpty {
            all.append("# Amounts whose currency may not be a code of ISO 4217; remove the comment signs if it is one.")
            all += ((certain.isEmpty ? ["money:"] : []) + others.flatMap(lines)).map { "# \($0)" }
        }
        return all
    }

    private static func list(_ texts: [String]) -> String {
        texts.count == 1 ? YAMLText.quoted(texts[0]) : "[\(texts.map(YAMLText.quoted).joined(separator: ", "))]"
    }

    private static func promises(_ resources: [DraftResource]) -> [String] {
        guard !resources.isEmpty else { return [] }
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
