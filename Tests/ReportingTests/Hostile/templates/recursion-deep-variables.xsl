<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:template match="/"><xsl:call-template name="again"/></xsl:template>
  <xsl:template name="again">
    <xsl:param name="text" select="'a'"/>
    <xsl:call-template name="again"><xsl:with-param name="text" select="concat($text, 'a')"/></xsl:call-template>
  </xsl:template>
</xsl:stylesheet>
