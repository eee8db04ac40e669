<?xml version="1.0" encoding="UTF-8"?>
<!-- Every table as a file of comma-separated values (RFC 4180), and report.csv, which says what they
     were drawn from. Before each file stands its name between U+FDD0 and U+FDD1, which no text may
     hold; by them the files are told apart. Each begins with a byte order mark, or else spreadsheet
     programs take it for another encoding. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:r="urn:aidledger:report:1"
    xmlns:str="http://exslt.org/strings"
    exclude-result-prefixes="r str">

  <xsl:import href="messages.xsl"/>
  <xsl:import href="tables.xsl"/>
  <xsl:import href="particulars.xsl"/>
  <xsl:import href="csv-indicators.xsl"/>

  <xsl:output method="text" encoding="UTF-8"/>
  <xsl:variable name="end" select="'&#13;&#10;'"/>
  <xsl:variable name="mark" select="'&#xFEFF;'"/>

  <xsl:template match="/r:report">
    <xsl:call-template name="file"><xsl:with-param name="name" select="'report'"/></xsl:call-template>
    <xsl:call-template name="field">
      <xsl:with-param name="text"><xsl:call-template name="message"><xsl:with-param name="id" select="'column.line'"/></xsl:call-template></xsl:with-param>
    </xsl:call-template>
    <xsl:text>,</xsl:text>
    <xsl:call-template name="field">
      <xsl:with-param name="text"><xsl:call-template name="message"><xsl:with-param name="id" select="'column.content'"/></xsl:call-template></xsl:with-param>
    </xsl:call-template>
    <xsl:value-of select="$end"/>
    <xsl:call-template name="particulars"/>
    <xsl:apply-templates select="r:section/r:indicators | r:section/r:table[not(r:annex)]"/>
  </xsl:template>

  <!-- A page of an annex goes on where the one before it ended. -->
  <xsl:template match="/r:report[@annex]">
    <xsl:apply-templates select="r:section/r:table"/>
  </xsl:template>

  <xsl:template name="particular">
    <xsl:param name="label"/>
    <xsl:param name="text"/>
    <xsl:call-template name="field"><xsl:with-param name="text" select="$label"/></xsl:call-template>
    <xsl:text>,</xsl:text>
    <xsl:call-template name="field"><xsl:with-param name="text" select="$text"/></xsl:call-template>
    <xsl:value-of select="$end"/>
  </xsl:template>

  <xsl:template match="r:table">
    <xsl:if test="not($report/@page &gt; 1)"><xsl:call-template name="table-head"/></xsl:if>
    <xsl:apply-templates select="r:row | r:total"/>
  </xsl:template>

  <xsl:template name="table-head">
    <xsl:call-template name="file">
      <xsl:with-param name="name" select="concat(../@id, '-', @id)"/>
    </xsl:call-template>
    <xsl:for-each select="r:column">
      <xsl:call-template name="field">
        <xsl:with-param name="text"><xsl:call-template name="column-heading"/></xsl:with-param>
      </xsl:call-template>
      <xsl:text>,</xsl:text>
    </xsl:for-each>
    <xsl:call-template name="field">
      <xsl:with-param name="text"><xsl:call-template name="message"><xsl:with-param name="id" select="'column.row'"/></xsl:call-template></xsl:with-param>
    </xsl:call-template>
    <xsl:value-of select="$end"/>
  </xsl:template>

  <xsl:template match="r:row | r:total">
    <xsl:variable name="row" select="."/>
    <xsl:for-each select="../r:column">
      <xsl:apply-templates select="." mode="field">
        <xsl:with-param name="cell" select="$row/r:cell[@column = current()/@id]"/>
        <xsl:with-param name="isTotal" select="boolean($row/self::r:total)"/>
      </xsl:apply-templates>
      <xsl:text>,</xsl:text>
    </xsl:for-each>
    <xsl:call-template name="field"><xsl:with-param name="text" select="@id"/></xsl:call-template>
    <xsl:value-of select="$end"/>
  </xsl:template>

  <xsl:template match="r:column" mode="field">
    <xsl:param name="cell"/>
    <xsl:param name="isTotal"/>
    <xsl:choose>
      <xsl:when test="$isTotal and not(preceding-sibling::r:column)">
        <xsl:call-template name="field">
          <xsl:with-param name="text"><xsl:call-template name="message"><xsl:with-param name="id" select="'total'"/></xsl:call-template></xsl:with-param>
        </xsl:call-template>
      </xsl:when>
      <xsl:when test="not($cell/@value)"/>
      <xsl:otherwise>
        <xsl:call-template name="field">
          <xsl:with-param name="text">
            <xsl:choose>
              <xsl:when test="$cell/@exact"><xsl:value-of select="$cell/@exact"/></xsl:when>
              <xsl:otherwise><xsl:for-each select="$cell"><xsl:call-template name="cell-text"/></xsl:for-each></xsl:otherwise>
            </xsl:choose>
          </xsl:with-param>
          <xsl:with-param name="isNumber" select="@type = 'fen' or @type = 'count' or @type = 'percent'"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A field in quotation marks. What a spreadsheet program would take for a formula gets an
       apostrophe before it (OWASP, CSV Injection); a number keeps its minus. Soft hyphens are for
       paper. -->
  <xsl:template name="field">
    <xsl:param name="text"/>
    <xsl:param name="isNumber" select="false()"/>
    <xsl:variable name="plain" select="translate(string($text), '&#xAD;', '')"/>
    <xsl:text>"</xsl:text>
    <xsl:if test="not($isNumber) and $plain != '' and contains('=+-@&#9;&#10;&#13;＝＋－＠', substring($plain, 1, 1))">'</xsl:if>
    <xsl:value-of select="str:replace($plain, '&quot;', '&quot;&quot;')"/>
    <xsl:text>"</xsl:text>
  </xsl:template>

  <xsl:template name="file">
    <xsl:param name="name"/>
    <xsl:value-of select="concat('&#xFDD0;', $name, '.csv&#xFDD1;', $mark)"/>
  </xsl:template>

</xsl:stylesheet>
