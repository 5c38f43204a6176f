import Exchanges
import Primitives
import TestKit
import Testing

@testable import LiveTransport

/// Bodies that the reference implementation of Brotli encoded, decoded by our own code.
@Suite("Decoding of Brotli")
struct BrotliDecoderTests {
    private static let table = (0..<120).map { "{\"id\": \($0), \"square\": \($0 * $0)}\n" }.joined()
    private static let words =
        "The time of the day is not a number: left, back, code, over, home. ÄÖÜ, Привет, 中文. Time Of The Day\n"
    private static let mixed = String(repeating: words + table, count: 6)

    private static let empty = "Ow=="

    /// `table` with the best compression.
    private static let best =
        "G5cMQBylNZaJk9tldC2ik7bHjRam/nkBEDnpYQmiQEYPefECHh7GeEOJvbMQF7AznRq3WPtWrEERN5bGk1nEJv43jfDzLXyrj38N"
        + "eBFdZq7iTwZ7a8k94d0ud8f0Pr4QfhEgF1EttrOkemnYSGuWjW+5chnZ3uEmxIBcTLWcmayqlxc20ZrlhZenesuZjjO3QQrIJUR/"
        + "CJkTXHW4cSOtiRpfJvVi244VdyMBZHJUebGTc3U6YQ9Ba0LGF6FeBrbD4L7IAjIBVR7s5FCdMuwx0Jpw4otcLxPb4eMeJIDME1XO"
        + "dtIUH0bjRlqT2fjiq5fIdrxwf0gBeCxMFZ6djKrjFzfRmrwXX6pyR3C2Q+Z+iAGZDVWe7OSu+HjYuJHWZBpfNvXybDsqbsVxBGR0"
        + "VHHsJK7OTdij0JqI8cWol8D25fBpfetLfoBXaHaiGp5Mg07cY9yT0JoHNZNXu5Nr4klzx504RGAnHxpN1LUn05dO3DbuOdKax3gn"
        + "r7lOrpXtu3krAA=="

    /// `table` with the fastest compression.
    private static let fast =
        "i0sGAICqqqrq/x6XU4Cf4yDEwrLF7RYAEYc4LhCngICi7nkyVam/o9obp8bGFTzAPLcD0xl6Gb5CEHNJ+fvf4/P98focL8+Pn6/f"
        + "t++PD//0//TTvwKEnwKanwk8fhpE//azQCp+NjDXHAfoPY4L7CMdD7gVHCmYj4jdf8EyhNbtW3Z4pyOVM/psR4q/vGqOlH/9v34R"
        + "wFTr9lWQdq99JZQ6374ayq7pKA/UTMFsjoJ5OQpW4ihYDUdBmylor8PXg7MXvh6c8+Hrwa1ppgd6zISeu5keGCF8pghG3NJMEwyu"
        + "dqYKhlzMhKEQzZTByOTNtMFwXGfqYFTGp30wWsg0jO6maSOX04DTRi63Z6eNXF6bTxthCqZhYphMG+GTgqPhUwZHwycHx4KpmAVT"
        + "r8TXSJr9Zhlh2lPOMsJ0tc0yQhNYsMTjLCMsZX+WEZZ5Z7OMsPRNzzZCMx+wYTmpmm2E5WZxthGWl+DZRpgj97ONMIvZMGePzTbC"
        + "7M6cbYS5+3m2EeaZAnOMUI8OOLCKeTPHCCuG1BwjrHKyzTHCyuNwjhFWzRxYzUp8jVS3H75G6jglvkZq1TbXCO0/E7iwLo9zjbAe"
        + "+3ONsN47m2uETdz0XCN08gEXNpmquUbYVBbnGmEzCZ5rhM3lfp4Rus8LeLBVj80zwtadOc8I2+7neUbY7hSYZ4Te7IAHO02ceUbY"
        + "eU7NM8Kup9s8I+x2Ji5CCR8Rs3QRUvgIreZXyyO86yLE8BF92kWo4SO2ykXIYWAHEXr4QFYXIYgPfBuLUMQHfYuLkMQHe/uT5+it"
        + "UgN5kf6HmbYFlq5UKZ28S+806V5g6UrXFZPX6RXZTZAH6vVId+ECS1fZ3bvA0lVe1y+wdP1hmv+nAQ=="

