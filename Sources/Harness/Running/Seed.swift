/// Where generated values come from.
enum Seed {
    /// The seed of recordings of the mock, so that a second recording sends the same requests.
    static let recording = "recording"

    /// A fresh seed of 16 letters and digits, so that ids of two live runs do not collide.
    static func fresh() -> String {
        let alphabet = Array("abcdefghijkmnpqrstuvwxyz23456789".utf8)
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<16).map { _ in alphabet[Int(generator.next() % UInt64(alphabet.count))] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
