package io.smtpra.ra.inbound.smtp;

import io.smtpra.ra.inbound.listener.SmtpProtocol;
import io.smtpra.ra.inbound.listener.SmtpTransport;
import io.smtpra.ra.inbound.smtp.auth.AuthenticationGuard;
import io.smtpra.ra.inbound.smtp.command.AuthCommand;
import io.smtpra.ra.inbound.smtp.command.BdatCommand;
import io.smtpra.ra.inbound.smtp.command.DataCommand;
import io.smtpra.ra.inbound.smtp.command.HelloCommand;
import io.smtpra.ra.inbound.smtp.command.HelpCommand;
import io.smtpra.ra.inbound.smtp.command.MailCommand;
import io.smtpra.ra.inbound.smtp.command.NoopCommand;
import io.smtpra.ra.inbound.smtp.command.QuestionCommand;
import io.smtpra.ra.inbound.smtp.command.QuitCommand;
import io.smtpra.ra.inbound.smtp.command.RcptCommand;
import io.smtpra.ra.inbound.smtp.command.RsetCommand;
import io.smtpra.ra.inbound.smtp.command.StartTlsCommand;
import io.smtpra.ra.inbound.smtp.command.VerbHandler;
import io.smtpra.ra.inbound.smtp.content.ContentContext;
import io.smtpra.ra.inbound.smtp.rules.Extension;
import io.smtpra.ra.inbound.smtp.rules.ProtocolConfig;
import io.smtpra.ra.inbound.smtp.session.AnswerPolicy;
import io.smtpra.ra.inbound.smtp.session.ProtocolContext;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
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
        context = new ProtocolContext(config);
        AnswerPolicy policy = new AnswerPolicy(context);
        List<VerbHandler> handlers = handlers(ports, policy);
        chain.add(new SmtpCommandDispatcher(policy));
        chain.add(new GreetingHandler(config));
        chain.add(new HangupHandler());
        chain.add(new LineFaults(policy));
        chain.add(new CommandRules(context, handlers));
        chain.addAll(handlers);
        chain.addAll(ports.startTlsHooks());
        try {
            chain.wireExtensibleHandlers();
        } catch (WiringException e) {
            throw new IllegalStateException("The handlers do not fit together", e);
        }
    }

    private List<VerbHandler> handlers(ProtocolPorts ports, AnswerPolicy policy) {
        ContentContext content =
                new ContentContext(context.config(), policy, ports.store(), ports.sink(), ports.clock());
        return List.of(
                HelloCommand.extended(context),
                HelloCommand.plain(context),
                new StartTlsCommand(),
                new AuthCommand(ports.authenticator(), new AuthenticationGuard(ports.clock()), policy),
                new MailCommand(context, ports.ids()),
                new RcptCommand(context, ports.gate()),
                new DataCommand(content),
                new BdatCommand(content),
                new RsetCommand(),
                new NoopCommand(),
                new QuitCommand(),
                new HelpCommand(context),
                QuestionCommand.vrfy(context, ports.directory()),
                QuestionCommand.expn(context, ports.directory()),
                QuestionCommand.etrn(ports.directory()));
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
