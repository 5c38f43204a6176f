/// The parts of the contracts that the exchanges exercised.
package struct Coverage: Sendable, Equatable {
    /// One entry per operation of every contract by which a response was judged, in document order.
    package var operations: [OperationCoverage]

    /// The coverage of `operations`.
    package init(operations: [OperationCoverage]) {
        self.operations = operations
    }

    /// How many operations were called and returned a documented response.
    package var exercisedOperations: Int {
        operations.count { $0.responses.contains(where: \.isExercised) }
    }

    /// How many documented responses there are.
    package var documentedResponses: Int {
        operations.reduce(0) { $0 + $1.responses.count }
    }

    /// How many documented responses were received.
    package var exercisedResponses: Int {
        operations.reduce(0) { $0 + $1.responses.count(where: \.isExercised) }
    }

    /// Every point of one kind, of all operations.
    package func points(_ kind: CoveragePoint.Kind) -> [CoveragePoint] {
        operations.flatMap { operation in
            switch kind {
            case .security: operation.security
            case .negative: operation.negative
            case .mediaType: operation.responses.flatMap(\.mediaTypes)
            case .header: operation.responses.flatMap(\.headers)
            case .property: operation.responses.flatMap(\.properties)
            case .value: operation.responses.flatMap(\.values)
            }
        }
    }
}

/// The responses and credentials of one operation.
package struct OperationCoverage: Sendable, Equatable {
    /// The contract's name.
    package var contract: String
    /// The operation's name.
    package var operation: String
    /// The documented responses, in document order.
    package var responses: [ResponseCoverage]
    /// The alternatives of credentials, `Key + Pin`: sent, and not refused with 401 or 403.
    package var security: [CoveragePoint] = []
    /// Calls that must be refused, and were: without credentials, with wrong ones, or with a request that violates the
    /// contract.
    package var negative: [CoveragePoint] = []
    /// A row for each documented response and alternative of credentials that no exchange exercised.
    package var missing: [MissingRow] = []
}

/// A row that would exercise a part that no exchange exercised.
package struct MissingRow: Sendable, Equatable {
    /// The missing part: `409`, `Key + Pin`, `no credentials`.
    package var what: String
    /// The `auth` cell; empty where none is needed.
    package var auth: String
    /// The `set` cell: required parameters, to be filled in.
    package var set: String
    /// The `expect` cell.
    package var expect: String
    /// The `opts` cell.
    package var opts: String
}

/// One documented response.
package struct ResponseCoverage: Sendable, Equatable {
    /// `200`, `4XX` or `default`.
    package var status: String
    /// How many exchanges had this response.
    package var count: Int
    /// The documented media types that were received.
    package var mediaTypes: [CoveragePoint] = []
    /// The documented headers that were received.
    package var headers: [CoveragePoint] = []
    /// The documented members of JSON bodies that were received, as pointers with `*` for every array index.
    package var properties: [CoveragePoint] = []
    /// The documented enumeration values that were received: `/state="packed"`.
    package var values: [CoveragePoint] = []

    /// Whether any exchange had this response.
    package var isExercised: Bool { count > 0 }
}

/// Something documented that exchanges can exercise.
package struct CoveragePoint: Sendable, Equatable {
    /// Its name.
    package var name: String
    /// How many exchanges exercised it.
    package var count: Int

    /// Whether any exchange exercised it.
    package var isExercised: Bool { count > 0 }

    /// The kinds of points, in addition to operations and responses.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A media type of a response.
        case mediaType
        /// A header of a response.
        case header
        /// A member of a JSON body.
        case property
        /// A value of an enumeration.
        case value
        /// An alternative of credentials.
        case security
        /// A call that must be refused.
        case negative
    }
}
