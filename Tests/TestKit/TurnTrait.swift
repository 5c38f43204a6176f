import Running
public import Testing

/// Bounds how many tests that start processes or open sockets run at once.
///
/// All tests start at once. Two hundred runs side by side hold almost two thousand open files, and above 1,365 of them
/// Foundation's `Process.run` reads past the end of its list of open files and crashes.
public struct TurnTrait: SuiteTrait, TestTrait, TestScoping {
    /// Suites inside a suite share its turns.
    public var isRecursive: Bool { true }

    @TaskLocal private static var hasTurn = false
    private static let turns = Turns(count: 8)

    /// Waits for a turn, unless the test has one already.
    public func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        if Self.hasTurn { return try await function() }
        await Self.turns.take()
        defer { Self.turns.giveBack() }
        try await Self.$hasTurn.withValue(true) { try await function() }
    }
}

extension Trait where Self == TurnTrait {
    /// Runs at most eight such tests at once.
    public static var inTurn: TurnTrait { TurnTrait() }
}
