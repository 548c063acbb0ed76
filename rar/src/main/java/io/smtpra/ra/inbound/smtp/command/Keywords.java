package io.smtpra.ra.inbound.smtp.command;

import io.smtpra.ra.inbound.smtp.rules.Extension;
import io.smtpra.ra.inbound.smtp.rules.SaslMechanism;
import io.smtpra.ra.inbound.smtp.session.ProtocolContext;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import io.smtpra.ra.tls.StartTlsPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code EHLO} offers: exactly what works in this state. */
final class Keywords {

    private final ProtocolContext context;
    private final List<String> keywords = new ArrayList<>();

    private Keywords(ProtocolContext context) {
        this.context = context;
    }

    static List<String> of(ProtocolContext context, SmtpSession session) {
        Keywords offered = new Keywords(context);
        boolean tls = session.transport().isTLSStarted();
        offered.add(Extension.SIZE, "SIZE " + context.config().limits().maxMessageSize());
        offered.add(Extension.PIPELINING, "PIPELINING");
        offered.add(Extension.EIGHT_BIT_MIME, "8BITMIME");
        offered.add(Extension.SMTP_UTF8, "SMTPUTF8");
        offered.add(Extension.DSN, "DSN");
        offered.add(Extension.CHUNKING, "CHUNKING");
        if (context.config().isOn(Extension.EIGHT_BIT_MIME)) {
            offered.add(Extension.CHUNKING, "BINARYMIME");
        }
        offered.add(Extension.ENHANCED_STATUS_CODES, "ENHANCEDSTATUSCODES");
        if (isStartTlsOffered(session)) {
            offered.keywords.add("STARTTLS");
        }
        if (session.isAuthenticationOffered()) {
            offered.keywords.add(session.mechanisms().stream().map(SaslMechanism::saslName)
                    .collect(Collectors.joining(" ", "AUTH ", "")));
        }
        if (tls) {
            offered.add(Extension.REQUIRE_TLS, "REQUIRETLS");
        }
        offered.add(Extension.HELP, "HELP");
        offered.add(Extension.VRFY, "VRFY");
        offered.add(Extension.EXPN, "EXPN");
        offered.add(Extension.ETRN, "ETRN");
        return offered.keywords;
    }

    private static boolean isStartTlsOffered(SmtpSession session) {
        return session.rules().startTls() != StartTlsPolicy.DISABLED
                && session.isStartTLSSupported()
                && !session.isTLSStarted();
    }

    private void add(Extension extension, String keyword) {
        if (context.config().isOn(extension)) {
            keywords.add(keyword);
        }
    }
}
