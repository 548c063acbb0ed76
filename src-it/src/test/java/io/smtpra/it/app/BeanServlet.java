package io.smtpra.it.app;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * A look at the server's management beans: the body is a pattern of names, and behind a blank an attribute to read or,
 * with {@code ()}, an operation to call. A line for each bean: what came of it.
 */
@WebServlet("/bean")
public class BeanServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String[] words = request.getReader().lines().collect(Collectors.joining()).split(" ", 2);
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        response.setContentType("text/plain;charset=UTF-8");
        PrintWriter out = response.getWriter();
        try {
            for (ObjectName name : server.queryNames(new ObjectName(words[0]), null)) {
                out.println(answer(server, name, words[1]));
            }
        } catch (JMException e) {
            throw new ServletException(e);
        }
    }

    private static String answer(MBeanServer server, ObjectName name, String member) throws JMException {
        try {
            Object value = member.endsWith("()")
                    ? server.invoke(name, member.substring(0, member.length() - 2), new Object[0], new String[0])
                    : server.getAttribute(name, member);
            return value instanceof String[] lines ? String.join("|", lines) : String.valueOf(value);
        } catch (MBeanException | RuntimeException e) {
            return "failed: " + (e.getCause() == null ? e : e.getCause());
        }
    }
}
