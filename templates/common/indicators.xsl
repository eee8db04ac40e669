<?xml version="1.0" encoding="UTF-8"?>
<!-- The indicators of an evaluation: what they come to, and a table for each first-level group. What
     was not measured has a place to be filled in by hand. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:r="urn:aidledger:report:1"
    exclude-result-prefixes="r">

  <xsl:template match="r:indicators">
    <div class="table">
      <table id="indicators">
        <caption>
          <xsl:call-template name="indicator-table-number"/>
          <xsl:call-template name="message"><xsl:with-param name="id" select="'indicators.summary'"/></xsl:call-template>
          <span class="unit"><xsl:call-template name="message"><xsl:with-param name="id" select="'unit.points'"/></xsl:call-template></span>
        </caption>
        <thead>
          <tr>
            <th scope="col"><xsl:call-template name="message"><xsl:with-param name="id" select="'indicators.column.group'"/></xsl:call-template></th>
            <th scope="col" class="count"><xsl:call-template name="message"><xsl:with-param name="id" select="'indicators.column.weight'"/></xsl:call-template></th>
            <th scope="col" class="count"><xsl:call-template name="message"><xsl:with-param name="id" select="'indicators.column.measured'"/></xsl:call-template></th>
            <th scope="col" class="count"><xsl:call-template name="message"><xsl:with-param name="id" select="'indicators.column.score'"/></xsl:call-template></th>
            <th scope="col" class="count"><xsl:call-template name="message"><xsl:with-param name="id" select="'indicators.column.rate'"/></xsl:call-template></th>
            <th scope="col" class="count"><xsl:call-template name="message"><xsl:with-param name="id" select="'indicators.column.open'"/></xsl:call-template></th>
          </tr>
        </thead>
        <tbody>
          <xsl:for-each select="r:group">
            <tr>
              <th scope="row"><xsl:value-of select="@title"/></th>
              <xsl:call-template name="indicator-points"/>
            </tr>
          </xsl:for-each>
        </tbody>
        <tfoot>
          <tr>
            <th scope="row"><xsl:call-template name="message"><xsl:with-param name="id" select="'total'"/></xsl:call-template></th>
            <xsl:call-template name="indicator-points"/>
          </tr>
        </tfoot>
      </table>
      <xsl:call-template name="indicator-note"><xsl:with-param name="id" select="'indicators.summary.note'"/></xsl:call-template>
    </div>
    <xsl:call-template name="indicator-outcome"/>
    <xsl:apply-templates select="r:group"/>
  </xsl:template>

  <xsl:template name="indicator-points">
    <td class="count"><xsl:value-of select="@weightText"/></td>
    <td class="count"><xsl:value-of select="@measuredText"/></td>
    <td class="count"><xsl:call-template name="indicator-value"><xsl:with-param name="text" select="@scoreText"/></xsl:call-template></td>
    <td class="count"><xsl:call-template name="indicator-value"><xsl:with-param name="text" select="@rateText"/></xsl:call-template></td>
    <td class="count"><xsl:value-of select="@openText"/></td>
  </xsl:template>

  <!-- What the whole comes to, between which borders it lies, and what is filled in by hand. -->
  <xsl:template name="indicator-outcome">
    <div class="table">
      <table class="outcome">
        <tbody>
          <xsl:call-template name="indicator-line"><xsl:with-param name="id" select="'measured'"/><xsl:with-param name="text" select="@measuredText"/></xsl:call-template>
          <xsl:if test="@score">
            <xsl:call-template name="indicator-line"><xsl:with-param name="id" select="'score'"/><xsl:with-param name="text" select="@scoreText"/></xsl:call-template>
          </xsl:if>
          <xsl:if test="@open != '0'">
            <xsl:call-template name="indicator-line"><xsl:with-param name="id" select="'open'"/><xsl:with-param name="text" select="@openText"/></xsl:call-template>
            <tr>
              <th scope="row"><xsl:call-template name="message"><xsl:with-param name="id" select="'indicators.bounds'"/></xsl:call-template></th>
              <td><xsl:call-template name="indicator-bounds"/></td>
            </tr>
            <tr>
              <th scope="row"><xsl:call-template name="message"><xsl:with-param name="id" select="'indicators.by-hand'"/></xsl:call-template></th>
              <td><span class="fill"/></td>
            </tr>
          </xsl:if>
          <tr>
            <th scope="row"><xsl:call-template name="message"><xsl:with-param name="id" select="'indicators.grade'"/></xsl:call-template></th>
            <td>
              <xsl:choose>
                <xsl:when test="@grade">
                  <xsl:call-template name="message"><xsl:with-param name="id" select="concat('grade.', @grade)"/></xsl:call-template>
                </xsl:when>
                <xsl:otherwise><span class="fill"/></xsl:otherwise>
              </xsl:choose>
            </td>
          </tr>
        </tbody>
      </table>
    </div>
  </xsl:template>

  <xsl:template name="indicator-line">
    <xsl:param name="id"/>
    <xsl:param name="text"/>
    <tr>
      <th scope="row"><xsl:call-template name="message"><xsl:with-param name="id" select="concat('indicators.', $id)"/></xsl:call-template></th>
      <td>
        <xsl:call-template name="message">
          <xsl:with-param name="id" select="concat('indicators.', $id, '.text')"/>
          <xsl:with-param name="text" select="$text"/>
        </xsl:call-template>
      </td>
    </tr>
  </xsl:template>

  <xsl:template name="indicator-bounds">
    <xsl:call-template name="indicator-bound"><xsl:with-param name="points" select="@leastText"/><xsl:with-param name="grade" select="@leastGrade"/></xsl:call-template>
    <xsl:call-template name="message"><xsl:with-param name="id" select="'to'"/></xsl:call-template>
    <xsl:call-template name="indicator-bound"><xsl:with-param name="points" select="@mostText"/><xsl:with-param name="grade" select="@mostGrade"/></xsl:call-template>
  </xsl:template>

  <xsl:template name="indicator-bound">
    <xsl:param name="points"/>
    <xsl:param name="grade"/>
    <xsl:call-template name="message">
      <xsl:with-param name="id" select="'indicators.points'"/>
      <xsl:with-param name="text" select="$points"/>
    </xsl:call-template>
    <xsl:variable name="words">
      <xsl:call-template name="message"><xsl:with-param name="id" select="concat('grade.', $grade)"/></xsl:call-template>
    </xsl:variable>
    <xsl:call-template name="message">
      <xsl:with-param name="id" select="'in-brackets'"/>
      <xsl:with-param name="text" select="string($words)"/>
    </xsl:call-template>
  </xsl:template>

  <!-- A first-level group. -->
  <xsl:template match="r:indicators/r:group">
    <div class="table">
      <table id="indicators:{@id}" class="dense indicators">
        <caption>
          <xsl:call-template name="indicator-table-number"/>
          <xsl:value-of select="@title"/>
          <xsl:call-template name="message">
            <xsl:with-param name="id" select="'indicators.of-points'"/>
            <xsl:with-param name="text" select="@weightText"/>
          </xsl:call-template>
          <span class="unit"><xsl:call-template name="message"><xsl:with-param name="id" select="'unit.amounts'"/></xsl:call-template></span>
        </caption>
        <thead>
          <tr>
            <xsl:call-template name="indicator-head"><xsl:with-param name="column" select="'part'"/></xsl:call-template>
            <xsl:call-template name="indicator-head"><xsl:with-param name="column" select="'indicator'"/></xsl:call-template>
            <xsl:call-template name="indicator-head"><xsl:with-param name="column" select="'formula'"/></xsl:call-template>
            <xsl:call-template name="indicator-head"><xsl:with-param name="column" select="'numerator'"/><xsl:with-param name="class" select="'fen'"/></xsl:call-template>
            <xsl:call-template name="indicator-head"><xsl:with-param name="column" select="'denominator'"/><xsl:with-param name="class" select="'fen'"/></xsl:call-template>
            <xsl:call-template name="indicator-head"><xsl:with-param name="column" select="'actual'"/><xsl:with-param name="class" select="'count'"/></xsl:call-template>
            <xsl:call-template name="indicator-head"><xsl:with-param name="column" select="'target'"/><xsl:with-param name="class" select="'count'"/></xsl:call-template>
            <xsl:call-template name="indicator-head"><xsl:with-param name="column" select="'weight'"/><xsl:with-param name="class" select="'count'"/></xsl:call-template>
            <xsl:call-template name="indicator-head"><xsl:with-param name="column" select="'score'"/><xsl:with-param name="class" select="'count'"/></xsl:call-template>
          </tr>
        </thead>
        <tbody><xsl:apply-templates select="r:group/r:indicator"/></tbody>
      </table>
      <xsl:call-template name="indicator-note"><xsl:with-param name="id" select="concat('indicators.', @id, '.note')"/></xsl:call-template>
    </div>
  </xsl:template>

  <xsl:template name="indicator-head">
    <xsl:param name="column"/>
    <xsl:param name="class" select="'text'"/>
    <th scope="col" class="{$class}">
      <xsl:call-template name="message"><xsl:with-param name="id" select="concat('indicators.column.', $column)"/></xsl:call-template>
    </th>
  </xsl:template>

  <xsl:template match="r:indicator">
    <tr id="{@id}">
      <xsl:if test="not(preceding-sibling::r:indicator)">
        <th scope="rowgroup" rowspan="{count(../r:indicator)}"><xsl:value-of select="../@title"/></th>
      </xsl:if>
      <th scope="row"><xsl:value-of select="@title"/></th>
      <td class="formula">
        <xsl:value-of select="@formula"/>
        <xsl:if test="@rule != 'blank'">
          <span class="source">
            <xsl:call-template name="message"><xsl:with-param name="id" select="concat('indicators.rule.', @rule)"/></xsl:call-template>
          </span>
        </xsl:if>
      </td>
      <xsl:call-template name="indicator-figure"><xsl:with-param name="part" select="'numerator'"/></xsl:call-template>
      <xsl:call-template name="indicator-figure"><xsl:with-param name="part" select="'denominator'"/></xsl:call-template>
      <td class="count"><xsl:call-template name="indicator-value"><xsl:with-param name="text" select="@actualText"/></xsl:call-template></td>
      <xsl:call-template name="indicator-target"/>
      <td class="count"><xsl:value-of select="@weightText"/></td>
      <td class="count score">
        <xsl:choose>
          <xsl:when test="@score"><xsl:value-of select="@scoreText"/></xsl:when>
          <xsl:otherwise>
            <span class="fill"/>
            <span class="source">
              <xsl:call-template name="message"><xsl:with-param name="id" select="concat('indicators.state.', @state)"/></xsl:call-template>
            </span>
          </xsl:otherwise>
        </xsl:choose>
      </td>
    </tr>
  </xsl:template>

  <!-- Formula and rule of scoring, where they stand in one cell. -->
  <xsl:template name="indicator-formula">
    <xsl:value-of select="@formula"/>
    <xsl:if test="@rule != 'blank'">
      <xsl:call-template name="message">
        <xsl:with-param name="id" select="'in-brackets'"/>
        <xsl:with-param name="text"><xsl:call-template name="message"><xsl:with-param name="id" select="concat('indicators.rule.', @rule)"/></xsl:call-template></xsl:with-param>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template name="indicator-figure">
    <xsl:param name="part"/>
    <xsl:variable name="figure" select="r:figure[@id = concat(current()/@id, ':', $part)]"/>
    <td class="fen">
      <xsl:choose>
        <xsl:when test="$figure">
          <xsl:attribute name="id"><xsl:value-of select="$figure/@id"/></xsl:attribute>
          <xsl:value-of select="$figure/@text"/>
          <xsl:for-each select="$figure"><xsl:call-template name="indicator-trace"/></xsl:for-each>
        </xsl:when>
        <xsl:otherwise><xsl:call-template name="indicator-value"/></xsl:otherwise>
      </xsl:choose>
    </td>
  </xsl:template>

  <!-- A target that a record lays down is traced; of any other the source is said. -->
  <xsl:template name="indicator-target">
    <xsl:variable name="figure" select="r:figure[@id = concat(current()/@id, ':target')]"/>
    <td class="count target">
      <xsl:if test="$figure"><xsl:attribute name="id"><xsl:value-of select="$figure/@id"/></xsl:attribute></xsl:if>
      <xsl:call-template name="indicator-value"><xsl:with-param name="text" select="@targetText"/></xsl:call-template>
      <xsl:if test="@targetSource"><span class="source"><xsl:value-of select="@targetSource"/></span></xsl:if>
      <xsl:for-each select="$figure"><xsl:call-template name="indicator-trace"/></xsl:for-each>
    </td>
  </xsl:template>

  <xsl:template name="indicator-trace">
    <a class="source" href="#{@id}" title="{@recordSet}"><xsl:call-template name="trace"/></a>
  </xsl:template>

  <xsl:template name="indicator-value">
    <xsl:param name="text"/>
    <xsl:choose>
      <xsl:when test="string($text)"><xsl:value-of select="$text"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="message"><xsl:with-param name="id" select="'nothing'"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Table 1-1 is the summary, those of the groups follow it. -->
  <xsl:template name="indicator-table-number">
    <xsl:variable name="section" select="ancestor::r:section"/>
    <span class="number">
      <xsl:call-template name="message">
        <xsl:with-param name="id" select="'table-number'"/>
        <xsl:with-param name="text" select="concat(count($section/preceding-sibling::r:section) + 1, '-', count($section/r:table) + 1 + count(self::r:group) + count(self::r:group/preceding-sibling::r:group))"/>
      </xsl:call-template>
    </span>
  </xsl:template>

  <xsl:template name="indicator-note">
    <xsl:param name="id"/>
    <xsl:variable name="note">
      <xsl:call-template name="message"><xsl:with-param name="id" select="$id"/><xsl:with-param name="optional" select="true()"/></xsl:call-template>
    </xsl:variable>
    <xsl:if test="string($note)">
      <p class="note">
        <span class="label"><xsl:call-template name="message"><xsl:with-param name="id" select="'note'"/></xsl:call-template></span>
        <xsl:copy-of select="$note"/>
      </p>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
