import Dispatch
import Foundation
import Harness

/// Calls back once when the process is asked to stop (SIGINT, SIGTERM, SIGHUP) instead of ending it.
///
/// A second signal of a kind ends the process at once: the user does not want to wait for teardown.
final class InterruptSignals {
    private let numbers: [Int32]
    private let sources: [any DispatchSourceSignal]

    init(_ body: @escaping @Sendable () -> Void) {
        // `nohup` ignores SIGHUP so that a process outlives its terminal.
        numbers = [SIGINT, SIGTERM] + (Self.isIgnored(SIGHUP) ? [] : [SIGHUP])
        sources = numbers.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler {
                signal(number, SIG_DFL)
                body()
            }
            source.resume()
            return source
        }
    }

    func stop() {
        for source in sources { source.cancel() }
        for number in numbers { signal(number, SIG_DFL) }
    }

    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        guard sigaction(number, nil, &action) == 0 else { return false }
        #if canImport(Darwin)
            let handler = action.__sigaction_u.__sa_handler
        #else
            let handler = action.__sigaction_handler.sa_handler
        #endif
        return unsafeBitCast(handler, to: Int.self) == 1
    }
}

/// Work that is cancelled when the process is asked to stop, and still has a result then.
enum Interruptible {
    /// The result of `work`.
    static func run<Value: Sendable>(
        _ work: @escaping @Sendable () async throws(HarnessError) -> Value
    ) async throws(HarnessError) -> Value {
        let task = Task { () async -> Result<Value, HarnessError> in
            do throws(HarnessError) {
                return .success(try await work())
            } catch {
                return .failure(error)
            }
        }
        let interrupts = InterruptSignals { task.cancel() }
        defer { interrupts.stop() }
        return try await task.value.get()
    }
}
