public import Scenarios

/// A caller: which credential to use for which security scheme of the document.
public struct AuthProfile: Sendable, Equatable {
    /// The name that the `auth` column and targets use.
    public var name: String
    /// One credential per security scheme, in the order of the file.
    public var credentials: [Credential]

    /// Words of the `auth` column that cannot name a profile.
    public static let reservedNames = ["none", "wrong", "alternatives", "incomplete"]

    /// The value for one security scheme.
    public struct Credential: Sendable, Equatable {
        /// The scheme's name in the document, or the name of the header, query parameter or cookie that it sends.
        public var scheme: String
        /// The value, of secrets, variables of the environment and of the configuration; never a text alone.
        public var value: Template

        /// The secrets that the value is made of.
        public var secrets: [String] {
            value.references.compactMap { if case .secret(let name) = $0 { name } else { nil } }
        }
    }
}
