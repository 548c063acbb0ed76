package io.smtpra.it.app;

import io.smtpra.SendReceipt;
import io.smtpra.SmtpConnection;
import io.smtpra.SmtpConnectionFactory;
import io.smtpra.SmtpException;
import io.smtpra.TlsFacts;
import jakarta.annotation.Resource;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.util.Properties;

/**
 * Sends the message in the request's body through the connection factory, and answers with the state of the receipt and
 * the TLS version. The parameter {@code transaction} is {@code none}, {@code commit} or {@code rollback}.
 */
@WebServlet("/send")
public class SenderServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Resource(lookup = "java:/smtp/relay")
    private SmtpConnectionFactory relay;

    @Resource
    private transient UserTransaction transaction;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        response.setContentType("text/plain;charset=UTF-8");
        try {
            MimeMessage message =
                    new MimeMessage(Session.getInstance(new Properties()), request.getInputStream());
            response.getWriter().print(answer(send(message, request.getParameter("transaction"))));
        } catch (SmtpException e) {
            response.getWriter().print("SmtpException in " + e.phase() + ": " + e.getMessage());
        } catch (RollbackException e) {
            response.getWriter().print("RollbackException");
        } catch (MessagingException | NotSupportedException | SystemException | HeuristicMixedException
                | HeuristicRollbackException e) {
            throw new ServletException(e);
        }
    }

    private SendReceipt send(MimeMessage message, String outcome)
            throws SmtpException, NotSupportedException, SystemException, RollbackException, HeuristicMixedException,
            HeuristicRollbackException {
        if (outcome.equals("none")) {
            return send(message);
        }
        transaction.begin();
        SendReceipt receipt = send(message);
        if (outcome.equals("commit")) {
            transaction.commit();
        } else {
            transaction.rollback();
        }
        return receipt;
    }

    private SendReceipt send(MimeMessage message) throws SmtpException {
        try (SmtpConnection connection = relay.getConnection()) {
            return connection.send(message);
        }
    }

    private static String answer(SendReceipt receipt) {
        return receipt.state() + " " + receipt.tls().map(TlsFacts::protocol).orElse("plain");
    }
}
