internal import AidRecords
internal import Foundation
internal import Glibc
internal import LedgerCore

/// A program that makes PDF of a report's HTML. Neither is a part of this one.
package enum PDFEngine: String, CaseIterable, Sendable {
    /// Tagged, with bookmarks; a table of thousands of rows takes it minutes and gigabytes.
    case weasyprint
    /// Faster on long documents.
    case chromium

    /// Why there is no PDF.
    package enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        /// None of them is installed.
        case missing([PDFEngine])
        case notRun(PDFEngine, String)
        case tookTooLong(PDFEngine, seconds: Int)

        package var description: String {
            switch self {
            case .missing(let engines):
                "PDF needs \(engines.map(\.rawValue).joined(separator: " or ")), which is not "
                    + "installed (on Debian: apt-get install \(engines[0].rawValue) "
                    + "fonts-noto-cjk); any browser prints what --format html writes"
            case .notRun(let engine, let reason): "\(engine.rawValue) made no PDF: \(reason)"
            case .tookTooLong(let engine, let seconds):
                "\(engine.rawValue) did not come to an end within \(seconds) seconds"
            }
        }
    }

    /// HTML of more bytes goes to Chromium first.
    private static let longFrom = 2 << 20
    private static let secondsMax = 600

    /// - Parameter wanted: nil where any will do.
    /// - Throws: `Failure.missing` where the program is in no folder of `PATH`.
    package static func require(_ wanted: PDFEngine?) throws {
        let engines = wanted.map { [$0] } ?? [.weasyprint, .chromium]
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let isThere = engines.flatMap(\.programs).contains { program in
            folders.contains { access("\($0)/\(program)", X_OK) == 0 }
        }
        guard isThere else { throw Failure.missing(engines) }
    }

    /// - Parameter wanted: the only one to be taken; nil for the first that is there of those fit
    ///   for a document so long.
    /// - Throws: `Failure`, `TemporaryFolder.Failure`, `FileError`.
    package static func pdf(of html: [UInt8], by wanted: PDFEngine?) throws -> [UInt8] {
        let fit: [PDFEngine] =
            html.count > longFrom ? [.chromium, .weasyprint] : [.weasyprint, .chromium]
        let engines = wanted.map { [$0] } ?? fit
        return try TemporaryFolder.with { folder in
            try WholeFile.write(html, to: "\(folder)/report.html", mode: 0o600)
            for engine in engines {
                if let pdf = try engine.pdf(in: folder) { return pdf }
            }
            throw Failure.missing(engines)
        }
    }

    /// What it makes of `report.html` in the folder; nil where the program is not there.
    private func pdf(in folder: String) throws -> [UInt8]? {
        for program in programs {
            let process = ChildProcess(
                program: program, arguments: arguments(folder), folder: folder,
                secondsMax: Double(PDFEngine.secondsMax))
            do {
                let outcome = try process.run()
                return try made(in: folder, outcome)
            } catch let failure as ChildProcess.Failure {
                switch failure {
                case .notFound: continue
                case .notStarted(let code):
                    throw Failure.notRun(self, String(cString: strerror(code)))
                case .tookTooLong:
                    throw Failure.tookTooLong(self, seconds: PDFEngine.secondsMax)
                }
            }
        }
        return nil
    }

    private func made(in folder: String, _ outcome: ChildProcess.Outcome) throws -> [UInt8] {
        let data = FileManager.default.contents(atPath: "\(folder)/report.pdf") ?? Data()
        guard outcome.status == 0, data.starts(with: Array("%PDF-".utf8)) else {
            let last = outcome.errors.split(separator: "\n").last.map(String.init)
            let reason =
                outcome.status == 0 ? "it wrote no file" : last ?? "status \(outcome.status)"
            throw Failure.notRun(self, printable(String(reason.prefix(300))))
        }
        return Array(data)
    }

    private var programs: [String] {
        switch self {
        case .weasyprint: ["weasyprint"]
        case .chromium: ["chromium", "chromium-browser", "google-chrome"]
        }
    }

    private func arguments(_ folder: String) -> [String] {
        let (input, output) = ("\(folder)/report.html", "\(folder)/report.pdf")
        switch self {
        case .weasyprint:
            return ["--quiet", "--encoding", "utf-8", "--pdf-variant", "pdf/ua-1", input, output]
        case .chromium:
            // Chromium does not run in its sandbox as root. No name of a host leads anywhere.
            return (geteuid() == 0 ? ["--no-sandbox"] : []) + [
                "--headless", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                "--disable-extensions", "--disable-background-networking", "--disable-sync",
                "--host-resolver-rules=MAP * ~NOTFOUND", "--user-data-dir=\(folder)/profile",
                "--no-pdf-header-footer",
                "--generate-pdf-document-outline", "--export-tagged-pdf",
                "--print-to-pdf=\(output)", "file://\(input)",
            ]
        }
    }
}
