import Diagnostics
package import Project

/// Where a run sends its requests.
package struct TargetChoice: Sendable {
    /// A target of the configuration; `nil` is its default.
    package var name: String?
    /// A target given by address alone.
    package var baseURL: String?
    /// Whether a target marked as production may be sent requests that change something.
    package var allowsProduction = false

    /// The configuration's default target.
    package init() {}
}

extension Workspace {
    /// The target that `choice` names.
    ///
    /// - Throws: `HarnessError` (exit 2) when the target is unknown or the address is not a base URL.
    package func target(_ choice: TargetChoice) throws(HarnessError) -> Target {
        if let baseURL = choice.baseURL {
            guard choice.name == nil else {
                throw .wrongInput(
                    "usage.two-targets", "--target and --base-url cannot be combined", help: "pass only one of them")
            }
            if let problem = BaseURL.problem(with: baseURL) {
                throw .wrongInput("usage.base-url", "the base URL \(problem)", help: BaseURL.help)
            }
            // The configuration decides about the address of a target that it knows.
            let host = HostName(ofURL: baseURL)
            let known = project.targets.filter { target in
                guard case .live(let address) = target.kind else { return false }
                return HostName(ofURL: address) == host
            }
            var target = Target(name: "base-url", kind: .live(baseURL: baseURL))
            target.production = known.contains(where: \.isProduction) ? true : known.compactMap(\.production).first
            // Limits belong to the host, however it is named.
            target.rate = known.lazy.compactMap(\.rate).first
            target.rateLimit = known.lazy.compactMap(\.rateLimit).first
            target.isHTTP1Only = known.contains(where: \.isHTTP1Only)
            return target
        }
        let name = choice.name ?? project.defaults.target
        guard let target = project.target(name) ?? (name == Target.fixtures.name ? .fixtures : nil) else {
            let names = project.targets.map(\.name)
            throw .wrongInput(
                "usage.unknown-target",
                "unknown target '\(name)'",
                help: BaseURL.problem(with: name) == nil
                    ? "pass a URL as --base-url \(name)"
                    : nearestName(to: name, among: names).map { "did you mean `\($0)`?" }
                        ?? "the targets are \(names.joined(separator: ", "))"
            )
        }
        return target
    }
}

extension Target {
    /// The address of a live target; empty for the mock, which has one only while it runs.
    var liveURL: String {
        if case .live(let baseURL) = kind { baseURL } else { "" }
    }
}
