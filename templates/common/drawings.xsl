<?xml version="1.0" encoding="UTF-8"?>
<!-- Timelines and networks as SVG. The XML says what stands where; what is reckoned here are places
     on the sheet. Nothing is told by colour alone. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:r="urn:aidledger:report:1"
    xmlns="http://www.w3.org/2000/svg"
    exclude-result-prefixes="r">

  <xsl:template name="drawing-title">
    <xsl:call-template name="message"><xsl:with-param name="id" select="concat('drawing.', name())"/></xsl:call-template>
  </xsl:template>

  <!-- A lane for each kind of record, a stroke for each day on which there is one. -->
  <xsl:template match="r:timeline">
    <xsl:variable name="bottom" select="26 + 24 * count(r:lane)"/>
    <figure class="chart drawing" xmlns="">
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1040 {$bottom + 8}" font-family="{$face}" font-size="13" fill="#111" role="img" aria-labelledby="drawing-title:{@of} drawing-text:{@of}">
        <title id="drawing-title:{@of}"><xsl:call-template name="drawing-title"/></title>
        <desc id="drawing-text:{@of}">
          <xsl:value-of select="@fromText"/> – <xsl:value-of select="@toText"/>
          <xsl:for-each select="r:lane"><xsl:value-of select="concat('; ', @text, ' ', @rows)"/></xsl:for-each>
        </desc>
        <g aria-hidden="true">
          <xsl:for-each select="r:mark">
            <xsl:variable name="x" select="270 + round(@place * 0.072)"/>
            <line x1="{$x}" x2="{$x}" y1="18" y2="{$bottom}" stroke="#bbb"/>
            <!-- The words stand to the right of the mark; where marks stand close, not each has room. -->
            <xsl:variable name="every" select="ceiling(count(../r:mark) div 14)"/>
            <xsl:if test="(position() - 1) mod $every = 0">
              <text x="{$x + 2}" y="13" font-size="11"><xsl:value-of select="@text"/></text>
            </xsl:if>
          </xsl:for-each>
          <xsl:for-each select="r:lane">
            <xsl:variable name="base" select="22 + 24 * position()"/>
            <text x="0" y="{$base - 2}"><xsl:value-of select="concat(@text, ' ', @rows)"/></text>
            <line x1="270" x2="990" y1="{$base}" y2="{$base}" stroke="#333" stroke-width="0.7"/>
            <xsl:for-each select="r:stroke">
              <xsl:variable name="x" select="270 + round(@place * 0.072)"/>
              <xsl:variable name="height" select="9 + 2 * (@rows &gt; 1) + 4 * (@rows &gt; 3)"/>
              <line x1="{$x}" x2="{$x}" y1="{$base - $height}" y2="{$base}" stroke="#111" stroke-width="1.6">
                <xsl:if test="@undone = 'true'"><xsl:attribute name="stroke-dasharray">2 2</xsl:attribute></xsl:if>
              </line>
              <xsl:if test="@flagged &gt; 0">
                <path d="M{$x} {$base - $height - 1} l-4 -6 h8 z"/>
              </xsl:if>
            </xsl:for-each>
          </xsl:for-each>
        </g>
      </svg>
      <figcaption><xsl:call-template name="message"><xsl:with-param name="id" select="'drawing.timeline.text'"/></xsl:call-template></figcaption>
    </figure>
  </xsl:template>

  <!-- In columns: the subject, what is shared, those who share it, and the second step. -->
  <xsl:template match="r:network">
    <xsl:variable name="network" select="."/>
    <figure class="chart drawing" xmlns="">
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1046 {@rows * 40 + 8}" font-family="{$face}" font-size="12" fill="#111" role="img" aria-labelledby="drawing-title:{@of} drawing-text:{@of}">
        <title id="drawing-title:{@of}"><xsl:call-template name="drawing-title"/></title>
        <desc id="drawing-text:{@of}">
          <xsl:for-each select="r:line">
            <xsl:value-of select="concat($network/r:node[@id = current()/@from]/@text, ' – ', $network/r:node[@id = current()/@to]/@text)"/>
            <xsl:if test="position() != last()">; </xsl:if>
          </xsl:for-each>
        </desc>
        <g aria-hidden="true">
          <xsl:for-each select="r:line">
            <xsl:variable name="from" select="$network/r:node[@id = current()/@from]"/>
            <xsl:variable name="to" select="$network/r:node[@id = current()/@to]"/>
            <xsl:variable name="x1" select="174 + 217 * $from/@column"/>
            <xsl:variable name="y1"><xsl:for-each select="$from"><xsl:call-template name="node-top"/></xsl:for-each></xsl:variable>
            <xsl:variable name="y2"><xsl:for-each select="$to"><xsl:call-template name="node-top"/></xsl:for-each></xsl:variable>
            <xsl:choose>
              <xsl:when test="$from/@column &lt; $to/@column">
                <xsl:variable name="x2" select="2 + 217 * $to/@column"/>
                <xsl:variable name="middle" select="($x1 + $x2) div 2"/>
                <path d="M{$x1} {$y1 + 16} C{$middle} {$y1 + 16} {$middle} {$y2 + 16} {$x2} {$y2 + 16}" fill="none" stroke="#333"/>
              </xsl:when>
              <!-- Two of one column: a bow beside it. -->
              <xsl:otherwise>
                <path d="M{$x1} {$y1 + 16} C{$x1 + 30} {$y1 + 16} {$x1 + 30} {$y2 + 16} {$x1} {$y2 + 16}" fill="none" stroke="#333"/>
              </xsl:otherwise>
            </xsl:choose>
          </xsl:for-each>
          <xsl:for-each select="r:node">
            <xsl:variable name="x" select="2 + 217 * @column"/>
            <xsl:variable name="y"><xsl:call-template name="node-top"/></xsl:variable>
            <rect x="{$x}" y="{$y}" width="172" height="32" rx="{14 * not(@sort)}" fill="#fff" stroke="#111" stroke-width="{1 + (@column = 0)}"/>
            <xsl:choose>
              <xsl:when test="@sort">
                <text x="{$x + 8}" y="{$y + 13}" font-size="10"><xsl:value-of select="@sort"/></text>
                <text x="{$x + 8}" y="{$y + 27}"><xsl:value-of select="@text"/></text>
              </xsl:when>
              <xsl:otherwise><text x="{$x + 10}" y="{$y + 21}"><xsl:value-of select="@text"/></text></xsl:otherwise>
            </xsl:choose>
          </xsl:for-each>
        </g>
      </svg>
      <figcaption>
        <xsl:call-template name="message"><xsl:with-param name="id" select="'drawing.network.text'"/></xsl:call-template>
        <xsl:if test="@left != '0'">
          <xsl:call-template name="message">
            <xsl:with-param name="id" select="'drawing.network.left'"/>
            <xsl:with-param name="text" select="@leftText"/>
          </xsl:call-template>
        </xsl:if>
      </figcaption>
    </figure>
  </xsl:template>

  <!-- Shorter columns stand in the middle. -->
  <xsl:template name="node-top">
    <xsl:variable name="own" select="count(../r:node[@column = current()/@column])"/>
    <xsl:value-of select="(../@rows - $own) * 20 + @row * 40 + 4"/>
  </xsl:template>

</xsl:stylesheet>
