internal import ArgumentParser
internal import Reporting

struct ReportStylesheetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stylesheet",
        abstract: "Print the stylesheet that folders laid over our templates make.",
        discussion: """
            It imports ours and theirs, for any program that runs XSLT 1.0: \
            `xsltproc layered.xsl report.xml` gives what the report gives.
            """)

    @Argument(help: "The report.")
    var name: String

    @OptionGroup var templates: TemplateOptions
    @OptionGroup var home: HomeOptions

    @Option(help: "What it makes: html, csv or xlsx (the workbook's XML).")
    var format = ReportDocument.html

    func run() throws {
        let reports = try ReportHome(home, layers: templates.folders)
        Console.output(bytes: try reports.drawing.stylesheet(format, of: name))
    }
}

extension ReportDocument: ExpressibleByArgument {}
