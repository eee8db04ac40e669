import AidRecords
import Foundation
import LedgerCore
import Testing
import TransparencyLog

/// Reads what `openssl ts -reply` answered to a request to stamp the five bytes "hello".
@Suite struct TimeStampResponseTests {
    private static let granted = bytes(
        """
        MIIFEjADAgEAMIIFCQYJKoZIhvcNAQcCoIIE+jCCBPYCAQMxDzANBglghkgBZQMEAgEFADCBiwYLKoZIhvcNAQkQAQSgfAR6
        MHgCAQEGBCoDBAEwMTANBglghkgBZQMEAgEFAAQgLPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQCAQIYDzIwMjYx
        MTIxMTEyNzEyWjADAgEBAgh9RL68uEXaWaAXpBUwEzERMA8GA1UEAwwIVGVzdCBUU0GgggMOMIIBnzCCAUWgAwIBAgIUCuRU
        Uk5U/FZpEFsD0cLPa571+YowCgYIKoZIzj0EAwIwEjEQMA4GA1UEAwwHVGVzdCBDQTAeFw0yNjExMjExMTI3MTJaFw0zNjEx
        MTgxMTI3MTJaMBMxETAPBgNVBAMMCFRlc3QgVFNBMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEMUl5gGqityJ4I5UYHxEX
        ptCOIplOXSQlPRAeVP4+tRuULNeZLq7D307nqxgnhr/+OZ/xH8H09onYBuntqOmuu6N4MHYwDAYDVR0TAQH/BAIwADAOBgNV
        HQ8BAf8EBAMCB4AwFgYDVR0lAQH/BAwwCgYIKwYBBQUHAwgwHQYDVR0OBBYEFDqwX3APCa367L9qBpWZujRe4g4aMB8GA1Ud
        IwQYMBaAFHxdG4ufSl+8RyV8NdZ+cpQ4RgCYMAoGCCqGSM49BAMCA0gAMEUCIHmc6PuB5ywVF0tyfPZ/eMpxJUtGALlWLgtU
        ztfMJ6wNAiEA/ECnrvRU8AX9g5GTJ9EsyxhdPBF1Iru/MgeZ4etP6iowggFnMIIBDqADAgECAhQHHErgA3rhZAWooMLN1wQq
        JQ1KqTAKBggqhkjOPQQDAjASMRAwDgYDVQQDDAdUZXN0IENBMB4XDTI2MTEyMTExMjcxMloXDTM2MTExODExMjcxMlowEjEQ
        MA4GA1UEAwwHVGVzdCBDQTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABDpF5S5ekRmMOj3WguJXoXAxDhJyA4vMF8Mamkr9
        1Y587wyRNpfAac7Mq4MQvbECnbquHuyqaGAuKIMt2ro4iUyjQjBAMA8GA1UdEwEB/wQFMAMBAf8wDgYDVR0PAQH/BAQDAgEG
        MB0GA1UdDgQWBBR8XRuLn0pfvEclfDXWfnKUOEYAmDAKBggqhkjOPQQDAgNHADBEAiAPLJ+kQtCrX2gaX6uFEX/ZMb6C0uVa
        DNlP5RhZyBy7fQIgYhLHBteaT9WdVIUSK90QPRm17RjYSbeopQvpXg5nwn8xggE+MIIBOgIBATAqMBIxEDAOBgNVBAMMB1Rl
        c3QgQ0ECFArkVFJOVPxWaRBbA9HCz2ue9fmKMA0GCWCGSAFlAwQCAQUAoIGkMBoGCSqGSIb3DQEJAzENBgsqhkiG9w0BCRAB
        BDAcBgkqhkiG9w0BCQUxDxcNMjYxMTIxMTEyNzEyWjAvBgkqhkiG9w0BCQQxIgQgIOE4pUz1C5y6hMSLo3eF6EJzXHqjev5Q
        kRvF0/IxVjYwNwYLKoZIhvcNAQkQAi8xKDAmMCQwIgQgnSP/XFxXYEBD3J9ZLnibO+YrCRy9J/Mu0gFOEQsPR64wCgYIKoZI
        zj0EAwIERzBFAiAtGOOl8gJ+l0y4qWkNbW/F85i7iDBE8eMEkweFuz+LpQIhANNkHLWpLtvR1lJiv/l/D3VjKCl2y7F/t4+Z
        XpGxwqKA
        """)

