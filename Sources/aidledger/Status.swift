internal import AidRecords
internal import Evidence
internal import LedgerCore
internal import LedgerSQLite
internal import Reporting
internal import TransparencyLog

/// Exit statuses: `aidledger --help`.
enum Status: Int32 {
    case fine = 0
    case answerIsNo = 1
    case badInput = 2
    case couldNotDo = 3

    /// The status that an error of ours leads to; nil for those of the command line itself.
    init?(for error: any Error) {
        switch error {
        case is QueryFailure, is InputError, is DeclarationError, is KeyFileError, is UsageError,
            is LedgerImport.Refusal, is LedgerProver.Refusal, is ReportError, is KeyRefusal,
            is Unanswerable, is LedgerDiscloser.Refusal, is LedgerWriter.UnfitRecord,
            is StoredZip.Failure, is LedgerExplainer.Refusal, is PolicyReplay.Refusal,
            is ParameterFile.Failure, is TraceRefusal:
            self = .badInput
        case is DrawnReportFile.OtherHistory, is UnsoundLedger: self = .answerIsNo
        case is TimeStampVerifier.BadCertificates: self = .badInput
        case is OpenSSL.Failure, is TemporaryFolder.Failure, is PDFEngine.Failure,
            is StylesheetProcess.Failure:
            self = .couldNotDo
        case let error as TimeStampRefusal: self = error.isAnswer ? .answerIsNo : .badInput
        case let error as StoreError: self = Status.status(of: error)
        case let error as WitnessError: self = Status.status(of: error)
        case let error as AnchorRefusal: self = error.isAnswer ? .answerIsNo : .badInput
        case let error as CosignatureRefusal: self = error.isAnswer ? .answerIsNo : .badInput
        case let error as BackupError: self = Status.status(of: error)
        case let error as PublishingRefusal: self = Status.status(of: error)
        case let error as PublicationError: self = Status.status(of: error)
        case let error as AttachmentRefusal: self = error.isAnswer ? .answerIsNo : .badInput
        case is ResolutionPolicy.Unreachable, is NoteFormatError: self = .badInput
        case is SpoiltNote: self = .answerIsNo
        case is RejectsError, is FileError, is BackgroundThread.Unavailable: self = .couldNotDo
        default: return nil
        }
    }

    private static func status(of error: StoreError) -> Status {
        switch error {
        case .badKeyFile: .badInput
        default: .couldNotDo
        }
    }

    private static func status(of error: WitnessError) -> Status {
        switch error {
        case .refused, .notSigned: .answerIsNo
        case .notEmpty, .damaged: .couldNotDo
        case .noWitness, .notALog, .unknownLog, .notARequest: .badInput
        }
    }

    private static func status(of error: PublishingRefusal) -> Status {
        switch error {
        case .conflict, .damaged: .answerIsNo
        case .noCheckpoint, .notAFolder, .foreignFolder, .badCheckpoint: .badInput
        case .networkFileSystem, .busy: .couldNotDo
        }
    }

    private static func status(of error: PublicationError) -> Status {
        switch error {
        case .noCheckpoint, .unreadable, .changed: .couldNotDo
        }
    }

    private static func status(of error: BackupError) -> Status {
        switch error {
        case .notEmpty, .cutOff: .couldNotDo
        case .notWhole, .newerManifest, .unreadableManifest, .altered: .badInput
        }
    }
}

/// The command line asks for what cannot be.
struct UsageError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
