package io.smtpra.it.app;

import jakarta.annotation.Resource;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/**
 * Runs the query in the request's body and answers with a line for each row: {@code NAME=value&NAME=value}. The
 * database is the default one, or that which the parameter {@code datasource} names.
 */
@WebServlet("/sql")
public class SqlServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Resource(lookup = "java:comp/DefaultDataSource")
    private transient DataSource database;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        DataSource asked = asked(request.getParameter("datasource"));
        String sql = request.getReader().lines().collect(Collectors.joining("\n"));
        response.setContentType("text/plain;charset=UTF-8");
        try (Connection connection = asked.getConnection();
                Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                print(statement.getResultSet(), response.getWriter());
            }
        } catch (SQLException e) {
            throw new ServletException(e);
        }
    }

    private DataSource asked(String name) throws ServletException {
        try {
            return name == null ? database : InitialContext.doLookup(name);
        } catch (NamingException e) {
            throw new ServletException(e);
        }
    }

    private static void print(ResultSet rows, PrintWriter out) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        while (rows.next()) {
            StringBuilder line = new StringBuilder();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                String value = rows.getString(i);
                line.append(i == 1 ? "" : "&").append(columns.getColumnLabel(i)).append('=')
                        .append(URLEncoder.encode(value == null ? "" : value, StandardCharsets.UTF_8));
            }
            out.println(line);
        }
    }
}
