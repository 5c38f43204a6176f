import Exchanges
import Primitives

/// The parts of a quiet exchange that differ from exchange to exchange.
struct ExchangeFigures: Sendable, Equatable {
    /// The position in the order of sending.
    private(set) var sequence = 0
    /// Microseconds since 1970.
    private var start = 0
    private var nanoseconds = 0

    /// The figures before those of the first exchange of a scenario.
    static let none = ExchangeFigures()

    private init() {}

    /// When sending began.
    var startedAt: Instant { Instant(microsecondsSinceEpoch: Int64(start)) }
    /// The time to the last byte.
    var duration: Duration { .nanoseconds(nanoseconds) }

    /// The figures of an exchange; `nil` if its duration is not a whole number of nanoseconds.
    init?(_ exchange: Exchange) {
        let (seconds, attoseconds) = exchange.duration.components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, sumOverflow) = whole.addingReportingOverflow(attoseconds / 1_000_000_000)
        guard !overflow, !sumOverflow, attoseconds % 1_000_000_000 == 0 else { return nil }
        sequence = exchange.sequence
        start = Int(exchange.startedAt.microsecondsSinceEpoch)
        nanoseconds = Int(sum)
    }

    /// Writes the figures as differences to those before.
    func write(after last: ExchangeFigures, to bytes: inout [UInt8]) {
        bytes.append(number: sequence &- last.sequence)
        bytes.append(number: start &- last.start)
        bytes.append(number: nanoseconds)
    }

    /// Reads what ``write(after:to:)`` wrote.
    init(_ numbers: inout NumberReader, after last: ExchangeFigures) {
        sequence = last.sequence &+ numbers.next()
        start = last.start &+ numbers.next()
        nanoseconds = numbers.next()
    }
}

/// The parts of a quiet exchange that many exchanges of a run have in common.
struct ExchangeShape: Sendable, Hashable {
    private var position: ExchangePosition
    private var operation: String?
    private var contract: String
    private var method: String
    private var response: ResponseMessage

    /// The shape of an exchange; `nil` if it has no response, or content that its shape would lose.
    init?(_ exchange: Exchange) {
        let request = exchange.request
        guard let response = exchange.response, response.headers.isEmpty, response.body.isEmpty, response.cut == nil,
            response.defects.isEmpty, request == RequestMessage(method: request.method, url: "")
        else { return nil }
        position = exchange.position
        operation = exchange.operation
        contract = exchange.contract
        method = request.method
        self.response = response
    }

    /// The exchange with its figures.
    func exchange(_ figures: ExchangeFigures, scenario: String, step: String) -> Exchange {
        Exchange(
            sequence: figures.sequence, scenario: scenario, step: step, attempt: position.attempt, hop: position.hop,
            isConcurrent: position.isConcurrent, operation: operation, contract: contract,
            request: RequestMessage(method: method, url: ""), outcome: .response(response),
            startedAt: figures.startedAt, duration: figures.duration)
    }
}

extension [UInt8] {
    /// Appends a number with one byte for each seven bits, the lowest bits first. Its sign is the lowest bit, so that small
    /// numbers of both signs are short.
    mutating func append(number: Int) {
        var rest = UInt(bitPattern: number << 1 ^ number >> (Int.bitWidth - 1))
        while rest > 0x7F {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }
}

/// Reads numbers that `append(number:)` wrote.
struct NumberReader {
    let bytes: [UInt8]
    private(set) var position: Int

    /// Reads from `position` of `bytes`.
    init(bytes: [UInt8], position: Int) {
        self.bytes = bytes
        self.position = position
    }

    /// The next number.
    mutating func next() -> Int {
        var value: UInt = 0
        var shift: UInt = 0
        while true {
            let byte = bytes[position]
            position += 1
            value |= UInt(byte & 0x7F) << shift
            guard byte > 0x7F else { break }
            shift += 7
        }
        return Int(bitPattern: value >> 1) ^ -Int(bitPattern: value & 1)
    }
}
