package io.smtpra.ra.outbound;

import static io.smtpra.ra.outbound.TransportCase.Aspect.ENVELOPE;
import static io.smtpra.ra.outbound.TransportCase.Aspect.EVENTS;
import static io.smtpra.ra.outbound.TransportCase.Aspect.EXCEPTION;
import static io.smtpra.ra.outbound.TransportCase.Aspect.OCTETS;

import io.smtpra.ra.outbound.TransportCase.Call;
import io.smtpra.ra.outbound.TransportCase.Hearing;
import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.NewsAddress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.eclipse.angus.mail.smtp.SMTPMessage;

/** What applications do with transports: ordinary, odd, and with next hops that refuse or go. */
final class TransportCases {

    private static final String A = "a@example.org";
    private static final String B = "b@example.org";
    private static final String C = "c@example.org";
    private static final String UMLAUTS = "Grüße, привет\r\n";

    private TransportCases() {}

    static List<TransportCase> all() {
        List<TransportCase> all = new ArrayList<>();
        all.addAll(senders());
        all.addAll(recipients());
        all.addAll(refusals());
        all.addAll(breaks());
        all.addAll(parts());
        all.addAll(notifications());
        all.addAll(contents());
        all.addAll(TransportStateCases.all());
        return all;
    }

    private static List<TransportCase> senders() {
        String senderFirst = "Angus takes `From` and leaves `Sender` out";
        return List.of(
                sends("a text", A),
                sends("mail.smtp.from", A).with("mail.smtp.from", "bounces@example.com"),
                sends("mail.smtp.from in brackets", A).with("mail.smtp.from", "<bounces@example.com>"),
                sends("the null reverse-path", A).with("mail.smtp.from", "<>"),
                sends("mail.smtp.from is empty", A).with("mail.smtp.from", ""),
                changed("Sender beside From", message -> message.setSender(new InternetAddress("sender@example.com")))
                        .differs(senderFirst, ENVELOPE),
                changed("two authors", message -> message.setHeader("From", "x@example.com, y@example.com")),
                changed("Sender alone", message -> {
                    message.removeHeader("From");
                    message.setSender(new InternetAddress("sender@example.com"));
                }),
                changed("neither Sender nor From", message -> message.removeHeader("From"))
                        .differs("Angus makes up a sender, of the system's user and the host's name",
                                ENVELOPE, OCTETS, EXCEPTION, EVENTS),
                changed("an author with a name", message ->
                        message.setHeader("From", "=?UTF-8?Q?J=C3=BCrgen?= <juergen@example.com>")),
                angus("an envelope's sender", message -> message.setEnvelopeFrom("bounces@example.com")),
                angus("an envelope's sender before mail.smtp.from", message ->
                        message.setEnvelopeFrom("bounces@example.com")).with("mail.smtp.from", "other@example.com"));
    }

    private static List<TransportCase> recipients() {
        String once = "who is named twice is told to the next hop once";
        return List.of(
                sends("two recipients", A, B),
                of("To, Cc and Bcc", hearing -> {
                    MimeMessage message = text(hearing);
                    message.setRecipients(Message.RecipientType.TO, A);
                    message.setRecipients(Message.RecipientType.CC, B);
                    message.setRecipients(Message.RecipientType.BCC, C);
                    Transport.send(message);
                }),
                of("addresses in place of the headers", hearing -> {
                    MimeMessage message = text(hearing);
                    message.setRecipients(Message.RecipientType.TO, A);
                    Transport.send(message, InternetAddress.parse(B + ", " + C));
                }),
                of("a group", hearing -> hearing.send(saved(hearing),
                        new InternetAddress("team:" + A + "," + B + ";", false), new InternetAddress(C))),
                sends("somebody twice", A, B, A).differs(once, ENVELOPE),
                sends("a domain in capitals", "User@EXAMPLE.org").differs("domains go in small letters", ENVELOPE),
                sends("a local part in quotes", "\"a b\"@example.org"),
                sends("an address literal", "postmaster@[127.0.0.1]"),
                sends("a domain of another script", "user@faß.example")
                        .differs("domains of other scripts go in ASCII", ENVELOPE),
                of("no recipients", hearing -> Transport.send(text(hearing))),
                of("an empty list", hearing -> Transport.send(text(hearing), new Address[0])),
                of("no list", hearing -> hearing.send(saved(hearing), (Address[]) null)).silent(),
                of("an address of news", hearing ->
                        Transport.send(text(hearing), new Address[] {new NewsAddress("a.b")})),
                of("news on a transport", hearing -> hearing.send(saved(hearing), new NewsAddress("a.b"))).silent(),
                sends("an address without domain", "root").differs("an address without a domain is no mailbox",
                        ENVELOPE, OCTETS, EXCEPTION, EVENTS),
                sends("an address that the next hop does not understand", A, "a@b@example.org")
                        .answers("RCPT TO:<a@b@", "501 5.1.3 syntax")
                        .differs("malformed addresses are refused at once", ENVELOPE));
    }

