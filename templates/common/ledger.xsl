<?xml version="1.0" encoding="UTF-8"?>
<!-- What the engine itself says: the ledger drawn from, its verification, the files asked. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:r="urn:aidledger:report:1"
    exclude-result-prefixes="r">

  <xsl:template match="r:facts[@of = 'ledger']">
    <xsl:variable name="ledger" select="$report/r:ledger"/>
    <h3><xsl:call-template name="message"><xsl:with-param name="id" select="'ledger.heading'"/></xsl:call-template></h3>
    <dl class="ledger">
      <xsl:call-template name="masthead-line">
        <xsl:with-param name="id" select="'masthead.origin'"/>
        <xsl:with-param name="value" select="$ledger/@origin"/>
      </xsl:call-template>
      <xsl:call-template name="masthead-line">
        <xsl:with-param name="id" select="'masthead.size'"/>
        <xsl:with-param name="value" select="$ledger/@sizeText"/>
      </xsl:call-template>
      <xsl:call-template name="masthead-line">
        <xsl:with-param name="id" select="'masthead.root'"/>
        <xsl:with-param name="value" select="$ledger/@rootHash"/>
        <xsl:with-param name="class" select="'hash'"/>
      </xsl:call-template>
      <xsl:call-template name="masthead-line">
        <xsl:with-param name="id" select="'ledger.vkey'"/>
        <xsl:with-param name="value" select="$ledger/@vkey"/>
        <xsl:with-param name="class" select="'hash'"/>
      </xsl:call-template>
    </dl>
    <xsl:choose>
      <xsl:when test="$ledger/r:note">
        <p>
          <xsl:call-template name="message">
            <xsl:with-param name="id" select="concat('ledger.checkpoint.', $ledger/@checkpoint)"/>
            <xsl:with-param name="text" select="$ledger/@checkpointSizeText"/>
          </xsl:call-template>
        </p>
        <pre><xsl:value-of select="$ledger/r:note"/></pre>
      </xsl:when>
      <xsl:otherwise>
        <p class="warning"><xsl:call-template name="message"><xsl:with-param name="id" select="'ledger.checkpoint.none'"/></xsl:call-template></p>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="r:verification">
    <h3><xsl:call-template name="message"><xsl:with-param name="id" select="'verification.heading'"/></xsl:call-template></h3>
    <div class="verification {@outcome}">
      <p class="outcome">
        <xsl:call-template name="message">
          <xsl:with-param name="id" select="concat('verification.', @outcome)"/>
          <xsl:with-param name="text" select="@entriesText"/>
        </xsl:call-template>
      </p>
      <xsl:if test="r:check">
        <table>
          <thead>
            <tr>
              <th scope="col"><xsl:call-template name="message"><xsl:with-param name="id" select="'verification.check'"/></xsl:call-template></th>
              <th scope="col" class="count"><xsl:call-template name="message"><xsl:with-param name="id" select="'verification.count'"/></xsl:call-template></th>
              <th scope="col"><xsl:call-template name="message"><xsl:with-param name="id" select="'verification.outcome'"/></xsl:call-template></th>
            </tr>
          </thead>
          <tbody><xsl:apply-templates select="r:check"/></tbody>
        </table>
      </xsl:if>
      <xsl:if test="r:problem">
        <p>
          <xsl:call-template name="problem-count"/>
        </p>
        <ul><xsl:apply-templates select="r:problem"/></ul>
      </xsl:if>
    </div>
  </xsl:template>

  <xsl:template match="r:check">
    <tr>
      <th scope="row">
        <xsl:call-template name="message"><xsl:with-param name="id" select="concat('check.', @id)"/></xsl:call-template>
      </th>
      <td class="count">
        <xsl:choose>
          <xsl:when test="@outcome = 'not-checked'">
            <xsl:call-template name="message"><xsl:with-param name="id" select="'nothing'"/></xsl:call-template>
          </xsl:when>
          <xsl:otherwise><xsl:value-of select="@countText"/></xsl:otherwise>
        </xsl:choose>
      </td>
      <td class="outcome-{@outcome}">
        <xsl:call-template name="message"><xsl:with-param name="id" select="concat('outcome.', @outcome)"/></xsl:call-template>
      </td>
    </tr>
  </xsl:template>

  <xsl:template match="r:problem">
    <li>
      <xsl:call-template name="problem-about"/>
      <br/>
      <span lang="en"><xsl:value-of select="@text"/></span>
    </li>
  </xsl:template>

  <xsl:template match="r:proofs">
    <h3><xsl:call-template name="message"><xsl:with-param name="id" select="'proofs.heading'"/></xsl:call-template></h3>
    <xsl:choose>
      <xsl:when test="r:proof or r:unproved">
        <p>
          <xsl:call-template name="message">
            <xsl:with-param name="id" select="'proofs.text'"/>
            <xsl:with-param name="text" select="@countText"/>
          </xsl:call-template>
        </p>
        <xsl:if test="r:unproved">
          <p class="warning">
            <xsl:call-template name="message"><xsl:with-param name="id" select="'proofs.unproved'"/></xsl:call-template>
            <xsl:for-each select="r:unproved">
              <xsl:if test="position() != 1"><xsl:text>, </xsl:text></xsl:if>
              <xsl:value-of select="@seq"/>
            </xsl:for-each>
          </p>
        </xsl:if>
        <table class="proofs">
          <thead>
            <tr>
              <th scope="col"><xsl:call-template name="message"><xsl:with-param name="id" select="'column.entry'"/></xsl:call-template></th>
              <th scope="col"><xsl:call-template name="message"><xsl:with-param name="id" select="'proofs.leaf'"/></xsl:call-template></th>
            </tr>
          </thead>
          <tbody><xsl:apply-templates select="r:proof"/></tbody>
        </table>
      </xsl:when>
      <xsl:otherwise>
        <p><xsl:call-template name="message"><xsl:with-param name="id" select="'proofs.none'"/></xsl:call-template></p>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Paper has no use for audit paths; in the document each is there, hash by hash. -->
  <xsl:template match="r:proof">
    <tr id="proof:{@seq}">
      <th scope="row"><xsl:value-of select="@seq"/></th>
      <td class="hash">
        <xsl:value-of select="@leafHash"/>
        <details class="path">
          <summary><xsl:call-template name="message"><xsl:with-param name="id" select="'proofs.path'"/></xsl:call-template></summary>
          <xsl:for-each select="r:hash"><xsl:value-of select="@value"/><br/></xsl:for-each>
        </details>
      </td>
    </tr>
  </xsl:template>

  <xsl:template match="r:facts[@of = 'sources']">
    <h3><xsl:call-template name="message"><xsl:with-param name="id" select="'sources.heading'"/></xsl:call-template></h3>
    <p><xsl:call-template name="message"><xsl:with-param name="id" select="'sources.text'"/></xsl:call-template></p>
    <xsl:if test="$report/r:sources/r:source[starts-with(translate(@path, '0123456789', ''), 'layer/')]">
      <p><xsl:call-template name="message"><xsl:with-param name="id" select="'sources.layers'"/></xsl:call-template></p>
    </xsl:if>
    <table class="sources">
      <thead>
        <tr>
          <th scope="col"><xsl:call-template name="message"><xsl:with-param name="id" select="'sources.path'"/></xsl:call-template></th>
          <th scope="col">SHA-256</th>
        </tr>
      </thead>
      <tbody>
        <xsl:for-each select="$report/r:sources/r:source">
          <tr>
            <th scope="row"><xsl:value-of select="@path"/></th>
            <td class="hash"><xsl:value-of select="@sha256"/></td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </xsl:template>

</xsl:stylesheet>
