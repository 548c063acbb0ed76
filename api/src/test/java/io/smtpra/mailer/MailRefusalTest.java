package io.smtpra.mailer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.smtpra.mail.HeaderField;
import io.smtpra.mail.MailAddress;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused, and that nothing that is said becomes a field of the header. */
class MailRefusalTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void isRefusedWhereItIsSaid(String what, Consumer<MailBuilder> call, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> call.accept(Mail.from("a@example.com").to("b@example.org")))
                .withMessageContaining(message);
    }

    static Stream<Arguments> isRefusedWhereItIsSaid() {
        return Stream.of(
                refused("line end in a subject", mail -> mail.subject("a\r\nBcc: c@example.net"), "subject: one line"),
                refused("LF in a subject", mail -> mail.subject("a\nb"), "subject: one line"),
                refused("NUL in a subject", mail -> mail.subject("a\0b"), "subject: one line"),
                refused("line separator in a subject", mail -> mail.subject("a\u2028b"), "subject: one line"),
                refused("subject too long", mail -> mail.subject("a".repeat(999)), "at most 998 characters"),
                refused("line end in an address", mail -> mail.to("c@example.net\r\nBcc: d@example.net"),
                        "to: not one"),
                refused("line end in a name", mail -> mail.to("a\r\nX: y <c@example.net>"), "to: a name with any of"),
                refused("line end in a name in quotes", mail -> mail.cc("\"a\nX\" <c@example.net>"), "cc: a name has"),
                refused("line end in the author's name", mail -> mail.from("a\nb <c@example.net>"), "from: a name"),
                refused("line end in a name apart",
                        mail -> mail.to(List.of(new MailAddress("a\nb", "c@example.net"))), "to: a name has at most"),
                refused("two addresses in one text", mail -> mail.to("c@example.net, d@example.net"), "to: not one"),
                refused("two addresses, one with a name", mail -> mail.to("c@example.net, D <d@example.net>"),
                        "each address is an argument of its own"),
                refused("a group", mail -> mail.to("friends: c@example.net;"), "to: not one"),
                refused("no domain", mail -> mail.bcc("c"), "bcc: not one"),
                refused("nothing", mail -> mail.to(""), "to: not one"),
                refused("line end in a reverse-path", mail -> mail.reversePath("c@example.net\r\n"), ""),
                refused("line end in a field", mail -> mail.header("X-A", "b\r\nBcc: c@example.net"),
                        "header: one line"),
                refused("a field of its own", mail -> mail.header("Bcc", "c@example.net"), "none of those"),
                refused("what describes the body", mail -> mail.header("content-type", "text/html"), "none of those"),
                refused("a field's name with a colon", mail -> mail.header("X-A: b", "c"), "letters, digits"),
                refused("a path in a file's name", mail -> mail.attach("../a", new byte[0], "a/b"), "no path"),
                refused("line end in a file's name", mail -> mail.attach("a\r\nb", new byte[0], "a/b"), "no control"),
                refused("no name", mail -> mail.attach(" ", new byte[0], "a/b"), "A file's name"),
                refused("line end in a type", mail -> mail.attach("a", new byte[0], "a/b\r\nX: y"), "A type is"),
                refused("line end in a parameter", mail -> mail.attach("a", new byte[0], "a/b; c=\"d\ne\""),
                        "A type is"),
                refused("no type", mail -> mail.attach("a", new byte[0], "pdf"), "A type is"),
                refused("a multipart", mail -> mail.attach("a", new byte[0], "multipart/mixed"), "A file is no"),
                refused("line end in a content id", mail -> mail.inline("a\r\nb", MailStructureTest.PNG), "content id"),
                refused("a content id twice", mail -> mail.inline("a", MailStructureTest.PNG)
                        .inline("a", MailStructureTest.PNG), "two inline parts"),
                refused("no picture", mail -> mail.inline("a", new byte[9]), "no PNG, JPEG"),
                refused("a picture without HTML", mail -> mail.inline("a", MailStructureTest.PNG).build(), "call html"),
                refused("a file that is not there", mail -> mail.attach(Path.of("/none/a.txt")), "There is no file"),
                refused("more than is held", mail -> mail.attach("a", zeros((32 << 20) + 1), "a/b"), "give a Path"),
                refused("a calendar without method", mail -> mail.calendar("BEGIN:VCALENDAR\nEND:VCALENDAR\n"),
                        "METHOD"),
                refused("no calendar", mail -> mail.calendar("METHOD:REQUEST"), "BEGIN:VCALENDAR"));
    }

    @Test
    void whatIsMissingIsNamedWhenItIsBuilt() {
        assertThatIllegalArgumentException().isThrownBy(() -> Mail.from("a@example.com").build())
                .withMessageContaining("recipient");
        assertThatIllegalArgumentException().isThrownBy(() -> new MailBuilder().to("a@example.com").build())
                .withMessageContaining("author");
    }

    /** Whatever is said is refused, or is read as it was said; the fields of the header stay the same. */
    @Property(tries = 500)
    void noTextAddsAField(@ForAll String said) throws Exception {
        List<Consumer<MailBuilder>> places = List.of(
                mail -> mail.subject(said),
                mail -> mail.to(List.of(new MailAddress(said, "c@example.net"))),
                mail -> mail.to(said + " <c@example.net>"),
                mail -> mail.to("\"" + said + "\" <c@example.net>"),
                mail -> mail.cc(said),
                mail -> mail.header("X-Said", said),
                mail -> mail.attach(said, new byte[1], "application/pdf"),
                mail -> mail.attach("a", new byte[1], said),
                mail -> mail.text(said),
                mail -> mail.html(said));
        for (Consumer<MailBuilder> place : places) {
            MailBuilder mail = Mail.from("a@example.com").to("b@example.org");
            try {
                place.accept(mail);
            } catch (IllegalArgumentException e) {
                continue;
            }
            assertThat(WrittenMails.view(mail.build()).headers()).extracting(HeaderField::name).isSubsetOf("Date",
                    "From", "To", "Cc", "Subject", "Message-ID", "X-Said", "MIME-Version", "Content-Type",
                    "Content-Transfer-Encoding");
        }
    }

    private static Arguments refused(String what, Consumer<MailBuilder> call, String message) {
        return Arguments.of(what, call, message);
    }

    private static InputStream zeros(int length) {
        return new ByteArrayInputStream(new byte[length]);
    }
}
