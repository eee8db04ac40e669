<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:r="urn:aidledger:report:1"
    xmlns:m="urn:aidledger:messages:1"
    exclude-result-prefixes="r m">

  <xsl:key name="column" match="r:column" use="concat(../@id, ' ', @id)"/>

  <xsl:template match="r:table">
    <xsl:choose>
      <xsl:when test="r:row | r:annex">
        <!-- A short one is not split over sheets of paper. -->
        <xsl:variable name="width"><xsl:call-template name="width"/></xsl:variable>
        <div>
          <xsl:attribute name="class">
            <xsl:text>table</xsl:text>
            <xsl:if test="count(r:row) &lt; 15"><xsl:text> short</xsl:text></xsl:if>
            <xsl:if test="$width = 'wide'"><xsl:text> wide</xsl:text></xsl:if>
          </xsl:attribute>
          <table id="table:{@id}">
            <xsl:if test="count(r:column) &gt; 6"><xsl:attribute name="class">dense</xsl:attribute></xsl:if>
            <caption>
              <xsl:call-template name="table-caption"/>
              <xsl:if test="r:column[@type = 'fen']">
                <span class="unit"><xsl:call-template name="unit"/></span>
              </xsl:if>
            </caption>
            <thead>
              <tr>
                <xsl:for-each select="r:column">
                  <th scope="col" class="{@type}">
                    <xsl:call-template name="column-heading"/>
                  </th>
                </xsl:for-each>
                <th scope="col" class="trace"><xsl:call-template name="message"><xsl:with-param name="id" select="'column.trace'"/></xsl:call-template></th>
              </tr>
            </thead>
            <xsl:if test="r:row"><tbody><xsl:apply-templates select="r:row"/></tbody></xsl:if>
            <xsl:if test="r:total"><tfoot><xsl:apply-templates select="r:total"/></tfoot></xsl:if>
          </table>
          <xsl:apply-templates select="r:annex"/>
          <xsl:call-template name="table-note"/>
        </div>
      </xsl:when>
      <xsl:otherwise>
        <div class="table empty">
          <p class="caption" id="table:{@id}"><xsl:call-template name="table-caption"/></p>
          <p><xsl:call-template name="message">
            <xsl:with-param name="id" select="concat('table.', @id, '.empty')"/>
            <xsl:with-param name="or" select="'table.empty'"/>
          </xsl:call-template></p>
        </div>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Forms: each row a sheet with its columns as lines, and blanks to be filled in by hand. -->
  <xsl:template match="r:table[@display = 'forms'][r:row]">
    <div class="forms" id="table:{@id}">
      <h3><xsl:call-template name="table-caption"/></h3>
      <xsl:call-template name="table-note"/>
      <xsl:apply-templates select="r:row" mode="form"/>
    </div>
  </xsl:template>

  <xsl:template match="r:row" mode="form">
    <section class="form" id="{@id}" aria-labelledby="heading:{@id}">
      <h4 id="heading:{@id}">
        <xsl:call-template name="message"><xsl:with-param name="id" select="concat('table.', ../@id, '.form')"/></xsl:call-template>
        <xsl:for-each select="r:cell[1]"><xsl:call-template name="cell-text"/></xsl:for-each>
      </h4>
      <dl>
        <xsl:for-each select="r:cell[position() &gt; 1]">
          <div>
            <dt>
              <xsl:for-each select="key('column', concat(../../@id, ' ', @column))"><xsl:call-template name="column-heading"/></xsl:for-each>
            </dt>
            <dd><xsl:call-template name="cell-text"/></dd>
          </div>
        </xsl:for-each>
        <div>
          <dt><xsl:call-template name="message"><xsl:with-param name="id" select="'column.trace'"/></xsl:call-template></dt>
          <dd><a href="#{@id}" title="{@recordSet}"><xsl:call-template name="trace"/></a></dd>
        </div>
      </dl>
      <ul class="blanks">
        <xsl:for-each select="$messages/m:message[@id = concat('table.', current()/../@id, '.blanks')]/m:item">
          <li><span class="role"><xsl:value-of select="."/></span><span class="line"/></li>
        </xsl:for-each>
      </ul>
    </section>
  </xsl:template>

  <!-- Table 2-1, counted by section. -->
  <xsl:template name="table-caption">
    <span class="number">
      <xsl:call-template name="message">
        <xsl:with-param name="id" select="'table-number'"/>
        <xsl:with-param name="text">
          <xsl:choose>
            <xsl:when test="$report/@annex"><xsl:value-of select="$report/@number"/></xsl:when>
            <xsl:otherwise><xsl:value-of select="concat(count(../preceding-sibling::r:section) + 1, '-', count(preceding-sibling::r:table) + 1)"/></xsl:otherwise>
          </xsl:choose>
        </xsl:with-param>
      </xsl:call-template>
    </span>
    <xsl:call-template name="message"><xsl:with-param name="id" select="concat('table.', @id)"/></xsl:call-template>
  </xsl:template>

  <!-- Tables of more than eight columns are printed across, of tens of thousands more than ten. -->
  <xsl:template name="width">
    <xsl:if test="(r:row or r:annex) and not(@display) and count(r:column) &gt; 8 + 2 * boolean(@unit)">wide</xsl:if>
  </xsl:template>

  <!-- What amounts are shown in. -->
  <xsl:template name="unit">
    <xsl:choose>
      <xsl:when test="@unit"><xsl:call-template name="message"><xsl:with-param name="id" select="concat('unit.', @unit)"/></xsl:call-template></xsl:when>
      <xsl:otherwise><xsl:call-template name="message"><xsl:with-param name="id" select="'unit.yuan'"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Where who stands in several rows makes a total less than their sum. -->
  <xsl:template name="distinct-note">
    <xsl:variable name="table" select="."/>
    <xsl:variable name="less">
      <xsl:for-each select="r:column[@distinct]">
        <xsl:if test="sum($table/r:row/r:cell[@column = current()/@id]/@value) &gt; $table/r:total/r:cell[@column = current()/@id]/@value">1</xsl:if>
      </xsl:for-each>
    </xsl:variable>
    <xsl:if test="string($less)"><xsl:call-template name="message"><xsl:with-param name="id" select="'total.distinct'"/></xsl:call-template></xsl:if>
  </xsl:template>

  <xsl:template name="table-note">
    <xsl:variable name="note">
      <xsl:call-template name="message">
        <xsl:with-param name="id" select="concat('table.', @id, '.note')"/>
        <xsl:with-param name="optional" select="true()"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:variable name="distinct"><xsl:call-template name="distinct-note"/></xsl:variable>
    <xsl:if test="string($note) or string($distinct) or (@unit and r:row)">
      <p class="note">
        <span class="label"><xsl:call-template name="message"><xsl:with-param name="id" select="'note'"/></xsl:call-template></span>
        <xsl:copy-of select="$note"/>
        <xsl:value-of select="$distinct"/>
        <xsl:if test="@unit and r:row">
          <xsl:call-template name="message"><xsl:with-param name="id" select="'unit.rounded'"/></xsl:call-template>
        </xsl:if>
      </p>
    </xsl:if>
  </xsl:template>

  <xsl:template name="column-heading">
    <xsl:call-template name="message">
      <xsl:with-param name="id" select="concat('table.', ../@id, '.column.', @id)"/>
      <xsl:with-param name="or" select="concat('column.', @id)"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="r:row">
    <tr id="{@id}">
      <xsl:if test="r:cell[1]/@value and key('column', concat(../@id, ' ', r:cell[1]/@column))/@type = 'line'">
        <xsl:attribute name="class"><xsl:value-of select="concat('line-', r:cell[1]/@value)"/></xsl:attribute>
      </xsl:if>
      <xsl:apply-templates select="r:cell"/>
      <td class="trace">
        <a href="#{@id}" title="{@recordSet}"><xsl:call-template name="trace"/></a>
      </td>
    </tr>
  </xsl:template>

  <xsl:template match="r:total">
    <tr>
      <xsl:variable name="total" select="."/>
      <xsl:for-each select="../r:column">
        <xsl:variable name="cell" select="$total/r:cell[@column = current()/@id]"/>
        <xsl:choose>
          <xsl:when test="position() = 1">
            <th scope="row"><xsl:call-template name="message"><xsl:with-param name="id" select="'total'"/></xsl:call-template></th>
          </xsl:when>
          <xsl:otherwise>
            <td class="{@type}">
              <xsl:if test="$cell/@exact"><xsl:attribute name="title"><xsl:value-of select="$cell/@exact"/></xsl:attribute></xsl:if>
              <xsl:value-of select="$cell/@text"/>
            </td>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
      <td class="trace"><span title="{@recordSet}"><xsl:call-template name="trace"/></span></td>
    </tr>
  </xsl:template>

  <!-- How many records stand behind a figure, and the beginning of their set's hash. -->
  <xsl:template name="trace">
    <xsl:call-template name="message">
      <xsl:with-param name="id" select="'trace'"/>
      <xsl:with-param name="text" select="@entriesText"/>
    </xsl:call-template>
    <xsl:if test="@entries != '0'">
      <xsl:text> </xsl:text>
      <code><xsl:value-of select="substring(@recordSet, 1, 8)"/></code>
    </xsl:if>
  </xsl:template>

  <xsl:template match="r:cell">
    <xsl:variable name="type" select="key('column', concat(../../@id, ' ', @column))/@type"/>
    <xsl:choose>
      <xsl:when test="position() = 1">
        <th scope="row" class="{$type}"><xsl:call-template name="cell-text"/></th>
      </xsl:when>
      <xsl:otherwise>
        <td class="{$type}">
          <xsl:if test="@exact"><xsl:attribute name="title"><xsl:value-of select="@exact"/></xsl:attribute></xsl:if>
          <xsl:call-template name="cell-text"/>
        </td>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A cell's words. Lines of a balance and numbers of persons have theirs in the catalogue. -->
  <xsl:template name="cell-text">
    <xsl:variable name="table" select="../../@id"/>
    <xsl:variable name="type" select="key('column', concat($table, ' ', @column))/@type"/>
    <xsl:choose>
      <xsl:when test="not(@value)">
        <xsl:call-template name="message"><xsl:with-param name="id" select="'nothing'"/></xsl:call-template>
      </xsl:when>
      <xsl:when test="$type = 'line'">
        <xsl:call-template name="message">
          <xsl:with-param name="id" select="concat('table.', $table, '.line.', @value)"/>
          <xsl:with-param name="or" select="concat('line.', @value)"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:when test="$type = 'person'">
        <xsl:call-template name="message">
          <xsl:with-param name="id" select="'person'"/>
          <xsl:with-param name="text" select="@value"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="@text"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

</xsl:stylesheet>
