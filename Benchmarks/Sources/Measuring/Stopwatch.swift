import Foundation

/// The time that a piece of work took.
package struct Measured {
    /// Nanoseconds of wall-clock time.
    package var wall: Double
    /// Nanoseconds of processor time of the whole process.
    package var cpu: Double
}

/// Times `body` once.
package func measured(_ body: () throws -> Void) rethrows -> Measured {
    let (wall, cpu) = (now(CLOCK_MONOTONIC), now(CLOCK_PROCESS_CPUTIME_ID))
    try body()
    return Measured(wall: now(CLOCK_MONOTONIC) - wall, cpu: now(CLOCK_PROCESS_CPUTIME_ID) - cpu)
}

/// The processor time used by the process so far, in seconds.
package func processSeconds() -> Double { now(CLOCK_PROCESS_CPUTIME_ID) / 1e9 }

/// The processor time of this process's finished child processes, in seconds.
package func childSeconds() -> Double {
    var usage = rusage()
    #if canImport(Darwin)
        getrusage(RUSAGE_CHILDREN, &usage)
    #else
        getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
    #endif
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

/// The peak memory of the process.
package func peakMegabytes() -> Int { peakMegabytes(of: Int32(RUSAGE_SELF.rawValue)) }

/// The peak memory of any finished child process.
package func peakMegabytesOfChildren() -> Int { peakMegabytes(of: Int32(RUSAGE_CHILDREN.rawValue)) }

private func peakMegabytes(of who: Int32) -> Int {
    var usage = rusage()
    #if canImport(Darwin)
        getrusage(who, &usage)
        return usage.ru_maxrss >> 20
    #else
        getrusage(__rusage_who_t(who), &usage)
        return usage.ru_maxrss >> 10
    #endif
}

#if canImport(Darwin)
    extension Int32 {
        fileprivate var rawValue: Int32 { self }
    }
#endif

/// The middle of `values`; 0 if there are none.
package func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return 0 }
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

private func now(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}
