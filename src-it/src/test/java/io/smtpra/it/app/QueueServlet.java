package io.smtpra.it.app;

import io.smtpra.Envelope;
import io.smtpra.MailContent;
import io.smtpra.queue.MailQueue;
import io.smtpra.queue.QueueOptions;
import io.smtpra.queue.QueuedRecipient;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;

/** An application that puts mail into its queue. The query says what to do; the answer says what came of it. */
@WebServlet("/queue")
public class QueueServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final int LINE = 76;

    @Inject
    private transient MailQueue queue;

    @Resource
    private transient UserTransaction transaction;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        PrintWriter out = response.getWriter();
        try {
            switch (request.getParameter("do")) {
                case "enqueue" -> out.println(enqueue(request));
                case "find" -> queue.find(id(request)).ifPresentOrElse(
                        mail -> mail.recipients().forEach(recipient -> out.println(line(recipient))),
                        () -> out.println("none"));
                case "cancel" -> out.println(queue.cancel(id(request)));
                case "retry" -> out.println(queue.retry(id(request)));
                default -> throw new IllegalArgumentException(request.getQueryString());
            }
        } catch (Exception e) {
            out.println(e);
        }
    }

    private long enqueue(HttpServletRequest request) throws Exception {
        Envelope envelope = Envelope.from("shop@example.com").to(request.getParameterValues("to")).build();
        QueueOptions options = QueueOptions.DEFAULT;
        if (request.getParameter("key") != null) {
            options = options.idempotencyKey(request.getParameter("key"));
        }
        if (request.getParameter("later") != null) {
            options = options.notBefore(Instant.now().plus(Duration.ofSeconds(
                    Long.parseLong(request.getParameter("later")))));
        }
        if (request.getParameter("route") != null) {
            options = options.route(request.getParameter("route"));
        }
        transaction.begin();
        try {
            long id = request.getParameter("octets") == null
                    ? queue.enqueue(envelope, message(request), options)
                    : queue.enqueue(envelope, content(Long.parseLong(request.getParameter("octets"))), options);
            if ("rollback".equals(request.getParameter("end"))) {
                transaction.rollback();
            } else {
                transaction.commit();
            }
            return id;
        } catch (Exception e) {
            transaction.rollback();
            throw e;
        }
    }

    private static MimeMessage message(HttpServletRequest request) throws Exception {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setFrom(new InternetAddress("shop@example.com"));
        message.setRecipients(Message.RecipientType.TO, request.getParameterValues("to")[0]);
        message.setRecipients(Message.RecipientType.BCC, "secret@example.net");
        message.setSubject(request.getParameter("subject"), "UTF-8");
        message.setText("It will be sent.", "UTF-8");
        message.saveChanges();
        // as an application does that knows better too late
        message.setText("<b>It has been sent: schön</b>", "UTF-8", "html");
        return message;
    }

    /** So many octets in lines, made while they are read. */
    private static MailContent content(long octets) {
        return new MailContent() {
            @Override
            public InputStream open() {
                return new InputStream() {
                    private long at;

                    @Override
                    public int read() {
                        if (at == octets) {
                            return -1;
                        }
                        int column = (int) (at++ % LINE);
                        return column == LINE - 2 ? '\r' : column == LINE - 1 ? '\n' : 'a' + column % 26;
                    }
                };
            }

            @Override
            public OptionalLong length() {
                return OptionalLong.of(octets);
            }
        };
    }

    private static String line(QueuedRecipient recipient) {
        return recipient.recipient().mailbox() + " " + recipient.state() + " "
                + recipient.lastReply().map(reply -> Integer.toString(reply.code())).orElse("-");
    }

    private static long id(HttpServletRequest request) {
        return Long.parseLong(Optional.ofNullable(request.getParameter("id")).orElseThrow());
    }
}
