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
 * <p>Physical connections are pooled by the server. A factory may be used by any number of threads.
 */
public interface SmtpConnectionFactory extends Serializable {

    /**
     * Gives a connection that sends with the credentials that the administrator has configured, if any. Where the
     * server lets it, this takes nothing from the pool and says nothing to the next hop: {@code send} does, or the
     * commit.
     *
     * @return the connection, to be closed by the caller
     * @throws SmtpException if the pool is exhausted
     */
    SmtpConnection getConnection() throws SmtpException;

    /**
     * Gives a connection that sends as a certain user.
     *
     * @param userName the user
     * @param password the password
     * @return the connection, to be closed by the caller
     * @throws SmtpException if the pool is exhausted, or user name or password cannot be sent
     */
    SmtpConnection getConnection(String userName, String password) throws SmtpException;
}