    private static List<TransportCase> refusals() {
        List<TransportCase> cases = new ArrayList<>(List.of(
                sends("both recipients refused", A, B).answers("RCPT", "550 5.1.1 unknown"),
                sends("refused for now, for good and not", A, B, C)
                        .answers("RCPT TO:<a@", "550 5.1.1 unknown").answers("RCPT TO:<b@", "451 4.2.0 later"),
                sends("one of two goes on for now, and the other", A, B)
                        .answers("RCPT TO:<a@", "451 4.2.0 later").answers("RCPT TO:<b@", "450 4.2.0 later")));
        for (String code : List.of("550 5.1.1", "551 5.1.6", "553 5.1.3", "501 5.1.3", "503 5.5.1", "571 5.7.1",
                "554 5.7.1", "552 5.2.2", "450 4.2.0", "451 4.3.0", "452 4.2.2")) {
            cases.add(sends("one of two recipients refused with " + code, A, B).answers("RCPT TO:<a@", code + " no"));
        }
        for (String code : List.of("550 5.7.1", "553 5.1.8", "451 4.3.0", "552 5.3.4", "530 5.7.0")) {
            cases.add(sends("the sender refused with " + code, A, B).answers("MAIL", code + " no"));
        }
        for (String code : List.of("554 5.5.1", "451 4.3.0")) {
            cases.add(sends("no content taken: " + code, A, B).answers("DATA", code + " no"));
        }
        for (String code : List.of("554 5.7.1", "550 5.7.1", "552 5.3.4", "451 4.3.0", "452 4.3.1")) {
            cases.add(sends("the content refused with " + code, A, B).answers("content:hello", code + " no"));
        }
        return cases;
    }

    private static List<TransportCase> breaks() {
        return List.of(
                goes("gone at MAIL", peer -> peer.answer("MAIL", "421 4.3.2 going")),
                goes("gone at RCPT", peer -> peer.answer("RCPT TO:<a@", "421 4.3.2 going")),
                goes("hangs up at MAIL", peer -> peer.hangUpOn("MAIL")),
                goes("hangs up at RCPT", peer -> peer.hangUpOn("RCPT")),
                goes("hangs up at DATA", peer -> peer.hangUpOn("DATA")),
                goes("hangs up behind the content", peer -> peer.hangUpOn(".")),
                sends("greets with 554", A).answers("", "554 5.3.2 no service here").differs(
                        "listeners hear of a next hop that is not there", EVENTS),
                sends("greets with 421", A).answers("", "421 4.3.2 going").differs(
                        "listeners hear of a next hop that is not there", EVENTS),
                sends("does not know EHLO or HELO", A).answers("EHLO", "550 no").answers("HELO", "550 no").differs(
                        "listeners hear of a next hop that is not there", EVENTS),
                sends("is not there", A).peer(SmtpPeer::close).differs(
                        "listeners hear of a next hop that is not there", EVENTS));
    }

