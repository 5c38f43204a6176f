import Diagnostics
import Harness
package import OpenAPI
import Scenarios

/// An OpenAPI document with its overlays, against which responses are judged.
///
/// ```swift
/// let contract = try Contract("openapi.yaml")
/// ```
public struct Contract: Sendable {
    package let loaded: OpenAPI.Contract

    /// Loads a document.
    ///
    /// - Parameters:
    ///   - file: The document, YAML or JSON; relative to the package of the test.
    ///   - sourceFile: The file of the test; relative paths are searched from there.
    /// - Throws: ``ScenariosError`` with every mistake in the document.
    public init(_ file: String, sourceFile: String = #filePath) throws(ScenariosError) {
        var choice = ContractChoice()
        let path = PackageFolder.resolve(file, from: sourceFile)
        choice.spec = path
        try self.init(choice, in: PackageFolder.folder(of: path))
    }

    /// Loads a version of a project, with its overlays.
    ///
    /// - Parameters:
    ///   - project: The folder of `assay.yaml`; relative to the package of the test.
    ///   - version: A version of `assay.yaml`; `nil` for its default.
    ///   - sourceFile: The file of the test; relative folders are searched from there.
    /// - Throws: ``ScenariosError`` with every mistake in the configuration and the documents.
    public init(
        project: String, version: String? = nil, sourceFile: String = #filePath
    ) throws(ScenariosError) {
        var choice = ContractChoice()
        choice.version = version
        try self.init(choice, in: PackageFolder.resolve(project, from: sourceFile))
    }

    private init(_ choice: ContractChoice, in folder: String) throws(ScenariosError) {
        do throws(HarnessError) {
            let workspace = try Workspace.open(folder)
            let contracts = try workspace.contracts(choice)
            guard let contract = contracts.contracts.defaultContract else {
                throw HarnessError.wrongInput("usage.no-contract", "no OpenAPI document is given or configured")
            }
            loaded = contract
        } catch {
            throw ScenariosError(error, in: folder)
        }
    }
}
