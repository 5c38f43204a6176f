import Diagnostics
import OpenAPI

/// The content of a row's request without the names of scenario and step. Rows of long tables repeat the same requests,
/// which are checked only once.
struct RequestShape: Hashable {
    private let operation: ObjectIdentifier?
    private let contract: ObjectIdentifier
    private let call: [UInt8]
    private let body: [UInt8]?
    private let sendsNothing: Bool
    private let isInvalid: Bool
    private let items: [SetItem]

    private struct SetItem: Hashable {
        let column: [UInt8]
        let text: [UInt8]
        let isDefault: Bool
        let file: [UInt8]?

        init(_ item: Item) {
            column = Array(item.column.utf8)
            text = Array(item.text.utf8)
            isDefault = item.isDefault
            file = item.file.map { Array($0.path.utf8) }
        }
    }

    /// The shape of a step; `nil` if it repeats the request of another step.
    init?(_ step: Step, _ contract: Contract) {
        // Events of one name have one body in the configuration, with different items.
        guard step.row.event == nil else { return nil }
        switch step.request.body {
        case .asStep: return nil
        case .template(_, let location), .example(_, let location), .file(_, let location):
            (body, sendsNothing) = (Array(location.description.utf8), false)
        case .none: (body, sendsNothing) = (nil, true)
        case .unset: (body, sendsNothing) = (nil, false)
        }
        switch step.call {
        case .wait, .delivery, .clock, .unmapped: return nil
        case .operation(let operation, _): (self.operation, call) = (ObjectIdentifier(operation), [])
        case .reserved(let method, let path), .undeclared(let method, let path):
            (operation, call) = (nil, Array("\(method) \(path)".utf8))
        }
        self.contract = ObjectIdentifier(contract)
        isInvalid = step.options.isInvalid
        items = step.request.set.map(SetItem.init)
    }
}

/// The requests that were found to be valid, with the body of each. One planning shares it, so it is a class.
final class ValidRequests {
    /// The maximum number of remembered requests; tables whose rows all differ gain nothing.
    private static let mostRequests = 4_096

    private var known: [RequestShape: PlannedBody] = [:]

    subscript(shape: RequestShape) -> PlannedBody? {
        get { known[shape] }
        set { if known.count < Self.mostRequests { known[shape] = newValue } }
    }
}