    /// `words` with the best compression for text: many references to the dictionary.
    private static let dictionary =
        "G3AAAJwH5dZl1GTtdlTEp5NDuWCeBPItKClJcn4LElpyahCzubwNosCiE3JxwP67G4wDihJIIIU8ZVlIRNLN9hvVx/UnX8/sIUK+"
        + "FQJOthwCNd2ILak0JK2L/gs8tAjfG08U2vgA"

    /// `mixed` with the smallest window.
    private static let narrow =
        "oahxAiCmv++t50PQ0eCryK4ql+3g8FkBibQoQbOs+X+PGuBGzdizvlW+QcEP/QRZR6Jqlgw3GCFfI/uWvbsDoA8kgYpCGYWixLoh"
        + "XviamPU8J+M9jLT/ssVRXR0FwH/I48fX5/MPX58Xp38/Pb6ft9/Ox5C73Ybyen9ukKjXJzy8X6fpu+v89Ofzr9dxycdz+3T7fPty"
        + "nZX29j/6f/u4jqPvd2fej/PNy+ns/z08vn/1z6/fnr6+P3Gdr+d4/Idv/n0K8ksCvgj4ZUE/p7+gvkKBC9tAF/UBUzwk2DIz0Jyw"
        + "Z/wYfFW0QzQSsvEOJm9rBqX/0vxy1AO7Tl8sghPj4+J0FPnYCtFIiEaDaAqIphqxNULcjpHui5EeH1NnTkq2i6yrnZJjlexOB+yj"
        + "NKEbaoZ2ZT3ID0hPmGhlb5XO23Oq7Lrn1vL4RHlRLQjK09k00VE7ASeiTs5ORN00V3GsjE+ohExUAgKVwEAlKLBaFNYCt2Qc3Z8W"
        + "jhmlFo6dmxZALGfqqIUT6mvhZMy0cCrSaoT+QDvbVWqc40U1znWwGlf4Xo0oW9Au5pgalzJTjcv5rCapjd1qsVOFsFPlYKcisFOp"
        + "sdsy9lLdkllq+2MWxygZN+amQ2vhuEtHHdytvg7uiZkO3hFpHaT9geNNV+ngXV7UwbsdrIP3+l6XdhLXBzmmi48yUxcf57MuaYa4"
        + "7QZuWiRuWgVuWgdu2ok1Q5Jjma1xQZCK1gGqer3IINWjvcgQdWZ5zigk1bnI8AULuAW9SP1OhuooXmQsdaL/SaZKO2SQJxDbgIxS"
        + "kBntIDN2g9wRQZ6oYkCmJ8jMRZDPSj9+fH0+Sf/1eQ/y76fH9/P22/l8gbdby17vz71O9fqclvfrZP676/z05/Ov13lh/3hun26f"
        + "b1+u83b49n043j6us9Dc787L0ON883I6+/Ph8X1EHJQ+IDzMl1MciG5aHIJOioH4nX6se/+T996RrHZvRha69yFrTBYc5mgfFz5L"
        + "5hs8aR88aR9MnuqgUOUiqFwElYuwcnE6inxshWgkRKNBNAVEU43YGiFux0j3xUiPj6kzJyXbRdbVTsmxznanA/ZRmtANNUO7sh7k"
        + "B6QnTLSyt0rn7TlVdt1za3l8oryoFgTl6Wya6KidgBNRJ2cnom6aqzhWxidUQiYqAYFKYKASFFgtCmuBWzKO7k8Lx4xSC8fOTQsg"
        + "ljN11MIJ9bVwMmZaOBVpNUJ/oJ3tKjXO8aIa5zpYjSt8r0aULWgXc0yNS5mpxuV8VpPUxm612KlC2KlysFMR2KnU2G0Ze6luySy1"
        + "/TGLY5SMG3PTobVw3KWjDu5WXwf3xEwH74i0DtL+wPGmq3TwLi/q4N0O1sF7fa9LO4nrgxzTxUeZqYuP81mXNEPcdgM3LRI3rQI3"
        + "rQM37cSaIcmxzNa4IEhF6wBVvV5kkOrRXmSIOrM8ZxSS6lxk+IIF3IJepH4nQ3UULzKWOtH/JFOlHTLIE4htQEYpyIx2kBm7Qe6I"
        + "IE9UMSDTE2TmIshnpR8/vj6fpP/6vAf599Pj+3n77Xy+wNutZa/3516nen1Oy/t1Mv/ddX768/nX67ywfzy3T7fPty/XeTt8+z4c"
        + "bx/XWWjud+dl6HG+eTmd/fnw+D4iDkofEB7myykORDctDkEnxUD8Tj/Wvf/Je+9IVrs3Iwvd+5A1JgsOc7SPC58l8w2etA+etA8m"
        + "T3VQqHIRVC6CykVYuTgdRT62QjQSotEgmgKiqUZsjRC3Y6T7YqTHx9SZk5LtIutqp+RYZ7vTAfsoTeiGmqFdWQ/yA9ITJlrZW6Xz"
        + "9pwqu+65tTw+UV5UC4LydDZNdNROwImok7MTUTfNVRwr4xMqIROVgEAlMFAJCqwWhbXALRlH96eFY0aphWPnpgUQy5k6auGE+lo4"
        + "GTMtnIq0GqE/0M52lRrneFGNcx2sxhW+VyPKFrSLOabGpcxU43I+q0lqY7da7FQh7FQ52KkI7FRq7LaMvVS3ZJba/pjFMUrGjbnp"
        + "0Fo47tJRB3err4N7YqaDd0RaB2l/4HjTVTp4lxd18G4H6+C9vtelncT1QY7p4qPM1MXH+axLmiFuu4GbFombVoGb1oGbdmLNkORY"
        + "ZmtcEKSidYCqXi8ySPVoLzJEnVmeMwpJdS4yfMECbkEvUr+ToTqKFxlLneh/kqnSDhnkCcQ2IKMUZEY7yIzdIHdEkCeqGJDpCTJz"
        + "EeSz0o8fX59P0n993oP8++nx/bz9dj5f4O3Wstf7c69TvT6n5f06mf/uOj/9+fzrdV7YP57bp9vn25frvB2+fR+Ot4/rLDT3u/My"
        + "9DjfvJzO/nx4fB8RB6UPCA/z5RQHopsWh6CTYiB+px/r3v/kvXckq92bkYXufcgakwWHOdrHhc+S+QZP2gdP2geTpzooVLkIKhdB"
        + "5SKsXJyOIh9bIRoJ0WgQTQHRVCO2RojbMdJ9MdLjY+rMScl2kXW1U3Kss93pgH2UJnRDzdCurAf5AekJE63srdJ5e06VXffcWh6f"
        + "KC+qBUF5OpsmOmon4ETUydmJqJvmKo6V8QmVkIlKQKASGKgEBVaLwlrgloyj+9PCMaPUwrFz0wKI5UwdtXBCfS2cjJkWTkVajdAf"
        + "aGe7So1zvKjGuQ5W4wrfqxFlC9rFHFPjUmaqcTmf1SS1sVstdqoQdqoc7FQEdio1dlvGXqpbMkttf8ziGCXjxtx0aC0cd+mog7vV"
        + "18E9MdPBOyKtg7Q/cLzpKh28y4s6eLeDdfBe3+vSTuL6IMd08VFm6uLjfNYlzRC33cBNi8RNq8BN68BNO7FmSHIsszUuCFLROkBV"
        + "rxcZpHq0FxmizizPGYWkOhcZvmABt6AXqd/JUB3Fi4ylTvQ/yVRphwzyBGIbkFEKMqMdZMZukDsiyBNVDMj0BJm5CPJZ6cePr88n"
        + "6b8+70H+/fT4ft5+O58v8HZr2ev9udepXp/T8n6dzH93nZ/+fP71Oi/sH8/t0+3z7ct13g7fvg/H28d1Fpr73XkZepxvXk5nfz48"
        + "vo+Ig9IHhIf5cooD0U2LQ9BJMRC/049173/y3juS1e7NyEL3PmSNyYLDHO3jwmfJfIMn7YMn7YPJUx0UqlwElYugchFWLk5HkY+t"
        + "EI2EaDSIpoBoqhFbI8TtGOm+GOnxMXXmpGS7yLraKTnW2e50wD5KE7qhZmhX1oP8gPSEiVb2Vum8PafKrntuLY9PlBfVgqA8nU0T"
        + "HbUTcCLq5OxE1E1zFcfK+IRKyEQlIFAJDFSCAqtFYS1wS8bR/WnhmFFq4di5aQHEcqaOWjihvhZOxkwLpyKtRugPtLNdpcY5XlTj"
        + "XAercYXv1YiyBe1ijqlxKTPVuJzPapLa2K0WO1UIO1UOdioCO5Uauy1jL9UtmaW2P2ZxjJJxY246tBaOu3TUwd3q6+CemOngHZHW"
        + "QdofON50lQ7e5UUdvNvBOniv73VpJ3F9kGO6+CgzdfFxPuuSZojbbuCmReKmVeCmdeCmnVgzJDmW2RoXBKloHaCq14sMUj3aiwxR"
        + "Z5bnjEJSnYsMX7CAW9CL1O9kqI7iRcZSJ/qfZKq0QwZ5ArENyCgFmdEOMmM3yB0R5IkqBmR6gsxcBPms9OPH1+eT9F+f9yD/fnp8"
        + "P2+/nc8XeLu17PX+3OtUr89peb9O5r+7zk9/Pv96nRf2j+f26fb59uU6b4dv34fj7eM6C8397rwMPc43L6ezPx8e30fEQekDwsN8"
        + "OcWB6KbFIeikGIjf6ce69z957x3JavdmZKF7H7LGZMFhjvZx4bNkvsGT9sGT9sHkqQ4KVS6CykVQuQgrF6ejyMdWiEZCNBpEU0A0"
        + "1YitEeJ2jHRfjPT4mDpzUrJdZF3tlBzrbHc6YB+lCd1QM7Qr60F+QHrCRCt7q3TenlNl1z23lscnyotqQVCezqaJjtoJOBF1cnYi"
        + "6qa5imNlfEIlZKISEKgEBipBgdWisBa4JePo/rRwzCi1cOzctABiOVNHLZxQXwsnY6aFU5FWI/QH2tmuUuMcL6pxroPVuML3akTZ"
        + "gnYxx9S4lJlqXM5nNUlt7FaLnSqEnSoHOxWBnUqN3Zaxl+qWzFLbH7M4Rsm4MTcdWgvHXTrq4G71dXBPzHTwjkjrIO0PHG+6Sgfv"
        + "8qIO3u1gHbzX97q0k7g+yDFdfJSZuvg4n3VJM8RtN3DTInHTKnDTOnDTTqwZkhzLbI0LglS0DlDV60UGqR7tRYaoM8tzRiGpzkWG"
        + "L1jALehF6ncyVEfxImOpE/1PMlXaIYM8gdgGZJSCzGgHmbEb5I4I8kQVAzI9QWYugvyL0vnvrwA="

