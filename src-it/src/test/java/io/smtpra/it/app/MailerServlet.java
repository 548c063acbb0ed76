package io.smtpra.it.app;

import io.smtpra.SendReceipt;
import io.smtpra.mailer.Mail;
import io.smtpra.mailer.MailBuilder;
import io.smtpra.mailer.MailRoute;
import io.smtpra.mailer.Mailer;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.transaction.UserTransaction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** An application that sends with an injected mailer. The query says how; the answer says what came of it. */
@WebServlet("/mail")
public class MailerServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    @MailRoute("relay")
    private transient Mailer mailer;

    @Inject
    @MailRoute("java:/smtp/nobody")
    private transient Mailer lost;

    @Resource
    private transient UserTransaction transaction;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        boolean transacted = request.getParameter("end") != null;
        try {
            if (transacted) {
                transaction.begin();
            }
            response.getWriter().println(run(request));
        } catch (ExecutionException e) {
            response.getWriter().println(e.getCause());
        } catch (Exception e) {
            response.getWriter().println(e);
        }
    }

    private String run(HttpServletRequest request) throws Exception {
        String how = request.getParameter("how");
        if (how.equals("queue")) {
            String id = String.valueOf(mailer.queue(mail()));
            end(request);
            return id;
        }
        if (how.equals("async")) {
            CompletionStage<String> told = mailer.sendAsync(mail())
                    .thenApply(receipt -> receipt.state() + " on " + Thread.currentThread().getName());
            end(request);
            return told.toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
        SendReceipt receipt = (how.equals("lost") ? lost : mailer).send(mail());
        end(request);
        return receipt.state().name();
    }

    private void end(HttpServletRequest request) throws Exception {
        if ("commit".equals(request.getParameter("end"))) {
            transaction.commit();
        } else if ("rollback".equals(request.getParameter("end"))) {
            transaction.rollback();
        }
    }

    private static MailBuilder mail() {
        byte[] logo = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
        return Mail.from("Büro <author@example.com>").to("reader@example.org").bcc("secret@example.net")
                .subject("Grüße").html("<p>Grüße <img src='cid:logo'></p>")
                .inline("logo", new ByteArrayInputStream(logo))
                .attach("größe.txt", new ByteArrayInputStream("Käse".getBytes(StandardCharsets.UTF_8)),
                        "text/plain; charset=utf-8");
    }
}
