import Primitives

/// Returns a shell line that repeats `request` with curl, quoted for `sh`.
///
/// A secret becomes the environment variable of its name, so that the line can be pasted: `"$API_KEY"`. A secret whose
/// name is not that of a variable, and one inside of basic credentials, stays masked.
///
/// Everything that a terminal would not show stays visible: a body with control or invisible characters, or one that is
/// not UTF-8, is passed through `printf '%b'` as octal escapes. A body of more than 32 KiB, or an incomplete body, is
/// not written out; the line then reads it from the file `body`.
public func curlLine(_ request: RequestMessage, redactor: Redactor) -> String {
    let request = redactor.redact(request)
    var words = ["curl", "--include"]
    let method = visibleText(request.method)
    if method == "HEAD" {
        words.append("--head")
    } else if method != "GET" || request.body != nil {
        words += ["--request", quotedIfNeeded(method)]
    }
    // Without these options, curl expands brackets and braces and removes dot segments.
    if request.url.utf8.contains(where: { "[]{}".utf8.contains($0) }) { words.append("--globoff") }
    if request.path.utf8.split(separator: UInt8(ascii: "/")).contains(where: {
        $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8)
    }) {
        words.append("--path-as-is")
    }
    if let socket = try? SocketAddress(url: request.url) {
        // curl requires a host name in the URL, and sends it as `host`.
        words += ["--unix-socket", quoted(visibleText(socket.path))]
        let rest = request.url.utf8.dropFirst(SocketAddress.prefix.utf8.count).drop { $0 != UInt8(ascii: "/") }
        words.append(quoted(visibleText("http://localhost" + String(decoding: Array(rest), as: UTF8.self))))
    } else {
        words.append(quoted(visibleText(request.url)))
    }
    for header in request.headers {
        let name = visibleText(header.name)
        words += ["--header", quoted(header.value.isEmpty ? name + ";" : name + ": " + visibleText(header.value))]
    }
    guard let body = request.body else { return words.joined(separator: " ") }
    if request.header("content-type").isEmpty {
        // Otherwise curl would declare the body as a form.
        words += ["--header", quoted("content-type:")]
    }
    if request.cut != nil || body.count > 32_768 {
        return (words + ["--data-binary", "@body"]).joined(separator: " ")
    }
    if let text = String(validating: body, as: UTF8.self), text.unicodeScalars.allSatisfy(\.isVisible) {
        return (words + ["--data-raw", quoted(text)]).joined(separator: " ")
    }
    let line = (words + ["--data-binary", "@-"]).joined(separator: " ")
    return "printf '%b' " + quoted(escapedForPrintf(body)) + " | " + line
}

/// `text` inside single quotes, as `sh` reads it, with variables in place of masks.
private func quoted(_ text: String) -> String {
    let isBasic = text.lowercasedASCII.utf8.starts(with: "authorization: basic ".utf8)
    let pieces = isBasic ? [ShellPiece.text(text)] : ShellPiece.pieces(of: text)
    let words = pieces.map { piece in
        switch piece {
        case .variable(let name): "\"$\(name)\""
        case .text(let text): singleQuoted(text)
        }
    }
    return words.isEmpty ? "''" : words.joined()
}

/// `text` inside single quotes, scalar by scalar: a quote stays one when a combining character follows.
private func singleQuoted(_ text: String) -> String {
    var quoted = "'"
    for scalar in text.unicodeScalars {
        if scalar == "'" { quoted += "'\\''" } else { quoted.unicodeScalars.append(scalar) }
    }
    return quoted + "'"
}

/// A part of a word of the shell.
private enum ShellPiece {
    case text(String)
    /// The name of an environment variable.
    case variable(String)

    /// The text around masks of secrets, and the variables that replace them.
    static func pieces(of text: String) -> [ShellPiece] {
        let (start, end) = (Array("‹secret ".utf8), Array("›".utf8))
        var pieces: [ShellPiece] = []
        var plain: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.first {
            let name = rest.starts(with: start) ? rest.dropFirst(start.count).prefix(while: isOfVariable) : []
            let after = rest.dropFirst(start.count + name.count)
            guard let first = name.first, !first.isASCIIDigit, after.starts(with: end) else {
                plain.append(byte)
                rest = rest.dropFirst()
                continue
            }
            if !plain.isEmpty { pieces.append(.text(String(decoding: plain, as: UTF8.self))) }
            plain = []
            pieces.append(.variable(String(decoding: name, as: UTF8.self)))
            rest = after.dropFirst(end.count)
        }
        return plain.isEmpty ? pieces : pieces + [.text(String(decoding: plain, as: UTF8.self))]
    }

    /// Whether a byte can be part of the name of a variable (POSIX, Base Definitions, section 3.216).
    private static func isOfVariable(_ byte: UInt8) -> Bool { byte.isASCIIAlphanumeric || byte == UInt8(ascii: "_") }
}

private func quotedIfNeeded(_ text: String) -> String {
    let isPlain = !text.isEmpty && text.utf8.allSatisfy { $0.isASCIILetter }
    return isPlain ? text : quoted(text)
}

/// The operand of `printf '%b'`: `\0ooo` for every byte that is not plainly visible (POSIX, printf).
private func escapedForPrintf(_ body: [UInt8]) -> String {
    var text = ""
    func appendOctal(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            let digits = String(byte, radix: 8)
            text += "\\0" + String(repeating: "0", count: 3 - digits.utf8.count) + digits
        }
    }
    let isText = String(validating: body, as: UTF8.self) != nil
    guard isText else {
        for byte in body {
            if (0x20...0x7E).contains(byte), byte != UInt8(ascii: "\\") {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                appendOctal([byte])
            }
        }
        return text
    }
    for scalar in String(decoding: body, as: UTF8.self).unicodeScalars {
        if scalar.isVisible, scalar != "\\" {
            text.unicodeScalars.append(scalar)
        } else {
            appendOctal(String(scalar).utf8)
        }
    }
    return text
}
