import Diagnostics
import OpenAPI
import Primitives

/// The paths in the documented responses that a row may receive.
struct ResponsePaths {
    private let row: CalledRow
    private let expect: StatusExpectation
    let lookups: ContractLookups

    /// The paths in the responses of the row's operation that `expect` accepts.
    init(row: CalledRow, expect: StatusExpectation, lookups: ContractLookups) {
        self.row = row
        self.expect = expect
        self.lookups = lookups
    }

    /// The statuses of the responses.
    var expected: [StatusExpectation.Alternative] { expect.alternatives }

    /// The target of a path in each response; none if the path is in the request.
    func walks(_ path: ItemPath) -> [SchemaWalk] {
        if let awaited = row.call.awaited, !path.isRequest {
            return lookups.deliveryWalks(path, awaited.webhook.operation)
        }
        guard let operation = row.operation, !path.isRequest else { return [] }
        return lookups.responseWalks(path, operation, expect, in: row.contract)
    }

    /// Why no response has such a path, if none has.
    func problem(_ path: ItemPath) -> (message: String, help: String)? {
        Self.problem(path, walks(path))
    }

    /// Why none of the responses in which `path` has these targets has such a path.
    static func problem(_ path: ItemPath, _ walks: [SchemaWalk]) -> (message: String, help: String)? {
        var first: (message: String, help: String)?
        for walk in walks {
            switch walk {
            case .declared, .untyped: return nil
            case .undeclared(let name, let candidates, let isClosed):
                if !path.isBare, path.text.utf8.starts(with: "body".utf8), !isClosed { return nil }
                let near = nearestName(to: name, among: candidates)
                first =
                    first ?? (
                        isClosed
                            ? "the contract allows no member '\(visibleText(name))' at '\(path)'"
                            : "the contract declares no member '\(visibleText(name))' at '\(path)'",
                        near.map { "did you mean `\($0)`?" }
                            ?? (isClosed
                                ? "it declares \(shortList(candidates))"
                                : "write \(path.withPrefix) for an undeclared member")
                    )
            case .impossible(let what):
                first =
                    first ?? (
                        "'\(path)' leads into a value \(what)", "see the schema of the response in the contract"
                    )
            }
        }
        return first
    }
}

extension ItemPath {
    /// The path of a body member as written if the contract does not declare it.
    var withPrefix: String {
        text.utf8.first == 0x24 ? "body" + String(text.unicodeScalars.dropFirst()) : "body.\(text)"
    }

    var isTime: Bool { if case .time = root { true } else { false } }
    var isStatus: Bool { if case .status = root { true } else { false } }
}
