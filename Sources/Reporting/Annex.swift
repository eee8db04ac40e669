internal import Foundation
package import LedgerCore

/// Where rows go that are too many for a document: pages of their own, each a report's XML again.
package struct AnnexPlace: Sendable {
    /// What is made of the pages.
    package enum Files: Sendable {
        /// A file of each page.
        case pages(extension: String)
        /// One file of all pages of a table. A PDF names it: the programs that make one would link
        /// to where they read the HTML.
        case whole(extension: String, isLinked: Bool)
        /// They are put where the document's own tables are.
        case joined
    }

    /// Of a page.
    static let rowsOfPage = 1000

    /// What the document is called, which pages lead back to.
    let document: String
    /// What the folder beside it is called.
    let folder: String
    let files: Files
    /// Where the pages' XML is written: the path of a folder.
    let pages: String

    package init(document: String, folder: String, files: Files, pages: String) {
        self.document = document
        self.folder = folder
        self.files = files
        self.pages = pages
    }

    /// A page's file without what it ends in.
    static func pageName(_ table: String, _ page: Int) -> String {
        String(format: "%@-%04d", table, page)
    }

    /// The same of what a report's figures call it: `payments/12`.
    static func pageName(ofFigure id: String) -> String {
        let parts = id.split(separator: "/")
        guard parts.count == 2, let page = Int(parts[1]) else { return id }
        return pageName(String(parts[0]), page)
    }

    /// How the document links to a page; nil where pages have no files.
    func link(to table: String, page: Int) -> String? {
        guard case .pages(let ending) = files else { return nil }
        return "\(AnnexPlace.escaped(folder))/\(AnnexPlace.pageName(table, page)).\(ending)"
    }

    /// The file of all pages, as the document calls it and, where it does, links to it; none where
    /// there is no such file.
    func file(of table: String) -> [(String, String)] {
        guard case .whole(let ending, let isLinked) = files else { return [] }
        let name = ("name", "\(folder)/\(table).\(ending)")
        let link = ("file", "\(AnnexPlace.escaped(folder))/\(table).\(ending)")
        return isLinked ? [name, link] : [name]
    }

    /// How a page links to another; nil where pages have no files.
    func link(from table: String, toPage page: Int) -> String? {
        guard case .pages(let ending) = files else { return nil }
        return "\(AnnexPlace.pageName(table, page)).\(ending)"
    }

    /// How a page links to the document.
    var linkBack: String { "../\(AnnexPlace.escaped(document))" }

    /// Writes a new file of a folder that is put in its place as a whole when all are there.
    /// - Throws: `FileError`.
    package static func write(_ bytes: [UInt8], to path: String, mode: UInt32) throws(FileError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, mode)
        guard descriptor >= 0 else {
            throw FileError(path: path, reason: String(cString: strerror(errno)))
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try file.write(contentsOf: bytes)
        } catch {
            throw FileError(path: path, reason: "it cannot be written: \(error)")
        }
    }

    private static func escaped(_ name: String) -> String {
        name.addingPercentEncoding(withAllowedCharacters: plain) ?? name
    }

    /// What needs no escape in a segment of a URI (RFC 3986, section 2.3).
    private static let plain = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}

/// A table whose rows stand in pages of their own.
package struct Annex: Sendable {
    package let section: String
    package let table: String
    package let rows: Int64
    /// The paths of the pages' XML, in order.
    package let pages: [String]

    /// A page's XML.
    /// - Throws: `ReportError.missingFile`.
    package func bytes(_ page: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: page) else {
            throw ReportError.missingFile(page)
        }
        return Array(data)
    }
}

/// A report's XML, and what stands beside it.
package struct ReportXML: Sendable {
    package let bytes: [UInt8]
    package let annexes: [Annex]
    /// Whether no entry stands behind any of its figures.
    package let isBlank: Bool

    /// The XML of a page of its annexes.
    /// - Parameter file: without its ending; nil where there is no such page.
    /// - Throws: `ReportError.missingFile`.
    package func page(_ file: String) throws -> [UInt8]? {
        for annex in annexes {
            if let page = annex.pages.first(where: { $0.hasSuffix("/\(file).xml") }) {
                return try annex.bytes(page)
            }
        }
        return nil
    }
}
