package io.smtpra.it.app;

import io.smtpra.BodyType;
import io.smtpra.DsnNotify;
import io.smtpra.DsnReturn;
import io.smtpra.Envelope;
import io.smtpra.Mailbox;
import io.smtpra.Recipient;
import io.smtpra.SendReceipt;
import io.smtpra.SmtpException;
import jakarta.ejb.EJB;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lets {@link RelayBean} send the request's body as its parameters say, and tells what its receipt says afterwards. */
@WebServlet("/send")
public class RelayServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @EJB
    private transient RelayBean bean;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        PrintWriter out = response.getWriter();
        try {
            tell(send(request), out);
        } catch (Exception e) {
            tell(e, out);
        }
    }

    private SendReceipt send(HttpServletRequest request) throws Exception {
        byte[] octets = request.getInputStream().readAllBytes();
        String factory = request.getParameter("factory");
        String form = Optional.ofNullable(request.getParameter("form")).orElse("content");
        String user = request.getParameter("user");
        return user == null
                ? bean.send(factory, form, envelope(request), octets)
                : bean.sendAs(user, request.getParameter("password"), factory, form, envelope(request), octets);
    }

    private static Envelope envelope(HttpServletRequest request) {
        Envelope.Builder envelope =
                Envelope.from(Optional.ofNullable(request.getParameter("from")).orElse("author@example.com"));
        Set<DsnNotify> notify = EnumSet.noneOf(DsnNotify.class);
        Optional.ofNullable(request.getParameter("notify")).map(DsnNotify::valueOf).ifPresent(notify::add);
        for (String to : Optional.ofNullable(request.getParameterValues("to"))
                .orElse(new String[] {"reader@example.org"})) {
            envelope.to(new Recipient(Mailbox.parse(to), notify, Optional.empty()));
        }
        Optional.ofNullable(request.getParameter("return")).map(DsnReturn::valueOf).ifPresent(envelope::dsnReturn);
        Optional.ofNullable(request.getParameter("id")).ifPresent(envelope::envelopeId);
        Optional.ofNullable(request.getParameter("body")).map(BodyType::valueOf).ifPresent(envelope::bodyType);
        return envelope.build();
    }

    private static void tell(SendReceipt receipt, PrintWriter out) {
        out.println("state " + receipt.state());
        out.println("queue " + receipt.queueId().orElse("-"));
        out.println("tls " + receipt.tls()
                .map(tls -> tls.protocol() + " " + (tls.peerVerified() ? "checked" : "unchecked")).orElse("plain"));
        receipt.recipients().forEach(to -> out.println("to " + to.recipient() + " " + to.reply().code()));
    }

    private static void tell(Exception thrown, PrintWriter out) {
        List<Throwable> causes = new ArrayList<>(List.of(thrown));
        for (int i = 0; i < causes.size() && i < 20; i++) {
            Throwable next = causes.get(i);
            if (next instanceof SmtpException e) {
                out.println("failed " + e.phase() + " " + (e.isRetryable() ? "for now" : "for good"));
                out.println("because " + e.getMessage());
                return;
            }
            Optional.ofNullable(next.getCause()).ifPresent(causes::add);
            causes.addAll(List.of(next.getSuppressed()));
        }
        thrown.printStackTrace(out);
    }
}
