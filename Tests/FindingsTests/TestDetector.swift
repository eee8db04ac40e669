import AidRecords
import Findings
import Foundation
import LedgerSQLite

/// A detector's file for tests, and this checkout's kinds.
enum TestDetector {
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    static func catalogue() throws -> KindCatalogue { try Home(path: root).kinds() }

    /// Lines 1 to 19 are the head, line 20 the query.
    static let text = """
        /*
        id: T1
        title: {zh: 测试, en: Test}
        grades: [F, W]
        method: rule
        why: {zh: 缘由, en: Why}
        basis: [R1]
        examines: [claim.settled]
        parameters:
          days: {default: 15, unit: days, source: auditors-default, zh: 天数, en: Days}
        exclusions: {zh: 无, en: None}
        example: {zh: 例, en: Example}
        next: {zh: 核查, en: Look}
        department: medical-security
        key: [person, year]
        entries: [entry, other]
        subjects: {person: person, institution: institution}
        figures: [{id: gap, type: days, zh: 间隔, en: Gap}]
        */
        SELECT 1
        """

    static func read(_ text: String = text) throws -> Detector {
        try Detector(file: "T1.sql", bytes: Array(text.utf8), catalogue: catalogue())
    }
}
