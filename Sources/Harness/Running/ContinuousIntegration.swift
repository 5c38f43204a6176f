extension [String: String] {
    /// Whether this environment is that of a job of continuous integration: `CI` is set, and not to no.
    var isCI: Bool {
        !["", "0", "false"].contains(self["CI"] ?? "")
    }
}
