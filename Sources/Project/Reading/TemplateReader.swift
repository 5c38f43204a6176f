import JSONDocument
import Primitives
import Scenarios
import SourceText

extension DiagnosingReader {
    /// A text whose `{{…}}` have values before the first request: of the environment, the configuration, and secrets.
    ///
    /// - Parameters:
    ///   - what: The subject of messages. They do not repeat the text, which can contain a secret by mistake.
    ///   - allowsSecrets: Whether `{{secret.X}}` is allowed.
    ///   - help: What to write instead of a value that only a row has.
    ///   - login: The login of the profile that the template belongs to; `{{login.name}}` is a value of it.
    ///   - hasLogin: Whether there is a login, which may be wrong.
    mutating func template(
        _ node: JSONNode, _ what: String, allowsSecrets: Bool = true, login: AuthProfile.Login? = nil,
        hasLogin: Bool = false, help: String
    ) -> Template? {
        guard let text = text(node, what) else { return nil }
        var template: Template
        do {
            template = try Template.parse(text)
        } catch {
            report(
                "wrong-template", "\(what) is not a valid template: \(error.message)", at: node, help: error.help)
            return nil
        }
        if let login { template = template.loggedIn(by: login.scenario, step: login.step) }
        for reference in template.references {
            switch reference {
            case .session(let reference) where login.map({ reference.isValue(of: $0) }) == true:
                guard reference.step != nil || reference.savedName != nil else {
                    report(
                        "wrong-template", "\(what) names no saved value of the login", at: node,
                        help: "write {{login.NAME}}, or name a step: login: \(reference.scenario).STEP")
                    return nil
                }
                continue
            // The mistake in `login` has been reported.
            case .step("login", _) where hasLogin: return nil
            case .step("login", _), .session:
                report(
                    "wrong-template", "\(what) uses a value of a scenario that the profile does not name", at: node,
                    help: "add login: SCENARIO to the profile, and write {{login.NAME}}")
                return nil
            case .environment, .variable, .literal: continue
            case .secret where allowsSecrets: continue
            case .secret:
                report("wrong-template", "\(what) cannot contain a secret", at: node, help: help)
            default:
                report("wrong-template", "\(what) uses a value that only a row has", at: node, help: help)
            }
            return nil
        }
        return template
    }
}

extension SessionReference {
    /// Whether the reference was written as a value of `login`.
    fileprivate func isValue(of login: AuthProfile.Login) -> Bool {
        scenario.isSame(as: login.scenario) && step == login.step
    }
}
