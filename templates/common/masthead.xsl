<?xml version="1.0" encoding="UTF-8"?>
<!-- The title block: what report this is, of which region and period, drawn when and from what. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:r="urn:aidledger:report:1"
    exclude-result-prefixes="r">

  <xsl:template name="masthead">
    <header class="masthead">
      <h1><xsl:call-template name="message"><xsl:with-param name="id" select="'title'"/></xsl:call-template></h1>
      <xsl:if test="//r:verification[@outcome = 'broken']">
        <p class="warning" role="alert">
          <xsl:call-template name="message"><xsl:with-param name="id" select="'masthead.broken'"/></xsl:call-template>
        </p>
      </xsl:if>
      <xsl:if test="//r:verification[@outcome = 'not-verified']">
        <p class="warning">
          <xsl:call-template name="message"><xsl:with-param name="id" select="'masthead.not-verified'"/></xsl:call-template>
        </p>
      </xsl:if>
      <dl>
        <xsl:apply-templates select="r:parameters" mode="scope"/>
        <xsl:for-each select="r:parameters/r:parameter">
          <div><dt><xsl:value-of select="@title"/></dt><dd><xsl:apply-templates select="." mode="value"/></dd></div>
        </xsl:for-each>
        <xsl:call-template name="masthead-line">
          <xsl:with-param name="id" select="'masthead.origin'"/>
          <xsl:with-param name="value" select="r:ledger/@origin"/>
        </xsl:call-template>
        <xsl:call-template name="masthead-line">
          <xsl:with-param name="id" select="'masthead.size'"/>
          <xsl:with-param name="value" select="r:ledger/@sizeText"/>
        </xsl:call-template>
        <xsl:call-template name="masthead-line">
          <xsl:with-param name="id" select="'masthead.root'"/>
          <xsl:with-param name="value" select="r:ledger/@rootHash"/>
          <xsl:with-param name="class" select="'hash'"/>
        </xsl:call-template>
        <div>
          <dt><xsl:call-template name="message"><xsl:with-param name="id" select="'masthead.checkpoint'"/></xsl:call-template></dt>
          <dd>
            <xsl:call-template name="message">
              <xsl:with-param name="id" select="concat('checkpoint.', r:ledger/@checkpoint)"/>
              <xsl:with-param name="text" select="r:ledger/@checkpointSizeText"/>
            </xsl:call-template>
          </dd>
        </div>
        <div>
          <dt><xsl:call-template name="message"><xsl:with-param name="id" select="'masthead.drawn'"/></xsl:call-template></dt>
          <dd>
            <time datetime="{r:drawn/@at}"><xsl:value-of select="r:drawn/@atText"/></time>
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
          </dd>
        </div>
      </dl>
      <xsl:call-template name="contents"/>
    </header>
  </xsl:template>

  <!-- A year of an area, or one matter. -->
  <xsl:template match="r:parameters" mode="scope">
    <div>
      <dt><xsl:call-template name="message"><xsl:with-param name="id" select="'masthead.area'"/></xsl:call-template></dt>
      <dd>
        <xsl:value-of select="@areaName"/>
        <xsl:call-template name="message">
          <xsl:with-param name="id" select="'in-brackets'"/>
          <xsl:with-param name="text" select="@area"/>
        </xsl:call-template>
      </dd>
    </div>
    <div>
      <dt><xsl:call-template name="message"><xsl:with-param name="id" select="'masthead.period'"/></xsl:call-template></dt>
      <dd>
        <time datetime="{@fromDate}"><xsl:value-of select="@fromText"/></time>
        <xsl:call-template name="message"><xsl:with-param name="id" select="'to'"/></xsl:call-template>
        <time datetime="{@toDate}"><xsl:value-of select="@toText"/></time>
      </dd>
    </div>
  </xsl:template>

  <xsl:template match="r:parameters[@matter]" mode="scope">
    <xsl:call-template name="masthead-line">
      <xsl:with-param name="id" select="concat('matter.', @matter)"/>
      <xsl:with-param name="value" select="@id"/>
      <xsl:with-param name="class" select="'hash'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="masthead-line">
    <xsl:param name="id"/>
    <xsl:param name="value"/>
    <xsl:param name="class"/>
    <div>
      <dt><xsl:call-template name="message"><xsl:with-param name="id" select="$id"/></xsl:call-template></dt>
      <dd>
        <xsl:if test="$class"><xsl:attribute name="class"><xsl:value-of select="$class"/></xsl:attribute></xsl:if>
        <xsl:value-of select="$value"/>
      </dd>
    </div>
  </xsl:template>

  <xsl:template name="contents">
    <nav aria-labelledby="heading:contents">
      <h2 id="heading:contents"><xsl:call-template name="message"><xsl:with-param name="id" select="'contents'"/></xsl:call-template></h2>
      <ol>
        <xsl:for-each select="r:section">
          <li>
            <a href="#section:{@id}">
              <xsl:call-template name="section-number"/>
              <xsl:call-template name="message"><xsl:with-param name="id" select="concat('section.', @id)"/></xsl:call-template>
            </a>
          </li>
        </xsl:for-each>
      </ol>
    </nav>
  </xsl:template>

</xsl:stylesheet>
