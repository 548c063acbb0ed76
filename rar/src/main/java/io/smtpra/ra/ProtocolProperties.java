package io.smtpra.ra;

import io.smtpra.ra.config.PropertyReader;
import io.smtpra.ra.inbound.protocol.BareNewlinePolicy;
import io.smtpra.ra.inbound.protocol.Extension;
import io.smtpra.ra.inbound.protocol.ProtocolLimits;
import jakarta.resource.spi.ConfigProperty;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The properties of a resource adapter that are about how it speaks SMTP. */
public abstract class ProtocolProperties extends ListenerProperties {

    private static final long MAX_MESSAGE_SIZE = 1L << 40;
    private static final int MAX_COUNT = 1_000_000_000;

    @ConfigProperty(description = "The extension SIZE (RFC 1870): true or false.")
    private String size = "true";

    @ConfigProperty(description = "The extension PIPELINING (RFC 2920): true or false.")
    private String pipelining = "true";

    @ConfigProperty(description = "The extension 8BITMIME (RFC 6152): true or false.")
    private String eightBitMime = "true";

    @ConfigProperty(description = "The extension DSN (RFC 3461): true or false.")
    private String dsn = "true";

    @ConfigProperty(description = "The extensions CHUNKING and, with 8BITMIME, BINARYMIME (RFC 3030): true or false.")
    private String chunking = "true";

    @ConfigProperty(description = "The extension SMTPUTF8 (RFC 6531), only with 8BITMIME: true or false.")
    private String smtpUtf8 = "true";

    @ConfigProperty(description = "The extension ENHANCEDSTATUSCODES (RFC 2034): true or false.")
    private String enhancedStatusCodes = "true";

    @ConfigProperty(description = "The extension REQUIRETLS (RFC 8689), offered inside TLS alone: true or false.")
    private String requireTlsExtension = "true";

    @ConfigProperty(description = "The command HELP: true or false.")
    private String help = "false";

    @ConfigProperty(description = "The command VRFY, answered by the beans: true or false.")
    private String vrfy = "false";

    @ConfigProperty(description = "The command EXPN, answered by the beans: true or false.")
    private String expn = "false";

    @ConfigProperty(description = "The command ETRN (RFC 1985), answered by the beans: true or false.")
    private String etrn = "false";

    @ConfigProperty(description = "Octets of one mail, also with K, M or G.")
    private String maxMessageSize = "25M";

    @ConfigProperty(description = "Recipients of one mail, 100 or more (RFC 5321 section 4.5.3.1.8).")
    private String maxRecipients = "1000";

    @ConfigProperty(description = "Errors in one session; past half of them answers are delayed, past all of them the session"
            + " ends with 421.")
    private String maxErrors = "20";

    @ConfigProperty(description = "Unknown recipients in one session, past which it ends with 421.")
    private String maxUnknownRecipients = "50";

    @ConfigProperty(description = "Commands in one session that bring no mail, past which each counts as an error.")
    private String maxJunkCommands = "100";

    @ConfigProperty(description = "Mails in one session.")
    private String maxTransactionsPerSession = "1000";

    @ConfigProperty(description = "Received headers past which a mail is taken to loop, and refused with 554.")
    private String maxReceivedHeaders = "100";

    @ConfigProperty(description = "A CR or LF alone in a mail, which never ends it: reject (550 5.6.11) or accept-as-data.")
    private String bareNewline = "reject";

    Set<Extension> extensions(PropertyReader reader) {
        Set<Extension> on = EnumSet.noneOf(Extension.class);
        for (Extension extension : Extension.values()) {
            if (reader.flag(extension.configurationName(), switchOf(extension))) {
                on.add(extension);
            }
        }
        return on;
    }

    ProtocolLimits protocolLimits(PropertyReader reader) {
        return new ProtocolLimits(
                reader.size("maxMessageSize", maxMessageSize, 1, MAX_MESSAGE_SIZE),
                reader.number("maxRecipients", maxRecipients, 100, 1_000_000),
                reader.number("maxErrors", maxErrors, 1, MAX_COUNT),
                reader.number("maxUnknownRecipients", maxUnknownRecipients, 1, MAX_COUNT),
                reader.number("maxJunkCommands", maxJunkCommands, 1, MAX_COUNT),
                reader.number("maxTransactionsPerSession", maxTransactionsPerSession, 1, MAX_COUNT),
                reader.number("maxReceivedHeaders", maxReceivedHeaders, 1, MAX_COUNT));
    }

    BareNewlinePolicy bareNewlinePolicy(PropertyReader reader) {
        return reader.choice("bareNewline", bareNewline, BareNewlinePolicy.names());
    }

