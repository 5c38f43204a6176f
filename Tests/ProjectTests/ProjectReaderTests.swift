import Project
import SourceText
import Testing

@Suite("Reading the configuration")
struct ProjectReaderTests {
    private static let whole = """
        default-version: '2026-01'
        versions:
          '2026-01':
            spec: specs/parcels.yaml
            overlays: [specs/fix.yaml, specs/more.yaml]
            behaviour: specs/parcels.behaviour.yaml
          '2025-01':
            spec: specs/old.yaml
            overlays: specs/one.yaml
        scenarios: [tables, more/*.csv]
        default-target: staging
        targets:
          staging:
            base-url: https://parcels.example/v1
            timeout: 500ms
            auth: clerk
          live:
            kind: live
            base-url: https://api.example
            production: true
        default-auth: porter
        auth:
          porter:
            Key: "{{secret.PORTER_KEY}}"
          clerk:
            Key: "{{secret.CLERK_ID}}:{{secret.CLERK_KEY}}"
            x-clerk: "{{env.CLERK}}"
        volatile: [body.stamp, '$[*].id']
        vars:
          depot: north
        """

    @Test("the project contains everything in the file, in its order")
    func everything() throws {
        let project = try project(Self.whole)
        #expect(project.file == "assay.yaml")
        #expect(project.defaults.version == "2026-01")
        #expect(
            project.versions == [
                Version(
                    name: "2026-01", spec: "specs/parcels.yaml", overlays: ["specs/fix.yaml", "specs/more.yaml"],
                    behaviour: "specs/parcels.behaviour.yaml"),
                Version(name: "2025-01", spec: "specs/old.yaml", overlays: ["specs/one.yaml"]),
            ])
        #expect(project.scenarios == ["tables", "more/*.csv"])
        #expect(project.defaults.target == "staging")
        #expect(
            project.targets == [
                Target(
                    name: "staging", kind: .live(baseURL: "https://parcels.example/v1"), profile: "clerk",
                    timeout: .milliseconds(500)),
                Target(name: "live", kind: .live(baseURL: "https://api.example"), production: true),
                .mock,
            ])
        #expect(project.profiles.map(\.name) == ["porter", "clerk"])
        #expect(project.profiles[1].credentials.map(\.scheme) == ["Key", "x-clerk"])
        #expect(project.profiles[1].credentials.map(\.secrets) == [["CLERK_ID", "CLERK_KEY"], []])
        #expect(project.defaults.profile == "porter")
        #expect(project.judging.volatile == ["body.stamp", "$[*].id"])
        #expect(project.variables.map(\.name) == ["depot"])
        #expect(project.version("2025-01")?.spec == "specs/old.yaml")
        #expect(project.target("mock") == .mock)
        #expect(project.target("nowhere") == nil)
    }

    @Test("a nearly empty file has the defaults of a folder without a file")
    func defaults() throws {
        var expected = Project.empty
        expected.file = "assay.yaml"
        expected.versions = [Version(name: "one", spec: "a.yaml")]
        // The only version is the default one.
        expected.defaults.version = "one"
        #expect(try project("versions: { one: { spec: a.yaml } }") == expected)
        #expect(try project("{}").defaults.version == nil)
        #expect(try project("versions: { a: { spec: a.yaml }, b: { spec: b.yaml } }").defaults.version == nil)
    }

    @Test("the mock can be configured under its own name and another one")
    func mocks() throws {
        let project = try project(
            "targets: { mock: { kind: mock, timeout: 2m }, local: { kind: mock, auth: x } }\nauth: { x: {} }")
        #expect(project.targets.map(\.name) == ["mock", "local"])
        #expect(project.targets.map(\.kind) == [.mock, .mock])
        #expect(project.targets.map(\.timeout) == [.seconds(120), Target.defaultTimeout])
    }

    @Test("names are compared by code point, not by appearance")
    func canonicalEquivalence() throws {
        let composed = "caf\u{E9}"
        let project = try project("versions: { \"cafe\u{301}\": { spec: a.yaml } }")
        #expect(project.version(composed) == nil)
        #expect(project.version("cafe\u{301}") != nil)
    }

    @Test(
        "`reports` limits the journals by number and age; without it, all are kept",
        arguments: [
            ("vars: {a: b}", nil, nil), ("reports: {keep: 20}", 20, nil), ("reports: {max-age: 30d}", nil, 30 * 86_400),
            ("reports: {keep: 1, max-age: 5m}", 1, 300), ("reports: {}", nil, nil),
        ] as [(String, Int?, Int?)])
    func retention(text: String, keep: Int?, seconds: Int?) throws {
        let retention = try project(text).retention
        #expect(retention.keep == keep && retention.maximumAge == seconds.map { .seconds($0) })
    }
}
