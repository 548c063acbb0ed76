package io.smtpra.ra.inbound.smtp;

import io.smtpra.Peer;
import io.smtpra.ra.inbound.listener.protocol.SmtpProtocol;
import io.smtpra.ra.inbound.listener.protocol.SmtpTransport;
import io.smtpra.ra.inbound.smtp.hook.AuthenticityPorts;
import io.smtpra.ra.inbound.smtp.rules.Extension;
import io.smtpra.ra.inbound.smtp.rules.LiveLimits;
import io.smtpra.ra.inbound.smtp.rules.ProtocolConfig;
import io.smtpra.ra.inbound.smtp.session.AnswerPolicy;
import io.smtpra.ra.inbound.smtp.session.MailLog;
import io.smtpra.ra.inbound.smtp.session.ProtocolContext;
import io.smtpra.ra.inbound.smtp.session.SessionEvents;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.Optional;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.ProtocolTransport;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPProtocol;

/** SMTP as this server speaks it: James' protocol with our {@link SmtpHandlerChain}. Serves any number of sessions. */
public final class SmtpServerProtocol extends SMTPProtocol implements SmtpProtocol {

    private final ProtocolContext context;

    /**
     * Wires the handlers.
     *
     * @param config how to speak
     * @param ports whom to ask
     */
    public SmtpServerProtocol(ProtocolConfig config, ProtocolPorts ports) {
        this(new ProtocolContext(config, ports.authenticity().map(AuthenticityPorts::dns)), ports);
    }

    private SmtpServerProtocol(ProtocolContext context, ProtocolPorts ports) {
        super(new SmtpHandlerChain(context, ports), context.jamesConfiguration());
        this.context = context;
    }

    /**
     * The limits of sessions.
     *
     * @return they may be changed for those sessions that begin afterwards
     */
    public LiveLimits limits() {
        return context.limits();
    }

    @Override
    public boolean hasEnhancedStatusCodes() {
        return context.config().isOn(Extension.ENHANCED_STATUS_CODES);
    }

    @Override
    public String describe(ProtocolSession session) {
        return MailLog.describe((SmtpSession) session);
    }

    @Override
    public Optional<Peer> peer(ProtocolSession session) {
        return Optional.of(SessionEvents.peer((SmtpSession) session));
    }

    @Override
    public Response settle(ProtocolSession session, Response answer) {
        return AnswerPolicy.settle((SmtpSession) session, answer);
    }

    /**
     * Begins a session.
     *
     * @param transport a {@link SmtpTransport}
     */
    @Override
    public ProtocolSession newSession(ProtocolTransport transport) {
        return new SmtpSession(context, (SmtpTransport) transport);
    }
}
