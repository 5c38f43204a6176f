import OpenAPI
import Versions

/// The operations of two contracts that are the same one: of equal method and path, whatever path parameters are
/// called. `assay diff` pairs them in the same way.
struct OperationPairs {
    private let exact: [String: Operation]
    private let shaped: [String: Operation]

    init(_ new: Contract) {
        exact = Dictionary(new.operations.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        shaped = Dictionary(
            new.operations.map { (Self.shape($0.method, $0.path), $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The operation of the new contract that an old one became; `nil` when it was removed.
    func partner(of operation: Operation) -> Operation? {
        exact[operation.key] ?? shaped[Self.shape(operation.method, operation.path)]
    }

    /// The method and path of a subject, by which its changes are found.
    static func key(_ subject: Change.Subject) -> String {
        shape(subject.method, subject.path)
    }

    /// Method and path with the names of expressions left out.
    static func shape(_ method: String, _ path: String) -> String {
        var text = "\(method) "
        var isInside = false
        for scalar in path.unicodeScalars {
            if scalar == "}" { isInside = false }
            if !isInside { text.unicodeScalars.append(scalar) }
            if scalar == "{" { isInside = true }
        }
        return text
    }
}
