package io.smtpra.ra.inbound.protocol;

import org.apache.james.protocols.api.handler.DisconnectHandler;

/** Frees what a connection has left behind when it ends. */
final class HangupHandler implements DisconnectHandler<SmtpSession> {

    @Override
    public void onDisconnect(SmtpSession session) {
        session.endTransaction("connection ended");
    }
}
