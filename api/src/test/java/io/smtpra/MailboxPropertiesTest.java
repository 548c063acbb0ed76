package io.smtpra;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
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

    /** What one syntax takes the other reads alike, and what is written keeps the strict one but for underscores. */
    @Property(tries = 2000)
    void bothSyntaxesMeanTheSame(@ForAll("nearMailboxes") String text) {
        Optional<Mailbox> common = parsed(text, AddressSyntax.COMMON);
        Optional<Mailbox> strict = parsed(text, AddressSyntax.STRICT);
        if (strict.isPresent()) {
            assertThat(common).isEqualTo(strict);
        }
        common.ifPresent(mailbox -> {
            String written = mailbox.toString();
            assertThat(parsed(written, AddressSyntax.COMMON)).contains(mailbox);
            assertThat(parsed(written, AddressSyntax.STRICT).isPresent()).isEqualTo(mailbox.domain().indexOf('_') < 0);
            assertThat(written.substring(0, written.lastIndexOf('@'))).as("one @ outside quotes")
                    .matches(local -> local.startsWith("\"") || local.indexOf('@') < 0);
        });
    }

    private static Optional<Mailbox> parsed(String text, AddressSyntax syntax) {
        try {
            return Optional.of(Mailbox.parse(text, syntax));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Provide
    Arbitrary<String> nearMailboxes() {
        return Arbitraries.of("a", "b.", "..", "\"", "\\", "@", "@", ".", "_", "-", "example", ".com", "faß",
                "xn--fa-hia",
                "[192.0.2.1]", "[IPv6:::1]", " ", "\0", "<", ">", "\u3002", "\u200d", "\u0301", "ü", "\ud800", "%", "!")
                .list().ofMinSize(1).ofMaxSize(8).map(parts -> String.join("", parts));
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
