<?xml version="1.0" encoding="UTF-8"?>
<!-- A report as a workbook (schema/workbook.rng), which .xlsx is written from: a sheet that says what
     report it is, then one for each section. Amounts go as they are in the XML, in fen. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:r="urn:aidledger:report:1"
    xmlns:m="urn:aidledger:messages:1"
    xmlns="urn:aidledger:workbook:1"
    exclude-result-prefixes="r m">

  <xsl:import href="messages.xsl"/>
  <xsl:import href="numbers.xsl"/>
  <xsl:import href="tables.xsl"/>
  <xsl:import href="charts.xsl"/>
  <xsl:import href="particulars.xsl"/>
  <xsl:import href="problems.xsl"/>
  <xsl:import href="workbook-indicators.xsl"/>

  <xsl:output method="xml" encoding="UTF-8" indent="no"/>

  <xsl:template match="/r:report">
    <workbook xml:lang="{@xml:lang}" author="{r:drawn/@by}" created="{r:drawn/@at}">
      <xsl:attribute name="title"><xsl:call-template name="message"><xsl:with-param name="id" select="'title'"/></xsl:call-template></xsl:attribute>
      <xsl:attribute name="dateFormat"><xsl:call-template name="message"><xsl:with-param name="id" select="'workbook.date'"/></xsl:call-template></xsl:attribute>
      <xsl:choose>
        <xsl:when test="@annex"><xsl:call-template name="sheet-of-annex"/></xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="first-sheet"/>
          <xsl:apply-templates select="r:section"/>
        </xsl:otherwise>
      </xsl:choose>
    </workbook>
  </xsl:template>

  <!-- A page of an annex: the first begins a sheet, the others go on with it. -->
  <xsl:template name="sheet-of-annex">
    <xsl:for-each select="r:section/r:table">
      <xsl:variable name="heading"><xsl:call-template name="table-caption"/></xsl:variable>
      <sheet frozenRows="3" repeatFrom="3" repeatTo="3">
        <xsl:attribute name="name"><xsl:call-template name="sheet-name"><xsl:with-param name="text" select="string($heading)"/></xsl:call-template></xsl:attribute>
        <xsl:for-each select="$report"><xsl:call-template name="footer"/></xsl:for-each>
        <xsl:choose>
          <xsl:when test="$report/@page = 1">
            <xsl:for-each select=".."><xsl:call-template name="columns"/></xsl:for-each>
            <row role="title"><xsl:call-template name="message-cell"><xsl:with-param name="id" select="'title'"/></xsl:call-template></row>
            <xsl:apply-templates select="."/>
          </xsl:when>
          <xsl:otherwise><xsl:apply-templates select="r:row | r:total"/></xsl:otherwise>
        </xsl:choose>
      </sheet>
    </xsl:for-each>
  </xsl:template>

  <!-- In the report's own workbook: where the rows are. -->
  <xsl:template match="r:annex">
    <row role="note">
      <xsl:call-template name="message-cell">
        <xsl:with-param name="id" select="'annex.rows'"/>
        <xsl:with-param name="text" select="@rowsText"/>
      </xsl:call-template>
    </row>
    <xsl:if test="@file"><row role="body"><cell type="line" text="{@name}" file="{@file}"/></row></xsl:if>
  </xsl:template>

  <!-- What report it is -->

  <xsl:template name="first-sheet">
    <sheet>
      <xsl:attribute name="name"><xsl:call-template name="message"><xsl:with-param name="id" select="'workbook.report'"/></xsl:call-template></xsl:attribute>
      <xsl:call-template name="footer"/>
      <column width="26"/>
      <column width="90"/>
      <row role="title"><xsl:call-template name="message-cell"><xsl:with-param name="id" select="'title'"/></xsl:call-template></row>
      <xsl:if test="//r:verification[@outcome = 'broken']">
        <row role="caption"><xsl:call-template name="message-cell"><xsl:with-param name="id" select="'masthead.broken'"/></xsl:call-template></row>
      </xsl:if>
      <xsl:if test="//r:verification[@outcome = 'not-verified']">
        <row role="caption"><xsl:call-template name="message-cell"><xsl:with-param name="id" select="'masthead.not-verified'"/></xsl:call-template></row>
      </xsl:if>
      <xsl:call-template name="particulars"/>
    </sheet>
  </xsl:template>

  <xsl:template name="particular">
    <xsl:param name="label"/>
    <xsl:param name="text"/>
    <row role="body">
      <xsl:call-template name="text-cell"><xsl:with-param name="text" select="$label"/></xsl:call-template>
      <xsl:call-template name="text-cell"><xsl:with-param name="text" select="$text"/></xsl:call-template>
    </row>
  </xsl:template>

  <xsl:template name="footer">
    <xsl:attribute name="footer">
      <xsl:text>&amp;L</xsl:text>
      <xsl:call-template name="message"><xsl:with-param name="id" select="'page.root'"/></xsl:call-template>
      <xsl:value-of select="substring($report/r:ledger/@rootHash, 1, 16)"/>
      <xsl:text>&amp;R</xsl:text>
      <xsl:call-template name="message"><xsl:with-param name="id" select="'page.before'"/></xsl:call-template>
      <xsl:text>&amp;P</xsl:text>
      <xsl:call-template name="message"><xsl:with-param name="id" select="'page.between'"/></xsl:call-template>
      <xsl:text>&amp;N</xsl:text>
      <xsl:call-template name="message"><xsl:with-param name="id" select="'page.after'"/></xsl:call-template>
    </xsl:attribute>
  </xsl:template>

  <!-- Sections -->

  <!-- Where a sheet holds one table, its head stays in sight and stands on each sheet of paper; where
       there are several with heads of their own, the section's title does. -->
  <xsl:template match="r:section">
    <xsl:variable name="head">
      <xsl:choose>
        <xsl:when test="count(r:table) = 1 and r:table/r:row">3</xsl:when>
        <xsl:otherwise>1</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:variable name="heading">
      <xsl:call-template name="section-number"/>
      <xsl:call-template name="message"><xsl:with-param name="id" select="concat('section.', @id)"/></xsl:call-template>
    </xsl:variable>
    <sheet frozenRows="{$head}" repeatFrom="{$head}" repeatTo="{$head}">
      <xsl:attribute name="name"><xsl:call-template name="sheet-name"><xsl:with-param name="text" select="string($heading)"/></xsl:call-template></xsl:attribute>
      <xsl:call-template name="footer"/>
      <xsl:call-template name="columns"/>
      <row role="title"><xsl:call-template name="text-cell"><xsl:with-param name="text" select="$heading"/></xsl:call-template></row>
      <xsl:apply-templates/>
      <xsl:call-template name="section-text"/>
    </sheet>
  </xsl:template>

  <!-- At most 31 characters, without those that names of sheets may not have. Their numbers tell
       sections apart whose names are cut. -->
  <xsl:template name="sheet-name">
    <xsl:param name="text"/>
    <xsl:value-of select="normalize-space(substring(translate($text, &quot;[]:*?/\'&#xAD;&quot;, ''), 1, 31))"/>
  </xsl:template>

  <xsl:template name="section-text">
    <xsl:variable name="id" select="concat('section.', @id, '.text')"/>
    <xsl:variable name="own" select="$messages/m:message[@id = concat($report/@name, '.', $id)]"/>
    <xsl:variable name="text" select="$own | $messages/m:message[@id = $id][not($own)]"/>
    <xsl:if test="$text/m:p"><row role="body"/></xsl:if>
    <xsl:for-each select="$text/m:p">
      <row role="note">
        <xsl:call-template name="text-cell">
          <xsl:with-param name="text"><xsl:apply-templates mode="message"/></xsl:with-param>
        </xsl:call-template>
      </row>
    </xsl:for-each>
  </xsl:template>

  <!-- As many columns as the widest table has and two more, each as wide as the widest of its kind. -->
  <xsl:template name="columns">
    <xsl:variable name="section" select="."/>
    <xsl:choose>
      <xsl:when test="r:table">
        <xsl:for-each select="r:table">
          <xsl:sort select="count(r:column)" data-type="number" order="descending"/>
          <xsl:if test="position() = 1">
            <xsl:for-each select="r:column">
              <xsl:variable name="place" select="position()"/>
              <xsl:call-template name="column">
                <xsl:with-param name="types" select="$section/r:table/r:column[$place]/@type"/>
              </xsl:call-template>
            </xsl:for-each>
          </xsl:if>
        </xsl:for-each>
        <column width="12"/>
        <column width="34"/>
      </xsl:when>
      <xsl:when test="r:indicators"><xsl:call-template name="columns-of-indicators"/></xsl:when>
      <xsl:otherwise>
        <column width="56"/>
        <column width="14"/>
        <column width="70"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="column">
    <xsl:param name="types"/>
    <column>
      <xsl:attribute name="width">
        <xsl:choose>
          <xsl:when test="$types = 'line'">44</xsl:when>
          <xsl:when test="$types = 'rmb'">34</xsl:when>
          <xsl:when test="$types = 'text' or $types = 'code' or $types = 'kind'">24</xsl:when>
          <xsl:when test="$types = 'fen' or $types = 'date' or $types = 'area'">18</xsl:when>
          <xsl:otherwise>12</xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
    </column>
  </xsl:template>

  <!-- Tables -->

  <xsl:template match="r:table">
    <xsl:if test="preceding-sibling::*"><row role="body"/></xsl:if>
    <row role="caption">
      <xsl:call-template name="text-cell">
        <xsl:with-param name="text">
          <xsl:call-template name="table-caption"/>
          <xsl:if test="(r:row or r:annex) and r:column[@type = 'fen']">
            <xsl:call-template name="message">
              <xsl:with-param name="id" select="'in-brackets'"/>
              <xsl:with-param name="text"><xsl:call-template name="message"><xsl:with-param name="id" select="'unit.yuan'"/></xsl:call-template></xsl:with-param>
            </xsl:call-template>
          </xsl:if>
        </xsl:with-param>
      </xsl:call-template>
    </row>
    <xsl:choose>
      <xsl:when test="r:row or r:annex">
        <row role="head">
          <xsl:apply-templates select="r:column"/>
          <xsl:call-template name="message-cell"><xsl:with-param name="id" select="'column.trace'"/><xsl:with-param name="type" select="'end'"/></xsl:call-template>
          <xsl:call-template name="message-cell"><xsl:with-param name="id" select="'column.row'"/><xsl:with-param name="type" select="'line'"/></xsl:call-template>
        </row>
        <xsl:apply-templates select="r:row | r:total"/>
        <xsl:apply-templates select="r:annex"/>
        <xsl:call-template name="table-note-row"/>
      </xsl:when>
      <xsl:otherwise>
        <row role="note">
          <xsl:call-template name="text-cell">
            <xsl:with-param name="text">
              <xsl:call-template name="message">
                <xsl:with-param name="id" select="concat('table.', @id, '.empty')"/>
                <xsl:with-param name="or" select="'table.empty'"/>
              </xsl:call-template>
            </xsl:with-param>
          </xsl:call-template>
        </row>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="table-note-row">
    <xsl:variable name="note">
      <xsl:call-template name="message">
        <xsl:with-param name="id" select="concat('table.', @id, '.note')"/>
        <xsl:with-param name="optional" select="true()"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:variable name="distinct"><xsl:call-template name="distinct-note"/></xsl:variable>
    <xsl:if test="string($note) or string($distinct)">
      <row role="note">
        <xsl:call-template name="text-cell">
          <xsl:with-param name="text">
            <xsl:call-template name="message"><xsl:with-param name="id" select="'note'"/></xsl:call-template>
            <xsl:value-of select="$note"/>
            <xsl:value-of select="$distinct"/>
          </xsl:with-param>
        </xsl:call-template>
      </row>
    </xsl:if>
  </xsl:template>

  <xsl:template match="r:column">
    <xsl:call-template name="text-cell">
      <xsl:with-param name="text"><xsl:call-template name="column-heading"/></xsl:with-param>
      <xsl:with-param name="type">
        <xsl:choose>
          <xsl:when test="@type = 'fen' or @type = 'count' or @type = 'percent'">end</xsl:when>
          <xsl:otherwise>text</xsl:otherwise>
        </xsl:choose>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="r:row">
    <row role="body" id="{@id}">
      <xsl:apply-templates select="r:cell"/>
      <xsl:call-template name="trace-cells"/>
    </row>
  </xsl:template>

  <xsl:template match="r:total">
    <xsl:variable name="total" select="."/>
    <row role="total" id="{@id}">
      <xsl:for-each select="../r:column">
        <xsl:choose>
          <xsl:when test="position() = 1">
            <xsl:call-template name="message-cell"><xsl:with-param name="id" select="'total'"/></xsl:call-template>
          </xsl:when>
          <xsl:when test="$total/r:cell[@column = current()/@id]">
            <xsl:apply-templates select="$total/r:cell[@column = current()/@id]"/>
          </xsl:when>
          <xsl:otherwise><cell/></xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
      <xsl:call-template name="trace-cells"/>
    </row>
  </xsl:template>

  <xsl:template name="trace-cells">
    <cell type="count" value="{@entries}" text="{@entriesText}"/>
    <cell type="line" text="{@id}"/>
  </xsl:template>

  <!-- Cells -->

  <xsl:template match="r:cell">
    <xsl:variable name="type" select="key('column', concat(../../@id, ' ', @column))/@type"/>
    <xsl:choose>
      <xsl:when test="not(@value)"><cell/></xsl:when>
      <xsl:when test="$type = 'fen' or $type = 'count' or $type = 'percent' or $type = 'date'">
        <cell type="{$type}" value="{@value}" text="{@text}"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="text-cell">
          <xsl:with-param name="text"><xsl:call-template name="cell-text"/></xsl:with-param>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Soft hyphens are for paper. -->
  <xsl:template name="text-cell">
    <xsl:param name="text"/>
    <xsl:param name="type" select="'text'"/>
    <cell type="{$type}" text="{translate(string($text), '&#xAD;', '')}"/>
  </xsl:template>

  <xsl:template name="message-cell">
    <xsl:param name="id"/>
    <xsl:param name="text"/>
    <xsl:param name="type" select="'text'"/>
    <xsl:call-template name="text-cell">
      <xsl:with-param name="text">
        <xsl:call-template name="message">
          <xsl:with-param name="id" select="$id"/>
          <xsl:with-param name="text" select="$text"/>
        </xsl:call-template>
      </xsl:with-param>
      <xsl:with-param name="type" select="$type"/>
    </xsl:call-template>
  </xsl:template>

  <!-- Charts -->

  <xsl:template match="r:chart">
    <xsl:variable name="table" select="../r:table[@id = current()/@of]"/>
    <chart kind="{@kind}" of="{$table/r:column[@id = current()/r:series/@column]/@type}" first="{$table/r:row[1]/@id}" last="{$table/r:row[last()]/@id}"
        label="{count($table/r:column[@id = current()/@label]/preceding-sibling::r:column)}">
      <xsl:attribute name="rows">
        <xsl:choose>
          <xsl:when test="@kind = 'bars'"><xsl:value-of select="6 + count($table/r:row)"/></xsl:when>
          <xsl:otherwise>17</xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <xsl:attribute name="title"><xsl:call-template name="chart-caption"/></xsl:attribute>
      <xsl:for-each select="r:series">
        <series column="{count($table/r:column[@id = current()/@column]/preceding-sibling::r:column)}">
          <xsl:attribute name="name"><xsl:call-template name="series-heading"/></xsl:attribute>
        </series>
      </xsl:for-each>
    </chart>
  </xsl:template>

  <!-- Its points are the cells of the sheet, which are in yuan whatever is shown elsewhere. -->
  <xsl:template name="unit">
    <xsl:call-template name="message"><xsl:with-param name="id" select="'unit.yuan'"/></xsl:call-template>
  </xsl:template>

  <!-- A funnel has no like among a workbook's charts; its table has the limits. -->
  <xsl:template match="r:chart[@kind = 'funnel']"/>

  <!-- What the engine itself says -->

  <xsl:template match="r:facts[@of = 'ledger']">
    <row role="caption"><xsl:call-template name="message-cell"><xsl:with-param name="id" select="'ledger.heading'"/></xsl:call-template></row>
    <row role="note">
      <xsl:call-template name="message-cell">
        <xsl:with-param name="id" select="concat('ledger.checkpoint.', $report/r:ledger/@checkpoint)"/>
        <xsl:with-param name="text" select="$report/r:ledger/@checkpointSizeText"/>
      </xsl:call-template>
    </row>
    <row role="body">
      <xsl:call-template name="message-cell"><xsl:with-param name="id" select="'ledger.vkey'"/></xsl:call-template>
    </row>
    <row role="note"><cell type="text" text="{$report/r:ledger/@vkey}"/></row>
    <xsl:if test="$report/r:ledger/r:note">
      <row role="body"><xsl:call-template name="message-cell"><xsl:with-param name="id" select="'masthead.checkpoint'"/></xsl:call-template></row>
      <xsl:call-template name="lines"><xsl:with-param name="text" select="$report/r:ledger/r:note"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- The signed note, a row for each line of it. -->
  <xsl:template name="lines">
    <xsl:param name="text"/>
    <xsl:variable name="line" select="substring-before(concat($text, '&#10;'), '&#10;')"/>
    <xsl:variable name="rest" select="substring-after($text, '&#10;')"/>
    <row role="note"><cell type="text" text="{$line}"/></row>
    <xsl:if test="$rest">
      <xsl:call-template name="lines"><xsl:with-param name="text" select="$rest"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template match="r:verification">
    <row role="body"/>
    <row role="caption"><xsl:call-template name="message-cell"><xsl:with-param name="id" select="'verification.heading'"/></xsl:call-template></row>
    <row role="note">
      <xsl:call-template name="message-cell">
        <xsl:with-param name="id" select="concat('verification.', @outcome)"/>
        <xsl:with-param name="text" select="@entriesText"/>
      </xsl:call-template>
    </row>
    <xsl:if test="r:check">
      <row role="head">
        <xsl:call-template name="message-cell"><xsl:with-param name="id" select="'verification.check'"/></xsl:call-template>
        <xsl:call-template name="message-cell"><xsl:with-param name="id" select="'verification.count'"/><xsl:with-param name="type" select="'end'"/></xsl:call-template>
        <xsl:call-template name="message-cell"><xsl:with-param name="id" select="'verification.outcome'"/></xsl:call-template>
      </row>
      <xsl:apply-templates select="r:check"/>
    </xsl:if>
    <xsl:if test="r:problem">
      <row role="note">
        <xsl:call-template name="text-cell">
          <xsl:with-param name="text">
            <xsl:call-template name="problem-count"/>
          </xsl:with-param>
        </xsl:call-template>
      </row>
    </xsl:if>
    <xsl:for-each select="r:problem">
      <row role="note">
        <xsl:call-template name="text-cell">
          <xsl:with-param name="text">
            <xsl:call-template name="problem-about"/>
            <xsl:text> – </xsl:text>
            <xsl:value-of select="@text"/>
          </xsl:with-param>
        </xsl:call-template>
      </row>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="r:check">
    <row role="body">
      <xsl:call-template name="message-cell"><xsl:with-param name="id" select="concat('check.', @id)"/></xsl:call-template>
      <xsl:choose>
        <xsl:when test="@outcome = 'not-checked'"><cell/></xsl:when>
        <xsl:otherwise><cell type="count" value="{@count}" text="{@countText}"/></xsl:otherwise>
      </xsl:choose>
      <xsl:call-template name="message-cell"><xsl:with-param name="id" select="concat('outcome.', @outcome)"/></xsl:call-template>
    </row>
  </xsl:template>

  <xsl:template match="r:facts[@of = 'sources']">
    <row role="body"/>
    <row role="caption"><xsl:call-template name="message-cell"><xsl:with-param name="id" select="'sources.heading'"/></xsl:call-template></row>
    <row role="note"><xsl:call-template name="message-cell"><xsl:with-param name="id" select="'sources.text'"/></xsl:call-template></row>
    <xsl:if test="$report/r:sources/r:source[starts-with(translate(@path, '0123456789', ''), 'layer/')]">
      <row role="note"><xsl:call-template name="message-cell"><xsl:with-param name="id" select="'sources.layers'"/></xsl:call-template></row>
    </xsl:if>
    <row role="head">
      <xsl:call-template name="message-cell"><xsl:with-param name="id" select="'sources.path'"/></xsl:call-template>
      <cell/>
      <cell type="text" text="SHA-256"/>
    </row>
    <xsl:for-each select="$report/r:sources/r:source">
      <row role="body">
        <cell type="text" text="{@path}"/>
        <cell/>
        <cell type="line" text="{@sha256}"/>
      </row>
    </xsl:for-each>
  </xsl:template>

</xsl:stylesheet>
