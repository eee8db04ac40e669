<?xml version="1.0" encoding="UTF-8"?>
<!-- Words: every sentence stands in l10n/<language>.xml, under an id. A report can say a thing in its
     own way: `fund-use.table.income` is taken before `table.income`. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:r="urn:aidledger:report:1"
    xmlns:m="urn:aidledger:messages:1"
    exclude-result-prefixes="r m">

  <xsl:variable name="report" select="/r:report"/>
  <xsl:variable name="language" select="$report/@xml:lang"/>
  <xsl:variable name="catalogue" select="document(concat('../l10n/', $language, '.xml'))/m:messages"/>
  <!-- With the messages of layers, where there are any. -->
  <xsl:variable name="messages" select="$catalogue"/>

  <xsl:key name="message" match="m:message" use="@id"/>

  <!-- The message `id`, else `or`; without either the report is not drawn, unless `optional`.
       `text` is what <value of="text"/> in the message stands for. -->
  <xsl:template name="message">
    <xsl:param name="id"/>
    <xsl:param name="or" select="$id"/>
    <xsl:param name="optional" select="false()"/>
    <xsl:param name="text"/>
    <xsl:variable name="own" select="concat($report/@name, '.', $id)"/>
    <xsl:variable name="ownOr" select="concat($report/@name, '.', $or)"/>
    <!-- key() looks in the document of the context node -->
    <xsl:for-each select="$messages">
      <xsl:variable name="found" select="
          key('message', $own)
        | key('message', $id)[not(key('message', $own))]
        | key('message', $ownOr)[not(key('message', $own) | key('message', $id))]
        | key('message', $or)[not(key('message', $own) | key('message', $id) | key('message', $ownOr))]"/>
      <xsl:if test="not($found) and not($optional)">
        <xsl:message terminate="yes">
          <xsl:value-of select="concat('l10n/', $language, '.xml has no message ', $id)"/>
        </xsl:message>
      </xsl:if>
      <xsl:apply-templates select="$found/node()" mode="message">
        <xsl:with-param name="text" select="$text"/>
      </xsl:apply-templates>
    </xsl:for-each>
  </xsl:template>

  <!-- A parameter's value. Amounts alone have two decimals and nothing after them: they get a unit. -->
  <xsl:template match="r:parameter" mode="value">
    <xsl:choose>
      <xsl:when test="substring(@text, string-length(@text) - 2, 1) = '.'">
        <xsl:call-template name="message">
          <xsl:with-param name="id" select="'amount.yuan'"/>
          <xsl:with-param name="text" select="@text"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="@text"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="m:value" mode="message">
    <xsl:param name="text"/>
    <xsl:variable name="of" select="@of"/>
    <xsl:choose>
      <xsl:when test="$of = 'text'"><xsl:value-of select="$text"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="$report/r:parameters/@*[name() = $of]"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="m:p" mode="message">
    <xsl:param name="text"/>
    <p>
      <xsl:apply-templates mode="message">
        <xsl:with-param name="text" select="$text"/>
      </xsl:apply-templates>
    </p>
  </xsl:template>

  <!-- The white space between paragraphs or items is the catalogue's own. -->
  <xsl:template match="m:message[m:p or m:item]/text()" mode="message"/>

</xsl:stylesheet>
