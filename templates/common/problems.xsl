<?xml version="1.0" encoding="UTF-8"?>
<!-- What a failed verification found, in words, for pages and workbooks alike. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:r="urn:aidledger:report:1"
    exclude-result-prefixes="r">

  <!-- Of a verification: how many problems there are, and how many are listed. -->
  <xsl:template name="problem-count">
    <xsl:call-template name="message">
      <xsl:with-param name="id" select="'verification.problems'"/>
      <xsl:with-param name="text" select="@problemsText"/>
    </xsl:call-template>
    <xsl:if test="count(r:problem) &lt; @problems">
      <xsl:call-template name="message">
        <xsl:with-param name="id" select="'verification.first'"/>
        <xsl:with-param name="text" select="count(r:problem)"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- Of a problem: the entry, and what it concerns. -->
  <xsl:template name="problem-about">
    <xsl:if test="@seq">
      <xsl:call-template name="message">
        <xsl:with-param name="id" select="'entry'"/>
        <xsl:with-param name="text" select="@seq"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:call-template name="message"><xsl:with-param name="id" select="concat('problem.', @of)"/></xsl:call-template>
  </xsl:template>

</xsl:stylesheet>