    /// `mixed` with the best compression for text: several block types and context maps.
    private static let contexts =
        "GzVOAKwPqF4rfIaPh3DX3TiOn39DKCUL1XALElpyyjyzPScOlrrZAIzx0YM92URPZGkaRERBZ4WhFcgcPP3fp4AfH76Y3qEZu7Eh"
        + "ztJlo+7C7fEGQ/1WLEJBvVBuS8dCUV6xyAw/FL+3HtfncM+QuyO4+V0hdp7BnXVwN9reI/bx7z2j3UWh/0d8aNFu33s3k/0Fu+vw"
        + "9VnjruHh1wUuhBZjlsIvDNihRcYEb7i4EaPjuCL4QQAyiVSyOSmlU4OVtEza8KUrTiOzIyyCDJDJpNIZo1Xp9IJVtEx6wdNTeemM"
        + "zjPLQAXIFEK/CBmOcKXFDVfSMlLDp0l5ss3OFauhAKRypPRijs6l1Qm2CVpGZPgklKeB2WmwLrQAqYCUHszRobTKYNtAy4gTPsnl"
        + "aWJ2+lgDBSD1REpnc9QUbkbDlbSMZsMnX3mKzM4X1gcVANvCpMQzR6PS8gtX0TJ6L3yqimvBmZ0y60EGSG1I6ckc3RVuDxuupGU0"
        + "DZ825enZ7KxYinYESOlIyTFHcWndBNsKLSMxfDLKU2B2dci1TvIlzoA1pA5kw8E4aGAfw+2EltmiJni2G5wTB9UdK3FGCekpViN1"
        + "IK8djF8a2G24faRltsYbPOcanCuzGzP8P8cBOAwB"

