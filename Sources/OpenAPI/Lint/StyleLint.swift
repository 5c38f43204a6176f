internal import Diagnostics
internal import JSONDocument
internal import JSONSchema

/// Reports values for which their style is undefined (OpenAPI 3.1.1, section 4.8.12.4, "n/a").
extension DocumentLint {
    /// A parameter or header that is serialised by a style.
    mutating func lintStyle(of item: ReferenceCrawl.Item) {
        let value = item.value
        guard value.node.kind == .object, value.reference == nil, value["content"] == nil,
            let view = value["schema"].flatMap({ schema($0)?.view })
        else { return }
        let place = item.kind == .header ? .header : value.text("in").flatMap { ParameterPlace(rawValue: $0) }
        guard let place else { return }
        let usual: ParameterStyle = place == .path || place == .header ? .simple : .form
        guard let style = value.text("style").map({ ParameterStyle(rawValue: $0) }) ?? usual else { return }
        let meaning = StyleMeaning(
            style: style,
            explode: value.flag("explode") ?? (style == .form || style == .cookie),
            place: place,
            explodesDeepObjects: documents.version(of: value) >= .v32,
            isForm: false
        )
        guard let gap = meaning.gap(for: view) else { return }
        let what = item.kind == .header ? "header" : "parameter"
        report(
            "parameter.style-undefined", "the \(what) is not validated: \(gap.message)", at: value["style"] ?? value,
            help: gap.help)
    }

    /// The members of a form that are serialised by a style.
    mutating func lintEncodings(_ encodings: DocumentNode, _ view: SchemaView) {
        for (name, encoding) in encodings.entries where encoding.node.kind == .object {
            let isStyled = ["style", "explode", "allowReserved"].contains { encoding[$0] != nil }
            guard isStyled, let member = view.property(name) ?? view.additional else { continue }
            let text = encoding.text("style") ?? ParameterStyle.form.rawValue
            let styles: [ParameterStyle] = [.form, .spaceDelimited, .pipeDelimited, .deepObject]
            guard let style = styles.first(where: { $0.rawValue == text }) else {
                let legal = styles.map(\.rawValue).joined(separator: ", ")
                report(
                    "parameter.style",
                    "the encoding has the style '\(Reference.excerpt(text))', but a form supports only \(legal)",
                    at: encoding["style"] ?? encoding)
                continue
            }
            let meaning = StyleMeaning(
                style: style,
                explode: encoding.flag("explode") ?? (style == .form),
                place: .query,
                explodesDeepObjects: true,
                isForm: true
            )
            guard let gap = meaning.gap(for: member) else { continue }
            report(
                "parameter.style-undefined", "the encoding of a form member has no effect: \(gap.message)",
                at: encoding["style"] ?? encoding, help: gap.help)
        }
    }
}

/// A style, and whether the specification defines it for a value.
struct StyleMeaning {
    let style: ParameterStyle
    let explode: Bool
    let place: ParameterPlace
    let explodesDeepObjects: Bool
    /// Whether it is the style of a form member, where brackets may be nested.
    let isForm: Bool

    /// Why a style is undefined for a value, and what to write instead.
    struct Gap {
        let message: String
        let help: String
    }

    /// The reason why the style is undefined for values of a schema; `nil` if it is defined.
    func gap(for view: SchemaView) -> Gap? {
        guard let kinds = view.kinds, !kinds.isEmpty else { return nil }
        let isScalar = view.allows(.string) || view.allows(.number) || view.allows(.boolean)
        let isComposite = view.allows(.array) || view.allows(.object)
        switch style {
        case .deepObject:
            guard !isForm else { return nil }
            guard view.allows(.object) else {
                return Gap(
                    message: "the style deepObject is defined only for objects",
                    help: view.allows(.array) ? "write `style: form`" : "remove \"style\"")
            }
            guard explode || explodesDeepObjects else {
                return Gap(
                    message: "the style deepObject is undefined without `explode: true`",
                    help: "add `explode: true`")
            }
        case .spaceDelimited, .pipeDelimited:
            guard isComposite else {
                return Gap(
                    message: "the style \(style.rawValue) is defined only for lists and objects",
                    help: "remove \"style\"")
            }
            guard !explode else {
                return Gap(
                    message: "the style \(style.rawValue) is undefined with `explode: true`",
                    help: "write `explode: false`, or `style: form`")
            }
        case .form where place == .cookie && explode && isComposite && !isScalar:
            return Gap(
                message: "the style form is undefined for lists and objects in cookies with `explode: true`",
                help: "write `explode: false`")
        default:
            break
        }
        return nested(view)
    }

    private func nested(_ view: SchemaView) -> Gap? {
        let help = "describe the value with `content` and application/json"
        if view.allows(.array), let items = view.items, items.isComposite {
            return Gap(message: "the style \(style.rawValue) is undefined for lists in a list", help: help)
        }
        guard view.allows(.object) else { return nil }
        let members = view.propertyNames.compactMap { view.property($0) } + [view.additional].compactMap { $0 }
        guard members.contains(where: \.isComposite) else { return nil }
        return Gap(
            message: "the style \(style.rawValue) is undefined for lists and objects in an object", help: help)
    }
}

extension SchemaView {
    /// Whether all values are lists and objects.
    var isComposite: Bool {
        guard kinds != nil else { return false }
        return !allows(.string) && !allows(.number) && !allows(.boolean) && (allows(.array) || allows(.object))
    }
}
