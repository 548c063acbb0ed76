package io.smtpra.ra.inbound.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.ListenerKind;
import io.smtpra.Mailbox;
import io.smtpra.ra.inbound.SmtpActivationSpec;
import io.smtpra.ra.inbound.delivery.FakeEndpoints;
import io.smtpra.ra.inbound.delivery.FakeTransactions;
import jakarta.resource.spi.InvalidPropertyException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTableTest {

    private final FakeTransactions transactions = new FakeTransactions();

    @ParameterizedTest
    @CsvSource(textBlock = """
            joe@example.com,                joe@example.com
            JOE@EXAMPLE.COM,                joe@example.com
            joe+list@example.com,           joe@example.com
            joe+vip@example.com,            joe+vip@example.com
            "joe"@example.com,          joe@example.com
            jane@example.com,               *@example.com
            +x@example.com,                 *@example.com
            joe@sub.example.com,            *@*.example.com
            joe@a.b.example.com,            *@*.b.example.com
            joe@example.org,                *
            joe@[192.0.2.1],                *@[192.0.2.1]
            joe@[192.0.2.2],                *
            joe@bücher.example,             *@bücher.example
            joe@xn--bcher-kva.example,      *@bücher.example
            joe@BÜCHER.EXAMPLE,             *@bücher.example
            jörg@bücher.example,            jörg@xn--bcher-kva.example
            JÖRG@bücher.example,            jörg@xn--bcher-kva.example
            joe@faß.de,                     *@faß.de
            joe@xn--fa-hia.de,              *@faß.de
            joe@fass.de,                    *
            joe@FAẞ.DE.,                    *@faß.de
            joe@example.com.,               joe@example.com
            joe@[IPv6:2001:DB8:0::1],       *@[IPv6:2001:db8::1]
            b.@docomo.example,              "b."@docomo.example
            "b."@docomo.example,            "b."@docomo.example
            """, quoteCharacter = '`')
    void theMostSpecificPatternWins(String recipient, String winner) throws InvalidPropertyException {
        Map<String, Activation> byPattern = new HashMap<>();
        RoutingTable table = RoutingTable.empty();
        for (String pattern : List.of("*", "*@example.com", "joe@example.com", "joe+vip@example.com", "*@*.example.com",
                "*@*.b.example.com", "*@[192.0.2.1]", "*@bücher.example", "jörg@xn--bcher-kva.example",
                "*@faß.de", "*@[IPv6:2001:db8::1]", "\"b.\"@docomo.example")) {
            byPattern.put(pattern, activation(pattern, "", false));
            table = table.with(byPattern.get(pattern));
        }

        assertThat(table.taker(ListenerKind.SMTP, Mailbox.parse(recipient)))
                .containsSame(byPattern.get(winner));
    }

    @Test
    void whatNobodyWantsIsUnclaimed() throws InvalidPropertyException {
        RoutingTable table = RoutingTable.empty().with(activation("*@*.example.com", "", false));
        assertThat(table.taker(ListenerKind.SMTP, Mailbox.parse("joe@example.com"))).isEmpty();
        assertThat(table.taker(ListenerKind.SMTP, Mailbox.parse("joe@notexample.com"))).isEmpty();
    }

    @Test
    void anActivationCanBeForSomeListenersAlone() throws InvalidPropertyException {
        Activation submission = activation("*", "submission, submissions", false);
        RoutingTable table = RoutingTable.empty().with(submission);
        assertThat(table.taker(ListenerKind.SMTP, Mailbox.parse("joe@example.com"))).isEmpty();
        assertThat(table.taker(ListenerKind.SUBMISSIONS, Mailbox.parse("joe@example.com"))).containsSame(submission);
        assertThat(table.conflict(activation("*", "smtp", false).config())).isEmpty();
        assertThat(table.conflict(activation("*", "", false).config())).hasValueSatisfying(conflict -> {
            assertThat(conflict.holder()).isSameAs(submission);
            assertThat(conflict.listener()).isEqualTo(ListenerKind.SUBMISSION);
        });
    }

    @Test
    void journalsClaimNothingAndConflictWithNothing() throws InvalidPropertyException {
        Activation first = activation("*@example.com", "", true);
        Activation second = activation("*@example.com, joe@example.com", "", true);
        RoutingTable table = RoutingTable.empty().with(first);
        assertThat(table.conflict(second.config())).isEmpty();
        table = table.with(second);
        assertThat(table.taker(ListenerKind.SMTP, Mailbox.parse("joe@example.com"))).isEmpty();
        assertThat(table.journals(ListenerKind.SMTP, Mailbox.parse("joe@example.com")))
                .containsExactlyInAnyOrder(first, second);
        assertThat(table.journals(ListenerKind.SMTP, Mailbox.parse("joe@example.org"))).isEmpty();
    }

    /** Of such a domain mail to postmaster goes where the property says. */
    @ParameterizedTest
    @CsvSource({
        "joe@example.com, example.com, true", "*@example.com, example.com, true",
                "*@*.example.com, a.example.com, true",
        "*, example.com, true", "joe@example.com, sub.example.com, false", "joe@notexample.com, example.com, false",
        "*@*.example.com, example.com, false", "joe@bücher.example, xn--bcher-kva.example, true"})
    void itIsKnownOfWhichDomainsMailIsTaken(String pattern, String domain, boolean taken)
            throws InvalidPropertyException {
        RoutingTable table = RoutingTable.empty().with(activation(pattern, "smtp", false));
        assertThat(table.takesDomain(ListenerKind.SMTP, domain)).isEqualTo(taken);
        assertThat(table.takesDomain(ListenerKind.SUBMISSION, domain)).isFalse();
    }

    @Test
    void whoIsRemovedIsGone() throws InvalidPropertyException {
        Activation special = activation("joe@example.com", "", false);
        Activation general = activation("*", "", false);
        RoutingTable table = RoutingTable.empty().with(special).with(general);
        assertThat(table.without(special).taker(ListenerKind.SMTP, Mailbox.parse("joe@example.com")))
                .containsSame(general);
    }

    @ParameterizedTest
    @ValueSource(strings = {"joe", "@example.com", "*@", "*@*", "*@*.", "j*e@example.com", "**", "*@*example.com",
        "joe@-example.com", "*@example..com", "joe@example.com;jane@example.com"})
    void whatIsNoPatternIsRefused(String pattern) {
        assertThatThrownBy(() -> activation(pattern, "", false))
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessageContaining("'recipients'").hasMessageContaining("'" + pattern + "'")
                .hasMessageContaining("*@*.domain");
    }

    private Activation activation(String recipients, String listeners, boolean journal)
            throws InvalidPropertyException {
        SmtpActivationSpec spec = new SmtpActivationSpec();
        spec.setRecipients(recipients);
        spec.setListeners(listeners);
        spec.setJournal(Boolean.toString(journal));
        return new Activation(FakeEndpoints.plain(transactions, mail -> {}), spec.toConfig());
    }
}
