package io.smtpra.ra.inbound.smtp.content;

import io.smtpra.Peer;
import io.smtpra.TlsFacts;
import io.smtpra.ra.inbound.smtp.argument.HelloName;
import io.smtpra.ra.inbound.smtp.session.AddressLiteral;
import io.smtpra.ra.inbound.smtp.session.MailTransaction;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Our {@code Received:} header (RFC 5321 section 4.4). */
public final class ReceivedHeader {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private ReceivedHeader() {}

    static byte[] of(String hostName, SmtpSession session, MailTransaction transaction, Instant at) {
        Peer peer = session.peer();
        StringBuilder header = new StringBuilder(320)
                .append("Received: from ").append(HelloName.inHeader(peer.heloName()))
                .append(" (").append(AddressLiteral.of(peer.address())).append(")\r\n\tby ").append(hostName)
                .append(" with ").append(protocol(session.isExtended(), transaction.sender().smtpUtf8(), peer));
        peer.tls().ifPresent(tls -> header.append("\r\n\t").append(comment(tls)));
        header.append("\r\n\tid ").append(transaction.id());
        if (transaction.recipientCount() == 1) {
            // RFC 5321 section 7.2: one recipient must not learn of another
            header.append("\r\n\tfor <").append(transaction.recipients().get(0).mailbox()).append('>');
        }
        return header.append(";\r\n\t").append(DATE.format(at)).append("\r\n")
                .toString().getBytes(StandardCharsets.UTF_8);
    }

    /** RFC 3848, and RFC 6531 section 4.3; there is no name for HELO within TLS. */
    public static String protocol(boolean extended, boolean utf8, Peer peer) {
        if (!extended) {
            return "SMTP";
        }
        return (utf8 ? "UTF8SMTP" : "ESMTP")
                + (peer.tls().isPresent() ? "S" : "")
                + (peer.authenticatedUser().isPresent() ? "A" : "");
    }

    private static String comment(TlsFacts tls) {
        return "(" + tls.protocol() + " cipher " + tls.cipherSuite() + ")";
    }
}
