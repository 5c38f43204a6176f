/// A self-contained page: no script, no font, no request.
enum HTMLPage {
    /// The page with this title around `body`, which is HTML.
    static func render(title: String, body: String) -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>\(htmlText(title))</title>
        <style>
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
        h2 { font-size: 1.1rem; margin-top: 2rem; }
        li { margin: .4rem 0; overflow-wrap: anywhere; }
        .error { color: #b00020; font-weight: 600; }
        .warning { color: #8a5a00; font-weight: 600; }
        .note, .place { color: #555; }
        code { overflow-wrap: anywhere; }
        @media (prefers-color-scheme: dark) {
          body { background: #16181c; color: #e6e6e6; }
          .error { color: #ff8a80; } .warning { color: #ffd180; } .note, .place { color: #a0a0a0; }
        }
        </style>
        </head>
        <body>
        \(body)</body>
        </html>

        """
    }
}

/// Text from outside as the text of an HTML element or attribute.
func htmlText(_ text: String) -> String {
    xmlText(text).replacing("'", with: "&#39;")
}
