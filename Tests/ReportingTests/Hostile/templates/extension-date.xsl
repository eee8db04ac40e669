<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:f="http://exslt.org/dates-and-times">
  <xsl:output method="text"/>
  <xsl:template match="/">[<xsl:value-of select="f:date-time()"/>]</xsl:template>
</xsl:stylesheet>
