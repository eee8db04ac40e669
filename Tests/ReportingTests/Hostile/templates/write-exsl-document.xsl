<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="http://exslt.org/common" extension-element-prefixes="e">
  <xsl:template match="/"><out><e:document href="/tmp/aidledger-hostile-written/deep/file">written</e:document></out></xsl:template>
</xsl:stylesheet>
