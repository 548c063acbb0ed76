package io.smtpra.ra.inbound.smtp.command;

import io.smtpra.AddressSyntax;
import io.smtpra.Mailbox;
import io.smtpra.ra.inbound.listener.protocol.DeferredResponse;
import io.smtpra.ra.inbound.smtp.argument.EsmtpParameters;
import io.smtpra.ra.inbound.smtp.argument.PathArgument;
import io.smtpra.ra.inbound.smtp.hosting.HookCalls;
import io.smtpra.ra.inbound.smtp.hosting.HookQueue;
import io.smtpra.ra.inbound.smtp.hosting.HostedCommand;
import io.smtpra.ra.inbound.smtp.reply.Refusal;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.session.MailDraft;
import io.smtpra.ra.inbound.smtp.session.MailLog;
import io.smtpra.ra.inbound.smtp.session.MailTransaction;
import io.smtpra.ra.inbound.smtp.session.ProtocolContext;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.MailCmdHandler;
import org.apache.james.protocols.smtp.hook.MailHook;
import org.apache.james.protocols.smtp.hook.MailParametersHook;

/**
 * {@code MAIL} (RFC 5321 section 4.1.1.2). Each parameter is taken by the {@link MailParametersHook} that claims it;
 * one that nobody claims is refused.
 */
public final class MailHandler extends MailCmdHandler {

    /** RFC 4954 section 5: never costs a mail, said after HELO or EHLO. */
    private static final String SUBMITTER = "AUTH";

    private final HookQueue<MailHook> hooks;
    private final HookCalls calls;
    private final AddressSyntax addresses;
    private final Supplier<String> ids;
    private final Map<String, MailParametersHook> parameters = new HashMap<>();

    public MailHandler(ProtocolContext context, HookCalls calls, Supplier<String> ids) {
        super(HostedCommand.NO_METRICS);
        this.hooks = new HookQueue<>(MailHook.class, calls);
        this.calls = calls;
        this.addresses = context.config().addressSyntax();
        this.ids = ids;
    }

    /** The first hook of the chain that claims a parameter has it. */
    @Override
    @SuppressWarnings("rawtypes")
    public void wireExtensions(Class type, List found) {
        hooks.wire(type, found);
        if (type == MailParametersHook.class) {
            for (Object hook : found) {
                for (String name : ((MailParametersHook) hook).getMailParamNames()) {
                    parameters.putIfAbsent(name.toUpperCase(Locale.ROOT), (MailParametersHook) hook);
                }
            }
        }
    }

    @Override
    public Response onCommand(SMTPSession hosted, Request request) {
        SmtpSession session = (SmtpSession) hosted;
        Response answer = SmtpSession.then(doFilterChecks(session, request.getCommand(), request.getArgument()),
                refusal -> refusal != null ? refusal : hooks.ask(session,
                        hook -> callHook(hook, session, request.getArgument()),
                        () -> doCoreCmd(session, request.getCommand(), request.getArgument())));
        return SmtpSession.then(answer, said -> settled(session, request.getArgument(), (SmtpReply) said));
    }

    @Override
    protected Response doFilterChecks(SMTPSession hosted, String command, String argument) {
        SmtpSession session = (SmtpSession) hosted;
        try {
            PathArgument path = PathArgument.parse(
                    argument, "FROM:", addresses, SmtpReplies.MAIL_SYNTAX, SmtpReplies.BAD_SENDER);
            Optional<Mailbox> reversePath = path.isNull()
                    ? Optional.empty()
                    : Optional.of(path.mailbox(addresses).orElseThrow(() -> new Refusal(SmtpReplies.BAD_SENDER)));
            EsmtpParameters given = EsmtpParameters.parse(path.parameters());
            session.drafts(new MailDraft(reversePath, path.isAscii()));
            return SmtpSession.then(taken(session, given, given.keywords().iterator()),
                    refusal -> refusal == null && session.draft().orElseThrow().isUtf8Missing()
                            ? SmtpReplies.UTF8_NEEDED : refusal);
        } catch (Refusal refusal) {
            return refusal.reply();
        }
    }

    /** Has the parameters taken, one after the other; null when all of them are. */
    private Response taken(SmtpSession session, EsmtpParameters given, Iterator<String> names) {
        while (names.hasNext()) {
            String name = names.next();
            MailParametersHook hook = parameters.get(name);
            if (hook == null || !session.isExtended() && !name.equals(SUBMITTER)) {
                return SmtpReplies.UNKNOWN_PARAMETER;
            }
            CompletionStage<Optional<SmtpReply>> refusal =
                    calls.refusal(session, hook, () -> hook.doMailParameter(session, name, given.text(name)));
            Response now = session.whenDone(refusal, said -> said.orElse(null));
            if (now instanceof DeferredResponse) {
                return SmtpSession.then(now, said -> said != null ? said : taken(session, given, names));
            }
            if (now != null) {
                return now;
            }
        }
        return null;
    }

    @Override
    protected Response doCoreCmd(SMTPSession hosted, String command, String argument) {
        SmtpSession session = (SmtpSession) hosted;
        if (!session.budget().hasTransactionsLeft()) {
            return SmtpReplies.TOO_MANY_TRANSACTIONS;
        }
        session.budget().transaction();
        session.begin(new MailTransaction(ids.get(), session.draft().orElseThrow().sender()));
        return SmtpReplies.SENDER_OK;
    }

    private static SmtpReply settled(SmtpSession session, String argument, SmtpReply reply) {
        if (!reply.isPositive()) {
            session.dropDraft();
            MailLog.refused(session, argument, reply);
        }
        return reply;
    }
}
