package io.smtpra.it.app;

import jakarta.annotation.Resource;
import jakarta.mail.Session;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.transaction.UserTransaction;
import java.io.IOException;

/** An application with the Session that each server has: the body is a subject, {@code rollback} sends in vain. */
@WebServlet("/send")
public class DefaultMailServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Resource(lookup = "java:jboss/mail/Default")
    private transient Session session;

    @Resource
    private transient UserTransaction transaction;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String subject = request.getReader().readLine();
        try {
            transaction.begin();
            new PlainMailClient(false).send(session, subject, new String[] {"a@example.org"});
            if (subject.equals("rollback")) {
                transaction.rollback();
            } else {
                transaction.commit();
            }
            response.getWriter().print("done");
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
