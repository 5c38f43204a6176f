import Project
import Scenarios
import Testing
import Webhooks

@Suite("Values of a project") struct ProjectValueTests {
    @Test(
        "a login is a scenario, a data row of it, or a step",
        arguments: [
            ("sign-in", "sign-in", nil, "sign-in"), ("sign-in.enter", "sign-in", "enter", "sign-in"),
            ("sign-in[anna]", "sign-in[anna]", nil, "sign-in"), ("sign-in[a.b].x.y", "sign-in[a.b]", "x.y", "sign-in"),
            ("a.b.c", "a", "b.c", "a"),
        ] as [(String, String, String?, String)])
    func logins(text: String, scenario: String, step: String?, name: String) {
        let login = AuthProfile.Login(text)
        #expect(login.scenario == scenario && login.step == step && login.scenarioName == name && login.text == text)
    }

    @Test("the settings of a webhook are those that name it, otherwise the first that name none")
    func webhooks() {
        func settings(_ name: String, _ names: [String] = []) -> WebhookSettings {
            var settings = WebhookSettings(name: name, scheme: .plain)
            settings.names = names
            return settings
        }
        let all = [settings("a", ["paid"]), settings("b"), settings("c", ["paid", "failed"]), settings("d")]
        #expect(all.settings(for: "paid")?.name == "a")
        #expect(all.settings(for: "failed")?.name == "c")
        #expect(all.settings(for: "other")?.name == "b")
        #expect([settings("a", ["paid"])].settings(for: "other") == nil)
        #expect([WebhookSettings]().settings(for: "paid") == nil)
        var mapped = settings("m")
        mapped.events = [.init(value: "order.paid", webhook: "paid"), .init(value: "order.paid", webhook: "second")]
        #expect(mapped.webhook(of: "order.paid") == "paid" && mapped.webhook(of: "failed") == "failed")
    }

    @Test("the mock and the recordings are targets of every project, and a file can replace them")
    func targets() throws {
        #expect(Project.empty.targets == [.mock] && Project.empty.defaults.target == "mock")
        let live = try project("targets: {box: {base-url: 'https://a.example'}}")
        #expect(live.targets.map(\.name) == ["box", "mock"] && live.target("mock")?.kind == .mock)
        let own = try project("targets: {mock: {kind: mock, timeout: 5s}}")
        #expect(own.targets.map(\.name) == ["mock"] && own.target("mock")?.timeout == .seconds(5))
        #expect(try project("default-target: fixtures").defaults.target == "fixtures")
        #expect(live.target("Box") == nil && live.target("\u{62}ox")?.name == "box")
    }

    @Test("the only version is the default one, and so is the first of a run")
    func versions() throws {
        let two = "versions:\n  '1': {spec: a.yaml}\n  '2': {spec: b.yaml, overlays: o.yaml, behaviour: m.yaml}\n"
        #expect(try project("versions: {'1': {spec: a.yaml}}").defaults.version == "1")
        #expect(try project(two).defaults.version == nil)
        #expect(try project(two + "default-version: '2'\n").defaults.version == "2")
        #expect(try project(two + "run-versions: ['2', '1']\n").defaults.version == "2")
        #expect(try project(two + "run-versions: ['2']\ndefault-version: '1'\n").defaults.version == "1")
        let second = try #require(try project(two).version("2"))
        #expect(second == Version(name: "2", spec: "b.yaml", overlays: ["o.yaml"], behaviour: "m.yaml"))
        #expect(try project(two).version("3") == nil)
    }

    @Test("amounts in the major unit are known by their names, wherever the section is")
    func amounts() throws {
        let groups = "money:\n  a: {amounts: [x, y.z], currency: INR}\n  b: {amounts: [cents], units: minor}\n"
        let promises = "promises: {echo: {x-id: x-id}}\n"
        for text in [groups + promises, promises + groups] {
            let project = try project(text)
            #expect(project.amountNames == [["x"], ["y", "z"]])
            #expect(project.judging.promises.echoes.count == 1 && project.judging.promises.money.count == 2)
        }
    }

    @Test(
        "the ages of recordings and journals are days or durations",
        arguments: [("30d", 2_592_000), ("1d", 86_400), ("3650d", 315_360_000), ("90s", 90), ("1h", 3_600)])
    func ages(text: String, seconds: Int) throws {
        #expect(try project("fixtures: {max-age: \(text)}").fixtures.maximumAge == .seconds(seconds))
        #expect(
            try project("reports: {max-age: \(text), keep: 3}").retention
                == .init(keep: 3, maximumAge: .seconds(seconds)))
    }

    @Test("other ages are mistakes", arguments: ["0d", "3651d", "-1d", "1.5d", "d", "2h", "0s", "30"])
    func wrongAges(text: String) {
        #expect(problems("fixtures: {max-age: '\(text)'}").count == 1)
        #expect(problems("reports: {max-age: '\(text)'}").count == 1)
    }

    @Test(
        "a share is a number of percent, with or without its sign",
        arguments: [("20%", 20.0), ("0", 0), ("100%", 100), ("12.5", 12.5), ("'7'", 7), ("0.1%", 0.1)])
    func shares(text: String, share: Double) throws {
        #expect(try project("ill: {max-unjudged: \(text)}").judging.illness.maximumUnjudged == share)
    }

    @Test("other shares are mistakes", arguments: ["-1", "100.1", "a%", "'%'", "1e1", "[5]", "'5 %'"])
    func wrongShares(text: String) {
        #expect(problems("ill: {max-unjudged: \(text)}").count == 1)
    }

    @Test("the secrets and variables of a template are listed in reading order")
    func templates() throws {
        let template = try Template.parse("{{env.A}}{{secret.B|hmac:secret.C}} {{var.d}} {{env.E}}")
        #expect(template.secrets == ["B", "C"] && template.environmentVariables == ["A", "E"])
    }

    @Test("a file with very many entries, or very deep ones, is read or rejected quickly")
    func hostile() {
        let many = "vars:\n" + (0..<3_000).map { "  v\($0): '\($0)'\n" }.joined()
        #expect(problems(many) == [])
        let deep = "vars: " + String(repeating: "[", count: 3_000)
        #expect(problems(deep).count == 1)
        #expect(problems("vars: {a: &x b, c: *x}").count <= 1)
    }
}
