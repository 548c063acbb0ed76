package io.smtpra.ra.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.ListenerKind;
import io.smtpra.ra.inbound.routing.ActivationConfig;
import io.smtpra.ra.inbound.routing.RecipientPattern;
import jakarta.resource.spi.InvalidPropertyException;
import org.junit.jupiter.api.Test;

class SmtpActivationSpecTest {

    private final SmtpActivationSpec spec = new SmtpActivationSpec();

    @Test
    void recipientsAreRequired() {
        assertThatThrownBy(spec::validate)
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessageContaining("property 'recipients' is ''")
                .hasMessageContaining("user@domain");
    }

    @Test
    void theRestHasDefaults() throws InvalidPropertyException {
        spec.setRecipients("*@example.com, joe@example.org");
        ActivationConfig config = spec.toConfig();
        assertThat(config.recipients()).extracting(RecipientPattern::toString)
                .containsExactly("*@example.com", "joe@example.org");
        assertThat(config.listeners()).containsExactlyInAnyOrder(ListenerKind.values());
        assertThat(config.journal()).isFalse();
        assertThat(config.maxConcurrency()).isEqualTo(4 * Runtime.getRuntime().availableProcessors());
    }

    @Test
    void oneMessageNamesEveryFault() {
        spec.setMaxConcurrency("abc");
        spec.setListeners("smtp, imap");
        spec.setJournal("maybe");
        assertThatThrownBy(spec::validate).isInstanceOf(InvalidPropertyException.class)
                .hasMessageContaining("activation")
                .hasMessageContaining("property 'recipients' is ''")
                .hasMessageContaining("property 'maxConcurrency' is 'abc', allowed: 1 to 10000")
                .hasMessageContaining("property 'listeners' is 'imap', allowed: smtp, submission, submissions")
                .hasMessageContaining("property 'journal' is 'maybe', allowed: true or false");
    }
}
