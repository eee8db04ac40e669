<?xml version="1.0" encoding="UTF-8"?>
<!-- What a drawn report says, one thing to a line, for comparing it with the ledger: what it was drawn
     from, which files it was drawn with, and every figure with its records. Fields are separated by
     tabs. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:r="urn:aidledger:report:1">

  <xsl:output method="text" encoding="UTF-8"/>
  <xsl:variable name="tab" select="'&#9;'"/>
  <xsl:variable name="end" select="'&#10;'"/>

  <xsl:template match="/r:report">
    <xsl:call-template name="line"><xsl:with-param name="of" select="'name'"/><xsl:with-param name="text" select="@name"/></xsl:call-template>
    <xsl:call-template name="line"><xsl:with-param name="of" select="'language'"/><xsl:with-param name="text" select="@xml:lang"/></xsl:call-template>
    <xsl:for-each select="r:parameters/@year | r:parameters/@area | r:parameters/@matter | r:parameters/@id | r:drawn/@at | r:drawn/@by | r:ledger/@origin | r:ledger/@size | r:ledger/@rootHash">
      <xsl:call-template name="line"><xsl:with-param name="of" select="name()"/><xsl:with-param name="text" select="."/></xsl:call-template>
    </xsl:for-each>
    <xsl:for-each select="@annex | @page">
      <xsl:call-template name="line"><xsl:with-param name="of" select="name()"/><xsl:with-param name="text" select="."/></xsl:call-template>
    </xsl:for-each>
    <xsl:for-each select="r:section/r:verification/@outcome">
      <xsl:call-template name="line"><xsl:with-param name="of" select="'outcome'"/><xsl:with-param name="text" select="."/></xsl:call-template>
    </xsl:for-each>
    <xsl:for-each select="r:parameters/r:parameter">
      <xsl:call-template name="pair"><xsl:with-param name="of" select="'parameter'"/><xsl:with-param name="first" select="@id"/><xsl:with-param name="second" select="@value"/></xsl:call-template>
    </xsl:for-each>
    <xsl:for-each select="r:sources/r:source">
      <xsl:call-template name="pair"><xsl:with-param name="of" select="'source'"/><xsl:with-param name="first" select="@path"/><xsl:with-param name="second" select="@sha256"/></xsl:call-template>
    </xsl:for-each>
    <xsl:for-each select="r:section/r:table/r:row | r:section/r:table/r:total">
      <xsl:value-of select="concat(name(), $tab, translate(@id, '&#9;&#10;&#13;', '   '), $tab, @entries, $tab, @recordSet)"/>
      <xsl:for-each select="r:cell">
        <xsl:value-of select="concat($tab, @column, '=', translate(@value, '&#9;&#10;&#13;', '   '))"/>
      </xsl:for-each>
      <xsl:value-of select="$end"/>
    </xsl:for-each>
    <!-- A page of an annex, whose rows stand elsewhere. -->
    <xsl:for-each select="r:section/r:table/r:annex/r:page">
      <xsl:value-of select="concat('page', $tab, ../../@id, '/', @number, $tab, @rows, $tab, @figures, $end)"/>
    </xsl:for-each>
    <!-- An indicator with its target, actual value and score; what it is reckoned from; and what
         groups and the whole come to, which have no entries of their own. -->
    <xsl:for-each select="r:section/r:indicators//r:indicator | r:section/r:indicators//r:figure">
      <xsl:value-of select="concat(name(), $tab, @id, $tab, @entries, $tab, @recordSet)"/>
      <xsl:for-each select="@state | @weight | @target | @actual | @score | @value">
        <xsl:value-of select="concat($tab, name(), '=', .)"/>
      </xsl:for-each>
      <xsl:value-of select="$end"/>
    </xsl:for-each>
    <xsl:for-each select="r:section/r:indicators | r:section/r:indicators//r:group">
      <xsl:value-of select="concat('points', $tab, 'points:', @id, $tab, '0', $tab)"/>
      <xsl:for-each select="@weight | @measured | @open | @score | @rate | @least | @leastGrade | @most | @mostGrade | @grade">
        <xsl:value-of select="concat($tab, name(), '=', .)"/>
      </xsl:for-each>
      <xsl:value-of select="$end"/>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="line">
    <xsl:param name="of"/>
    <xsl:param name="text"/>
    <xsl:value-of select="concat($of, $tab, translate($text, '&#9;&#10;&#13;', '   '), $end)"/>
  </xsl:template>

  <xsl:template name="pair">
    <xsl:param name="of"/>
    <xsl:param name="first"/>
    <xsl:param name="second"/>
    <xsl:value-of select="concat($of, $tab, translate($first, '&#9;&#10;&#13;', '   '), $tab, translate($second, '&#9;&#10;&#13;', '   '), $end)"/>
  </xsl:template>

</xsl:stylesheet>
