import Exchanges
import JSONDocument
import Primitives

/// The body of `POST /_mock/clock`: at most one change of the clock, and the name of a new branch.
struct ClockRequest {
    /// `nil` if the body only makes a branch.
    var change: MovableClock.Change?
    /// The name of the branch to make; `nil` to change an existing one.
    var branch: String?

    /// Why a body is rejected, as a sentence.
    struct Problem: Error {
        let message: String

        init(_ message: String) { self.message = message }
    }

    private static let form =
        #"Send one of {"freeze": true}, {"set": "2026-03-01T00:00:00Z"}, {"advance": "3d"} and {"reset": true}."#

    /// Reads a body.
    static func reading(_ body: [UInt8]) -> Result<ClockRequest, Problem> {
        guard let document = try? JSONDocument(parsing: body), case .object(let object) = document.root.value else {
            return .failure(Problem("The body must be a JSON object. \(form)"))
        }
        var request = ClockRequest()
        do throws(Problem) {
            for member in object.members {
                if member.name == "branch" {
                    request.branch = try branch(member.value)
                } else {
                    guard request.change == nil else { throw Problem("The body has two changes. \(form)") }
                    request.change = try change(member.name, member.value)
                }
            }
        } catch {
            return .failure(error)
        }
        guard request.change != nil || request.branch != nil else {
            return .failure(Problem("The body contains no change. \(form)"))
        }
        return .success(request)
    }

    private static func change(_ name: String, _ value: JSONValue) throws(Problem) -> MovableClock.Change {
        switch (name, value) {
        case ("freeze", .boolean(true)): return .freeze
        case ("reset", .boolean(true)): return .reset
        case ("freeze", _), ("reset", _): throw Problem("'\(name)' can only be true. \(form)")
        case ("set", .string(let text)):
            guard let time = MovableClock.Change.time(text) else {
                let years = MovableClock.Change.years
                throw Problem(
                    "'set' must be a time (RFC 3339) in the years \(years.lowerBound) to \(years.upperBound), such as "
                        + "2026-03-01T00:00:00Z.")
            }
            return .set(time)
        case ("advance", .string(let text)):
            guard let duration = MovableClock.Change.duration(text) else {
                throw Problem("'advance' must be a duration of at most 3650d, such as 90s, 15m, 2h or 3d.")
            }
            return .advance(duration)
        case ("set", _), ("advance", _): throw Problem("'\(name)' must be a string. \(form)")
        default: throw Problem("Unknown member '\(visibleText(name))'. \(form)")
        }
    }

    private static func branch(_ value: JSONValue) throws(Problem) -> String {
        guard case .string(let name) = value, !name.isEmpty, name.utf8.count <= MockAddress.maximumBranchName,
            name.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            throw Problem(
                "'branch' must be a name of 1 to \(MockAddress.maximumBranchName) visible ASCII characters without spaces."
            )
        }
        return name
    }
}
