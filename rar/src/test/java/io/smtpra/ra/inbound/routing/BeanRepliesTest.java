package io.smtpra.ra.inbound.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.MailRejectedException;
import io.smtpra.Reply;
import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BeanRepliesTest {

    @Test
    void whatTheNextHopRefusedForGoodIsNotTriedAgain() {
        Exception commit = new IllegalStateException("rolled back");
        commit.addSuppressed(new RuntimeException(refusal(550, "5.1.1")));
        assertThat(BeanReplies.of(commit).toString()).startsWith("554 5.1.1 ");
        assertThat(BeanReplies.of(new RuntimeException(new SmtpException(Phase.RECIPIENT, "refused",
                new Reply(550, Optional.empty(), List.of("no")), List.of()))).toString()).startsWith("554 5.0.0 ");
    }

    @Test
    void whatMaySucceedLaterIsTriedAgain() {
        assertThat(BeanReplies.of(refusal(451, "4.7.1"))).isEqualTo(BeanReplies.FAILED);
        assertThat(BeanReplies.of(new SmtpException(Phase.CONNECT, "nobody there", true, null)))
                .isEqualTo(BeanReplies.FAILED);
        assertThat(BeanReplies.of(null)).isEqualTo(BeanReplies.FAILED);
    }

    @Test
    void whatTheBeanSaysComesFirst() {
        MailRejectedException own = MailRejectedException.transientFailure("not now");
        own.addSuppressed(refusal(550, "5.1.1"));
        assertThat(BeanReplies.of(own).code()).isEqualTo(451);
    }

    @Test
    void aCircleOfCausesEnds() {
        Exception one = new Exception("one");
        Exception two = new Exception("two", one);
        one.addSuppressed(two);
        assertThat(BeanReplies.of(two)).isEqualTo(BeanReplies.FAILED);
    }

    private static SmtpException refusal(int code, String status) {
        return new SmtpException(Phase.RECIPIENT, "refused", Reply.of(code, status, "no"), List.of());
    }
}
