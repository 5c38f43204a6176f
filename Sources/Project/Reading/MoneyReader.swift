import Diagnostics
import JSONDocument
import Primitives
import Scenarios
import SourceText

/// Reads `money`: which members of bodies are amounts, and how they belong together.
enum MoneyReader {
    static func groups(_ node: JSONNode, _ reader: inout DiagnosingReader) -> [MoneyGroup] {
        reader.members(of: node, "money").compactMap { group($0, &reader) }
    }

    private static func group(_ member: JSONMember, _ reader: inout DiagnosingReader) -> MoneyGroup? {
        let what = "money \(quoted(member.name))"
        var group = MoneyGroup(name: member.name, amounts: [])
        let known = ["amounts", "currency", "units", "sums"]
        for part in reader.members(of: member.value, what, known: known) {
            switch part.name {
            case "amounts": group.amounts = members(part.value, "amounts", &reader)
            case "currency": group.currency = currency(part.value, &reader)
            case "units": group.isMinor = reader.word(part.value, "units", ["major", "minor"]) == "minor"
            default: group.sums = sums(part.value, &reader)
            }
        }
        guard member.value.kind == .object else { return nil }
        if member.value["amounts"] == nil {
            reader.report(
                "missing-key", "\(what) has no `amounts`", at: member.namePosition,
                help: "add amounts: [MEMBER], the names of the body members that are amounts")
        }
        if member.value["currency"] == nil, !group.isMinor {
            reader.report(
                "missing-key", "\(what) has no `currency`", at: member.namePosition,
                help: "add currency: MEMBER or currency: INR, or units: minor")
        }
        return group
    }

    private static func currency(_ node: JSONNode, _ reader: inout DiagnosingReader) -> CurrencySource? {
        guard let source = member(node, "currency", &reader).map(CurrencySource.init) else { return nil }
        if case .code(let code) = source, Currency.decimals(of: code) == nil {
            reader.report(
                "unknown-currency", "ISO 4217 does not have the currency \(quoted(code))", at: node,
                help: "write a code such as INR, or the name of the member that contains it")
            return nil
        }
        return source
    }

    private static func sums(_ node: JSONNode, _ reader: inout DiagnosingReader) -> [MoneySum] {
        guard node.kind == .array else {
            reader.reportKind(node, "sums", expected: "a list")
            return []
        }
        return node.elements.map { $0 }.compactMap { sum($0, &reader) }
    }

    private static func sum(_ node: JSONNode, _ reader: inout DiagnosingReader) -> MoneySum? {
        let known = ["total", "parts", "limit", "of", "each", "per", "unless"]
        guard let fields = reader.fields(node, "a sum", known: known) else { return nil }
        let kind: MoneySum.Kind = fields["limit"] == nil ? .total : .limit
        let names = kind == .limit ? ["limit", "of"] : ["total", "parts"]
        for other in (kind == .limit ? ["total", "parts"] : ["of"]) where fields[other] != nil {
            reader.report(
                "wrong-sum", "a sum has either `total` and `parts` or `limit` and `of`", at: fields[other] ?? node,
                help: "write \(names[0]): MEMBER and \(names[1]): [MEMBER]")
        }
        guard
            let whole = reader.required(names[0], fields, of: node, "a sum").flatMap({ member($0, names[0], &reader) }),
            let parts = reader.required(names[1], fields, of: node, "a sum")
        else { return nil }
        let members = members(parts, names[1], &reader)
        guard !members.isEmpty else { return nil }
        return MoneySum(kind, whole, of: members, across: across(fields, of: node, kind, &reader))
    }

    /// The members by which parts of several responses belong together.
    private static func across(
        _ fields: [String: JSONNode], of node: JSONNode, _ kind: MoneySum.Kind, _ reader: inout DiagnosingReader
    ) -> MoneySum.Across? {
        guard ["each", "per", "unless"].contains(where: { fields[$0] != nil }) else { return nil }
        guard kind == .limit else {
            reader.report(
                "wrong-sum", "`each`, `per` and `unless` belong to a sum with `limit`", at: node,
                help: "write limit: MEMBER and of: [MEMBER]")
            return nil
        }
        guard let each = reader.required("each", fields, of: node, "a sum").flatMap({ member($0, "each", &reader) }),
            let per = reader.required("per", fields, of: node, "a sum").flatMap({ member($0, "per", &reader) })
        else { return nil }
        var across = MoneySum.Across(each: each, per: per)
        if let unless = fields["unless"] {
            let members = reader.members(of: unless, "unless")
            if members.count > 1 {
                reader.report("wrong-sum", "`unless` names more than one member", at: unless, help: "name one member")
            }
            guard let first = members.first else { return across }
            if let path = (try? ItemPath.parse(first.name)).flatMap(MemberPath.init) {
                across.unless = (path, reader.texts(first.value, first.name).map(\.text))
            } else {
                reader.report(
                    "wrong-path", "\(quoted(first.name)) is not the name of a body member", at: first.namePosition,
                    help: "write unless: {MEMBER: [VALUE]}")
            }
        }
        return across
    }

    // MARK: Members

    private static func member(
        _ node: JSONNode, _ what: String, _ reader: inout DiagnosingReader
    ) -> MemberPath? {
        guard reader.text(node, what) != nil else { return nil }
        return members(node, what, &reader).first
    }

    private static func members(_ node: JSONNode, _ what: String, _ reader: inout DiagnosingReader) -> [MemberPath] {
        reader.paths(node, what).compactMap { text, path, node in
            if let member = MemberPath(path) { return member }
            reader.report(
                "wrong-path", "\(quoted(text)) is not the name of a body member", at: node,
                help: "write a name such as order_amount, or splits.amount for a member of 'splits'")
            return nil
        }
    }
}
