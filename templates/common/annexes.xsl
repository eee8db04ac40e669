<?xml version="1.0" encoding="UTF-8"?>
<!-- Tables whose rows are too many for the document: what the document says of them, and their
     pages. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:r="urn:aidledger:report:1"
    exclude-result-prefixes="r">

  <!-- In the document -->

  <xsl:template match="r:annex">
    <p class="annex">
      <xsl:call-template name="message">
        <xsl:with-param name="id" select="'annex.rows'"/>
        <xsl:with-param name="text" select="@rowsText"/>
      </xsl:call-template>
      <xsl:if test="@name">
        <xsl:call-template name="message"><xsl:with-param name="id" select="'annex.file'"/></xsl:call-template>
        <xsl:value-of select="@name"/>
      </xsl:if>
    </p>
    <xsl:if test="r:page/@file">
      <ol class="pages">
        <xsl:for-each select="r:page">
          <li>
            <a href="{@file}" title="{@figures}">
              <xsl:call-template name="message">
                <xsl:with-param name="id" select="'annex.page'"/>
                <xsl:with-param name="text" select="@number"/>
              </xsl:call-template>
            </a>
          </li>
        </xsl:for-each>
      </ol>
    </xsl:if>
  </xsl:template>

  <!-- A page -->

  <xsl:template name="page-of-annex">
    <header class="masthead">
      <xsl:call-template name="page-links"/>
      <h1>
        <xsl:for-each select="r:section/r:table"><xsl:call-template name="annex-heading"/></xsl:for-each>
      </h1>
      <dl>
        <div>
          <dt><xsl:call-template name="message"><xsl:with-param name="id" select="'masthead.title'"/></xsl:call-template></dt>
          <dd><a href="{@document}"><xsl:call-template name="message"><xsl:with-param name="id" select="'title'"/></xsl:call-template></a></dd>
        </div>
        <xsl:call-template name="masthead-line">
          <xsl:with-param name="id" select="'masthead.root'"/>
          <xsl:with-param name="value" select="r:ledger/@rootHash"/>
          <xsl:with-param name="class" select="'hash'"/>
        </xsl:call-template>
      </dl>
    </header>
    <main>
      <xsl:apply-templates select="r:section/r:table"/>
    </main>
    <footer><xsl:call-template name="page-links"/></footer>
  </xsl:template>

  <xsl:template name="annex-heading">
    <xsl:call-template name="message">
      <xsl:with-param name="id" select="'annex.heading'"/>
      <xsl:with-param name="text" select="$report/@number"/>
    </xsl:call-template>
    <xsl:call-template name="message"><xsl:with-param name="id" select="concat('table.', @id)"/></xsl:call-template>
    <xsl:call-template name="message">
      <xsl:with-param name="id" select="'in-brackets'"/>
      <xsl:with-param name="text">
        <xsl:call-template name="message">
          <xsl:with-param name="id" select="'annex.page'"/>
          <xsl:with-param name="text" select="$report/@page"/>
        </xsl:call-template>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="page-links">
    <nav class="pages">
      <xsl:for-each select="@previous | @next">
        <a href="{.}">
          <xsl:call-template name="message"><xsl:with-param name="id" select="concat('annex.', name())"/></xsl:call-template>
        </a>
        <xsl:text> </xsl:text>
      </xsl:for-each>
      <a href="{@document}"><xsl:call-template name="message"><xsl:with-param name="id" select="'annex.document'"/></xsl:call-template></a>
    </nav>
  </xsl:template>

</xsl:stylesheet>
