import Diagnostics
import JSONSchema
import OpenAPI
import Primitives

extension ConfiguredNames {
    /// Checks the members of `money`. They can be at any depth, so each of their names must be one that some body of
    /// the contracts declares.
    mutating func check(_ groups: [MoneyGroup]) {
        // The schemas of a large document are many.
        guard !groups.isEmpty else { return }
        let known = operations.flatMap(Self.schemas).compactMap(\.view)
            .reduce(into: Set<String>()) { $0.formUnion($1.memberNames) }
        let parameters = Set(operations.flatMap(\.parameters).filter { $0.place == .path }.map(\.name))
        for group in groups {
            let place = ["money", group.name]
            for (index, path) in group.amounts.enumerated() {
                check(path, among: known, at: place + ["amounts", String(index)])
            }
            if case .member(let path)? = group.currency { check(path, among: known, at: place + ["currency"]) }
            for (index, sum) in group.sums.enumerated() {
                check(sum, known, parameters, at: place + ["sums", String(index)])
            }
        }
    }

    private mutating func check(
        _ sum: MoneySum, _ known: Set<String>, _ parameters: Set<String>, at place: [String]
    ) {
        let keys = sum.kind == .total ? ["total", "parts"] : ["limit", "of"]
        check(sum.whole, among: known, at: place + [keys[0]])
        for (index, part) in sum.parts.enumerated() {
            check(part, among: known, at: place + [keys[1], String(index)])
        }
        guard let across = sum.across else { return }
        check(across.each, among: known, at: place + ["each"])
        check(across.per, among: known.union(parameters), at: place + ["per"])
        if let unless = across.unless {
            check(unless.member, among: known, at: place + ["unless", unless.member.text])
        }
    }

    private mutating func check(_ path: MemberPath, among known: Set<String>, at place: [String]) {
        guard !path.isExplicit, let name = path.names.first(where: { !known.contains($0) }) else { return }
        add(
            place, "no body of the contracts has the member '\(visibleText(name))'",
            near: nearestName(to: name, among: known.sorted()),
            otherwise: "write body.\(visibleText(path.text)) for a member that no schema declares")
    }
}
