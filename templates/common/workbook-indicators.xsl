<?xml version="1.0" encoding="UTF-8"?>
<!-- The indicators of an evaluation as rows of a sheet: what they come to, and below it each. Points
     are in hundredths, as amounts are in fen, and are shown like these. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:r="urn:aidledger:report:1"
    xmlns="urn:aidledger:workbook:1"
    exclude-result-prefixes="r">

  <xsl:import href="indicators.xsl"/>

  <xsl:template name="columns-of-indicators">
    <column width="18"/>
    <column width="18"/>
    <column width="28"/>
    <column width="52"/>
    <column width="18"/>
    <column width="18"/>
    <column width="12"/>
    <column width="12"/>
    <column width="24"/>
    <column width="10"/>
    <column width="12"/>
    <column width="12"/>
    <column width="34"/>
  </xsl:template>

  <xsl:template match="r:indicators">
    <row role="caption">
      <xsl:call-template name="text-cell">
        <xsl:with-param name="text">
          <xsl:call-template name="indicator-table-number"/>
          <xsl:call-template name="message"><xsl:with-param name="id" select="'indicators.summary'"/></xsl:call-template>
          <xsl:call-template name="unit-in-brackets"><xsl:with-param name="id" select="'unit.points'"/></xsl:call-template>
        </xsl:with-param>
      </xsl:call-template>
    </row>
    <row role="head">
      <xsl:call-template name="message-cell"><xsl:with-param name="id" select="'indicators.column.group'"/></xsl:call-template>
      <xsl:call-template name="message-cell"><xsl:with-param name="id" select="'indicators.column.weight'"/><xsl:with-param name="type" select="'end'"/></xsl:call-template>
      <xsl:call-template name="message-cell"><xsl:with-param name="id" select="'indicators.column.measured'"/><xsl:with-param name="type" select="'end'"/></xsl:call-template>
      <xsl:call-template name="message-cell"><xsl:with-param name="id" select="'indicators.column.score'"/><xsl:with-param name="type" select="'end'"/></xsl:call-template>
      <xsl:call-template name="message-cell"><xsl:with-param name="id" select="'indicators.column.rate'"/><xsl:with-param name="type" select="'end'"/></xsl:call-template>
      <xsl:call-template name="message-cell"><xsl:with-param name="id" select="'indicators.column.open'"/><xsl:with-param name="type" select="'end'"/></xsl:call-template>
    </row>
    <xsl:for-each select="r:group">
      <row role="body">
        <xsl:call-template name="text-cell"><xsl:with-param name="text" select="@title"/></xsl:call-template>
        <xsl:call-template name="point-cells"/>
      </row>
    </xsl:for-each>
    <row role="total">
      <xsl:call-template name="message-cell"><xsl:with-param name="id" select="'total'"/></xsl:call-template>
      <xsl:call-template name="point-cells"/>
    </row>
    <xsl:call-template name="indicator-note-row"><xsl:with-param name="id" select="'indicators.summary.note'"/></xsl:call-template>
    <row role="body"/>
    <xsl:call-template name="outcome-rows"/>
    <xsl:apply-templates select="r:group"/>
  </xsl:template>

  <xsl:template name="point-cells">
    <cell type="fen" value="{@weight}" text="{@weightText}"/>
    <cell type="fen" value="{@measured}" text="{@measuredText}"/>
    <xsl:choose>
      <xsl:when test="@score">
        <cell type="fen" value="{@score}" text="{@scoreText}"/>
        <cell type="percent" value="{@rate}" text="{@rateText}"/>
      </xsl:when>
      <xsl:otherwise><cell/><cell/></xsl:otherwise>
    </xsl:choose>
    <cell type="fen" value="{@open}" text="{@openText}"/>
  </xsl:template>

  <!-- Between which borders the whole lies, and what is filled in by hand. -->
  <xsl:template name="outcome-rows">
    <xsl:if test="@open != '0'">
      <row role="body">
        <xsl:call-template name="message-cell"><xsl:with-param name="id" select="'indicators.bounds'"/></xsl:call-template>
        <xsl:call-template name="text-cell">
          <xsl:with-param name="type" select="'line'"/>
          <xsl:with-param name="text"><xsl:call-template name="indicator-bounds"/></xsl:with-param>
        </xsl:call-template>
      </row>
      <row role="body">
        <xsl:call-template name="message-cell"><xsl:with-param name="id" select="'indicators.by-hand'"/></xsl:call-template>
      </row>
    </xsl:if>
    <row role="body">
      <xsl:call-template name="message-cell"><xsl:with-param name="id" select="'indicators.grade'"/></xsl:call-template>
      <xsl:if test="@grade">
        <xsl:call-template name="message-cell"><xsl:with-param name="id" select="concat('grade.', @grade)"/></xsl:call-template>
      </xsl:if>
    </row>
  </xsl:template>

  <xsl:template match="r:indicators/r:group">
    <row role="body"/>
    <row role="caption">
      <xsl:call-template name="text-cell">
        <xsl:with-param name="text">
          <xsl:call-template name="indicator-table-number"/>
          <xsl:value-of select="@title"/>
          <xsl:call-template name="message">
            <xsl:with-param name="id" select="'indicators.of-points'"/>
            <xsl:with-param name="text" select="@weightText"/>
          </xsl:call-template>
          <xsl:call-template name="unit-in-brackets"><xsl:with-param name="id" select="'unit.amounts'"/></xsl:call-template>
        </xsl:with-param>
      </xsl:call-template>
    </row>
    <row role="head">
      <xsl:call-template name="message-cell"><xsl:with-param name="id" select="'indicators.column.group'"/></xsl:call-template>
      <xsl:call-template name="message-cell"><xsl:with-param name="id" select="'indicators.column.part'"/></xsl:call-template>
      <xsl:call-template name="message-cell"><xsl:with-param name="id" select="'indicators.column.indicator'"/></xsl:call-template>
      <xsl:call-template name="message-cell"><xsl:with-param name="id" select="'indicators.column.formula'"/></xsl:call-template>
      <xsl:call-template name="message-cell"><xsl:with-param name="id" select="'indicators.column.numerator'"/><xsl:with-param name="type" select="'end'"/></xsl:call-template>
      <xsl:call-template name="message-cell"><xsl:with-param name="id" select="'indicators.column.denominator'"/><xsl:with-param name="type" select="'end'"/></xsl:call-template>
      <xsl:call-template name="message-cell"><xsl:with-param name="id" select="'indicators.column.actual'"/><xsl:with-param name="type" select="'end'"/></xsl:call-template>
      <xsl:call-template name="message-cell"><xsl:with-param name="id" select="'indicators.column.target'"/><xsl:with-param name="type" select="'end'"/></xsl:call-template>
      <xsl:call-template name="message-cell"><xsl:with-param name="id" select="'indicators.column.source'"/></xsl:call-template>
      <xsl:call-template name="message-cell"><xsl:with-param name="id" select="'indicators.column.weight'"/><xsl:with-param name="type" select="'end'"/></xsl:call-template>
      <xsl:call-template name="message-cell"><xsl:with-param name="id" select="'indicators.column.score'"/><xsl:with-param name="type" select="'end'"/></xsl:call-template>
      <xsl:call-template name="message-cell"><xsl:with-param name="id" select="'column.trace'"/><xsl:with-param name="type" select="'end'"/></xsl:call-template>
      <xsl:call-template name="message-cell"><xsl:with-param name="id" select="'column.row'"/><xsl:with-param name="type" select="'line'"/></xsl:call-template>
    </row>
    <xsl:apply-templates select="r:group/r:indicator"/>
    <xsl:call-template name="indicator-note-row"><xsl:with-param name="id" select="concat('indicators.', @id, '.note')"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="r:indicator">
    <row role="body" id="{@id}">
      <xsl:call-template name="text-cell"><xsl:with-param name="text" select="../../@title"/></xsl:call-template>
      <xsl:call-template name="text-cell"><xsl:with-param name="text" select="../@title"/></xsl:call-template>
      <xsl:call-template name="text-cell"><xsl:with-param name="text" select="@title"/></xsl:call-template>
      <xsl:call-template name="text-cell">
        <xsl:with-param name="text"><xsl:call-template name="indicator-formula"/></xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="figure-cell"><xsl:with-param name="figure" select="r:figure[@id = concat(current()/@id, ':numerator')]"/></xsl:call-template>
      <xsl:call-template name="figure-cell"><xsl:with-param name="figure" select="r:figure[@id = concat(current()/@id, ':denominator')]"/></xsl:call-template>
      <xsl:choose>
        <xsl:when test="@actual"><cell type="{@unit}" value="{@actual}" text="{@actualText}"/></xsl:when>
        <xsl:otherwise><cell/></xsl:otherwise>
      </xsl:choose>
      <xsl:choose>
        <xsl:when test="@target"><cell type="{@unit}" value="{@target}" text="{@targetText}"/></xsl:when>
        <xsl:otherwise><cell/></xsl:otherwise>
      </xsl:choose>
      <xsl:call-template name="text-cell"><xsl:with-param name="text" select="@targetSource"/></xsl:call-template>
      <cell type="fen" value="{@weight}" text="{@weightText}"/>
      <xsl:choose>
        <xsl:when test="@score"><cell type="fen" value="{@score}" text="{@scoreText}"/></xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="message-cell"><xsl:with-param name="id" select="concat('indicators.state.', @state)"/><xsl:with-param name="type" select="'end'"/></xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:call-template name="trace-cells"/>
    </row>
  </xsl:template>

  <xsl:template name="figure-cell">
    <xsl:param name="figure"/>
    <xsl:choose>
      <xsl:when test="$figure"><cell type="{$figure/@type}" value="{$figure/@value}" text="{$figure/@text}"/></xsl:when>
      <xsl:otherwise><cell/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="unit-in-brackets">
    <xsl:param name="id"/>
    <xsl:call-template name="message">
      <xsl:with-param name="id" select="'in-brackets'"/>
      <xsl:with-param name="text"><xsl:call-template name="message"><xsl:with-param name="id" select="$id"/></xsl:call-template></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="indicator-note-row">
    <xsl:param name="id"/>
    <xsl:variable name="note">
      <xsl:call-template name="message"><xsl:with-param name="id" select="$id"/><xsl:with-param name="optional" select="true()"/></xsl:call-template>
    </xsl:variable>
    <xsl:if test="string($note)">
      <row role="note">
        <xsl:call-template name="text-cell">
          <xsl:with-param name="text">
            <xsl:call-template name="message"><xsl:with-param name="id" select="'note'"/></xsl:call-template>
            <xsl:value-of select="$note"/>
          </xsl:with-param>
        </xsl:call-template>
      </row>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
