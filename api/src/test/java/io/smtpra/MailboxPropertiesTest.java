package io.smtpra;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for any mailbox, and for any text that might be one. */
class MailboxPropertiesTest {

    @Property(tries = 500)
    void whatCanBeMadeCanBeReadAgain(@ForAll("mailboxes") Mailbox mailbox) {
        String written = mailbox.toString();
        assertThat(Mailbox.parse(written)).isEqualTo(mailbox);
        assertThat(written.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(Mailbox.MAX_MAILBOX);
        assertThat(written.chars()).noneMatch(Character::isISOControl);
    }

    @Property(tries = 500)
    void anyTextIsReadOrRefused(@ForAll String text) {
        try {
            Mailbox mailbox = Mailbox.parse(text);
            assertThat(Mailbox.parse(mailbox.toString())).isEqualTo(mailbox);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Provide
    Arbitrary<Mailbox> mailboxes() {
        Arbitrary<String> localParts = Arbitraries.strings()
                .withCharRange(' ', '~').withChars("éß用\u202e").ofMinLength(1).ofMaxLength(16);
        Arbitrary<String> labels = Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(20);
        Arbitrary<String> domains = labels.list().ofMinSize(1).ofMaxSize(5).map(list -> String.join(".", list));
        return Combinators.combine(localParts, domains).as(Mailbox::new);
    }
}
