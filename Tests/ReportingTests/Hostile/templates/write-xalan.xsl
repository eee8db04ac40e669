<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="org.apache.xalan.xslt.extensions.Redirect" extension-element-prefixes="e">
  <xsl:template match="/"><out><e:write file="/tmp/aidledger-hostile-written/deep/file">written</e:write></out></xsl:template>
</xsl:stylesheet>
