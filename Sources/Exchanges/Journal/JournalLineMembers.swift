internal import JSONDocument
internal import Primitives

extension JournalLineReader {
    func member(_ name: String, of node: JSONNode) throws(Failure) -> JSONNode {
        guard let member = node[name] else { throw Failure("has no \"\(name)\"", at: node.position) }
        return member
    }

    func string(_ name: String, of node: JSONNode) throws(Failure) -> String {
        let member = try member(name, of: node)
        guard let string = member.string else {
            throw Failure("has a \"\(name)\" that is not a string", at: member.position)
        }
        return string
    }

    func text(_ node: JSONNode) throws(Failure) -> String {
        guard let string = node.string else {
            throw Failure("has another value where a string belongs", at: node.position)
        }
        return string
    }

    func integer(_ name: String, of node: JSONNode, in range: ClosedRange<Int>) throws(Failure) -> Int {
        let member = try member(name, of: node)
        guard let integer = member.number?.int, range.contains(integer) else {
            throw Failure("has a \"\(name)\" that is not a whole number in its range", at: member.position)
        }
        return integer
    }

    func instant(_ name: String, of node: JSONNode) throws(Failure) -> Instant {
        let member = try member(name, of: node)
        guard let text = member.string, let instant = Instant(text) else {
            throw Failure(
                "has a \"\(name)\" that is not a valid time such as 2026-01-31T12:00:00Z", at: member.position)
        }
        return instant
    }

    func array(_ name: String, of node: JSONNode) throws(Failure) -> [JSONNode] {
        let member = try member(name, of: node)
        guard member.kind == .array else { throw Failure("has a \"\(name)\" that is not a list", at: member.position) }
        return Array(member.elements)
    }
}