    private String switchOf(Extension extension) {
        return switch (extension) {
            case SIZE -> size;
            case PIPELINING -> pipelining;
            case EIGHT_BIT_MIME -> eightBitMime;
            case DSN -> dsn;
            case CHUNKING -> chunking;
            case SMTP_UTF8 -> smtpUtf8;
            case ENHANCED_STATUS_CODES -> enhancedStatusCodes;
            case REQUIRE_TLS -> requireTlsExtension;
            case HELP -> help;
            case VRFY -> vrfy;
            case EXPN -> expn;
            case ETRN -> etrn;
        };
    }

    @Override
    List<String> values() {
        List<String> values = super.values();
        values.addAll(Arrays.asList(
                size, pipelining, eightBitMime, dsn, chunking, smtpUtf8, enhancedStatusCodes, requireTlsExtension,
                help, vrfy, expn, etrn, maxMessageSize, maxRecipients, maxErrors, maxUnknownRecipients,
                maxJunkCommands, maxTransactionsPerSession, maxReceivedHeaders, bareNewline));
        return values;
    }

    public String getSize() {
        return size;
    }

    public void setSize(String size) {
        this.size = size;
    }

    public String getPipelining() {
        return pipelining;
    }

    public void setPipelining(String pipelining) {
        this.pipelining = pipelining;
    }

    public String getEightBitMime() {
        return eightBitMime;
    }

    public void setEightBitMime(String eightBitMime) {
        this.eightBitMime = eightBitMime;
    }

    public String getDsn() {
        return dsn;
    }

    public void setDsn(String dsn) {
        this.dsn = dsn;
    }

    public String getChunking() {
        return chunking;
    }

    public void setChunking(String chunking) {
        this.chunking = chunking;
    }

    public String getSmtpUtf8() {
        return smtpUtf8;
    }

    public void setSmtpUtf8(String smtpUtf8) {
        this.smtpUtf8 = smtpUtf8;
    }

    public String getEnhancedStatusCodes() {
        return enhancedStatusCodes;
    }

    public void setEnhancedStatusCodes(String enhancedStatusCodes) {
        this.enhancedStatusCodes = enhancedStatusCodes;
    }

    public String getRequireTlsExtension() {
        return requireTlsExtension;
    }

    public void setRequireTlsExtension(String requireTlsExtension) {
        this.requireTlsExtension = requireTlsExtension;
    }

    public String getHelp() {
        return help;
    }

    public void setHelp(String help) {
        this.help = help;
    }

    public String getVrfy() {
        return vrfy;
    }

    public void setVrfy(String vrfy) {
        this.vrfy = vrfy;
    }

    public String getExpn() {
        return expn;
    }

    public void setExpn(String expn) {
        this.expn = expn;
    }

    public String getEtrn() {
        return etrn;
    }

    public void setEtrn(String etrn) {
        this.etrn = etrn;
    }

    public String getMaxMessageSize() {
        return maxMessageSize;
    }

    public void setMaxMessageSize(String maxMessageSize) {
        this.maxMessageSize = maxMessageSize;
    }

    public String getMaxRecipients() {
        return maxRecipients;
    }

    public void setMaxRecipients(String maxRecipients) {
        this.maxRecipients = maxRecipients;
    }

    public String getMaxErrors() {
        return maxErrors;
    }

    public void setMaxErrors(String maxErrors) {
        this.maxErrors = maxErrors;
    }

    public String getMaxUnknownRecipients() {
        return maxUnknownRecipients;
    }

    public void setMaxUnknownRecipients(String maxUnknownRecipients) {
        this.maxUnknownRecipients = maxUnknownRecipients;
    }

    public String getMaxJunkCommands() {
        return maxJunkCommands;
    }

    public void setMaxJunkCommands(String maxJunkCommands) {
        this.maxJunkCommands = maxJunkCommands;
    }

    public String getMaxTransactionsPerSession() {
        return maxTransactionsPerSession;
    }

    public void setMaxTransactionsPerSession(String maxTransactionsPerSession) {
        this.maxTransactionsPerSession = maxTransactionsPerSession;
    }

    public String getMaxReceivedHeaders() {
        return maxReceivedHeaders;
    }

    public void setMaxReceivedHeaders(String maxReceivedHeaders) {
        this.maxReceivedHeaders = maxReceivedHeaders;
    }

    public String getBareNewline() {
        return bareNewline;
    }

    public void setBareNewline(String bareNewline) {
        this.bareNewline = bareNewline;
    }
}
