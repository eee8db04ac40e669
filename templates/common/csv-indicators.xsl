<?xml version="1.0" encoding="UTF-8"?>
<!-- The indicators of an evaluation as two files: what the groups come to, and each indicator. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:r="urn:aidledger:report:1"
    exclude-result-prefixes="r">

  <xsl:import href="indicators.xsl"/>

  <xsl:template match="r:indicators">
    <xsl:call-template name="file"><xsl:with-param name="name" select="concat(../@id, '-groups')"/></xsl:call-template>
    <xsl:call-template name="head-field"><xsl:with-param name="column" select="'group'"/><xsl:with-param name="is-first" select="true()"/></xsl:call-template>
    <xsl:call-template name="head-field"><xsl:with-param name="column" select="'weight'"/></xsl:call-template>
    <xsl:call-template name="head-field"><xsl:with-param name="column" select="'measured'"/></xsl:call-template>
    <xsl:call-template name="head-field"><xsl:with-param name="column" select="'score'"/></xsl:call-template>
    <xsl:call-template name="head-field"><xsl:with-param name="column" select="'rate'"/></xsl:call-template>
    <xsl:call-template name="head-field"><xsl:with-param name="column" select="'open'"/></xsl:call-template>
    <xsl:value-of select="$end"/>
    <xsl:for-each select="r:group">
      <xsl:call-template name="field"><xsl:with-param name="text" select="@title"/></xsl:call-template>
      <xsl:call-template name="point-fields"/>
    </xsl:for-each>
    <xsl:call-template name="field">
      <xsl:with-param name="text"><xsl:call-template name="message"><xsl:with-param name="id" select="'total'"/></xsl:call-template></xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="point-fields"/>

    <xsl:call-template name="file"><xsl:with-param name="name" select="concat(../@id, '-indicators')"/></xsl:call-template>
    <xsl:call-template name="head-field"><xsl:with-param name="column" select="'group'"/><xsl:with-param name="is-first" select="true()"/></xsl:call-template>
    <xsl:call-template name="head-field"><xsl:with-param name="column" select="'part'"/></xsl:call-template>
    <xsl:call-template name="head-field"><xsl:with-param name="column" select="'indicator'"/></xsl:call-template>
    <xsl:call-template name="head-field"><xsl:with-param name="column" select="'formula'"/></xsl:call-template>
    <xsl:call-template name="head-field"><xsl:with-param name="column" select="'numerator'"/></xsl:call-template>
    <xsl:call-template name="head-field"><xsl:with-param name="column" select="'denominator'"/></xsl:call-template>
    <xsl:call-template name="head-field"><xsl:with-param name="column" select="'actual'"/></xsl:call-template>
    <xsl:call-template name="head-field"><xsl:with-param name="column" select="'target'"/></xsl:call-template>
    <xsl:call-template name="head-field"><xsl:with-param name="column" select="'source'"/></xsl:call-template>
    <xsl:call-template name="head-field"><xsl:with-param name="column" select="'weight'"/></xsl:call-template>
    <xsl:call-template name="head-field"><xsl:with-param name="column" select="'score'"/></xsl:call-template>
    <xsl:text>,</xsl:text>
    <xsl:call-template name="field">
      <xsl:with-param name="text"><xsl:call-template name="message"><xsl:with-param name="id" select="'column.row'"/></xsl:call-template></xsl:with-param>
    </xsl:call-template>
    <xsl:value-of select="$end"/>
    <xsl:apply-templates select=".//r:indicator"/>
  </xsl:template>

  <xsl:template name="point-fields">
    <xsl:call-template name="next-field"><xsl:with-param name="number" select="@weightText"/></xsl:call-template>
    <xsl:call-template name="next-field"><xsl:with-param name="number" select="@measuredText"/></xsl:call-template>
    <xsl:call-template name="next-field"><xsl:with-param name="number" select="@scoreText"/></xsl:call-template>
    <xsl:call-template name="next-field"><xsl:with-param name="number" select="@rateText"/></xsl:call-template>
    <xsl:call-template name="next-field"><xsl:with-param name="number" select="@openText"/></xsl:call-template>
    <xsl:value-of select="$end"/>
  </xsl:template>

  <xsl:template match="r:indicator">
    <xsl:call-template name="field"><xsl:with-param name="text" select="../../@title"/></xsl:call-template>
    <xsl:call-template name="next-field"><xsl:with-param name="text" select="../@title"/></xsl:call-template>
    <xsl:call-template name="next-field"><xsl:with-param name="text" select="@title"/></xsl:call-template>
    <xsl:call-template name="next-field">
      <xsl:with-param name="text"><xsl:call-template name="indicator-formula"/></xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="next-field"><xsl:with-param name="number" select="r:figure[@id = concat(current()/@id, ':numerator')]/@text"/></xsl:call-template>
    <xsl:call-template name="next-field"><xsl:with-param name="number" select="r:figure[@id = concat(current()/@id, ':denominator')]/@text"/></xsl:call-template>
    <xsl:call-template name="next-field"><xsl:with-param name="number" select="@actualText"/></xsl:call-template>
    <xsl:call-template name="next-field"><xsl:with-param name="number" select="@targetText"/></xsl:call-template>
    <xsl:call-template name="next-field"><xsl:with-param name="text" select="@targetSource"/></xsl:call-template>
    <xsl:call-template name="next-field"><xsl:with-param name="number" select="@weightText"/></xsl:call-template>
    <xsl:choose>
      <xsl:when test="@score"><xsl:call-template name="next-field"><xsl:with-param name="number" select="@scoreText"/></xsl:call-template></xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="next-field">
          <xsl:with-param name="text"><xsl:call-template name="message"><xsl:with-param name="id" select="concat('indicators.state.', @state)"/></xsl:call-template></xsl:with-param>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:call-template name="next-field"><xsl:with-param name="text" select="@id"/></xsl:call-template>
    <xsl:value-of select="$end"/>
  </xsl:template>

  <!-- A comma, and after it what is there. -->
  <xsl:template name="next-field">
    <xsl:param name="text"/>
    <xsl:param name="number"/>
    <xsl:text>,</xsl:text>
    <xsl:choose>
      <xsl:when test="string($number)">
        <xsl:call-template name="field"><xsl:with-param name="text" select="$number"/><xsl:with-param name="isNumber" select="true()"/></xsl:call-template>
      </xsl:when>
      <xsl:when test="string($text)"><xsl:call-template name="field"><xsl:with-param name="text" select="$text"/></xsl:call-template></xsl:when>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="head-field">
    <xsl:param name="column"/>
    <xsl:param name="is-first" select="false()"/>
    <xsl:if test="not($is-first)">,</xsl:if>
    <xsl:call-template name="field">
      <xsl:with-param name="text"><xsl:call-template name="message"><xsl:with-param name="id" select="concat('indicators.column.', $column)"/></xsl:call-template></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

</xsl:stylesheet>
