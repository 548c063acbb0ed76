package io.smtpra.ra.inbound.smtp.content;

import io.smtpra.Peer;
import io.smtpra.TlsFacts;
import io.smtpra.ra.inbound.smtp.argument.HelloName;
import io.smtpra.ra.inbound.smtp.session.AddressLiteral;
import io.smtpra.ra.inbound.smtp.session.MailTransaction;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** Our {@code Received:} header (RFC 5321 section 4.4). */
public final class ReceivedHeader {

    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

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
        return header.append(";\r\n\t").append(date(at)).append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** As RFC 5322 section 3.3 has it. A {@code DateTimeFormatter} costs more than the rest of the header. */
    public static String date(Instant at) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(at.getEpochSecond(), 0, ZoneOffset.UTC);
        StringBuilder date = new StringBuilder(32)
                .append(DAYS.get(time.getDayOfWeek().ordinal())).append(", ").append(time.getDayOfMonth()).append(' ')
                .append(MONTHS.get(time.getMonthValue() - 1)).append(' ').append(time.getYear()).append(' ');
        twoDigits(date, time.getHour()).append(':');
        twoDigits(date, time.getMinute()).append(':');
        return twoDigits(date, time.getSecond()).append(" +0000").toString();
    }

    private static StringBuilder twoDigits(StringBuilder date, int number) {
        return date.append(number < 10 ? "0" : "").append(number);
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
