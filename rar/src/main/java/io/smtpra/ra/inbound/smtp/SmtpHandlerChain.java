package io.smtpra.ra.inbound.smtp;

import io.smtpra.ra.inbound.smtp.auth.AuthenticationGuard;
import io.smtpra.ra.inbound.smtp.command.AuthHandler;
import io.smtpra.ra.inbound.smtp.command.BdatHandler;
import io.smtpra.ra.inbound.smtp.command.DataHandler;
import io.smtpra.ra.inbound.smtp.command.EhloHandler;
import io.smtpra.ra.inbound.smtp.command.EtrnHandler;
import io.smtpra.ra.inbound.smtp.command.ExpnHandler;
import io.smtpra.ra.inbound.smtp.command.HeloHandler;
import io.smtpra.ra.inbound.smtp.command.HelpHandler;
import io.smtpra.ra.inbound.smtp.command.MailHandler;
import io.smtpra.ra.inbound.smtp.command.NoopHandler;
import io.smtpra.ra.inbound.smtp.command.QuitHandler;
import io.smtpra.ra.inbound.smtp.command.RcptHandler;
import io.smtpra.ra.inbound.smtp.command.RsetHandler;
import io.smtpra.ra.inbound.smtp.command.StartTlsHandler;
import io.smtpra.ra.inbound.smtp.command.UnknownHandler;
import io.smtpra.ra.inbound.smtp.command.VrfyHandler;
import io.smtpra.ra.inbound.smtp.content.ContentContext;
import io.smtpra.ra.inbound.smtp.hook.AuthenticityHook;
import io.smtpra.ra.inbound.smtp.hook.BodyHook;
import io.smtpra.ra.inbound.smtp.hook.DeliveryHook;
import io.smtpra.ra.inbound.smtp.hook.DsnHook;
import io.smtpra.ra.inbound.smtp.hook.EnhancedStatusCodes;
import io.smtpra.ra.inbound.smtp.hook.MessageHooks;
import io.smtpra.ra.inbound.smtp.hook.OtherProtocolHook;
import io.smtpra.ra.inbound.smtp.hook.RequireTlsHook;
import io.smtpra.ra.inbound.smtp.hook.RoutingHook;
import io.smtpra.ra.inbound.smtp.hook.SenderRuleHook;
import io.smtpra.ra.inbound.smtp.hook.SizeHook;
import io.smtpra.ra.inbound.smtp.hook.SmtpUtf8Hook;
import io.smtpra.ra.inbound.smtp.hook.SpfHook;
import io.smtpra.ra.inbound.smtp.hook.TlsHooks;
import io.smtpra.ra.inbound.smtp.hosting.AuthHooks;
import io.smtpra.ra.inbound.smtp.hosting.HookCalls;
import io.smtpra.ra.inbound.smtp.hosting.HostedHandlers;
import io.smtpra.ra.inbound.smtp.rules.ProtocolConfig;
import io.smtpra.ra.inbound.smtp.session.ProtocolContext;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.api.handler.ProtocolHandler;
import org.apache.james.protocols.api.handler.WiringException;
import org.apache.james.protocols.smtp.SMTPProtocolHandlerChain;
import org.apache.james.protocols.smtp.hook.AuthHook;

/**
 * The handlers of this server, by name and in their order. {@code docs/james.md} says of each what it owes to James,
 * and why it differs. Hooks of others stand between our rules, which nobody passes over, and our own handlers.
 */
final class SmtpHandlerChain extends SMTPProtocolHandlerChain {

    /** James would count: nobody here looks at it. */
    private static final MetricFactory NO_METRICS = null;

    private final ProtocolContext context;
    private final ProtocolPorts ports;
    private final HookCalls calls;
    private final HostedHandlers hosted;

    SmtpHandlerChain(ProtocolContext context, ProtocolPorts ports) {
        super(NO_METRICS, false);
        this.context = context;
        this.ports = ports;
        this.calls = new HookCalls(ports.hooks());
        this.hosted = new HostedHandlers(calls);
        addAsListed(initDefaultHandlers());
        try {
            wireExtensibleHandlers();
        } catch (WiringException e) {
            throw new IllegalStateException("The handlers do not fit together", e);
        }
    }

    /** James adds an {@code AuthCmdHandler} of its own for an {@link AuthHook} that comes before one: ours is there. */
    private void addAsListed(List<ProtocolHandler> handlers) {
        handlers.stream().filter(AuthHandler.class::isInstance).forEach(this::add);
        int first = size();
        addAll(handlers);
        for (int i = 0; i < first; i++) {
            remove(0);
        }
    }

    /** As the listener and the dispatcher see them: handlers of others are called within the bounds of hooks. */
    @Override
    @SuppressWarnings("unchecked")
    public <T> LinkedList<T> getHandlers(Class<T> type) {
        LinkedList<T> handlers = super.getHandlers(type);
        handlers.replaceAll(handler -> (T) hosted.hosted(type, handler));
        return handlers;
    }

    @Override
    protected List<ProtocolHandler> initDefaultHandlers() {
        ProtocolConfig config = context.config();
        MessageHooks messageHooks = new MessageHooks(calls);
        ContentContext content = new ContentContext(config, ports.store(), messageHooks, ports.clock());
        BdatHandler bdat = new BdatHandler(content);
        List<ProtocolHandler> chain = new ArrayList<>();
        chain.add(new SmtpCommandDispatcher());
        chain.add(new CommandRules(context, bdat, ports.hooks().handlers()));
        chain.add(new LineFaults());
        chain.add(new HangupHandler());
        chain.add(new TlsHooks(calls));
        chain.add(new SenderRuleHook(config));
        chain.add(new SpfHook(ports.authenticity(), config.hostName(), ports.clock()));
        chain.add(new AuthenticityHook(ports.authenticity(), config.hostName()));
        chain.addAll(ports.hooks().handlers());
        chain.add(new WelcomeHandler(config));
        chain.add(new OtherProtocolHook());
        chain.add(new SizeHook(config));
        chain.add(new EhloHandler(context, calls));
        chain.add(new HeloHandler(context, calls));
        chain.add(new BodyHook(config));
        chain.add(new SmtpUtf8Hook(config));
        chain.add(new DsnHook(config));
        chain.add(bdat);
        chain.add(new EnhancedStatusCodes(config));
        chain.add(new StartTlsHandler(calls));
        chain.add(new AuthHandler(new AuthHooks(calls, ports.authenticator()), new AuthenticationGuard(ports.clock())));
        chain.add(new RequireTlsHook(config));
        chain.add(new MailHandler(context, calls, ports.ids()));
        chain.add(new RcptHandler(context, calls));
        chain.add(new DataHandler(content));
        chain.add(new RsetHandler());
        chain.add(new NoopHandler());
        chain.add(new QuitHandler(calls));
        chain.add(new HelpHandler(context));
        chain.add(new VrfyHandler(context, ports.directory()));
        chain.add(new ExpnHandler(context, ports.directory()));
        chain.add(new EtrnHandler(context, ports.directory()));
        chain.add(new UnknownHandler(calls));
        chain.add(messageHooks);
        chain.add(new RoutingHook(ports.gate(), ports.postmaster(), config.hostName()));
        chain.add(new DeliveryHook(ports.sink()));
        return chain;
    }
}
