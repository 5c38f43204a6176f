import JSONDocument
import Scenarios
import SourceText

extension DiagnosingReader {
    /// A text whose `{{…}}` have values before the first request: of the environment, the configuration, and secrets.
    ///
    /// - Parameters:
    ///   - what: The subject of messages. They do not repeat the text, which can contain a secret by mistake.
    ///   - allowsSecrets: Whether `{{secret.X}}` is allowed.
    ///   - help: What to write instead of a value that only a row has.
    mutating func template(
        _ node: JSONNode, _ what: String, allowsSecrets: Bool = true, help: String
    ) -> Template? {
        guard let text = text(node, what) else { return nil }
        let template: Template
        do {
            template = try Template.parse(text)
        } catch {
            report(
                "wrong-template", "\(what) is not a valid template: \(error.message)", at: node, help: error.help)
            return nil
        }
        for reference in template.references {
            switch reference {
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
