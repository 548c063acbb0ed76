package io.smtpra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

    @Test
    void isBuiltFromItsParts() {
        Recipient second = new Recipient(Mailbox.parse("b@example.com"), Set.of(DsnNotify.NEVER),
                Optional.of(new OriginalRecipient("rfc822", "c@example.org")));
        Envelope envelope = Envelope.from("sender@example.net").to("a@example.com").to(second)
                .bodyType(BodyType.BINARY_MIME).smtpUtf8(true).requireTls(true)
                .dsnReturn(DsnReturn.HDRS).envelopeId("QQ 314159").build();
        assertThat(envelope).isEqualTo(new Envelope(Optional.of(Mailbox.parse("sender@example.net")),
                List.of(Recipient.of("a@example.com"), second), BodyType.BINARY_MIME, true, true,
                Optional.of(DsnReturn.HDRS), Optional.of("QQ 314159"), false));
    }

    @Test
    void isPlainUnlessSaid() {
        Envelope envelope = Envelope.from("").to("a@example.com").build();
        assertThat(envelope.reversePath()).isEmpty();
        assertThat(envelope.bodyType()).isEqualTo(BodyType.SEVEN_BIT);
        assertThat(envelope.smtpUtf8()).isFalse();
        assertThat(envelope.requireTls()).isFalse();
        assertThat(envelope.dsnReturn()).isEmpty();
        assertThat(envelope.envelopeId()).isEmpty();
    }

    @Test
    void needsARecipient() {
        assertThatIllegalArgumentException().isThrownBy(() -> Envelope.from("").build());
        Envelope envelope = Envelope.from("").to("a@example.com").build();
        assertThatIllegalArgumentException().isThrownBy(() -> envelope.withRecipients(List.of()));
        assertThat(envelope.withRecipients(List.of(Recipient.of("b@example.com"))).recipients())
                .containsExactly(Recipient.of("b@example.com"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "é", "12345678901234567890123456789012345678901234567890"
            + "123456789012345678901234567890123456789012345678901"})
    void refusesABadId(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Envelope.from("").to("a@example.com").envelopeId(id).build());
    }

    @Test
    void doesNotChangeWithWhatItWasMadeOf() {
        Set<DsnNotify> notify = EnumSet.of(DsnNotify.DELAY);
        Recipient recipient = new Recipient(Mailbox.parse("a@example.com"), notify, Optional.empty());
        notify.add(DsnNotify.SUCCESS);
        assertThat(recipient.notifyOn()).containsExactly(DsnNotify.DELAY);
    }

    @Test
    void neverStandsAlone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Recipient(Mailbox.parse("a@example.com"),
                Set.of(DsnNotify.NEVER, DsnNotify.DELAY), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a;b", "é", "a\n"})
    void anAddressTypeIsAWord(String type) {
        assertThatIllegalArgumentException().isThrownBy(() -> new OriginalRecipient(type, "a@example.com"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\r\nb"})
    void anOriginalAddressHasNoControlCharacters(String address) {
        assertThatIllegalArgumentException().isThrownBy(() -> new OriginalRecipient("rfc822", address));
    }
}
