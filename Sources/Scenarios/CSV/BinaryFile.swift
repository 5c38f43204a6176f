/// Recognises binary files renamed to `.csv`, by their first bytes.
enum BinaryFile {
    private static let kinds: [(signature: [UInt8], name: String)] = [
        // Excel files (since 2007) and OpenDocument files are ZIP archives.
        ([0x50, 0x4B, 0x03, 0x04], "a workbook (.xlsx or .ods)"),
        ([0x50, 0x4B, 0x05, 0x06], "a ZIP archive"),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "an old Excel workbook (.xls)"),
        ([0x1F, 0x8B], "compressed by gzip"),
        (Array("%PDF-".utf8), "a PDF document"),
    ]

    /// The kind of file, for a sentence "the file is …"; `nil` if it may be text.
    static func kind(of bytes: UnsafeBufferPointer<UInt8>) -> String? {
        kinds.first { bytes.starts(with: $0.signature) }?.name
    }
}
