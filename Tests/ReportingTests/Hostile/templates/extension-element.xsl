<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="http://example.org/shell" extension-element-prefixes="e">
  <xsl:template match="/"><out><e:run command="/tmp/aidledger-hostile-written/deep/file">written</e:run></out></xsl:template>
</xsl:stylesheet>
