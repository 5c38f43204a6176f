import Diagnostics

/// Text files as shells write them: Windows PowerShell saves redirected output as UTF-16, or with a byte order mark.
enum ShellText {
    /// The text as UTF-8 without a byte order mark; other bytes as they are.
    ///
    /// - Throws: `HarnessError` (exit 2) when the file starts like UTF-16 or UTF-32 and is not valid text.
    static func bytes(of file: [UInt8], name: String) throws(HarnessError) -> [UInt8] {
        if file.starts(with: [0xEF, 0xBB, 0xBF]) { return Array(file.dropFirst(3)) }
        if file.starts(with: [0xFF, 0xFE, 0, 0]) || file.starts(with: [0, 0, 0xFE, 0xFF]) {
            throw rejected("is UTF-32 text", name)
        }
        let isLittle: Bool
        switch (file.first, file.dropFirst().first) {
        case (0xFF, 0xFE): isLittle = true
        case (0xFE, 0xFF): isLittle = false
        // `HTTP/` without a mark.
        case (UInt8(ascii: "H"), 0): isLittle = true
        case (0, UInt8(ascii: "H")): isLittle = false
        default: return file
        }
        guard file.count % 2 == 0, let text = utf8(file, isLittle: isLittle) else {
            throw rejected("looks like UTF-16 text, but is not valid UTF-16", name)
        }
        return text
    }

    private static func utf8(_ bytes: [UInt8], isLittle: Bool) -> [UInt8]? {
        let units = stride(from: 0, to: bytes.count, by: 2).lazy.map { index in
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            return isLittle ? first | second << 8 : first << 8 | second
        }
        guard let text = String(validating: units, as: UTF16.self) else { return nil }
        return Array(text.utf8).withoutMark
    }

    private static func rejected(_ what: String, _ name: String) -> HarnessError {
        HarnessError(
            .wrongInput,
            Diagnostics([
                Diagnostic(
                    "validate.encoding", .error, "the input \(what)",
                    at: SourceLocation(file: name, line: 1, column: 1),
                    help: "save it as UTF-8: `curl -i URL -o response.http` writes the bytes unchanged")
            ]))
    }
}

extension [UInt8] {
    /// The UTF-8 text without a leading byte order mark.
    fileprivate var withoutMark: [UInt8] { starts(with: [0xEF, 0xBB, 0xBF]) ? Array(dropFirst(3)) : self }
}
