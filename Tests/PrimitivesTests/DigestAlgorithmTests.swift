import Primitives
import Testing

@Suite("Hash functions of signatures")
struct DigestAlgorithmTests {
    @Test(
        "digests equal the vectors of the standards",
        arguments: [
            (DigestAlgorithm.sha1, "", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
            (.sha1, "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (
                .sha1, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
            ),
            (.sha256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                .sha512, "",
                "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
                    + "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e"
            ),
            (
                .sha512, "abc",
                "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                    + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
            ),
            (
                .sha512,
                "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                    + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
                "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018"
                    + "501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909"
            ),
        ])
    func vectors(_ algorithm: DigestAlgorithm, _ text: String, _ digest: String) {
        #expect(Hexadecimal.text(algorithm.digest(Array(text.utf8))) == digest)
    }

    /// The lengths around the ends of blocks differ in their padding; digests are those of Python's `hashlib`.
    @Test(
        "every length of the last block is padded correctly",
        arguments: [
            (DigestAlgorithm.sha1, "SHA1"), (.sha256, "SHA256"), (.sha512, "SHA512"),
        ])
    func padding(_ algorithm: DigestAlgorithm, _ name: String) {
        let all = (0...260).flatMap { algorithm.digest([UInt8](repeating: 0x61, count: $0)) }
        #expect(Hexadecimal.text(SHA256.digest(all)) == Self.digestsOfAll[name])
    }

    private static let digestsOfAll = [
        "SHA1": "1205f0e4eeaecb4a5a1c153d1716cf6bccf99bca26348b723df3c1b68e0da92a",
        "SHA256": "bb1d6350a010747691407a8d005ae593c312035fffd871290fbf5832f7c828ef",
        "SHA512": "77d95416d33d0b41987bc241b9ac396744f542ad445d9a2118acd3d3da4583b0",
    ]

    @Test(
        "HMAC equals the vectors of RFC 2202 and RFC 4231",
        arguments: [
            (
                DigestAlgorithm.sha1, [UInt8](repeating: 0x0b, count: 20), "Hi There",
                "b617318655057264e28bc0b6fb378c8ef146be00"
            ),
            (.sha1, Array("Jefe".utf8), "what do ya want for nothing?", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
            (
                .sha1, [UInt8](repeating: 0xaa, count: 80), "Test Using Larger Than Block-Size Key - Hash Key First",
                "aa4ae5e15272d00e95705637ce8a3b55ed402112"
            ),
            (
                .sha512, [UInt8](repeating: 0x0b, count: 20), "Hi There",
                "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
                    + "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854"
            ),
            (
                .sha512, [UInt8](repeating: 0xaa, count: 131),
                "Test Using Larger Than Block-Size Key - Hash Key First",
                "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
                    + "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598"
            ),
        ])
    func hmac(_ algorithm: DigestAlgorithm, _ key: [UInt8], _ message: String, _ digest: String) {
        #expect(Hexadecimal.text(algorithm.hmac(key: key, message: Array(message.utf8))) == digest)
    }

    @Test("the comparison finds every changed byte, and other lengths")
    func constantTime() {
        let text = Array("signature".utf8)
        #expect(equalsInConstantTime(text, text) && equalsInConstantTime([], []))
        for index in text.indices {
            var other = text
            other[index] ^= 1
            #expect(!equalsInConstantTime(text, other))
        }
        #expect(!equalsInConstantTime(text, Array(text.dropLast())) && !equalsInConstantTime(text, text + [0]))
    }
}
