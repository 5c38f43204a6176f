import ArgumentParser
import Foundation
import Harness
import Mocking
import Primitives
import Scenarios

/// Reads the values of options that are more than a text. What is wrong with a value is said behind its name.
enum OptionValue {
    /// A whole number in a range.
    static func number(_ range: ClosedRange<Int>) -> @Sendable (String) throws -> Int {
        { text in
            guard let number = Int(text), range.contains(number) else {
                throw ValidationError("must be a number from \(range.lowerBound) to \(range.upperBound)")
            }
            return number
        }
    }

    /// How many scenarios or faults are worked on at the same time.
    static let jobs = number(1...256)

    /// A loopback address and port: `127.0.0.1:8080`, `[::1]:8080` or `localhost:8080`.
    @Sendable static func loopback(_ text: String) throws -> (host: String, port: Int) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (1...65_535).contains(port)
        else { throw ValidationError("'\(text)' is not a valid address; write 127.0.0.1:8080") }
        let host = text[..<colon]
        switch host {
        case "localhost": return ("127.0.0.1", port)
        case "[::1]": return ("::1", port)
        default:
            let parts = host.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 4, parts[0] == "127", parts.allSatisfy({ UInt8($0) != nil }) else {
                throw ValidationError(
                    "'\(text)' is not an address of this machine; write 127.0.0.1:8080, "
                        + "and name a tunnel with --public-url")
            }
            return (String(host), port)
        }
    }

    /// An absolute http or https URL without query, fragment and slash at its end.
    @Sendable static func httpURL(_ text: String) throws -> String {
        let lower = text.lowercased()
        guard let url = URIReference(url: text), ["http", "https"].contains(url.scheme?.lowercased()),
            url.authority?.isEmpty == false, !lower.contains("@"), url.query == nil, !text.contains("#")
        else {
            throw ValidationError("'\(text)' is not an absolute http or https URL without user, query and fragment")
        }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }
    /// How often scenarios are run again.
    static let reruns = number(0...3)

    /// A percentage.
    @Sendable static func percent(_ text: String) throws -> Double {
        guard let number = Double(text), (0...100).contains(number) else {
            throw ValidationError("must be a number from 0 to 100")
        }
        return number
    }

    /// A text that is not empty.
    @Sendable static func nonempty(_ text: String) throws -> String {
        guard !text.isEmpty else { throw ValidationError("must not be empty") }
        return text
    }

    /// A duration of at most an hour.
    @Sendable static func duration(_ text: String) throws -> Duration {
        guard let duration = DurationText.parse(text), duration > .zero, duration <= .seconds(3600) else {
            throw ValidationError("must be a duration of at most one hour, such as 500ms, 30s or 2m")
        }
        return duration
    }

    /// A duration, or a range of them: `50ms..200ms`.
    @Sendable static func latency(_ text: String) throws -> Latency {
        let ends = text.split(separator: "..")
        guard let first = ends.first, let last = ends.last, ends.count <= 2 else {
            throw ValidationError("must be a duration, or a range such as 50ms..200ms")
        }
        return Latency(try duration(String(first)), try duration(String(last)))
    }

    /// The units of sizes, the longer names first.
    private static let units = [
        ("kib", 1_024), ("mib", 1_024 * 1_024), ("kb", 1_000), ("mb", 1_000_000), ("b", 1), ("", 1),
    ]

    /// A size in bytes, 1 GiB at most.
    @Sendable static func size(_ text: String) throws -> Int {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let unit = text.dropFirst(digits.count).lowercased()
        guard digits.utf8.count <= 10, let number = Int(digits), number > 0,
            let factor = units.first(where: { $0.0 == unit })?.1, number <= 1 << 30 / factor
        else {
            throw ValidationError("must be a size between 1 byte and 1024MiB, for example 500KB or 10MiB")
        }
        return number * factor
    }

    /// A fault of the transport: `reset=5%@getParcel`.
    @Sendable static func fault(_ text: String) throws -> FaultRule {
        guard let rule = FaultRule(text) else {
            let kinds = TransportFault.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("use one of \(kinds), optionally with =PERCENT% and @OPERATION")
        }
        return rule
    }

    /// A part of a run: `2/5`, or `auto`.
    @Sendable static func shard(_ text: String) throws -> Shard {
        do throws(Shard.Problem) {
            return try Shard(text, environment: ProcessInfo.processInfo.environment)
        } catch {
            throw ValidationError(error.message)
        }
    }
}
