internal import Exchanges

/// Decodes the bodies of responses, within limits.
struct ContentDecoder {
    /// The codings that requests accept.
    let codings: [ContentCoding]
    /// The maximum length of a decoded body in bytes.
    let limit: Int

    /// The ratio of decoded to received bytes beyond which a body counts as an attack, once it is large.
    private static let mostRatio = 200
    /// The size in bytes up to which every ratio is accepted.
    private static let smallSize = 1 << 20
    /// How many codings may be applied one after the other.
    private static let mostLayers = 2

    /// `response` with its body decoded and without the headers `content-encoding` and `content-length`, which describe
    /// the encoded body. A response without an accepted coding is returned unchanged.
    func decoded(_ response: ResponseMessage) -> ExchangeOutcome {
        let names = response.header("content-encoding").flatMap { $0.split(separator: ",") }
            .map { String($0.filter { $0 != " " && $0 != "\t" }).lowercased() }
            .filter { !$0.isEmpty && $0 != "identity" }
        guard !names.isEmpty, !codings.isEmpty, !response.body.isEmpty else { return .response(response) }
        let layers = names.compactMap(ContentCoding.init(name:))
        guard layers.count == names.count, layers.allSatisfy(codings.contains) else { return .response(response) }
        guard layers.count <= Self.mostLayers else {
            return .failure(TransportFailure(.badEncoding, "the response body is encoded \(layers.count) times"))
        }
        var body = response.body
        let most = min(limit, max(Self.smallSize, body.count * Self.mostRatio))
        do throws(Inflater.Failure) {
            for layer in layers.reversed() { body = try Self.decoded(body, from: layer, limit: most) }
        } catch {
            return .failure(failure(error, most))
        }
        var response = response
        response.body = body
        response.headers.removeAll { $0.isNamed("content-encoding") || $0.isNamed("content-length") }
        return .response(response)
    }

    private func failure(_ failure: Inflater.Failure, _ most: Int) -> TransportFailure {
        switch failure {
        case .tooLarge where most < limit:
            TransportFailure(
                .tooLarge, "the decoded response body is more than \(Self.mostRatio) times as large as the encoded one")
        case .tooLarge:
            TransportFailure(.tooLarge, "the decoded response body is larger than \(limit) bytes")
        case .truncated:
            TransportFailure(.badEncoding, "the encoded response body is incomplete")
        case .invalid(let what):
            TransportFailure(.badEncoding, "the response body cannot be decoded: \(what)")
        }
    }

    private static func decoded(
        _ bytes: [UInt8], from coding: ContentCoding, limit: Int
    ) throws(Inflater.Failure) -> [UInt8] {
        switch coding {
        case .gzip: return try GzipFormat.decoded(bytes, limit: limit)
        case .deflate:
            // Some servers send a bare deflate stream, contrary to RFC 9110, section 8.4.1.2.
            return ZlibFormat.isHeader(bytes)
                ? try ZlibFormat.decoded(bytes, limit: limit)
                : try Inflater.inflated(bytes, limit: limit)
        case .br: return try BrotliDecoder.decoded(bytes, limit: limit)
        }
    }
}

/// The gzip format (RFC 1952): one or several members.
enum GzipFormat {
    static func decoded(_ bytes: [UInt8], limit: Int) throws(Inflater.Failure) -> [UInt8] {
        var result: [UInt8] = []
        var start = 0
        repeat {
            var inflater = Inflater(bytes, from: try bodyStart(bytes, at: start), limit: limit - result.count)
            let part = try inflater.run()
            let trailer = inflater.end
            guard bytes.count >= trailer + 8 else { throw .truncated }
            guard word(bytes, at: trailer) == Checksums.crc32(part) else { throw .invalid("wrong checksum") }
            guard word(bytes, at: trailer + 4) == UInt32(truncatingIfNeeded: part.count) else {
                throw .invalid("wrong length")
            }
            result += part
            start = trailer + 8
        } while start < bytes.count
        return result
    }

    /// The index behind the header of the member at `start`.
    private static func bodyStart(_ bytes: [UInt8], at start: Int) throws(Inflater.Failure) -> Int {
        guard bytes.count >= start + 10 else { throw .truncated }
        guard bytes[start] == 0x1F, bytes[start + 1] == 0x8B, bytes[start + 2] == 8 else {
            throw .invalid("it is not in the gzip format")
        }
        let flags = bytes[start + 3]
        guard flags & 0xE0 == 0 else { throw .invalid("its gzip header has unknown flags") }
        var index = start + 10
        if flags & 4 != 0 {
            guard bytes.count >= index + 2 else { throw .truncated }
            index += 2 + Int(bytes[index]) + Int(bytes[index + 1]) << 8
        }
        // The file name and the comment end with a zero.
        for flag: UInt8 in [8, 16] where flags & flag != 0 {
            guard index < bytes.count, let end = bytes[index...].firstIndex(of: 0) else { throw .truncated }
            index = end + 1
        }
        if flags & 2 != 0 { index += 2 }
        guard index <= bytes.count else { throw .truncated }
        return index
    }

    private static func word(_ bytes: [UInt8], at index: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 | UInt32(bytes[index + $1]) << UInt32(8 * $1) }
    }
}

/// The zlib format (RFC 1950).
enum ZlibFormat {
    /// Whether the bytes begin with a header of the format.
    static func isHeader(_ bytes: [UInt8]) -> Bool {
        bytes.count >= 2 && bytes[0] & 0x0F == 8 && (Int(bytes[0]) << 8 | Int(bytes[1])) % 31 == 0
    }

    static func decoded(_ bytes: [UInt8], limit: Int) throws(Inflater.Failure) -> [UInt8] {
        guard bytes[1] & 0x20 == 0 else { throw .invalid("it needs a preset dictionary") }
        var inflater = Inflater(bytes, from: 2, limit: limit)
        let result = try inflater.run()
        guard bytes.count >= inflater.end + 4 else { throw .truncated }
        let sum = (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(bytes[inflater.end + $1]) }
        guard sum == Checksums.adler32(result) else { throw .invalid("wrong checksum") }
        return result
    }
}

/// The checksums of encoded bodies.
enum Checksums {
    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { sum, _ in sum & 1 == 0 ? sum >> 1 : sum >> 1 ^ 0xEDB8_8320 }
    }

    /// RFC 1952, section 8.
    static func crc32(_ bytes: [UInt8]) -> UInt32 {
        let table = table
        return ~bytes.reduce(~UInt32(0)) { $0 >> 8 ^ table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] }
    }

    /// RFC 1950, section 8.2.
    static func adler32(_ bytes: [UInt8]) -> UInt32 {
        var (low, high) = (UInt32(1), UInt32(0))
        for byte in bytes {
            low = (low + UInt32(byte)) % 65_521
            high = (high + low) % 65_521
        }
        return high << 16 | low
    }
}
