<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="http://icl.com/saxon" extension-element-prefixes="e">
  <xsl:template match="/"><out><e:output file="/tmp/aidledger-hostile-written/deep/file">written</e:output></out></xsl:template>
</xsl:stylesheet>
