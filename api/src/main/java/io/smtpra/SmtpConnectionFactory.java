package io.smtpra;

import java.io.Serializable;

/**
 * Sends mail through a next hop that the administrator has configured. Found by JNDI or injected:
 *
 * <pre>{@code
 * @Resource(lookup = "java:/smtp/relay")
 * private SmtpConnectionFactory mail;
 * …
 * try (SmtpConnection connection = mail.getConnection()) {
 *     connection.send(message);
 * }
 * }</pre>
 *
 * <p>Connections are pooled by the server: getting one is cheap, and closing it gives it back. A factory may be used by
 * any number of threads.
 */
public interface SmtpConnectionFactory extends Serializable {

    /**
     * Takes a connection from the pool, with the credentials that the administrator has configured, if any.
     *
     * @return the connection, to be closed by the caller
     * @throws SmtpException if the pool is exhausted or the next hop cannot be reached on the administrator's terms
     */
    SmtpConnection getConnection() throws SmtpException;

    /**
     * Takes a connection that is authenticated as a certain user.
     *
     * @param userName the user
     * @param password the password
     * @return the connection, to be closed by the caller
     * @throws SmtpException if the pool is exhausted, the next hop cannot be reached, or it refuses the credentials
     */
    SmtpConnection getConnection(String userName, String password) throws SmtpException;
}
