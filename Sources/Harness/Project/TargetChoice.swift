import Diagnostics
import Primitives
package import Project
import Scenarios

/// Where a run sends its requests.
package struct TargetChoice: Sendable {
    /// A target of the configuration; `nil` is its default.
    package var name: String?
    /// An address: that of the target called `name`, or a target of its own.
    package var baseURL: String?
    /// Whether a target marked as production may be sent requests that change something.
    package var allowsProduction = false
    /// Values for `{{var.x}}` that take precedence over those of the configuration.
    package var variables: [(name: String, value: String)] = []
    /// How the servers are reached, where that differs from the configuration.
    package var network = NetworkChoice()

    /// The configuration's default target.
    package init() {}
}

extension Workspace {
    /// The target that `choice` names, with its address.
    ///
    /// - Parameters:
    ///   - environment: The values of `{{env.X}}` in addresses.
    ///   - isShown: Whether nothing is sent, so that the address may have missing values.
    /// - Throws: `HarnessError` (exit 2) when the target is unknown or the address is not a base URL.
    package func target(
        _ choice: TargetChoice, environment: [String: String], isShown: Bool = false
    ) throws(HarnessError) -> Target {
        guard let baseURL = choice.baseURL else {
            var target = try named(choice.name ?? project.defaults.target)
            if case .live(let address) = target.kind {
                do throws(HarnessError) {
                    target.kind = .live(baseURL: try self.address(address, of: target, choice, environment))
                } catch {
                    guard isShown, error.diagnostics.entries.allSatisfy({ $0.rule == "target.value" }) else {
                        throw error
                    }
                    target.kind = .live(baseURL: Target.unknownAddress)
                    target.network.addressTemplate = address
                }
            }
            return target
        }
        if let problem = BaseURL.problem(with: baseURL) {
            throw .wrongInput("usage.base-url", "the base URL \(problem)", help: BaseURL.help)
        }
        // The configuration decides about the address of a target that it knows.
        let host = HostName(ofURL: baseURL)
        let known = project.targets.filter { target in
            guard case .live(let address) = target.kind,
                let text = try? self.address(address, of: target, choice, environment)
            else { return false }
            return HostName(ofURL: text) == host
        }
        let isProduction = known.contains(where: \.isProduction) ? true : known.compactMap(\.production).first
        if let name = choice.name {
            var target = try named(name)
            guard case .live = target.kind else {
                throw .wrongInput(
                    "usage.base-url", "the target '\(name)' has no address that --base-url could replace",
                    help: "remove --target, or name a target with a `base-url`")
            }
            target.kind = .live(baseURL: baseURL)
            // `production: false` is about the configured address only.
            target.production = target.isProduction ? true : isProduction
            return target
        }
        var target = Target(name: "base-url", kind: .live(baseURL: baseURL))
        target.production = isProduction
        // Limits belong to the host, however it is named.
        target.rate = known.lazy.compactMap(\.rate).first
        target.rateLimit = known.lazy.compactMap(\.rateLimit).first
        target.network.isHTTP1Only = known.contains(where: \.network.isHTTP1Only)
        return target
    }

    private func named(_ name: String) throws(HarnessError) -> Target {
        if let target = project.target(name) ?? (name == Target.fixtures.name ? .fixtures : nil) { return target }
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

    /// The address of a target with values in place of its variables.
    private func address(
        _ written: String, of target: Target, _ choice: TargetChoice, _ environment: [String: String]
    ) throws(HarnessError) -> String {
        // The reader has checked that the address is a template.
        guard let template = try? Template.parse(written), !template.isConstant else { return written }
        let values = ConfiguredValues(
            scope: with(variables: variables(of: target, choice)).scope(environment, [:]), workspace: self)
        let place = ["targets", target.name, "base-url"]
        let text = try values.text(template, "`base-url` of the target '\(target.name)'", at: place)
        if let problem = BaseURL.problem(with: text) {
            throw HarnessError(
                .wrongInput,
                Diagnostics([
                    Diagnostic(
                        "target.base-url", .error, "`base-url` of the target '\(target.name)' \(problem): '\(text)'",
                        at: location(of: place), help: BaseURL.help)
                ]))
        }
        return text
    }

    /// Values for `{{var.x}}` at a target: those of the command line take precedence over those of the target, and these
    /// over those of the project.
    func variables(of target: Target, _ choice: TargetChoice) -> [Project.Variable] {
        var result: [Project.Variable] = []
        let chosen = choice.variables.map { Project.Variable(name: $0.name, value: $0.value) }
        for variable in chosen.reversed() + target.variables + project.variables
        where !result.contains(where: { $0.name.isSame(as: variable.name) }) {
            result.append(variable)
        }
        return result
    }
}

extension Target {
    /// The address of a live target; empty for the mock, which has one only while it runs.
    var liveURL: String {
        if case .live(let baseURL) = kind { baseURL } else { "" }
    }
}
