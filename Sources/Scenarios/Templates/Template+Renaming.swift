/// Replaces references of templates, so that a scenario can become part of another one.
extension Template {
    /// The template with every reference replaced.
    func renamed(_ rename: (TemplateExpression) -> TemplateExpression) -> Template {
        guard !isConstant else { return self }
        let parts = parts.map { (part: Part) -> Part in
            switch part {
            case .text: return part
            case .expression(let expression): return .expression(rename(expression))
            }
        }
        return Template(text: text, parts: parts)
    }
}

extension JSONTemplate {
    /// The document with every reference replaced.
    func renamed(_ rename: (TemplateExpression) -> TemplateExpression) -> JSONTemplate {
        guard !isConstant else { return self }
        return JSONTemplate(
            root: JSONTemplate.renamed(root, rename),
            templates: templates.map { ($0.template.renamed(rename), $0.pointer, $0.position) })
    }

    private static func renamed(_ node: Node, _ rename: (TemplateExpression) -> TemplateExpression) -> Node {
        switch node {
        case .constant: node
        case .text(let template, let pointer): .text(template.renamed(rename), pointer)
        case .array(let elements): .array(elements.map { renamed($0, rename) })
        case .object(let members): .object(members.map { ($0.name, renamed($0.node, rename)) })
        }
    }
}

extension ItemValue {
    /// The value with every reference replaced.
    func renamed(_ rename: (TemplateExpression) -> TemplateExpression) -> ItemValue {
        switch self {
        case .json: self
        case .text(let template): .text(template.renamed(rename))
        case .quoted(let template): .quoted(template.renamed(rename))
        case .matcher(let matcher): .matcher(matcher.renamed(rename))
        case .pattern(let pattern):
            .pattern(ItemPattern(template: pattern.template.renamed(rename), constant: pattern.constant))
        }
    }
}

extension Matcher {
    fileprivate func renamed(_ rename: (TemplateExpression) -> TemplateExpression) -> Matcher {
        switch self {
        case .contains(let template): .contains(template.renamed(rename))
        case .starts(let template): .starts(template.renamed(rename))
        case .ends(let template): .ends(template.renamed(rename))
        case .text(let template): .text(template.renamed(rename))
        case .oneOf(let templates): .oneOf(templates.map { $0.renamed(rename) })
        case .near(let template, let tolerance): .near(template.map { $0.renamed(rename) }, tolerance: tolerance)
        default: self
        }
    }
}
