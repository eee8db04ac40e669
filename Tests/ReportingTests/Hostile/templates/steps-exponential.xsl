<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="text"/>
  <xsl:template match="/"><xsl:call-template name="twice"><xsl:with-param name="depth" select="60"/></xsl:call-template></xsl:template>
  <xsl:template name="twice">
    <xsl:param name="depth"/>
    <xsl:if test="$depth &gt; 0">
      <xsl:call-template name="twice"><xsl:with-param name="depth" select="$depth - 1"/></xsl:call-template>
      <xsl:call-template name="twice"><xsl:with-param name="depth" select="$depth - 1"/></xsl:call-template>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
