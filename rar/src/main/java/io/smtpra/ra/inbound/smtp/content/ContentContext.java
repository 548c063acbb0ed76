package io.smtpra.ra.inbound.smtp.content;

import io.smtpra.ra.inbound.smtp.rules.ProtocolConfig;
import io.smtpra.ra.message.ContentStore;
import java.time.Clock;

/**
 * What it takes to receive contents.
 *
 * @param config how this server speaks
 * @param store holds contents
 * @param fate decides what becomes of a mail
 * @param clock tells the time
 */
public record ContentContext(ProtocolConfig config, ContentStore store, MailFate fate, Clock clock) {}
