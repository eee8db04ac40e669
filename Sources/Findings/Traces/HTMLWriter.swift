internal import AidRecords

/// Writes HTML that is also well-formed XML; whatever is given as text or as an attribute's value is
/// escaped, and nothing else can be given.
package struct HTMLWriter {
    private(set) var text = "<!DOCTYPE html>\n"

    mutating func open(_ name: String, _ attributes: KeyValuePairs<String, String> = [:]) {
        text += "<\(name)\(HTMLWriter.written(attributes))>"
    }

    mutating func close(_ name: String) { text += "</\(name)>\n" }

    mutating func empty(_ name: String, _ attributes: KeyValuePairs<String, String> = [:]) {
        text += "<\(name)\(HTMLWriter.written(attributes))/>\n"
    }

    mutating func element(
        _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ content: String
    ) {
        text +=
            "<\(name)\(HTMLWriter.written(attributes))>\(HTMLWriter.escaped(content))</\(name)>\n"
    }

    /// What the program itself wrote: a style sheet.
    mutating func style(_ sheet: StaticString) { text += "<style>\n\(sheet)</style>\n" }

    /// Opens a drawing, with its style sheet in it: not every program applies the page's to it.
    mutating func openDrawing(id: String, width: Int, height: Int) {
        open(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "role": "img",
                "viewBox": "0 0 \(width) \(height)", "aria-labelledby": "\(id)-title \(id)-text",
            ])
        style(HTMLWriter.inks)
    }

    /// WeasyPrint 57 takes a space after a comma for the beginning of the next name.
    private static let inks: StaticString = """
        text { font-size: 11px; fill: #111;
          font-family: "Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei",sans-serif; }
        .small { font-size: 9.5px; fill: #444; }
        .axis { stroke: #111; stroke-width: 1; }
        .grid { stroke: #ccc; stroke-width: 1; }
        .mark { stroke: #111; stroke-width: 1.6; }
        .undone { stroke: #111; stroke-width: 1; stroke-dasharray: 2 2; }
        .flag { fill: #111; }
        .box { fill: #fff; stroke: #111; stroke-width: 1; }
        .start { stroke-width: 3; }
        .many { stroke-dasharray: 4 3; }
        .line { stroke: #666; stroke-width: 1; fill: none; }

        """

    private static func written(_ attributes: KeyValuePairs<String, String>) -> String {
        attributes.map { " \($0)=\"\(escaped($1))\"" }.joined()
    }

    /// Marks that turn the direction of writing and other controls become U+FFFD.
    package static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in printable(text).unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

/// The head of a document that loads nothing and runs nothing.
extension HTMLWriter {
    mutating func begin(title: String, language: String) {
        open("html", ["lang": language, "xmlns": "http://www.w3.org/1999/xhtml"])
        open("head")
        empty("meta", ["charset": "utf-8"])
        empty(
            "meta",
            [
                "http-equiv": "Content-Security-Policy",
                "content": "default-src 'none'; style-src 'unsafe-inline'",
            ])
        empty("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
        element("title", [:], title)
        style(HTMLWriter.sheet)
        close("head")
        open("body")
    }

    mutating func end() {
        close("body")
        close("html")
    }

    mutating func table(_ heads: [(String, String)], _ rows: [[String]]) {
        open("table")
        open("thead")
        open("tr")
        for (name, style) in heads { element("th", ["class": style, "scope": "col"], name) }
        close("tr")
        close("thead")
        open("tbody")
        for row in rows {
            open("tr")
            for (cell, head) in zip(row, heads) { element("td", ["class": head.1], cell) }
            close("tr")
        }
        close("tbody")
        close("table")
    }

    /// Black on white, readable without colour; on paper A4 across, heads repeated.
    private static let sheet: StaticString = """
        @page { size: A4 landscape; margin: 14mm 12mm; }
        body { font: 13px/1.45 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", sans-serif;
          color: #111; background: #fff; max-width: 1080px; margin: 1.5em auto; padding: 0 1em; }
        h1 { font-size: 1.5em; margin: 0 0 .2em; overflow-wrap: anywhere; }
        h2 { font-size: 1.15em; margin: 1.6em 0 .4em; border-bottom: 1px solid #111; }
        p { margin: .3em 0; }
        .origin { color: #444; overflow-wrap: anywhere; font-size: .9em; }
        .note { border-left: 3px solid #111; padding-left: .6em; }
        table { border-collapse: collapse; width: 100%; margin: .5em 0; }
        thead { display: table-header-group; }
        tr { break-inside: avoid; }
        th { text-align: left; border-bottom: 1px solid #111; font-weight: 600; }
        td, th { padding: .2em .5em .2em 0; vertical-align: top; }
        td { border-bottom: 1px solid #ddd; overflow-wrap: anywhere; }
        .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
        .day { white-space: nowrap; }
        .code { font-family: "Noto Sans Mono", "DejaVu Sans Mono", monospace; font-size: .9em; }
        .strong { font-weight: 600; }
        figure { margin: .6em 0; break-inside: avoid; }
        figcaption { color: #444; font-size: .9em; }
        svg { width: 100%; height: auto; display: block; }
        @media print {
          body { max-width: none; margin: 0; padding: 0; font-size: 10px; }
          svg { max-height: 165mm; }
        }

        """
}
