import JSONDocument
import Primitives

/// The end of a generated list: a client that requests the next page must not get pages for ever.
///
/// A document has no keyword for "this is the last page", so the usual names of such members decide. Only members next to
/// a list, or one level below them, are changed, and only while the body satisfies its schema.
struct ListEnd {
    /// Names of members that say whether there is another page, without case, `_` and `-`.
    private static let flags: Set<String> = [
        "hasmore", "more", "moreresults", "hasnext", "hasnextpage", "istruncated", "truncated",
    ]
    /// Names of members that say whether this is the last page.
    private static let lasts: Set<String> = ["last", "islast", "lastpage", "islastpage"]
    /// Names of members with the request for the next page.
    private static let nexts: Set<String> = [
        "next", "nextcursor", "nextpage", "nextpagetoken", "nexttoken", "nextlink", "nexturl", "nexturi", "nexthref",
        "continuationtoken", "aftercursor", "endcursor",
    ]

    /// Whether a value satisfies the schema of the body.
    let fits: (JSONValue) -> Bool

    /// The value as the last page of its list; the value itself if it has no list, or no such member.
    func ended(_ value: JSONValue) -> JSONValue {
        guard case .object(let object) = value, object.members.contains(where: { $0.value.kind == .array }) else {
            return value
        }
        var result = value
        for member in object.members {
            guard case .object(let inner) = member.value else {
                end(member.name, member.value, in: &result, at: [])
                continue
            }
            for part in inner.members { end(part.name, part.value, in: &result, at: [member.name]) }
        }
        return result
    }

    /// Replaces one member, if the body still satisfies its schema. A next page is absent, otherwise null or empty.
    private func end(_ name: String, _ value: JSONValue, in body: inout JSONValue, at path: [String]) {
        let plain = name.lowercasedASCII.filter { $0 != "_" && $0 != "-" }
        let candidates: [JSONValue?]
        switch value {
        case .boolean where Self.flags.contains(plain): candidates = [false]
        case .boolean where Self.lasts.contains(plain): candidates = [true]
        case .string where Self.nexts.contains(plain), .number where Self.nexts.contains(plain):
            candidates = [nil, .null, ""]
        default: return
        }
        for candidate in candidates {
            var changed = body
            if let outer = path.first {
                changed[outer]?[name] = candidate
            } else {
                changed[name] = candidate
            }
            guard fits(changed) else { continue }
            body = changed
            return
        }
    }
}
