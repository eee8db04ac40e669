internal import AidRecords
internal import Foundation
internal import Glibc
package import TransparencyLog

/// What of RFC 3161 is left to the program `openssl`: making a request, and verifying a token.
package enum OpenSSL {
    /// Why it cannot be asked.
    package enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        case missing
        case notRun(String)
        case tookTooLong(seconds: Int)

        package var description: String {
            switch self {
            case .missing:
                "the program `openssl` is not there; install it (on Debian: apt-get install openssl)"
            case .notRun(let reason): "`openssl` could not be run: \(reason)"
            case .tookTooLong(let seconds):
                "`openssl` did not come to an end within \(seconds) seconds"
            }
        }
    }

    private static let secondsMax = 30

    /// A TimeStampReq (RFC 3161, 2.4.1) in DER: the SHA-256 of the note, a random nonce, and the
    /// wish for the authority's certificate.
    /// - Throws: `Failure`.
    package static func timeStampRequest(for note: SignedNote) throws -> [UInt8] {
        try withFolder { folder in
            let file = "\(folder)/request"
            let outcome = try run(
                [
                    "ts", "-query", "-digest", Hex.encode(TimeStampResponse.digest(of: note)),
                    "-sha256", "-cert", "-out", file,
                ], folder)
            guard outcome.status == 0, let request = FileManager.default.contents(atPath: file)
            else { throw Failure.notRun(reason(outcome.errors)) }
            return Array(request)
        }
    }

    fileprivate static func run(
        _ arguments: [String], _ folder: String
    ) throws -> ChildProcess.Outcome {
        let process = ChildProcess(
            program: "openssl", arguments: arguments, folder: folder,
            secondsMax: Double(secondsMax))
        do { return try process.run() } catch {
            switch error {
            case .notFound: throw Failure.missing
            case .notStarted(let code): throw Failure.notRun(String(cString: strerror(code)))
            case .tookTooLong: throw Failure.tookTooLong(seconds: secondsMax)
            }
        }
    }

    fileprivate static func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
        do { return try TemporaryFolder.with(body) } catch let failure as TemporaryFolder.Failure {
            throw Failure.notRun(failure.description)
        }
    }

    /// The first of the errors in words. Lines of errors are
    /// `number:error:code:library:function:reason:file:line:more`.
    fileprivate static func reason(_ errors: String) -> String {
        for line in errors.split(separator: "\n") {
            let parts = line.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count > 5, parts[1] == "error" else { continue }
            let more = parts.dropFirst(8).joined(separator: ":")
            return told(more.isEmpty ? String(parts[5]) : "\(parts[5]) (\(more))")
        }
        return told(errors.split(separator: "\n").last.map(String.init) ?? "it does not say why")
    }

    private static func told(_ text: String) -> String {
        printable(String(text.prefix(300)))
    }
}

/// Finds out whether tokens hold: signed by a certificate for time-stamping (RFC 3161, 2.3) that
/// leads to one that the user trusts.
package struct TimeStampVerifier: Sendable {
    /// A file of certificates in PEM; where a token's chain must end.
    package let chain: String
    /// A file of certificates between the token's and those; nil where the tokens hold them.
    private let untrusted: String?

    /// A file that should hold certificates does not.
    package struct BadCertificates: Error, Hashable, Sendable, CustomStringConvertible {
        package let path: String
        package var description: String {
            "\(path) is no file of certificates in PEM (-----BEGIN CERTIFICATE-----)"
        }
    }

    /// - Throws: `BadCertificates`, `OpenSSL.Failure`.
    package init(chain: String, untrusted: String?) throws {
        self.chain = chain
        self.untrusted = untrusted
        try OpenSSL.withFolder { folder in
            for file in [chain, untrusted].compactMap({ $0 }) {
                try TimeStampVerifier.requireCertificates(file, folder)
            }
        }
    }

    private static func requireCertificates(_ file: String, _ folder: String) throws {
        let text = FileManager.default.contents(atPath: file).map {
            String(decoding: $0, as: UTF8.self)
        }
        guard let text, text.contains("CERTIFICATE-----"),
            try OpenSSL.run(
                [
                    "crl2pkcs7", "-nocrl", "-certfile", file, "-outform", "DER", "-out",
                    "\(folder)/certificates",
                ], folder
            ).status == 0
        else { throw BadCertificates(path: file) }
    }

    /// Verifies a response to a request for this note.
    ///
    /// Certificates are looked at as of the time that the token states: they expire, and what was
    /// stamped before stays stamped. Whether one was revoked is not asked.
    /// - Returns: why it does not hold; nil where it does.
    /// - Throws: `OpenSSL.Failure`.
    package func fault(of response: TimeStampResponse, for note: SignedNote) throws -> String? {
        guard response.stamps(note) else { return "it stamps other data" }
        return try OpenSSL.withFolder { folder in
            let file = "\(folder)/response"
            try WholeFile.write(response.bytes, to: file, mode: 0o600)
            var arguments = [
                "ts", "-verify", "-digest", Hex.encode(response.digest), "-in", file,
                "-CAfile", chain, "-attime", String(response.time.unixSeconds),
            ]
            if let untrusted { arguments += ["-untrusted", untrusted] }
            let outcome = try OpenSSL.run(arguments, folder)
            // Its status alone says nothing: it is 1 too where an option is unknown.
            switch (outcome.status, outcome.output.split(separator: "\n").last) {
            case (0, "Verification: OK"): return nil
            case (1, "Verification: FAILED"): return OpenSSL.reason(outcome.errors)
            default: throw OpenSSL.Failure.notRun(OpenSSL.reason(outcome.errors))
            }
        }
    }
}
