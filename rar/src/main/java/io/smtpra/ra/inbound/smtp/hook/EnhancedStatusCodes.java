package io.smtpra.ra.inbound.smtp.hook;

import io.smtpra.ra.inbound.smtp.rules.Extension;
import io.smtpra.ra.inbound.smtp.rules.ProtocolConfig;
import java.util.List;
import org.apache.james.protocols.api.handler.ProtocolHandler;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;

/** Offers {@code ENHANCEDSTATUSCODES} (RFC 2034); the last word on each answer leaves them out where it is off. */
public final class EnhancedStatusCodes implements EhloExtension, ProtocolHandler {

    private final List<String> keywords;

    public EnhancedStatusCodes(ProtocolConfig config) {
        keywords = config.isOn(Extension.ENHANCED_STATUS_CODES) ? List.of("ENHANCEDSTATUSCODES") : List.of();
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return keywords;
    }
}
