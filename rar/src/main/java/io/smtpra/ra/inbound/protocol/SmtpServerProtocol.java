package io.smtpra.ra.inbound.protocol;

import io.smtpra.ra.inbound.listener.SmtpProtocol;
import io.smtpra.ra.inbound.listener.SmtpTransport;
import java.util.Arrays;
import java.util.List;
import org.apache.james.protocols.api.ProtocolConfiguration;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.ProtocolTransport;
import org.apache.james.protocols.api.handler.ProtocolHandlerChain;
import org.apache.james.protocols.api.handler.ProtocolHandlerChainImpl;
import org.apache.james.protocols.api.handler.WiringException;

/** SMTP as this server speaks it: a James protocol whose chain holds our handlers. Serves any number of sessions. */
public final class SmtpServerProtocol implements SmtpProtocol {

    private final ProtocolContext context;
    private final ProtocolHandlerChainImpl chain = new ProtocolHandlerChainImpl();

    /**
     * Wires the handlers.
     *
     * @param config how to speak
     * @param ports whom to ask
     */
    public SmtpServerProtocol(ProtocolConfig config, ProtocolPorts ports) {
        context = new ProtocolContext(config, ports);
        List<VerbHandler> handlers = Arrays.stream(Verb.values()).map(verb -> verb.newHandler(context)).toList();
        chain.add(new SmtpCommandDispatcher(context));
        chain.add(new GreetingHandler(config));
        chain.add(new HangupHandler());
        chain.add(new LineFaults(context));
        chain.add(new CommandRules(context, handlers));
        chain.addAll(handlers);
        chain.addAll(ports.startTlsHooks());
        try {
            chain.wireExtensibleHandlers();
        } catch (WiringException e) {
            throw new IllegalStateException("The handlers do not fit together", e);
        }
    }

    @Override
    public String getName() {
        return "SMTP";
    }

    @Override
    public ProtocolHandlerChain getProtocolChain() {
        return chain;
    }

    @Override
    public ProtocolConfiguration getConfiguration() {
        return context.jamesConfiguration();
    }

    @Override
    public boolean hasEnhancedStatusCodes() {
        return context.config().isOn(Extension.ENHANCED_STATUS_CODES);
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
