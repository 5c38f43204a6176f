/// A loop that only depends on the processor.
package enum Yardstick {
    private static let bytes = (0..<4_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }

    /// The processor time in nanoseconds to hash one byte by FNV-1a. Each step requires the one before, so no processor
    /// does several at once.
    package static func nanosecondsPerByte() -> Double {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        let took = measured {
            for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        }
        precondition(hash != 0)
        return took.cpu / Double(bytes.count)
    }
}
