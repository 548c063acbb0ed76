package io.smtpra.ra.inbound.smtp;

import io.smtpra.Mailbox;
import io.smtpra.ra.inbound.smtp.auth.Authenticator;
import io.smtpra.ra.inbound.smtp.command.Directory;
import io.smtpra.ra.inbound.smtp.command.NoDirectory;
import io.smtpra.ra.inbound.smtp.content.MailIds;
import io.smtpra.ra.inbound.smtp.content.MailSink;
import io.smtpra.ra.inbound.smtp.hook.AuthenticityPorts;
import io.smtpra.ra.inbound.smtp.hook.RecipientGate;
import io.smtpra.ra.inbound.smtp.hosting.OutsideHooks;
import io.smtpra.ra.message.ContentStore;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whom the protocol asks.
 *
 * @param gate says who may be mailed to
 * @param sink takes received mail
 * @param store holds contents
 * @param ids makes the id of a mail: unique, 1 to 64 letters, digits and hyphens
 * @param authenticator says whether a client is who it says; absent: the hooks alone do
 * @param directory answers VRFY, EXPN and ETRN
 * @param hooks of others
 * @param postmaster where mail to postmaster goes that no bean takes, if anywhere
 * @param authenticity checks who sent a mail; absent: nobody does
 * @param clock tells the time
 */
public record ProtocolPorts(
        RecipientGate gate,
        MailSink sink,
        ContentStore store,
        Supplier<String> ids,
        Optional<Authenticator> authenticator,
        Directory directory,
        OutsideHooks hooks,
        Optional<Mailbox> postmaster,
        Optional<AuthenticityPorts> authenticity,
        Clock clock) {

    /** Copies the hooks and refuses nulls. */
    public ProtocolPorts {
        Objects.requireNonNull(gate, "gate");
        Objects.requireNonNull(sink, "sink");
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(ids, "ids");
        Objects.requireNonNull(authenticator, "authenticator");
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(hooks, "hooks");
        Objects.requireNonNull(authenticity, "authenticity");
    }

    /** Only what must be there; nobody can authenticate, and there is no directory and no hook. */
    public static ProtocolPorts of(RecipientGate gate, MailSink sink, ContentStore store) {
        return new ProtocolPorts(gate, sink, store, new MailIds(), Optional.of(Authenticator.none()),
                NoDirectory.INSTANCE,
                OutsideHooks.of(List.of()), Optional.empty(), Optional.empty(),
                Clock.systemUTC());
    }
}
