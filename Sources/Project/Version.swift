/// One contract of a project and the files it is made of; paths are relative to the project.
public struct Version: Sendable, Equatable {
    /// The name, often the date of an API version.
    public var name: String
    /// The OpenAPI document.
    public var spec: String
    /// Overlays laid over the document, in order.
    public var overlays: [String]
    /// The mock's behaviour file; `nil` when the document alone drives the mock.
    public var behaviour: String?

    /// Names the files of one contract.
    public init(name: String, spec: String, overlays: [String] = [], behaviour: String? = nil) {
        self.name = name
        self.spec = spec
        self.overlays = overlays
        self.behaviour = behaviour
    }
}
