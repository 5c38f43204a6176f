import ArgumentParser

extension Int {
    /// The units of sizes, the longer names first.
    private static let units = [
        ("kib", 1_024), ("mib", 1_024 * 1_024), ("kb", 1_000), ("mb", 1_000_000), ("b", 1), ("", 1),
    ]

    /// A size in bytes given as an option, 1 GiB at most.
    static func ofOption(_ text: String, name: String) throws -> Int {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let unit = text.dropFirst(digits.count).lowercased()
        guard digits.utf8.count <= 10, let number = Int(digits), number > 0,
            let factor = units.first(where: { $0.0 == unit })?.1, number <= 1 << 30 / factor
        else {
            throw ValidationError("\(name) must be a size between 1 byte and 1024MiB, for example 500KB or 10MiB")
        }
        return number * factor
    }
}