    private static let samples = [
        (empty, ""), (best, table), (fast, table), (dictionary, words), (narrow, mixed), (contexts, mixed),
    ]

    private func bytes(_ text: String) throws -> [UInt8] { try #require(Base64.decode(text.utf8)) }

    private func decoded(_ bytes: [UInt8], limit: Int = 1 << 20) throws(Inflater.Failure) -> String {
        String(decoding: try BrotliDecoder.decoded(bytes, limit: limit), as: UTF8.self)
    }

    @Test("streams of the reference implementation are decoded", arguments: samples)
    func streams(text: String, expected: String) throws {
        #expect(try decoded(try bytes(text)) == expected)
    }

    @Test("the dictionary has the words of RFC 7932")
    func dictionaryWords() throws {
        #expect(BrotliDictionary.words.count == 122_784)
        #expect(Checksums.crc32(BrotliDictionary.words) == 0x5136_CB04)
        func word(_ length: Int, _ reference: Int) -> String? {
            BrotliDictionary.bytes(length: length, reference: reference).map { String(decoding: $0, as: UTF8.self) }
        }
        #expect(word(4, 0) == "time")
        // Appendix B: transform 4 is a capital letter and a blank, 5 the suffix " the ", 3 leaves out the first byte.
        #expect(word(4, 4 << 10) == "Time ")
        #expect(word(4, 5 << 10) == "time the ")
        #expect(word(4, 3 << 10) == "ime")
        #expect(word(4, 44 << 10) == "TIME")
        #expect(BrotliTransform.all.count == 121)
        #expect(word(4, 121 << 10) == nil && word(3, 0) == nil && word(25, 0) == nil)
    }

    @Test("a response with the coding br is decoded if the target accepts it")
    func response() throws {
        let body = try bytes(Self.best)
        func outcome(_ codings: [ContentCoding], limit: Int = 1 << 24) -> ExchangeOutcome {
            ContentDecoder(codings: codings, limit: limit).decoded(
                ResponseMessage(status: 200, headers: [HeaderField(name: "content-encoding", value: "br")], body: body))
        }
        #expect(outcome([.br, .gzip]).response?.body == Array(Self.table.utf8))
        #expect(outcome([.br]).response?.headers.isEmpty == true)
        #expect(outcome([.gzip]).response?.body == body)
        #expect(outcome([.br], limit: 100).failure?.class == .tooLarge)
    }

    @Test("a stream that is cut anywhere is never accepted", arguments: samples.dropFirst())
    func cut(text: String, expected: String) throws {
        let stream = try bytes(text)
        for length in 0..<stream.count {
            #expect(throws: Inflater.Failure.self) { try decoded(Array(stream[..<length])) }
        }
    }

    @Test("bytes after the end, a reserved bit, a needless zero, a large window and set padding are mistakes")
    func malformed() throws {
        for stream: [UInt8] in [try bytes(Self.fast) + [0], [0x1C], [0x11, 0, 0, 0], [0x04, 0, 0, 0], [0x86]] {
            #expect(throws: Inflater.Failure.self, "\(stream)") { try decoded(stream) }
        }
    }

    @Test("a limit stops a stream before it is decoded")
    func limits() throws {
        #expect(throws: Inflater.Failure.tooLarge) { try decoded(try bytes(Self.contexts), limit: 1_000) }
    }

    @Test("changed streams end with a result or an error, within the limit", arguments: samples.dropFirst())
    func mutants(text: String, expected: String) throws {
        let stream = try bytes(text)
        var random = SplitMix(seed: 11)
        var failed = 0
        for _ in 0..<400 {
            var mutant = stream
            for _ in 0...Int.random(in: 0...2, using: &random) {
                mutant[Int.random(in: mutant.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            do throws(Inflater.Failure) {
                #expect(try decoded(mutant, limit: 1 << 16).utf8.count <= 3 << 16)
            } catch {
                failed += 1
            }
        }
        #expect(failed > 0)
    }
}