    private static let rejected = bytes(
        """
        MDcwNQIBAjAsDCpNZXNzYWdlIGRpZ2VzdCBhbGdvcml0aG0gaXMgbm90IHN1cHBvcnRlZC4DAgeA
        """)

    private static func bytes(_ text: String) -> [UInt8] {
        Array(Data(base64Encoded: text, options: .ignoreUnknownCharacters) ?? Data())
    }

    /// What `sha256sum` says of "hello", and `openssl ts -reply -text` of the time.
    @Test func grantIsRead() throws {
        let response = try TimeStampResponse(parsing: Self.granted)
        #expect(
            Hex.encode(response.digest)
                == "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824")
        #expect(response.time.description == "2026-11-21T11:27:12Z")
        #expect(response.bytes == Self.granted)
    }

    @Test func rejectionIsToldInTheAuthoritysWords() {
        #expect(
            throws: TimeStampResponse.Fault.notGranted(
                status: 2, text: "Message digest algorithm is not supported.")
        ) { try TimeStampResponse(parsing: Self.rejected) }
    }

    /// Whatever is cut off or added, it is no response.
    @Test func everyTruncationIsRefused() {
        for count in 0..<Self.granted.count {
            #expect(throws: TimeStampResponse.Fault.self) {
                try TimeStampResponse(parsing: Array(Self.granted.prefix(count)))
            }
        }
        #expect(throws: TimeStampResponse.Fault.notAResponse) {
            try TimeStampResponse(parsing: Self.granted + [0])
        }
    }

    /// No byte, changed in any bit, brings the reader down; what is read differs, or the change lies
    /// where only the signature sees it.
    @Test func everyFlippedBitIsSurvived() throws {
        let good = try TimeStampResponse(parsing: Self.granted)
        var read = 0
        for place in Self.granted.indices {
            for bit in 0..<8 {
                var changed = Self.granted
                changed[place] ^= 1 << UInt8(bit)
                guard let other = try? TimeStampResponse(parsing: changed) else { continue }
                read += 1
                #expect(other != good)
            }
        }
        #expect(read > 0)
    }

    @Test func otherHashesAreRefused() throws {
        // The last byte of the identifier of SHA-256, inside of what was stamped.
        let identifier: [UInt8] = [0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1, 5, 0, 4, 32]
        var changed = Self.granted
        let place = try #require(
            changed.indices.first { changed[$0...].starts(with: identifier) })
        changed[place + 8] = 3
        #expect(throws: TimeStampResponse.Fault.notSHA256) {
            try TimeStampResponse(parsing: changed)
        }
    }

    /// The same with lengths that are not definite (X.690, 8.1.3.6): the outermost, by hand.
    @Test func indefiniteLengthsAreRead() throws {
        let inner = Array(Self.granted.dropFirst(4))
        let indefinite: [UInt8] = [0x30, 0x80] + inner + [0, 0]
        let response = try TimeStampResponse(parsing: indefinite)
        #expect(response.time.description == "2026-11-21T11:27:12Z")
        for count in 0..<indefinite.count {
            #expect(throws: TimeStampResponse.Fault.notAResponse) {
                try TimeStampResponse(parsing: Array(indefinite.prefix(count)))
            }
        }
    }

    @Test func deepNestingIsRefused() {
        let deep = [UInt8]((0..<20_000).map { $0.isMultiple(of: 2) ? 0x30 : 0x80 })
        #expect(throws: TimeStampResponse.Fault.notAResponse) {
            try TimeStampResponse(parsing: deep)
        }
    }

    @Test func whatAnEntryHasNoRoomForIsRefused() {
        #expect(throws: TimeStampResponse.Fault.tooLong) {
            try TimeStampResponse(parsing: Array(repeating: 0x30, count: 30_001))
        }
    }
}
