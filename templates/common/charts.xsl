<?xml version="1.0" encoding="UTF-8"?>
<!-- Charts as SVG. The XML gives each point's share of the greatest absolute value of its chart in
     basis points; what is reckoned here are places on the sheet, never figures. Series differ by
     pattern, so that they can be told apart in black and white. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:r="urn:aidledger:report:1"
    xmlns="http://www.w3.org/2000/svg"
    exclude-result-prefixes="r">

  <!-- Sizes and faces stand in the drawing itself: not every program applies the page's style to it.
       WeasyPrint 57 takes a space after a comma for the beginning of the next name. -->
  <xsl:variable name="face">Arial,"Noto Sans","Heiti SC","SimHei","Noto Sans CJK SC",sans-serif</xsl:variable>

  <xsl:key name="row" match="r:row" use="@id"/>

  <xsl:template match="r:chart">
    <figure class="chart" xmlns="">
      <xsl:choose>
        <xsl:when test="@kind = 'bars'"><xsl:call-template name="bars"/></xsl:when>
        <xsl:when test="@kind = 'funnel'"><xsl:call-template name="funnel"/></xsl:when>
        <xsl:otherwise><xsl:call-template name="columns-or-lines"/></xsl:otherwise>
      </xsl:choose>
      <figcaption><xsl:call-template name="chart-caption"/></figcaption>
    </figure>
  </xsl:template>

  <xsl:template name="chart-caption">
    <xsl:call-template name="message">
      <xsl:with-param name="id" select="'chart-number'"/>
      <xsl:with-param name="text" select="concat(count(../preceding-sibling::r:section) + 1, '-', count(preceding-sibling::r:chart) + 1)"/>
    </xsl:call-template>
    <xsl:call-template name="message">
      <xsl:with-param name="id" select="concat('chart.', @of)"/>
      <xsl:with-param name="or" select="concat('table.', @of)"/>
    </xsl:call-template>
    <xsl:if test="count(r:series) = 1">
      <xsl:variable name="heading">
        <xsl:for-each select="r:series"><xsl:call-template name="series-heading"/></xsl:for-each>
      </xsl:variable>
      <xsl:call-template name="message">
        <xsl:with-param name="id" select="'in-brackets'"/>
        <xsl:with-param name="text" select="$heading"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:variable name="table" select="../r:table[@id = current()/@of]"/>
    <xsl:if test="$table/r:column[@id = current()/r:series/@column]/@type = 'fen'">
      <xsl:call-template name="message">
        <xsl:with-param name="id" select="'in-brackets'"/>
        <xsl:with-param name="text"><xsl:for-each select="$table"><xsl:call-template name="unit"/></xsl:for-each></xsl:with-param>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template name="series-heading">
    <xsl:call-template name="message">
      <xsl:with-param name="id" select="concat('table.', ../@of, '.column.', @column)"/>
      <xsl:with-param name="or" select="concat('column.', @column)"/>
    </xsl:call-template>
  </xsl:template>

  <!-- The words of the cell that labels a point's row. -->
  <xsl:template name="point-label">
    <xsl:variable name="column" select="ancestor::r:chart/@label"/>
    <xsl:for-each select="key('row', @row)/r:cell[@column = $column]">
      <xsl:call-template name="cell-text"/>
    </xsl:for-each>
  </xsl:template>

  <!-- What a reader who does not see the drawing is told. -->
  <xsl:template name="alternative-text">
    <title id="chart-title:{@of}">
      <xsl:call-template name="chart-caption"/>
    </title>
    <desc id="chart-text:{@of}">
      <xsl:for-each select="r:series">
        <xsl:call-template name="series-heading"/>
        <xsl:text>: </xsl:text>
        <xsl:for-each select="r:point">
          <xsl:call-template name="point-label"/>
          <xsl:text> </xsl:text>
          <xsl:value-of select="@text"/>
          <xsl:if test="position() != last()"><xsl:text>; </xsl:text></xsl:if>
        </xsl:for-each>
        <xsl:text>. </xsl:text>
      </xsl:for-each>
      <xsl:if test="@mark"><xsl:call-template name="mark"/></xsl:if>
    </desc>
  </xsl:template>

  <xsl:template name="patterns">
    <defs>
      <pattern id="pattern:{@of}:2" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="5" height="5" fill="#fff"/>
        <line x1="0" y1="0" x2="0" y2="5" stroke="#333" stroke-width="2.5"/>
      </pattern>
      <pattern id="pattern:{@of}:3" width="5" height="5" patternUnits="userSpaceOnUse">
        <rect width="5" height="5" fill="#fff"/>
        <circle cx="2.5" cy="2.5" r="1.1" fill="#333"/>
      </pattern>
    </defs>
  </xsl:template>

  <xsl:template name="fill">
    <xsl:param name="series"/>
    <xsl:choose>
      <xsl:when test="$series = 1">#4a5568</xsl:when>
      <xsl:when test="$series = 2 or $series = 3"><xsl:value-of select="concat('url(#pattern:', ancestor-or-self::r:chart/@of, ':', $series, ')')"/></xsl:when>
      <xsl:otherwise>#fff</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Bars: one under the other, each below its label, so that labels may be long; of several series
       one bar each, in the order of the legend. -->
  <xsl:template name="bars">
    <xsl:variable name="chart" select="."/>
    <xsl:variable name="zero" select="0.5 + 250 * boolean(r:series/r:point[starts-with(@share, '-')])"/>
    <xsl:variable name="scale" select="(480 - $zero) div 10000"/>
    <xsl:variable name="count" select="count(r:series)"/>
    <xsl:variable name="step" select="18 + 16 * $count"/>
    <xsl:variable name="bottom" select="$step * count(r:series[1]/r:point) + 4"/>
    <xsl:variable name="height" select="$bottom + 24 * ($count &gt; 1) + 18 * ($count &gt; 3)"/>
    <svg viewBox="0 0 640 {$height}" font-family="{$face}" fill="#111" role="img" aria-labelledby="chart-title:{@of} chart-text:{@of}">
      <xsl:call-template name="alternative-text"/>
      <xsl:if test="$count &gt; 1"><xsl:call-template name="patterns"/></xsl:if>
      <g aria-hidden="true">
        <xsl:for-each select="r:series[1]/r:point">
          <xsl:variable name="top" select="$step * (position() - 1)"/>
          <xsl:variable name="row" select="@row"/>
          <text x="6" y="{$top + 13}" font-size="12"><xsl:call-template name="point-label"/></text>
          <xsl:for-each select="$chart/r:series">
            <xsl:variable name="place" select="$top + 16 * (position() - 1)"/>
            <xsl:variable name="fill"><xsl:call-template name="fill"><xsl:with-param name="series" select="position()"/></xsl:call-template></xsl:variable>
            <xsl:for-each select="r:point[@row = $row]">
              <xsl:variable name="width" select="round(translate(@share, '-', '') * $scale)"/>
              <xsl:choose>
                <xsl:when test="starts-with(@share, '-')">
                  <rect x="{$zero - $width}" y="{$place + 18}" width="{$width}" height="12" fill="#fff" stroke="#333"/>
                  <text x="{$zero + 6}" y="{$place + 28}" font-size="11"><xsl:value-of select="@text"/></text>
                </xsl:when>
                <xsl:otherwise>
                  <rect x="{$zero}" y="{$place + 18}" width="{$width}" height="12" fill="{$fill}">
                    <xsl:if test="$count &gt; 1"><xsl:attribute name="stroke">#333</xsl:attribute></xsl:if>
                  </rect>
                  <text x="{$zero + $width + 6}" y="{$place + 28}" font-size="11"><xsl:value-of select="@text"/></text>
                </xsl:otherwise>
              </xsl:choose>
            </xsl:for-each>
          </xsl:for-each>
        </xsl:for-each>
        <line x1="{$zero}" y1="0" x2="{$zero}" y2="{$bottom}" stroke="#333"/>
        <xsl:call-template name="legend"><xsl:with-param name="top" select="$bottom + 8"/></xsl:call-template>
      </g>
    </svg>
  </xsl:template>

  <!-- Which series is which, where there are several: three in a line, or two lines of two. -->
  <xsl:template name="legend">
    <xsl:param name="top"/>
    <xsl:variable name="count" select="count(r:series)"/>
    <xsl:variable name="columns" select="3 - ($count &gt; 3)"/>
    <xsl:if test="$count &gt; 1">
      <xsl:for-each select="r:series">
        <xsl:variable name="left" select="20 + 600 div $columns * ((position() - 1) mod $columns)"/>
        <xsl:variable name="line" select="$top + 18 * floor((position() - 1) div $columns)"/>
        <xsl:variable name="fill"><xsl:call-template name="fill"><xsl:with-param name="series" select="position()"/></xsl:call-template></xsl:variable>
        <rect x="{$left}" y="{$line}" width="18" height="10" fill="{$fill}" stroke="#333"/>
        <text x="{$left + 24}" y="{$line + 10}" font-size="12"><xsl:call-template name="series-heading"/></text>
      </xsl:for-each>
    </xsl:if>
  </xsl:template>

  <!-- What a line across the time says. -->
  <xsl:template name="mark">
    <xsl:call-template name="message"><xsl:with-param name="id" select="concat('table.', @of, '.mark')"/></xsl:call-template>
  </xsl:template>

  <!-- A funnel: shares by how many cases stand behind them, within limits at two and at three
       standard errors. What lies beyond three is filled and has its name beside it. -->
  <xsl:template name="funnel">
    <svg viewBox="0 0 640 344" font-family="{$face}" fill="#111" role="img" aria-labelledby="chart-title:{@of} chart-text:{@of}">
      <xsl:call-template name="alternative-text"/>
      <g aria-hidden="true">
        <line x1="60" y1="24" x2="60" y2="280" stroke="#333"/>
        <line x1="60" y1="280" x2="620" y2="280" stroke="#333"/>
        <text x="54" y="28" text-anchor="end" font-size="11"><xsl:value-of select="@maxText"/></text>
        <text x="54" y="284" text-anchor="end" font-size="11">0</text>
        <text x="54" y="{284 - round(@middle * 0.0256)}" text-anchor="end" font-size="11"><xsl:value-of select="@middleText"/></text>
        <text x="60" y="296" text-anchor="middle" font-size="11">0</text>
        <text x="620" y="296" text-anchor="end" font-size="11"><xsl:value-of select="@mostCasesText"/></text>
        <text x="340" y="296" text-anchor="middle" font-size="11">
          <xsl:for-each select="../r:table[@id = current()/@of]/r:column[@id = current()/@cases]"><xsl:call-template name="column-heading"/></xsl:for-each>
        </text>
        <line x1="60" y1="{280 - round(@middle * 0.0256)}" x2="620" y2="{280 - round(@middle * 0.0256)}" stroke="#333"/>
        <xsl:for-each select="r:limit">
          <polyline fill="none" stroke="#333" stroke-width="1.2">
            <xsl:attribute name="stroke-dasharray">
              <xsl:choose>
                <xsl:when test="@errors = 2 or @errors = -2">2 3</xsl:when>
                <xsl:otherwise>7 3</xsl:otherwise>
              </xsl:choose>
            </xsl:attribute>
            <xsl:attribute name="points">
              <xsl:for-each select="r:place">
                <xsl:value-of select="concat(round(600 + @at * 0.56) div 10, ',', round(2800 - @share * 0.256) div 10, ' ')"/>
              </xsl:for-each>
            </xsl:attribute>
          </polyline>
        </xsl:for-each>
        <xsl:for-each select="r:series/r:point">
          <xsl:variable name="x" select="round(600 + @at * 0.56) div 10"/>
          <xsl:variable name="y" select="round(2800 - @share * 0.256) div 10"/>
          <circle cx="{$x}" cy="{$y}" r="3.2" stroke="#111" fill="#fff">
            <xsl:if test="@beyond"><xsl:attribute name="fill">#111</xsl:attribute></xsl:if>
          </circle>
          <xsl:if test="@beyond">
            <text x="{$x + 6}" y="{$y + 4}" font-size="11">
              <xsl:if test="@at &gt; 6500">
                <xsl:attribute name="x"><xsl:value-of select="$x - 6"/></xsl:attribute>
                <xsl:attribute name="text-anchor">end</xsl:attribute>
              </xsl:if>
              <xsl:call-template name="point-label"/>
            </text>
          </xsl:if>
        </xsl:for-each>
        <line x1="20" y1="322" x2="50" y2="322" stroke="#333"/>
        <text x="56" y="326" font-size="12"><xsl:call-template name="message"><xsl:with-param name="id" select="'funnel.middle'"/></xsl:call-template></text>
        <line x1="170" y1="322" x2="200" y2="322" stroke="#333" stroke-width="1.2" stroke-dasharray="2 3"/>
        <text x="206" y="326" font-size="12"><xsl:call-template name="message"><xsl:with-param name="id" select="'funnel.two'"/></xsl:call-template></text>
        <line x1="320" y1="322" x2="350" y2="322" stroke="#333" stroke-width="1.2" stroke-dasharray="7 3"/>
        <text x="356" y="326" font-size="12"><xsl:call-template name="message"><xsl:with-param name="id" select="'funnel.three'"/></xsl:call-template></text>
        <circle cx="485" cy="322" r="3.2" stroke="#111" fill="#111"/>
        <text x="494" y="326" font-size="12"><xsl:call-template name="message"><xsl:with-param name="id" select="'funnel.beyond'"/></xsl:call-template></text>
      </g>
    </svg>
  </xsl:template>

  <!-- Columns and lines: along a time, with short labels; several series side by side. -->
  <xsl:template name="columns-or-lines">
    <xsl:variable name="negative" select="boolean(r:series/r:point[starts-with(@share, '-')])"/>
    <xsl:variable name="axis" select="220 - 100 * $negative"/>
    <xsl:variable name="scale" select="($axis - 24) div 10000"/>
    <xsl:variable name="step" select="600 div count(r:series[1]/r:point)"/>
    <xsl:variable name="count" select="count(r:series)"/>
    <xsl:variable name="kind" select="@kind"/>
    <svg viewBox="0 0 640 {270 + 18 * ($count &gt; 3)}" font-family="{$face}" fill="#111" role="img" aria-labelledby="chart-title:{@of} chart-text:{@of}">
      <xsl:call-template name="alternative-text"/>
      <xsl:call-template name="patterns"/>
      <g aria-hidden="true">
        <line x1="20" y1="24" x2="620" y2="24" stroke="#999" stroke-dasharray="2 3"/>
        <text x="20" y="18" font-size="11"><xsl:value-of select="@maxText"/></text>
        <xsl:for-each select="r:series">
          <xsl:variable name="series" select="position()"/>
          <xsl:variable name="fill"><xsl:call-template name="fill"><xsl:with-param name="series" select="$series"/></xsl:call-template></xsl:variable>
          <xsl:choose>
            <xsl:when test="$kind = 'columns'">
              <xsl:for-each select="r:point">
                <xsl:variable name="height" select="round(translate(@share, '-', '') * $scale)"/>
                <rect x="{round((20 + $step * (position() - 1 + 0.15) + $step * 0.7 * ($series - 1) div $count) * 10) div 10}"
                    y="{$axis - $height * not(starts-with(@share, '-'))}"
                    width="{round($step * 7 div $count) div 10}" height="{$height}" fill="{$fill}" stroke="#333"/>
              </xsl:for-each>
            </xsl:when>
            <xsl:otherwise>
              <polyline fill="none" stroke="#333" stroke-width="1.5">
                <xsl:attribute name="stroke-dasharray">
                  <xsl:choose>
                    <xsl:when test="$series = 1">none</xsl:when>
                    <xsl:when test="$series = 2">6 3</xsl:when>
                    <xsl:otherwise>2 3</xsl:otherwise>
                  </xsl:choose>
                </xsl:attribute>
                <xsl:attribute name="points">
                  <xsl:for-each select="r:point">
                    <xsl:value-of select="concat(round((20 + $step * (position() - 0.5)) * 10) div 10, ',', round($axis - @share * $scale), ' ')"/>
                  </xsl:for-each>
                </xsl:attribute>
              </polyline>
              <xsl:for-each select="r:point">
                <circle cx="{round((20 + $step * (position() - 0.5)) * 10) div 10}" cy="{round($axis - @share * $scale)}" r="3" fill="{$fill}" stroke="#333"/>
              </xsl:for-each>
            </xsl:otherwise>
          </xsl:choose>
        </xsl:for-each>
        <line x1="20" y1="{$axis}" x2="620" y2="{$axis}" stroke="#333"/>
        <xsl:for-each select="r:series[1]/r:point[@row = ../../@mark]">
          <xsl:variable name="place" select="round((20 + $step * (count(preceding-sibling::r:point) + 1)) * 10) div 10"/>
          <line x1="{$place}" y1="6" x2="{$place}" y2="{$axis}" stroke="#111" stroke-width="1.5" stroke-dasharray="5 3"/>
          <text x="{$place + 5}" y="16" font-size="11"><xsl:for-each select="../.."><xsl:call-template name="mark"/></xsl:for-each></text>
        </xsl:for-each>
        <xsl:for-each select="r:series[1]/r:point">
          <text x="{round((20 + $step * (position() - 0.5)) * 10) div 10}" y="{236}" text-anchor="middle" font-size="12"><xsl:call-template name="point-label"/></text>
        </xsl:for-each>
        <xsl:call-template name="legend"><xsl:with-param name="top" select="252"/></xsl:call-template>
      </g>
    </svg>
  </xsl:template>

</xsl:stylesheet>
