import Diagnostics
import Primitives
import Reporting

extension SourceLocation {
    /// The line of a step in the table of its scenario; with its file, where the step is one of a scenario that is used.
    func place(in table: String) -> String {
        file.utf8.elementsEqual(table.utf8) ? "\(line)" : "\(visibleText(file)):\(line)"
    }
}
