<?xml version="1.0" encoding="UTF-8"?>
<!-- Makes the layer's entry of the resource-adapters subsystem from the archive's ironjacamar.xml, so that a property is
     set by the same system property whichever way the adapter came into the server. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns="urn:jboss:galleon:feature-group:1.0" xmlns:ij="http://www.ironjacamar.org/doc/schema"
                exclude-result-prefixes="ij">
  <xsl:output method="xml" indent="yes" encoding="UTF-8"/>
  <xsl:variable name="entry">subsystem.resource-adapters.resource-adapter</xsl:variable>

  <xsl:template match="/ij:ironjacamar">
    <feature-group-spec name="smtp-ra">
      <feature spec="{$entry}">
        <param name="resource-adapter" value="smtp-ra"/>
        <param name="module" value="io.smtpra.adapter"/>
        <param name="transaction-support" value="{ij:transaction-support}"/>
        <param name="bootstrap-context" value="{ij:bootstrap-context}"/>
        <param name="statistics-enabled" value="${{smtpra.statistics.enabled:true}}"/>
        <!-- security inflow needs the name of a domain, of one that need not be there unless somebody authenticates -->
        <param name="wm-security" value="true"/>
        <param name="wm-elytron-security-domain" value="${{smtpra.security.domain:ApplicationDomain}}"/>
        <xsl:apply-templates select="ij:config-property">
          <xsl:with-param name="of" select="$entry"/>
        </xsl:apply-templates>
        <xsl:apply-templates select="ij:connection-definitions/ij:connection-definition"/>
      </feature>
    </feature-group-spec>
  </xsl:template>

  <xsl:template match="ij:connection-definition">
    <xsl:variable name="definition" select="concat($entry, '.connection-definitions')"/>
    <feature spec="{$definition}">
      <param name="connection-definitions" value="{@pool-name}"/>
      <param name="class-name" value="{@class-name}"/>
      <param name="jndi-name" value="{@jndi-name}"/>
      <param name="min-pool-size" value="{ij:xa-pool/ij:min-pool-size}"/>
      <param name="max-pool-size" value="{ij:xa-pool/ij:max-pool-size}"/>
      <param name="security-application" value="true"/>
      <param name="blocking-timeout-wait-millis" value="{ij:timeout/ij:blocking-timeout-millis}"/>
      <param name="idle-timeout-minutes" value="{ij:timeout/ij:idle-timeout-minutes}"/>
      <param name="validate-on-match" value="{ij:validation/ij:validate-on-match}"/>
      <param name="background-validation" value="{ij:validation/ij:background-validation}"/>
      <param name="no-recovery" value="{ij:recovery/@no-recovery}"/>
      <xsl:apply-templates select="ij:config-property">
        <xsl:with-param name="of" select="$definition"/>
      </xsl:apply-templates>
    </feature>
  </xsl:template>

  <!-- a module has no deployment to which a name could belong: the naming subsystem has it, as the layer says -->
  <xsl:template match="ij:config-property[@name='sessionJndiName']" priority="1"/>

  <xsl:template match="ij:config-property">
    <xsl:param name="of"/>
    <feature spec="{$of}.config-properties">
      <param name="config-properties" value="{@name}"/>
      <!-- the subsystem takes no empty value; to the adapter a blank is one -->
      <xsl:choose>
        <xsl:when test="contains(., ':}')">
          <param name="value" value="{substring-before(., ':}')}: }}"/>
        </xsl:when>
        <xsl:otherwise>
          <param name="value" value="{.}"/>
        </xsl:otherwise>
      </xsl:choose>
    </feature>
  </xsl:template>
</xsl:stylesheet>
