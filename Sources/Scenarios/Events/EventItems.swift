internal import JSONDocument

extension TemplateExpression {
    /// The name of the item in `{{item.NAME}}`; `nil` for other expressions.
    package var eventItem: String? {
        guard case .step("item", let path) = reference, path.segments.count == 1,
            case .name(let name)? = path.segments.first, path.isBare
        else { return nil }
        return name
    }
}

extension Template {
    /// The name of the item, if the template is one `{{item.NAME}}`, whose value keeps its JSON type.
    fileprivate var onlyItem: String? {
        guard parts.count == 1, case .expression(let expression) = parts[0] else { return nil }
        return expression.eventItem
    }

    /// The template with the values of the row in place of `{{item.NAME}}`.
    func filled(_ items: [String: ItemValue]) -> Template {
        guard expressions.contains(where: { $0.eventItem != nil }) else { return self }
        let parts = parts.flatMap { (part: Part) -> [Part] in
            guard case .expression(let expression) = part, let name = expression.eventItem, let value = items[name]
            else { return [part] }
            switch value {
            case .text(let template), .quoted(let template): return template.parts
            case .json(.string(let text)): return [.text(text)]
            case .json(let json): return [.text(json.text)]
            case .matcher, .pattern: return [part]
            }
        }
        let text = parts.map { part in
            switch part {
            case .text(let text): text
            case .expression(let expression): "{{\(expression.text)}}"
            }
        }
        return Template(text: text.joined(), parts: parts)
    }
}

extension ItemValue {
    /// The value with the values of the row in place of `{{item.NAME}}`.
    func filled(_ items: [String: ItemValue]) -> ItemValue {
        guard case .text(let template) = self else { return self }
        return template.onlyItem.flatMap { items[$0] } ?? .text(template.filled(items))
    }
}

extension JSONTemplate {
    /// The document with the values of the row in place of `{{item.NAME}}`.
    func filled(_ items: [String: ItemValue]) -> JSONTemplate {
        guard !isConstant else { return self }
        let kept = templates.compactMap { entry in
            if case .text(let template, _) = Self.filled(entry.template, entry.pointer, items) {
                (template: template, pointer: entry.pointer, position: entry.position)
            } else {
                nil
            }
        }
        return JSONTemplate(root: Self.filled(root, items), templates: kept)
    }

    private static func filled(_ node: Node, _ items: [String: ItemValue]) -> Node {
        switch node {
        case .constant: node
        case .text(let template, let pointer): filled(template, pointer, items)
        case .array(let elements): .array(elements.map { filled($0, items) })
        case .object(let members): .object(members.map { ($0.name, filled($0.node, items)) })
        }
    }

    private static func filled(_ template: Template, _ pointer: JSONPointer, _ items: [String: ItemValue]) -> Node {
        if let name = template.onlyItem, case .json(let value)? = items[name] { return .constant(value) }
        let template = template.filled(items)
        return template.constantText.map { .constant(.string($0)) } ?? .text(template, pointer)
    }
}
