import JSONDocument
import Scenarios
import SourceText

/// Reads `events` of a target: the requests that trigger the events of rows.
enum EventReader {
    static func events(_ node: JSONNode, _ reader: inout DiagnosingReader) -> [EventMapping] {
        reader.members(of: node, "events").compactMap { mapping($0, &reader) }
    }

    private static func mapping(_ member: JSONMember, _ reader: inout DiagnosingReader) -> EventMapping? {
        let what = "the event \(quoted(member.name))"
        let isName = !member.name.isEmpty && !member.name.contains { $0.isWhitespace || "=;{".contains($0) }
        if !isName {
            reader.report(
                "wrong-event", "\(quoted(member.name)) is not a valid name of an event", at: member.namePosition,
                help: "use letters, digits, '-' and '_'")
        }
        guard let fields = reader.fields(member.value, what, known: ["call", "body", "set"]),
            let node = reader.required("call", fields, of: member.value, what),
            let call = reader.text(node, "`call`")
        else { return nil }
        var body: EventMapping.Body?
        if let node = fields["body"] {
            guard let template = template(node, what, &reader) else { return nil }
            body = EventMapping.Body(template, at: reader.location(of: node))
        }
        let set = fields["set"].map { assignments($0, what, &reader) }
        guard isName else { return nil }
        return EventMapping(
            member.name, call: call, at: reader.location(of: node), body: body, set: set ?? [],
            written: member.value.value)
    }

    private static func template(
        _ node: JSONNode, _ what: String, _ reader: inout DiagnosingReader
    ) -> JSONTemplate? {
        do throws(JSONTemplateError) {
            let template = try JSONTemplate(node)
            let isValid = template.templates.allSatisfy { check($0.template, what, at: $0.position, &reader) }
            return isValid ? template : nil
        } catch {
            reader.report(
                "wrong-template", "`body` of \(what) is not a valid template: \(error.syntax.message)",
                at: error.position, help: error.syntax.help)
            return nil
        }
    }

    private static func assignments(
        _ node: JSONNode, _ what: String, _ reader: inout DiagnosingReader
    ) -> [EventMapping.Assignment] {
        reader.members(of: node, "`set`").compactMap { member in
            let path: ItemPath
            do throws(ItemSyntaxError) {
                path = try ItemPath.parse(member.name)
            } catch {
                reader.report(
                    "wrong-event", "\(quoted(member.name)) is not a valid path: \(error.message)",
                    at: member.namePosition, help: error.help)
                return nil
            }
            guard let value = value(member.value, what, &reader) else { return nil }
            return EventMapping.Assignment(path, value, at: reader.location(of: member.value))
        }
    }

    private static func value(
        _ node: JSONNode, _ what: String, _ reader: inout DiagnosingReader
    ) -> ItemValue? {
        guard let text = node.string else { return .json(node.value) }
        do throws(ItemSyntaxError) {
            let template = try Template.parse(text)
            return check(template, what, at: node.position, &reader) ? .text(template) : nil
        } catch {
            reader.report(
                "wrong-template", "a value of \(what) is not a valid template: \(error.message)", at: node,
                help: error.help)
            return nil
        }
    }

    /// Whether a template refers only to items and to values that exist outside of rows.
    private static func check(
        _ template: Template, _ what: String, at position: TextPosition, _ reader: inout DiagnosingReader
    ) -> Bool {
        for expression in template.expressions {
            switch expression.reference {
            case .step where expression.eventItem != nil:
                guard !expression.filters.isEmpty else { continue }
                reader.report(
                    "wrong-template", "\(what) uses a filter on an item", at: position,
                    help: "write the filter in the row: event NAME item={{value|upper}}")
                return false
            case .step, .current, .session, .row, .file, .receiver:
                reader.report(
                    "wrong-template", "\(what) uses a value that only a row has", at: position,
                    help: "write {{item.NAME}}, and pass the value in the row: event NAME item={{step.path}}")
                return false
            case .environment, .secret, .variable, .uuid, .random, .now, .literal: continue
            }
        }
        return true
    }
}
