/// The parts of the mock's interface that its clients use by name.
public enum MockAddress {
    /// The route that shows and changes the clock.
    public static let clock = "/_mock/clock"
    /// The start of the routes that trigger events; the name of the event follows.
    public static let events = "/_mock/events/"
    /// The request header that names a branch of the mock, which has a state and a clock of its own.
    public static let branchHeader = "assay-mock-branch"
    /// The maximum length of the name of a branch in bytes.
    public static let maximumBranchName = 512
}
