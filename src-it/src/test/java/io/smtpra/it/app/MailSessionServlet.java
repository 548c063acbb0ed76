package io.smtpra.it.app;

import jakarta.annotation.Resource;
import jakarta.mail.Session;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.transaction.RollbackException;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.io.PrintWriter;

/**
 * An application that knows Jakarta Mail and nothing of the adapter. It sends as the request says: parameters
 * {@code client}, {@code end} ({@code commit}, {@code rollback} or none for no transaction), {@code subject}, {@code
 * to}; client {@code heard} tells what its listener has heard since.
 */
@WebServlet("/send")
public class MailSessionServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String NAME = "java:/smtp/mail";

    @Resource(lookup = NAME)
    private transient Session session;

    @Resource
    private transient UserTransaction transaction;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        PrintWriter out = response.getWriter();
        if (request.getParameter("client").equals("heard")) {
            out.print(PlainMailClient.HEARD);
            return;
        }
        PlainMailClient.HEARD.clear();
        try {
            String end = request.getParameter("end");
            if (end == null) {
                send(request, out);
            } else {
                transaction.begin();
                send(request, out);
                end(end, out);
            }
        } catch (Exception e) {
            e.printStackTrace(out);
        }
    }

    private void send(HttpServletRequest request, PrintWriter out) {
        try {
            client(request.getParameter("client"))
                    .send(session, request.getParameter("subject"), request.getParameter("to").split(","));
            out.println("returned");
        } catch (Exception e) {
            for (Throwable each = e; each != null; each = each.getCause()) {
                out.println("thrown " + each.getClass().getName() + ": " + each.getMessage());
            }
        }
    }

    private void end(String end, PrintWriter out) throws Exception {
        if (end.equals("rollback")) {
            transaction.rollback();
            out.println("rolled back");
            return;
        }
        try {
            transaction.commit();
            out.println("committed");
        } catch (RollbackException e) {
            out.println("refused");
        }
    }

    private static MailClient client(String name) {
        return switch (name) {
            case "plain" -> new PlainMailClient(false);
            case "transport" -> new PlainMailClient(true);
            case "spring" -> new SpringMailClient();
            case "simple" -> new SimpleMailClient();
            case "commons" -> new CommonsMailClient(NAME);
            default -> throw new IllegalArgumentException(name);
        };
    }
}
