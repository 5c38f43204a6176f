/// The script of the page, in the order of its parts. It runs in one function, so that it adds no global names.
///
/// Everything from the data becomes a text node; the script never creates markup from text. Parts of the page are created
/// when they are opened or scrolled to, so that a run of 10,000 steps stays fluid.
enum PageScript {
    /// The text of the `script` element.
    static let text =
        "\n(() => {\n\"use strict\";\n"
        + parts.joined(separator: "\n") + "})();\n"
    /// The text and its hash, which is not computed for each page, because that took a twentieth of a short run.
    /// `VerdictPageTests` compares them.
    static let source = PageShell.Source(text: text, hash: "sha256-lIsWzcmbNx2Z/Yf4kex7dCp9UpX5j/HwuWn5ykKE8Ec=")

    private static let parts = [
        elements, messages, comparison, failures, filter, scenarios, coverage, requirements, figures, history, main,
    ]
}
