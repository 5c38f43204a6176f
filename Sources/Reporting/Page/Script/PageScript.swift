/// The script of the page, in the order of its parts. It runs in one function, so that it adds no global names.
///
/// Everything from the data becomes a text node; the script never creates markup from text. Parts of the page are created
/// when they are opened or scrolled to, so that a run of 10,000 steps stays fluid.
enum PageScript {
    /// The text of the `script` element.
    static let text =
        "\n(() => {\n\"use strict\";\n"
        + parts.joined(separator: "\n") + "})();\n"

    private static let parts = [
        elements, messages, comparison, failures, filter, scenarios, coverage, requirements, figures, history, main,
    ]
}
