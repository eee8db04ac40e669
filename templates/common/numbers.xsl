<?xml version="1.0" encoding="UTF-8"?>
<!-- Numbers of sections. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:r="urn:aidledger:report:1"
    xmlns:m="urn:aidledger:messages:1"
    exclude-result-prefixes="r m">

  <!-- 一、 or 1. : the list of numerals is the language's; past its end the number itself. -->
  <xsl:template name="section-number">
    <xsl:variable name="position" select="count(preceding-sibling::r:section) + 1"/>
    <xsl:variable name="numerals" select="$messages/m:message[@id = 'numerals']/m:item"/>
    <xsl:variable name="number">
      <xsl:choose>
        <xsl:when test="$numerals[$position]"><xsl:value-of select="$numerals[$position]"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="$position"/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <span class="number">
      <xsl:call-template name="message">
        <xsl:with-param name="id" select="'section-number'"/>
        <xsl:with-param name="text" select="$number"/>
      </xsl:call-template>
    </span>
  </xsl:template>

</xsl:stylesheet>
