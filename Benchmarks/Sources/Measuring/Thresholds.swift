import Foundation
import JSONDocument

/// A mistake in the input of a benchmark, or a wrong result of what it measures.
package struct BenchError: Error, CustomStringConvertible {
    /// The mistake, as a clause.
    package let description: String

    package init(_ description: String) { self.description = description }
}

/// The stored ratios: how many yardsticks a unit of work takes.
package struct Thresholds {
    /// By the name of the figure: its time divided by the yardstick.
    package var ratios: [String: Double] = [:]
    /// The factor by which a figure may exceed its ratio, for noise.
    package var allowed = 1.5
    private let file: String

    /// Reads a file with one object: each member is a figure and its ratio, and `allowed` is the factor.
    package init(file: String) throws {
        self.file = file
        guard let content = try? Data(contentsOf: URL(fileURLWithPath: file)) else {
            throw BenchError("cannot read '\(file)': run this in the folder of the repository, or pass the path")
        }
        let bytes = [UInt8](content)
        for member in try JSONDocument(parsing: bytes).root.members {
            guard let value = member.value.number.flatMap({ Double($0.description) }), value > 0 else {
                throw BenchError("\(file): '\(member.name)' must be a number greater than 0")
            }
            if member.name == "allowed" { allowed = value } else { ratios[member.name] = value }
        }
    }

    /// Whether each ratio is within its threshold; prints one line of JSON for each.
    /// - Returns: The names of those that are not.
    package func exceeded(by measured: [Ratio]) throws -> [String] {
        try measured.filter { ratio in
            guard let limit = ratio.isGrowth ? 1 : ratios[ratio.name] else {
                throw BenchError("\(file) has no ratio '\(ratio.name)': add it with `--record`")
            }
            let isExceeded = ratio.value > limit * allowed
            print(
                #"{"bench":"check","figure":"\#(ratio.name)","ratio":\#(decimal(ratio.value)),"#
                    + #""threshold":\#(decimal(limit)),"of_threshold":\#(decimal(ratio.value / limit)),"#
                    + #""exceeded":\#(isExceeded)}"#)
            return isExceeded
        }
        .map(\.name)
    }

    /// Replaces the ratios that were measured, and writes the file. Those that were not measured stay.
    package mutating func record(_ measured: [Ratio]) throws {
        for ratio in measured where !ratio.isGrowth { ratios[ratio.name] = ratio.value }
        let lines = ratios.sorted { $0.key < $1.key }.map { "  \"\($0.key)\": \(Self.rounded($0.value))" }
        let text = (["  \"allowed\": \(decimal(allowed, places: 1))"] + lines).joined(separator: ",\n")
        try Data("{\n\(text)\n}\n".utf8).write(to: URL(fileURLWithPath: file))
    }

    /// Three significant digits are more than two measurements have in common.
    private static func rounded(_ ratio: Double) -> String {
        decimal(ratio, places: ratio < 10 ? 2 : ratio < 100 ? 1 : 0)
    }
}

/// A figure divided by its yardstick.
package struct Ratio {
    /// The name in the file of thresholds.
    package let name: String
    package let value: Double
    /// Whether the yardstick is the same work in a smaller size. Work in proportion has the ratio 1, which is not stored.
    package let isGrowth: Bool

    package init(name: String, value: Double, isGrowth: Bool = false) {
        (self.name, self.value, self.isGrowth) = (name, value, isGrowth)
    }
}

/// `value` with a fixed number of decimals.
package func decimal(_ value: Double, places: Int = 2) -> String { String(format: "%.\(places)f", value) }
