package io.smtpra.ra.inbound.smtp;

import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import org.apache.james.protocols.api.handler.DisconnectHandler;

/** Frees what a connection has left behind when it ends. */
final class HangupHandler implements DisconnectHandler<SmtpSession> {

    @Override
    public void onDisconnect(SmtpSession session) {
        session.endTransaction("connection ended");
    }
}
