/// The responses of a server next to those of the mock to the same rows.
package struct MockComparison: Sendable, Equatable {
    /// The journal or the recordings with the server's responses.
    package var source: String
    /// The server's name in the configuration, or its address.
    package var target: String
    /// How many pairs of responses were compared.
    package var compared = 0
    /// How many of them do not differ.
    package var equal = 0
    /// The differences by operation, status and place, in the order of the plan.
    package var differences: [Difference] = []
    /// The rows without two responses, by reason.
    package var notCompared: [NotCompared] = []
    /// The lines that change the mock, one entry for each behaviour file.
    package var proposals: [Proposal] = []

    /// A comparison without responses.
    package init(source: String, target: String) {
        self.source = source
        self.target = target
    }

    /// A place in which responses differ.
    package struct Difference: Sendable, Equatable {
        /// The name of the contract.
        package var contract: String
        /// The name of the operation, or method and path.
        package var operation: String
        /// The status of the server's response.
        package var status: Int
        /// The place: `status`, `header x-id`, `/items/*/weight`.
        package var place: String
        /// The document's description of the place; empty without one.
        package var document: String
        /// The value that the server sends.
        package var sandbox: String
        /// The value that the mock sends.
        package var mock: String
        /// The number of responses with this difference.
        package var count: Int
        /// The first step with it: `order-lifecycle › fetch`.
        package var first: String

        /// A difference by its parts.
        package init(
            contract: String, operation: String, status: Int, place: String, document: String, sandbox: String,
            mock: String, count: Int, first: String
        ) {
            self.contract = contract
            self.operation = operation
            self.status = status
            self.place = place
            self.document = document
            self.sandbox = sandbox
            self.mock = mock
            self.count = count
            self.first = first
        }
    }

    /// Rows that were not compared for one reason.
    package struct NotCompared: Sendable, Equatable {
        /// The reason, as a clause.
        package var reason: String
        /// The number of rows.
        package var count: Int
        /// The first of them: `order-lifecycle › fetch`.
        package var first: String

        /// Rows that were not compared.
        package init(reason: String, count: Int, first: String) {
            self.reason = reason
            self.count = count
            self.first = first
        }
    }

    /// Lines for a behaviour file, and the differences that it cannot express.
    package struct Proposal: Sendable, Equatable {
        /// The name of the contract.
        package var contract: String
        /// The path of the behaviour file; `nil` if the contract has none.
        package var file: String?
        /// YAML to merge into the file; empty if there is nothing to propose.
        package var lines: String
        /// The differences that no proposed line concerns.
        package var unexpressed: [Unexpressed]

        /// Lines for a behaviour file.
        package init(contract: String, file: String?, lines: String, unexpressed: [Unexpressed]) {
            self.contract = contract
            self.file = file
            self.lines = lines
            self.unexpressed = unexpressed
        }
    }

    /// A difference that no proposed line concerns.
    package struct Unexpressed: Sendable, Hashable {
        /// The operation and the place: `fetchOrder 200 /total`.
        package var place: String
        /// The change to make by hand, or the notation that behaviour files lack, as a clause.
        package var reason: String

        /// A difference without a proposed line.
        package init(place: String, reason: String) {
            self.place = place
            self.reason = reason
        }
    }
}
