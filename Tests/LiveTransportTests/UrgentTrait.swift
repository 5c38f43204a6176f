import Testing

/// Runs tests ahead of others, for those about time.
///
/// All tests start at once, and what goes on after an `await` queues behind all that have not run yet: on two
/// processors that takes half a minute, in which every deadline passes.
struct UrgentTrait: SuiteTrait, TestTrait, TestScoping {
    var isRecursive: Bool { true }

    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await withoutActuallyEscaping(function) { function in
            try await Task(priority: .high) { try await function() }.value
        }
    }
}

extension Trait where Self == UrgentTrait {
    static var urgent: UrgentTrait { UrgentTrait() }
}
