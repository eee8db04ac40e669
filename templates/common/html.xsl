<?xml version="1.0" encoding="UTF-8"?>
<!-- The page of a report that has no html.xsl of its own. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:import href="layout.xsl"/>
  <xsl:import href="indicators.xsl"/>
</xsl:stylesheet>
