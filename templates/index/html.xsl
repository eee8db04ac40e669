<?xml version="1.0" encoding="UTF-8"?>
<!-- The page that leads to the reports of a year, area by area. It is no report: nobody signs it. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:r="urn:aidledger:report:1"
    exclude-result-prefixes="r">

  <xsl:import href="../common/layout.xsl"/>

  <xsl:template name="signatures"/>

  <xsl:template match="r:documents">
    <xsl:variable name="kinds" select="r:kind"/>
    <xsl:apply-templates select="r:area/r:document[@problem]" mode="problem"/>
    <div class="table">
      <table class="documents">
        <caption><xsl:call-template name="message"><xsl:with-param name="id" select="'documents'"/></xsl:call-template></caption>
        <thead>
          <tr>
            <th scope="col"><xsl:call-template name="message"><xsl:with-param name="id" select="'column.area'"/></xsl:call-template></th>
            <xsl:for-each select="$kinds"><th scope="col"><xsl:value-of select="@title"/></th></xsl:for-each>
          </tr>
        </thead>
        <tbody>
          <xsl:for-each select="r:area">
            <xsl:variable name="area" select="."/>
            <tr id="{@code}">
              <th scope="row" class="{@level}">
                <xsl:value-of select="@name"/>
                <xsl:call-template name="message">
                  <xsl:with-param name="id" select="'in-brackets'"/>
                  <xsl:with-param name="text" select="@code"/>
                </xsl:call-template>
              </th>
              <xsl:for-each select="$kinds">
                <td><xsl:apply-templates select="$area/r:document[@report = current()/@report]"/></td>
              </xsl:for-each>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
    </div>
    <p class="note">
      <a href="{@sums}"><xsl:value-of select="@sums"/></a>
      <xsl:call-template name="message"><xsl:with-param name="id" select="'documents.sums'"/></xsl:call-template>
    </p>
  </xsl:template>

  <!-- A link's words tell it from all others of the page. -->
  <xsl:template match="r:document">
    <a href="{@file}" aria-label="{../@name} {../../r:kind[@report = current()/@report]/@title}">
      <xsl:call-template name="message"><xsl:with-param name="id" select="'documents.open'"/></xsl:call-template>
    </a>
    <xsl:if test="@blank">
      <xsl:call-template name="message"><xsl:with-param name="id" select="'documents.blank'"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template match="r:document[@problem]">
    <strong><xsl:call-template name="message"><xsl:with-param name="id" select="'documents.failed'"/></xsl:call-template></strong>
  </xsl:template>

  <xsl:template match="r:document" mode="problem">
    <p class="warning">
      <xsl:value-of select="concat(../@name, ' ', ../../r:kind[@report = current()/@report]/@title)"/>
      <xsl:call-template name="message">
        <xsl:with-param name="id" select="'documents.problem'"/>
        <xsl:with-param name="text" select="@problem"/>
      </xsl:call-template>
    </p>
  </xsl:template>

</xsl:stylesheet>
