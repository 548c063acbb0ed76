package io.smtpra.ra.inbound.smtp.content;

import io.smtpra.ra.inbound.smtp.rules.ProtocolConfig;
import io.smtpra.ra.inbound.smtp.session.AnswerPolicy;
import io.smtpra.ra.message.ContentStore;
import java.time.Clock;

/**
 * What it takes to receive contents.
 *
 * @param config how this server speaks
 * @param policy has the last word on each answer
 * @param store holds contents
 * @param fate decides what becomes of a mail
 * @param clock tells the time
 */
public record ContentContext(
        ProtocolConfig config, AnswerPolicy policy, ContentStore store, MailFate fate, Clock clock) {}
