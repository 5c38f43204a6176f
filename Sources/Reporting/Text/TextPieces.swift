/// A report that is written piece by piece, so a long one is never completely in memory.
package protocol WrittenReport {
    /// Writes the report.
    ///
    /// - Parameter sink: Receives its bytes.
    func write(to sink: @escaping ([UInt8]) -> Void)
}

extension WrittenReport {
    /// The whole report.
    package func render() -> String {
        var bytes: [UInt8] = []
        write { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Collects text and hands it on in pieces.
struct TextPieces {
    /// The fewest bytes of a piece that is handed on.
    private static let pieceLength = 1 << 16

    private var bytes: [UInt8] = []
    private let handOn: ([UInt8]) -> Void

    /// - Parameter handOn: Receives the bytes of the text.
    init(handingOn handOn: @escaping ([UInt8]) -> Void) {
        self.handOn = handOn
    }

    /// Adds a text.
    mutating func add(_ text: String) {
        bytes += text.utf8
        guard bytes.count >= Self.pieceLength else { return }
        handOn(bytes)
        bytes.removeAll(keepingCapacity: true)
    }

    /// Hands on the rest.
    consuming func end() {
        if !bytes.isEmpty { handOn(bytes) }
    }
}
