package io.smtpra.it.app;

import io.smtpra.SendReceipt;
import io.smtpra.SmtpConnection;
import io.smtpra.SmtpConnectionFactory;
import io.smtpra.SmtpException;
import io.smtpra.TlsFacts;
import jakarta.annotation.Resource;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
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
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.dom.DOMSource;
import org.w3c.dom.Document;

/**
 * Sends the message in the request's body through the connection factory, and answers with the state of the receipt and
 * the TLS version. The parameter {@code transaction} is {@code none}, {@code commit} or {@code rollback}. With
 * {@code loader=none} it gets an XML document as a second part, and is sent from a thread without a context class
 * loader.
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
            boolean withoutLoader = "none".equals(request.getParameter("loader"));
            SendReceipt receipt = withoutLoader
                    ? sendWithoutLoader(message) : send(message, request.getParameter("transaction"));
            response.getWriter().print(answer(receipt));
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

    private SendReceipt sendWithoutLoader(MimeMessage message) throws SmtpException, MessagingException, IOException {
        MimeBodyPart text = new MimeBodyPart();
        text.setText((String) message.getContent(), "utf-8");
        MimeBodyPart document = new MimeBodyPart();
        try {
            Document xml = DocumentBuilderFactory.newInstance().newDocumentBuilder().newDocument();
            xml.appendChild(xml.createElement("order"));
            document.setContent(new DOMSource(xml), "text/xml");
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
        message.setContent(new MimeMultipart(text, document));
        Thread thread = Thread.currentThread();
        ClassLoader loader = thread.getContextClassLoader();
        thread.setContextClassLoader(null);
        try {
            return send(message);
        } finally {
            thread.setContextClassLoader(loader);
        }
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
