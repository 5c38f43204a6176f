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
}

/// Which points of coverage the JSON report lists.
package enum CoverageDetail: String, Sendable, CaseIterable {
    /// The shares, and the first points of received responses that were not exercised.
    case summary
    /// Every documented point with its count: in large documents, hundreds of thousands.
    case full
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
    /// The media types of the documented response.
    package var mediaTypes = CoveredPoints()
    /// Its headers.
    package var headers = CoveredPoints()
    /// The members of its JSON bodies, as pointers with `*` for every array index.
    package var properties = CoveredPoints()
    /// The enumeration values of its JSON bodies: `/state="packed"`.
    package var values = CoveredPoints()

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
}
