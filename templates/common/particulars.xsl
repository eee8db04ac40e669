<?xml version="1.0" encoding="UTF-8"?>
<!-- What a report says of itself, line by line, for formats that have no title block. A stylesheet
     that imports this has a template `particular`, which writes one line. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:r="urn:aidledger:report:1"
    exclude-result-prefixes="r">

  <xsl:template name="particulars">
    <xsl:call-template name="named-particular">
      <xsl:with-param name="id" select="'masthead.title'"/>
      <xsl:with-param name="text"><xsl:call-template name="message"><xsl:with-param name="id" select="'title'"/></xsl:call-template></xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="named-particular">
      <xsl:with-param name="id" select="'masthead.area'"/>
      <xsl:with-param name="text">
        <xsl:value-of select="r:parameters/@areaName"/>
        <xsl:call-template name="message">
          <xsl:with-param name="id" select="'in-brackets'"/>
          <xsl:with-param name="text" select="r:parameters/@area"/>
        </xsl:call-template>
      </xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="named-particular">
      <xsl:with-param name="id" select="'masthead.period'"/>
      <xsl:with-param name="text">
        <xsl:value-of select="r:parameters/@fromText"/>
        <xsl:call-template name="message"><xsl:with-param name="id" select="'to'"/></xsl:call-template>
        <xsl:value-of select="r:parameters/@toText"/>
      </xsl:with-param>
    </xsl:call-template>
    <xsl:for-each select="r:parameters/r:parameter">
      <xsl:call-template name="particular">
        <xsl:with-param name="label" select="@title"/>
        <xsl:with-param name="text"><xsl:apply-templates select="." mode="value"/></xsl:with-param>
      </xsl:call-template>
    </xsl:for-each>
    <xsl:call-template name="named-particular">
      <xsl:with-param name="id" select="'masthead.origin'"/>
      <xsl:with-param name="text" select="r:ledger/@origin"/>
    </xsl:call-template>
    <xsl:call-template name="named-particular">
      <xsl:with-param name="id" select="'masthead.size'"/>
      <xsl:with-param name="text" select="r:ledger/@sizeText"/>
    </xsl:call-template>
    <xsl:call-template name="named-particular">
      <xsl:with-param name="id" select="'masthead.root'"/>
      <xsl:with-param name="text" select="r:ledger/@rootHash"/>
    </xsl:call-template>
    <xsl:call-template name="named-particular">
      <xsl:with-param name="id" select="'masthead.checkpoint'"/>
      <xsl:with-param name="text">
        <xsl:call-template name="message">
          <xsl:with-param name="id" select="concat('checkpoint.', r:ledger/@checkpoint)"/>
          <xsl:with-param name="text" select="r:ledger/@checkpointSizeText"/>
        </xsl:call-template>
      </xsl:with-param>
    </xsl:call-template>
    <xsl:for-each select="r:section/r:verification">
      <xsl:call-template name="named-particular">
        <xsl:with-param name="id" select="'verification.heading'"/>
        <xsl:with-param name="text">
          <xsl:call-template name="message">
            <xsl:with-param name="id" select="concat('verification.', @outcome)"/>
            <xsl:with-param name="text" select="@entriesText"/>
          </xsl:call-template>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:for-each>
    <xsl:call-template name="named-particular">
      <xsl:with-param name="id" select="'masthead.drawn'"/>
      <xsl:with-param name="text">
        <xsl:value-of select="r:drawn/@atText"/>
        <xsl:if test="r:drawn/@operator">
          <xsl:call-template name="message">
            <xsl:with-param name="id" select="'masthead.operator'"/>
            <xsl:with-param name="text" select="r:drawn/@operator"/>
          </xsl:call-template>
        </xsl:if>
        <xsl:call-template name="message">
          <xsl:with-param name="id" select="'masthead.by'"/>
          <xsl:with-param name="text" select="r:drawn/@by"/>
        </xsl:call-template>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="named-particular">
    <xsl:param name="id"/>
    <xsl:param name="text"/>
    <xsl:call-template name="particular">
      <xsl:with-param name="label"><xsl:call-template name="message"><xsl:with-param name="id" select="$id"/></xsl:call-template></xsl:with-param>
      <xsl:with-param name="text" select="string($text)"/>
    </xsl:call-template>
  </xsl:template>

</xsl:stylesheet>
