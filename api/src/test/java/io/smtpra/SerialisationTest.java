package io.smtpra;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.SmtpException.Phase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an application puts into a timer, a JMS message or the argument of a remote call comes out as it was. */
class SerialisationTest {

    private static final Reply NO = Reply.of(550, "5.1.1", "no such user");

    static List<Object> values() {
        Recipient recipient = new Recipient(Mailbox.parse("to@example.org"), Set.of(DsnNotify.FAILURE, DsnNotify.DELAY),
                Optional.of(new OriginalRecipient("rfc822", "old@example.org")));
        return List.of(
                Mailbox.parse("\"a b\"@example.com"),
                recipient,
                Recipient.of("to@example.org"),
                NO,
                new Reply(250, Optional.empty(), List.of("one", "two")),
                new RecipientOutcome(Mailbox.parse("to@example.org"), NO),
                Envelope.from("").to("to@example.org").build(),
                Envelope.from("from@example.com").to(recipient).bodyType(BodyType.EIGHT_BIT_MIME).smtpUtf8(true)
                        .requireTls(true).dsnReturn(DsnReturn.HDRS).envelopeId("QQ 314159").partial(true).build());
    }

    @ParameterizedTest
    @MethodSource("values")
    void itComesOutAsItWas(Object value) throws Exception {
        assertThat(copy(value)).isEqualTo(value).hasSameHashCodeAs(value);
    }

    @Test
    void anExceptionKeepsWhatTheNextHopSaid() throws Exception {
        List<RecipientOutcome> outcomes = List.of(new RecipientOutcome(Mailbox.parse("to@example.org"), NO));
        SmtpException copy = (SmtpException) copy(new SmtpException(Phase.RECIPIENT, "refused", NO, outcomes));

        assertThat(copy.phase()).isEqualTo(Phase.RECIPIENT);
        assertThat(copy.reply()).contains(NO);
        assertThat(copy.recipients()).isEqualTo(outcomes);
        assertThat(copy.isRetryable()).isFalse();
        assertThat(((MailRejectedException) copy(MailRejectedException.permanent("no"))).reply().code()).isEqualTo(554);
    }

    private static Object copy(Object value) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ObjectOutputStream objects = new ObjectOutputStream(out)) {
            objects.writeObject(value);
        }
        try (ObjectInputStream objects = new ObjectInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            return objects.readObject();
        }
    }
}