    private static List<TransportCase> parts() {
        return List.of(
                sends("sendpartial, one refused for good", A, B).with("mail.smtp.sendpartial", "true")
                        .answers("RCPT TO:<a@", "550 5.1.1 unknown"),
                sends("sendpartial, one refused for now", A, B).with("mail.smtp.sendpartial", true)
                        .answers("RCPT TO:<a@", "450 4.2.0 later"),
                sends("sendpartial, all refused", A, B).with("mail.smtp.sendpartial", "true")
                        .answers("RCPT", "550 5.1.1 unknown"),
                sends("sendpartial, nobody refused", A, B).with("mail.smtp.sendpartial", "true"),
                sends("sendpartial, the content refused", A, B).with("mail.smtp.sendpartial", "true")
                        .answers("RCPT TO:<a@", "550 5.1.1 unknown").answers("content:hello", "554 5.7.1 no"),
                sends("sendpartial, one malformed", A, "a@b@example.org").with("mail.smtp.sendpartial", "true")
                        .answers("RCPT TO:<a@b@", "501 5.1.3 syntax")
                        .differs("malformed addresses are refused at once", ENVELOPE),
                angus("a message that goes to some", message -> message.setSendPartial(true))
                        .answers("RCPT TO:<a@", "550 5.1.1 unknown"));
    }

    private static List<TransportCase> notifications() {
        return List.of(
                sends("dsn.notify", A, B).with("mail.smtp.dsn.notify", "SUCCESS,FAILURE"),
                sends("dsn.notify=NEVER", A).with("mail.smtp.dsn.notify", "NEVER"),
                sends("dsn.ret", A).with("mail.smtp.dsn.ret", "HDRS"),
                angus("a message's wish for notifications", message ->
                        message.setNotifyOptions(SMTPMessage.NOTIFY_FAILURE | SMTPMessage.NOTIFY_DELAY))
                        .with("mail.smtp.dsn.notify", "NEVER"),
                angus("a message that wants none", message -> message.setNotifyOptions(SMTPMessage.NOTIFY_NEVER)),
                angus("a message's wish for headers", message -> message.setReturnOption(SMTPMessage.RETURN_HDRS))
                        .with("mail.smtp.dsn.ret", "FULL"),
                sends("dsn, not offered", A).with("mail.smtp.dsn.notify", "SUCCESS").with("mail.smtp.dsn.ret", "FULL")
                        .peer(peer -> peer.ehlo("250 peer.example.com")),
                sends("dsn.notify, misspelt", A).with("mail.smtp.dsn.notify", "SOMETIMES").differs(
                        "a property that makes no sense is refused", ENVELOPE, OCTETS, EXCEPTION, EVENTS),
                sends("mailextension", A).with("mail.smtp.mailextension", "ENVID=QQ314159"),
                angus("a message's extension", message -> message.setMailExtension("ENVID=a+2Bb")),
                sends("another extension", A).with("mail.smtp.mailextension", "X-SPEED=11").differs(
                        "an extension that the adapter does not know is refused", ENVELOPE, OCTETS, EXCEPTION, EVENTS),
                sends("submitter", A).with("mail.smtp.submitter", "boss@example.com").differs(
                        "`AUTH=` is not sent", ENVELOPE));
    }

