<?xml version="1.0" encoding="UTF-8"?>
<!-- One self-contained HTML document from a report's XML. A report's html.xsl imports this and
     overrides what it has differently. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:r="urn:aidledger:report:1"
    xmlns:m="urn:aidledger:messages:1"
    xmlns:s="urn:aidledger:style:1"
    exclude-result-prefixes="r m s">

  <xsl:import href="messages.xsl"/>
  <xsl:import href="numbers.xsl"/>
  <xsl:import href="masthead.xsl"/>
  <xsl:import href="tables.xsl"/>
  <xsl:import href="annexes.xsl"/>
  <xsl:import href="charts.xsl"/>
  <xsl:import href="drawings.xsl"/>
  <xsl:import href="problems.xsl"/>
  <xsl:import href="ledger.xsl"/>

  <xsl:output method="html" encoding="UTF-8" indent="no" doctype-system="about:legacy-compat"/>

  <xsl:template match="/r:report">
    <html lang="{@xml:lang}">
      <head>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="generator" content="{r:drawn/@by}"/>
        <title><xsl:call-template name="message"><xsl:with-param name="id" select="'title'"/></xsl:call-template></title>
        <style>
          <xsl:value-of select="document('report.css.xml')/s:style"/>
          <xsl:call-template name="page-margins"/>
          <xsl:call-template name="css"/>
        </style>
      </head>
      <body>
        <xsl:choose>
          <xsl:when test="@annex"><xsl:call-template name="page-of-annex"/></xsl:when>
          <xsl:otherwise>
            <xsl:call-template name="letterhead"/>
            <xsl:call-template name="masthead"/>
            <main>
              <xsl:apply-templates select="r:section"/>
              <xsl:call-template name="signatures"/>
            </main>
            <xsl:call-template name="footer"/>
          </xsl:otherwise>
        </xsl:choose>
      </body>
    </html>
  </xsl:template>

  <!-- Empty here; they are for those who lay their own over this. -->
  <xsl:template name="css"/>
  <xsl:template name="letterhead"/>
  <xsl:template name="footer"/>

  <!-- What stands in the margins of each sheet of paper: which ledger, which page. -->
  <xsl:template name="page-margins">
    <xsl:variable name="notHex" select="translate(r:ledger/@rootHash, '0123456789abcdef', '')"/>
    <xsl:text>@page { @bottom-left { content: "</xsl:text>
    <xsl:call-template name="message"><xsl:with-param name="id" select="'page.root'"/></xsl:call-template>
    <xsl:value-of select="substring(translate(r:ledger/@rootHash, $notHex, ''), 1, 16)"/>
    <xsl:text>" } @bottom-right { content: "</xsl:text>
    <xsl:call-template name="message"><xsl:with-param name="id" select="'page.before'"/></xsl:call-template>
    <xsl:text>" counter(page) "</xsl:text>
    <xsl:call-template name="message"><xsl:with-param name="id" select="'page.between'"/></xsl:call-template>
    <xsl:text>" counter(pages) "</xsl:text>
    <xsl:call-template name="message"><xsl:with-param name="id" select="'page.after'"/></xsl:call-template>
    <xsl:text>" } }</xsl:text>
  </xsl:template>

  <xsl:template match="r:section">
    <section id="section:{@id}" aria-labelledby="heading:{@id}">
      <!-- A section that begins with a wide table, or has indicators, is printed across. -->
      <xsl:variable name="first"><xsl:for-each select="r:table[1]"><xsl:call-template name="width"/></xsl:for-each></xsl:variable>
      <xsl:if test="r:indicators or $first = 'wide'"><xsl:attribute name="class">wide</xsl:attribute></xsl:if>
      <h2 id="heading:{@id}">
        <xsl:call-template name="section-number"/>
        <xsl:call-template name="message">
          <xsl:with-param name="id" select="concat('section.', @id)"/>
        </xsl:call-template>
      </h2>
      <xsl:call-template name="message">
        <xsl:with-param name="id" select="concat('section.', @id, '.text')"/>
        <xsl:with-param name="optional" select="true()"/>
      </xsl:call-template>
      <xsl:apply-templates/>
    </section>
  </xsl:template>

  <xsl:template name="signatures">
    <section class="signatures" aria-labelledby="heading:signatures">
      <h2 id="heading:signatures">
        <xsl:call-template name="message"><xsl:with-param name="id" select="'signatures.heading'"/></xsl:call-template>
      </h2>
      <xsl:variable name="own" select="$messages/m:message[@id = concat($report/@name, '.signatures')]"/>
      <xsl:variable name="lines" select="$own | $messages/m:message[@id = 'signatures'][not($own)]"/>
      <ul>
        <xsl:for-each select="$lines/m:item">
          <li>
            <span class="role"><xsl:value-of select="."/></span>
            <span class="line"/>
            <span class="date">
              <xsl:call-template name="message"><xsl:with-param name="id" select="'signatures.date'"/></xsl:call-template>
            </span>
          </li>
        </xsl:for-each>
      </ul>
    </section>
  </xsl:template>

</xsl:stylesheet>
