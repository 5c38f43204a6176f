internal import Diagnostics
internal import JSONDocument
internal import JSONSchema
public import SourceText

/// Loads OpenAPI documents.
///
/// It supports OpenAPI 3.0, 3.1 and 3.2 in YAML or JSON, in one file or several. Nothing is downloaded.
public enum ContractLoader {
    /// Loads the contract of a document.
    ///
    /// The overlays are applied first, in their order. Mistakes that do not prevent use are in
    /// ``Contract/diagnostics``; schemas are compiled on first use.
    ///
    /// - Parameters:
    ///   - file: The root document, relative to the reader's root or absolute inside it.
    ///   - overlays: Overlay documents (Overlay Specification 1.0 or 1.1).
    ///   - name: The name of the contract; by default its `info.version`.
    ///   - given: Documents with the URI used in references, so that nothing has to be downloaded.
    ///   - reader: Reads this file and the files that it refers to.
    public static func load(
        file: String,
        overlays: [String] = [],
        name: String? = nil,
        given: [GivenDocument] = [],
        reader: SourceReader
    ) throws(SourceError) -> Contract {
        var source = try reader.read(file, cutsDeepValues: true)
        let path = reader.relativePath(file)
        var diagnostics = source.diagnostics
        var hash = ContractFingerprint()
        hash.add(source.bytes)
        for overlay in overlays {
            let overlayFile = try reader.read(overlay)
            hash.add(overlayFile.bytes)
            diagnostics += overlayFile.diagnostics
            let document = try OverlayDocument(overlayFile)
            let problem = document.extendsProblem(
                overlayPath: reader.relativePath(overlay), documentPath: path, normalise: reader.relativePath)
            if let problem { diagnostics.append(problem) }
            let application = try OverlayApplication.apply(document, to: source, limits: reader.limits)
            source = application.result
            diagnostics += application.diagnostics
        }
        let version = try DocumentVersion.check(source)
        diagnostics += DocumentVersion.problems(of: source)
        var crawl = ReferenceCrawl(
            documents: DocumentSet(root: source, path: path, version: version.edition, reader: reader)
        )
        crawl.take(given)
        crawl.run()
        diagnostics += crawl.diagnostics
        for document in crawl.documents.documents.dropFirst().sorted(by: { $0.path < $1.path }) {
            hash.add(Array(document.path.utf8))
            hash.add(document.source.bytes)
            diagnostics += document.source.diagnostics
        }
        var contractReader = ContractReader(crawl: crawl, given: given)
        let contract = contractReader.contract(
            name: name,
            file: reader.displayPath(file),
            version: version.text,
            fingerprint: hash.digits,
            diagnostics: diagnostics
        )
        return contract
    }
}

/// A hash of documents: multiply and fold, 64 bits at a time, over the length and bytes of each.
struct ContractFingerprint {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ bytes: [UInt8]) {
        mix(UInt64(bytes.count))
        bytes.withUnsafeBytes { raw in
            let whole = raw.count & ~7
            for offset in stride(from: 0, to: whole, by: 8) {
                mix(UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
            }
            for byte in raw[whole...] { mix(UInt64(byte)) }
        }
    }

    /// Sixteen hexadecimal digits.
    var digits: String {
        let text = String(state, radix: 16)
        return String(repeating: "0", count: 16 - text.utf8.count) + text
    }

    private mutating func mix(_ word: UInt64) {
        let (high, low) = (state ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        state = high ^ low &+ 0x0000_0100_0000_01B3
    }
}
