package io.smtpra;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a bean says when somebody asks for a user ({@code VRFY}) or the members of a list ({@code EXPN}), RFC 5321
 * section 3.5.
 *
 * @param reply what the remote side hears
 */
public record DirectoryAnswer(Reply reply) {

    /** Refuses null. */
    public DirectoryAnswer {
        Objects.requireNonNull(reply, "reply");
    }

    /**
     * The user, or the members of the list: {@code 250}, a line each.
     *
     * @param mailboxes at least one
     * @return the answer
     * @throws IllegalArgumentException if there is none
     */
    public static DirectoryAnswer found(List<Mailbox> mailboxes) {
        return new DirectoryAnswer(new Reply(
                250,
                Optional.of(new EnhancedStatusCode(2, 1, 5)),
                mailboxes.stream().map(mailbox -> "<" + mailbox + ">").toList()));
    }

    /**
     * There is no such user or list: {@code 550 5.1.1}.
     *
     * @return the answer
     */
    public static DirectoryAnswer unknown() {
        return new DirectoryAnswer(Reply.of(550, "5.1.1", "Unknown"));
    }

    /**
     * There are several: {@code 553 5.1.4}.
     *
     * @return the answer
     */
    public static DirectoryAnswer ambiguous() {
        return new DirectoryAnswer(Reply.of(553, "5.1.4", "Ambiguous"));
    }

    /**
     * It is not told, which is what most hosts do: {@code 252 2.5.0}.
     *
     * @return the answer
     */
    public static DirectoryAnswer undisclosed() {
        return new DirectoryAnswer(Reply.of(252, "2.5.0", "Not told, but mail for it may be accepted"));
    }
}
