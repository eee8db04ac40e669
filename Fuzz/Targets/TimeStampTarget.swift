internal import AidRecords
internal import Foundation
internal import LedgerCore

/// Answers of time-stamping authorities: what is accepted is one answer, whole and alone.
enum TimeStampTarget {
    static func check(_ bytes: UnsafeBufferPointer<UInt8>) throws -> Bool {
        let bytes = Array(bytes)
        guard let response = try? TimeStampResponse(parsing: bytes) else { return false }
        try require(response.bytes == bytes, "other bytes are kept than were read")
        try require(response.digest.count == 32, "a SHA-256 has \(response.digest.count) bytes")
        try require(
            "\(response.time)".utf8.count == 20 && response.time.dayInChina.components.year >= 1900,
            "the time is \(response.time)")
        try require(
            (try? TimeStampResponse(parsing: bytes + [0])) == nil, "what follows it is passed over")
        try require(
            (try? TimeStampResponse(parsing: Array(bytes.dropLast()))) == nil,
            "its end is not needed")
        return true
    }

    /// What `openssl ts -reply` answered once, and the same with lengths that are not definite.
    static func seeds() throws(Violation) -> [[UInt8]] {
        let data = Data(base64Encoded: answer, options: .ignoreUnknownCharacters)
        let bytes = Array(try require(data, "the seed is not base64"))
        return [bytes, [0x30, 0x80] + bytes.dropFirst(4) + [0, 0]]
    }

    static let words: Set<String> = ["20261121112712Z", ".5Z", "+\u{E}\u{3}\u{2}\u{1A}", "0\u{0}"]

    private static let answer = """
        MIIFEjADAgEAMIIFCQYJKoZIhvcNAQcCoIIE+jCCBPYCAQMxDzANBglghkgBZQMEAgEFADCBiwYLKoZIhvcNAQkQAQSg
        fAR6MHgCAQEGBCoDBAEwMTANBglghkgBZQMEAgEFAAQgLPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQCAQIY
        DzIwMjYxMTIxMTEyNzEyWjADAgEBAgh9RL68uEXaWaAXpBUwEzERMA8GA1UEAwwIVGVzdCBUU0GgggMOMIIBnzCCAUWg
        AwIBAgIUCuRUUk5U/FZpEFsD0cLPa571+YowCgYIKoZIzj0EAwIwEjEQMA4GA1UEAwwHVGVzdCBDQTAeFw0yNjExMjEx
        MTI3MTJaFw0zNjExMTgxMTI3MTJaMBMxETAPBgNVBAMMCFRlc3QgVFNBMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
        MUl5gGqityJ4I5UYHxEXptCOIplOXSQlPRAeVP4+tRuULNeZLq7D307nqxgnhr/+OZ/xH8H09onYBuntqOmuu6N4MHYw
        DAYDVR0TAQH/BAIwADAOBgNVHQ8BAf8EBAMCB4AwFgYDVR0lAQH/BAwwCgYIKwYBBQUHAwgwHQYDVR0OBBYEFDqwX3AP
        Ca367L9qBpWZujRe4g4aMB8GA1UdIwQYMBaAFHxdG4ufSl+8RyV8NdZ+cpQ4RgCYMAoGCCqGSM49BAMCA0gAMEUCIHmc
        6PuB5ywVF0tyfPZ/eMpxJUtGALlWLgtUztfMJ6wNAiEA/ECnrvRU8AX9g5GTJ9EsyxhdPBF1Iru/MgeZ4etP6iowggFn
        MIIBDqADAgECAhQHHErgA3rhZAWooMLN1wQqJQ1KqTAKBggqhkjOPQQDAjASMRAwDgYDVQQDDAdUZXN0IENBMB4XDTI2
        MTEyMTExMjcxMloXDTM2MTExODExMjcxMlowEjEQMA4GA1UEAwwHVGVzdCBDQTBZMBMGByqGSM49AgEGCCqGSM49AwEH
        A0IABDpF5S5ekRmMOj3WguJXoXAxDhJyA4vMF8Mamkr91Y587wyRNpfAac7Mq4MQvbECnbquHuyqaGAuKIMt2ro4iUyj
        QjBAMA8GA1UdEwEB/wQFMAMBAf8wDgYDVR0PAQH/BAQDAgEGMB0GA1UdDgQWBBR8XRuLn0pfvEclfDXWfnKUOEYAmDAK
        BggqhkjOPQQDAgNHADBEAiAPLJ+kQtCrX2gaX6uFEX/ZMb6C0uVaDNlP5RhZyBy7fQIgYhLHBteaT9WdVIUSK90QPRm1
        7RjYSbeopQvpXg5nwn8xggE+MIIBOgIBATAqMBIxEDAOBgNVBAMMB1Rlc3QgQ0ECFArkVFJOVPxWaRBbA9HCz2ue9fmK
        MA0GCWCGSAFlAwQCAQUAoIGkMBoGCSqGSIb3DQEJAzENBgsqhkiG9w0BCRABBDAcBgkqhkiG9w0BCQUxDxcNMjYxMTIx
        MTEyNzEyWjAvBgkqhkiG9w0BCQQxIgQgIOE4pUz1C5y6hMSLo3eF6EJzXHqjev5QkRvF0/IxVjYwNwYLKoZIhvcNAQkQ
        Ai8xKDAmMCQwIgQgnSP/XFxXYEBD3J9ZLnibO+YrCRy9J/Mu0gFOEQsPR64wCgYIKoZIzj0EAwIERzBFAiAtGOOl8gJ+
        l0y4qWkNbW/F85i7iDBE8eMEkweFuz+LpQIhANNkHLWpLtvR1lJiv/l/D3VjKCl2y7F/t4+ZXpGxwqKA
        """
}
