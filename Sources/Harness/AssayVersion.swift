/// The product's version.
public enum AssayVersion {
    /// By semantic versioning (https://semver.org).
    public static let text = "0.1.0"
}
