import Diagnostics
import Project
import Scenarios
import Testing

@Suite struct RequirementReaderTests {
    private static let head = "versions:\n  '1': {spec: a.yaml}\n  '2': {spec: b.yaml}\n"

    @Test("requirements are read in the configuration, or files are named")
    func reading() throws {
        let judging = try project(
            """
            refs:
              A-1: a short title
              A-2: {title: t, link: 'https://example.com/a#2', level: conditional, versions: '>=v2'}
            \(Self.head)
            """
        ).judging
        #expect(judging.requirements.map(\.id) == ["A-1", "A-2"])
        #expect(judging.requirements[0].title == "a short title" && judging.requirements[0].level == .mandatory)
        let second = judging.requirements[1]
        #expect(second.link == "https://example.com/a#2" && second.level == .conditional)
        #expect(second.versions?.names == ["2"] && second.location?.line == 3)
        #expect(judging.catalogue?.count == 2)
        let files = try project("refs: [a.yaml, b.yaml]\n").judging
        #expect(files.requirementFiles == ["a.yaml", "b.yaml"] && files.catalogue == [])
        #expect(try project("vars: {a: b}\n").judging.catalogue == nil)
    }

    @Test(
        "mistakes are reported with their place and the text to write",
        arguments: [
            ("'A 1': x", "wrong-id: the id 'A 1' contains a space"), ("A: {titel: x}", "unknown-key"),
            ("A: {level: optional}", "unknown-choice"),
            ("A: {versions: '>=v3'}", "unknown-name: unknown version 'v3'"),
            ("A: {versions: '2'}", "unknown-name: unknown version '2'"), ("A: 7", "wrong-type"),
            ("A: {versions: '>v2'}", "wrong-versions: no version is in the range '>v2'"),
            ("A: {link: 'javascript:alert(1)'}", "wrong-link: 'javascript:alert(1)' is not a web address"),
            ("A: {link: 'https://a b'}", "wrong-link"), ("A: {link: specs/a.yaml}", "wrong-link"),
        ])
    func mistakes(entry: String, expected: String) {
        let told = problems(Self.head + "refs:\n  \(entry)\n")
        #expect(told.contains { $0.contains("configuration.\(expected)") }, "\(told)")
    }
}