    private static List<TransportCase> contents() {
        Change umlauts = message -> message.setText(UMLAUTS, "utf-8");
        Change parts = message -> message.setContent(new MimeMultipart(
                part(UMLAUTS, "text/plain; charset=utf-8"), part("<p>" + UMLAUTS, "text/html; charset=utf-8")));
        return List.of(
                changed("umlauts", umlauts),
                changed("allow8bitmime", umlauts).with("mail.smtp.allow8bitmime", "true"),
                angus("a message that may be of 8 bits", message -> {
                    message.setText(UMLAUTS, "utf-8");
                    message.setAllow8bitMIME(true);
                }),
                changed("allow8bitmime, parts", parts).with("mail.smtp.allow8bitmime", "true"),
                changed("allow8bitmime, a text that needs none", message -> {}).with("mail.smtp.allow8bitmime", "true"),
                changed("allow8bitmime, not offered", umlauts).with("mail.smtp.allow8bitmime", "true")
                        .peer(peer -> peer.ehlo("250 peer.example.com")).differs("the adapter encodes it", OCTETS),
                changed("parts", parts),
                changed("lines of dots", message -> message.setText(".\r\n..\r\n.a\r\n")),
                changed("lines without CR", message -> message.setText("a\nb\n\nc")),
                changed("a text of one line without end", message -> message.setText("hello")),
                changed("a line of 2000", message -> message.setText("x".repeat(2_000))),
                changed("nothing", message -> message.setText("")),
                changed("Resent-Bcc", message -> message.setHeader("Resent-Bcc", "secret@example.org"))
                        .differs("`Resent-Bcc` is not sent", OCTETS),
                changed("a header in a header", message -> message.setHeader("X-Note", "a\r\nX-Evil: b"))
                        .differs("a header that holds another is refused", ENVELOPE, OCTETS, EXCEPTION, EVENTS),
                of("a message that was read", hearing -> hearing.send(new MimeMessage(hearing.session,
                        new ByteArrayInputStream(("From: a@example.com\r\nMessage-ID: <1@example.com>\r\n"
                                + "Date: Thu, 1 Jan 1970 00:00:00 +0000\r\nSubject: =?x?=\r\n\r\nbody\r\n")
                                .getBytes(StandardCharsets.US_ASCII))), address(A))),
                of("a message that was not saved", hearing -> hearing.send(text(hearing), address(A)))
                        .differs("a message that was not saved stays so", OCTETS),
                of("no message", hearing -> hearing.send(null, address(A))).silent(),
                changed("a content that cannot be read", message -> {
                    message.setDataHandler(new DataHandler(new Unreadable()));
                    message.setHeader("Content-Transfer-Encoding", "base64");
                }).differs("a message is written out before anything is said", ENVELOPE));
    }

    /** Sends a text on a transport, and listens. */
    private static TransportCase sends(String name, String... recipients) {
        return of(name, hearing -> hearing.send(saved(hearing), addresses(recipients)));
    }

    private static TransportCase goes(String name, TransportCase.Script script) {
        return sends(name, A, B).peer(script).unsettled(
                "of a next hop that goes Angus tells by chance one or the other",
                "MessagingException", EXCEPTION, EVENTS);
    }

    private static TransportCase changed(String name, Change change) {
        return of(name, hearing -> {
            MimeMessage message = text(hearing);
            change.apply(message);
            message.saveChanges();
            hearing.send(message, address(A));
        });
    }

    private static TransportCase angus(String name, AngusChange change) {
        return of(name, hearing -> {
            SMTPMessage message = fill(new SMTPMessage(hearing.session));
            change.apply(message);
            message.saveChanges();
            hearing.send(message, addresses(A, B));
        });
    }

    private static TransportCase of(String name, Call call) {
        return new TransportCase(name, call);
    }

    static MimeMessage saved(Hearing hearing) throws MessagingException {
        MimeMessage message = text(hearing);
        message.saveChanges();
        return message;
    }

    static MimeMessage text(Hearing hearing) throws MessagingException {
        return fill(new MimeMessage(hearing.session));
    }

    private static <T extends MimeMessage> T fill(T message) throws MessagingException {
        message.setFrom("author@example.com");
        message.setSubject("hello");
        message.setSentDate(new Date(0));
        message.setText("hello\r\n");
        return message;
    }

    private static MimeBodyPart part(String text, String type) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setContent(text, type);
        return part;
    }

    static Address address(String address) {
        InternetAddress made = new InternetAddress();
        made.setAddress(address);
        return made;
    }

    private static Address[] addresses(String... addresses) {
        return List.of(addresses).stream().map(TransportCases::address).toArray(Address[]::new);
    }

    private interface Change {
        void apply(MimeMessage message) throws MessagingException;
    }

    private interface AngusChange {
        void apply(SMTPMessage message) throws MessagingException;
    }

    /** A file that has gone, say. */
    private static final class Unreadable implements DataSource {

        @Override
        public InputStream getInputStream() throws IOException {
            throw new IOException("gone");
        }

        @Override
        public OutputStream getOutputStream() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getContentType() {
            return "application/pdf";
        }

        @Override
        public String getName() {
            return "report.pdf";
        }
    }
}
