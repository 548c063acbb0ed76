package io.smtpra.ra.client.transfer;

import io.smtpra.BodyType;
import io.smtpra.Envelope;
import io.smtpra.Recipient;
import java.util.stream.Collectors;

/** The words of MAIL and RCPT, with the parameters that the next hop knows. */
final class EnvelopeCommands {

    private final Envelope envelope;
    private final Demands demands;
    private final ServerExtensions usable;

    EnvelopeCommands(Envelope envelope, Demands demands, ServerExtensions usable) {
        this.envelope = envelope;
        this.demands = demands;
        this.usable = usable;
    }

    String mail() {
        StringBuilder command = new StringBuilder(96).append("MAIL FROM:<");
        envelope.reversePath().ifPresent(path -> command.append(AddressForm.path(path, demands.utf8())));
        command.append('>');
        if (usable.size() && demands.size().isPresent()) {
            command.append(" SIZE=").append(demands.size().getAsLong());
        }
        if (demands.body() != BodyType.SEVEN_BIT) {
            command.append(" BODY=").append(demands.body().parameterValue());
        }
        if (demands.utf8()) {
            command.append(" SMTPUTF8");
        }
        if (demands.requireTls()) {
            command.append(" REQUIRETLS");
        }
        if (usable.dsn()) {
            envelope.dsnReturn().ifPresent(amount -> command.append(" RET=").append(amount));
            envelope.envelopeId().ifPresent(id -> command.append(" ENVID=").append(AddressForm.xtext(id)));
        }
        return command.toString();
    }

    String rcpt(Recipient recipient) {
        StringBuilder command = new StringBuilder(64).append("RCPT TO:<")
                .append(AddressForm.path(recipient.mailbox(), demands.utf8())).append('>');
        // RFC 3461 section 6.2: to a server without DSN the parameters are not sent, and the mail goes all the same.
        if (usable.dsn() && !recipient.notifyOn().isEmpty()) {
            command.append(" NOTIFY=")
                    .append(recipient.notifyOn().stream().map(Enum::name).collect(Collectors.joining(",")));
        }
        if (usable.dsn()) {
            recipient.originalRecipient().ifPresent(original ->
                    command.append(" ORCPT=").append(AddressForm.originalRecipient(original)));
        }
        return command.toString();
    }
}
