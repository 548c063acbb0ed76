package io.smtpra.ra.inbound.listener.protocol;

import io.smtpra.ra.inbound.listener.framing.LineFault;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.ProtocolHandler;

/**
 * A member of the handler chain that answers lines which no {@code LineHandler} gets to see. Without one the
 * listener answers {@code 500 5.5.2} itself.
 */
public interface LineFaultHandler extends ProtocolHandler {

    /**
     * Answers a faulty line.
     *
     * @param session the session
     * @param fault what was wrong with it
     * @return the reply
     */
    Response onLineFault(ProtocolSession session, LineFault fault);
}
