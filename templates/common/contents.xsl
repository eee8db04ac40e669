<?xml version="1.0" encoding="UTF-8"?>
<!-- All that a drawn report says, an element to a line, for comparing it with the same report drawn
     again: which element, and its attributes by their names, separated by tabs. Left out is what
     differs between two drawings of one state: when and by what it was drawn, the files it was drawn
     with, the checkpoint, the verification, proofs against the checkpoint, and links to files. In a
     report about a matter, words beside a text's value may be names from the vault, which not
     everybody has: they are left out too. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:r="urn:aidledger:report:1">

  <xsl:output method="text" encoding="UTF-8"/>
  <xsl:variable name="isOfMatter" select="boolean(/r:report/r:parameters/@matter)"/>
  <xsl:key name="text" match="r:column[@type = 'text']" use="concat(../@id, ' ', @id)"/>

  <xsl:template match="*">
    <xsl:apply-templates select="." mode="name"/>
    <xsl:variable name="mayBeNamed" select="$isOfMatter and (self::r:node or key('text', concat(../../@id, ' ', @column)))"/>
    <xsl:for-each select="@*[not($mayBeNamed and name() = 'text') and name() != 'file' and name() != 'document' and name() != 'previous' and name() != 'next' and not(starts-with(name(), 'checkpoint')) and not(parent::r:annex and name() = 'name')]">
      <xsl:sort select="name()"/>
      <xsl:value-of select="concat('&#9;', name(), '=', translate(., '&#9;&#10;&#13;', '   '))"/>
    </xsl:for-each>
    <xsl:for-each select="text()[normalize-space()]">
      <xsl:value-of select="concat('&#9;', translate(., '&#9;&#10;&#13;', '   '))"/>
    </xsl:for-each>
    <xsl:text>&#10;</xsl:text>
    <xsl:apply-templates select="*"/>
  </xsl:template>

  <xsl:template match="r:drawn | r:sources | r:note | r:verification | r:proofs"/>

  <!-- What people know the element by: a cell by its row and column, a row by its id. -->
  <xsl:template match="*" mode="name">
    <xsl:value-of select="local-name()"/>
    <xsl:apply-templates select="@id | @of" mode="of"/>
  </xsl:template>
  <xsl:template match="r:cell" mode="name">
    <xsl:value-of select="concat(translate(../@id, '&#9;&#10;&#13;', '   '), ' ', @column)"/>
  </xsl:template>
  <xsl:template match="r:row | r:total" mode="name">
    <xsl:value-of select="concat(local-name(), ' ', translate(@id, '&#9;&#10;&#13;', '   '))"/>
  </xsl:template>
  <xsl:template match="@*" mode="of"><xsl:value-of select="concat(' ', translate(., '&#9;&#10;&#13;', '   '))"/></xsl:template>

</xsl:stylesheet>
