package io.smtpra.ra.inbound.listener;

import java.net.InetSocketAddress;
import java.time.Instant;

/**
 * A session as it stands now, for an administrator.
 *
 * @param id as the log has it
 * @param address the client's
 * @param since when it began
 * @param phase what it is at: command, content, waiting (for a handler or a bean), handshake
 * @param state how far its dialogue has come: name, user, encryption, mail
 */
public record OpenSession(String id, InetSocketAddress address, Instant since, String phase, String state) {}
