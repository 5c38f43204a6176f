import ArgumentParser
import Scenarios

extension Duration {
    /// A duration given as an option, an hour at most.
    static func ofOption(_ text: String, name: String) throws -> Duration {
        guard let duration = DurationText.parse(text), duration > .zero, duration <= .seconds(3600) else {
            throw ValidationError("\(name) must be a duration of at most one hour, such as 500ms, 30s or 2m")
        }
        return duration
    }
}
