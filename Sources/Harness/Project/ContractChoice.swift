package import Diagnostics
package import Mocking
import OpenAPI
import Project
package import Scenarios
import SourceText

/// The contracts that a command works with.
package struct ContractChoice: Sendable {
    /// A document that the user names; it needs no configuration.
    package var spec: String?
    /// The name of the contract to test; `nil` for the configuration's default.
    package var version: String?
    /// Whether overlays are left out, so the published document is judged unchanged.
    package var withoutOverlays = false
    /// A behaviour file that replaces the configuration's.
    package var behaviour: String?
    /// Documents by the address under which references name them.
    var given: [GivenDocument] = []
    /// Further folders in which references of a document that the user names may lead to files. The document's own
    /// folder is always allowed.
    package var allowedFolders: [String] = []

    /// The configuration's choice.
    package init() {}
}

/// The contracts of a command, loaded.
package struct LoadedContracts: Sendable {
    /// All contracts, with the one under test as the default.
    package var contracts: Contracts
    /// The behaviour file of each, in the same order.
    package var behaviours: [String?]
    /// The diagnostics from loading that do not prevent use.
    package var diagnostics: Diagnostics
}

extension Workspace {
    /// Loads the contracts that `choice` names.
    ///
    /// - Throws: `HarnessError` (exit 2) with every mistake in every document, or when the version is unknown.
    package func contracts(_ choice: ContractChoice) throws(HarnessError) -> LoadedContracts {
        let versions = try versions(choice)
        var found = Diagnostics()
        var contracts: [Contract] = []
        for version in versions.all {
            do {
                let document = choice.spec.map { documentReader(for: $0, allowing: choice.allowedFolders) }
                let contract = try ContractLoader.load(
                    file: document?.file ?? version.spec,
                    overlays: choice.withoutOverlays ? [] : version.overlays,
                    name: version.name.isEmpty ? nil : version.name,
                    given: choice.given,
                    reader: document?.reader ?? reader
                )
                contracts.append(contract)
                found.append(contentsOf: contract.diagnostics)
            } catch {
                found.append(contentsOf: choice.spec == nil ? placed(error.diagnostics) : error.diagnostics)
            }
        }
        guard contracts.count == versions.all.count, let first = contracts.first else {
            throw HarnessError(.wrongInput, found)
        }
        let behaviours = versions.all.map { version in
            version.name == versions.name ? choice.behaviour ?? version.behaviour : version.behaviour
        }
        return LoadedContracts(
            contracts: Contracts(contracts, default: versions.name ?? first.name),
            behaviours: behaviours,
            diagnostics: found
        )
    }

    /// The versions to load and the name of the one under test.
    func versions(_ choice: ContractChoice) throws(HarnessError) -> (all: [Version], name: String?) {
        if let spec = choice.spec {
            let version = Version(name: choice.version ?? "", spec: spec, behaviour: choice.behaviour)
            return ([version], choice.version)
        }
        guard let name = choice.version ?? project.defaults.version else {
            let names = project.versions.map(\.name)
            throw .wrongInput(
                "usage.no-contract",
                names.isEmpty ? "no OpenAPI document is given or configured" : "several versions are configured",
                help: names.isEmpty
                    ? "pass --spec FILE, or create a first project with `assay init FILE`"
                    : "choose one with --api-version: \(names.joined(separator: ", "))"
            )
        }
        guard project.version(name) != nil else {
            let names = project.versions.map(\.name)
            throw .wrongInput(
                "usage.unknown-version",
                "\(project.file ?? Project.fileName) has no version '\(name)'",
                help: nearestName(to: name, among: names).map { "did you mean `\($0)`?" }
                    ?? "the versions are \(names.joined(separator: ", "))"
            )
        }
        return (project.versions, name)
    }

    /// The versions that the mock serves: every contract with its behaviour.
    ///
    /// - Throws: `HarnessError` (exit 2) with every mistake in the behaviour files.
    package func mockVersions(_ loaded: LoadedContracts) throws(HarnessError) -> [MockVersion] {
        var found = Diagnostics()
        var versions: [MockVersion] = []
        for (contract, file) in zip(loaded.contracts.all, loaded.behaviours) {
            do {
                let behaviour = try file.map { file throws(SourceError) in
                    try Behaviour.load(file: file, contract: contract, reader: reader)
                }
                versions.append(MockVersion(contract: contract, behaviour: behaviour))
            } catch {
                found.append(contentsOf: placed(error.diagnostics))
            }
        }
        guard !found.hasErrors else { throw HarnessError(.wrongInput, found) }
        return versions
    }
}
