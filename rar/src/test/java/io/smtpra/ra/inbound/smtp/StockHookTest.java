package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ListenerKind;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.PostmasterAbuseRcptHook;
import org.apache.james.protocols.smtp.core.fastfail.AbstractGreylistHandler;
import org.apache.james.protocols.smtp.core.fastfail.DNSRBLHandler;
import org.apache.james.protocols.smtp.core.fastfail.MaxRcptHandler;
import org.apache.james.protocols.smtp.core.fastfail.MaxUnknownCmdHandler;
import org.apache.james.protocols.smtp.core.fastfail.ResolvableEhloHeloHandler;
import org.apache.james.protocols.smtp.core.fastfail.ReverseEqualsEhloHeloHandler;
import org.apache.james.protocols.smtp.core.fastfail.SpamTrapHandler;
import org.apache.james.protocols.smtp.core.fastfail.SupressDuplicateRcptHandler;
import org.apache.james.protocols.smtp.core.fastfail.ValidSenderDomainHandler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** James' ready-made hooks, as they are: they work in here as they do there. What they ask of DNS is answered here. */
class StockHookTest {

    @TempDir
    Path spool;
    private Server server;

    @BeforeEach
    void setUp() {
        server = new Server(spool);
    }

    @Test
    void maxRcptHandler() {
        MaxRcptHandler hook = new MaxRcptHandler();
        hook.setMaxRcpt(1);
        server.hook(hook).talk().withRecipient().run("""
                C: RCPT TO:<two@example.com>
                S: 452 4.5.3 Requested action not taken: max recipients reached
                """);
    }

    @Test
    void supressDuplicateRcptHandler() {
        server.hook(new SupressDuplicateRcptHandler()).talk().withRecipient().run("""
                C: RCPT TO:<USER@example.com>
                S: 250 2.1.5 Recipient ok
                """);
    }

    @Test
    void spamTrapHandler() {
        SpamTrapHandler hook = new SpamTrapHandler();
        hook.setSpamTrapRecipients(List.of("trap@example.com"));
        server.hook(hook).talk().withRecipient().run("""
                C: RCPT TO:<trap@example.com>
                S: 554 5.7.1 Email rejected
                C: RCPT TO:<two@example.com>
                S: 554 5.7.1 Email rejected
                """);
    }

    @Test
    void postmasterAbuseRcptHook() {
        MaxRcptHandler nobody = new MaxRcptHandler();
        server.hook(new PostmasterAbuseRcptHook()).hook(nobody).talk().ehlo().run("""
                C: MAIL FROM:<a@example.net>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<abuse@example.com>
                S: 250 2.1.5 Recipient ok
                C: RCPT TO:<user@example.com>
                S: 452 4.5.3 Requested action not taken: max recipients reached
                C: RCPT TO:<postmaster@elsewhere.example>
                S: 550 5.7.1 Relaying denied
                """);
    }

    @Test
    void maxUnknownCmdHandler() {
        MaxUnknownCmdHandler hook = new MaxUnknownCmdHandler();
        hook.setMaxUnknownCmdCount(1);
        server.hook(hook).talk().greeted().run("""
                C: XYZZY
                S: 500 5.5.1 Unknown command
                C: XYZZY
                S: 521 5.7.1 Closing connection as too many unknown commands received
                S: (closed)
                """);
    }

    @Test
    void resolvableEhloHeloHandler() {
        ResolvableEhloHeloHandler hook = new ResolvableEhloHeloHandler() {
            @Override
            protected String resolve(String host) throws UnknownHostException {
                if (host.equals("known.example.net")) {
                    return host;
                }
                throw new UnknownHostException(host);
            }
        };
        server.hook(hook).talk().greeted().run("""
                C: HELO unknown.example.net
                S: 250 mx.example.com
                C: MAIL FROM:<a@example.net>
                S: 501 5.5.4 Provided EHLO/HELO Optional[unknown.example.net] can not resolved.
                C: HELO known.example.net
                S: 250 mx.example.com
                C: MAIL FROM:<a@example.net>
                S: 250 2.1.0 Sender ok
                """);
    }

    @Test
    void reverseEqualsEhloHeloHandler() {
        ReverseEqualsEhloHeloHandler hook = new ReverseEqualsEhloHeloHandler() {
            @Override
            protected String resolve(String host) {
                return host;
            }
        };
        server.hook(hook).talk().greeted().run("""
                C: HELO known.example.net
                S: 250 mx.example.com
                C: MAIL FROM:<a@example.net>
                S: 250 2.1.0 Sender ok
                """);
    }

    /** A block list of our own: 192.0.2.7 is on it. */
    private static final class BlockList extends DNSRBLHandler {

        @Override
        protected boolean resolve(String name) {
            return name.equals("7.2.0.192.bl.example.org");
        }

        @Override
        protected Collection<String> resolveTXTRecords(String name) {
            return Set.of("listed, see https://bl.example.org");
        }
    }

    @Test
    void dnsrblHandler() {
        DNSRBLHandler hook = new BlockList();
        hook.setBlacklist(new String[] {"bl.example.org"});
        hook.setGetDetail(true);
        server.hook(hook);
        server.talk().ehlo().run("""
                C: MAIL FROM:<a@example.net>
                S: 554 5.7.1 listed, see https://bl.example.org
                """);
        Conversation.with(server.protocol(), ListenerKind.SMTP, "192.0.2.8").ehlo().run("""
                C: MAIL FROM:<a@example.net>
                S: 250 2.1.0 Sender ok
                """);
    }

    @Test
    void aSubclassOfValidSenderDomainHandler() {
        ValidSenderDomainHandler hook = new ValidSenderDomainHandler() {
            @Override
            protected boolean hasMXRecord(SMTPSession session, String domain) {
                return domain.equals("example.net");
            }
        };
        Conversation conversation = server.hook(hook).talk().ehlo();
        assertThat(conversation.say("MAIL FROM:<a@example.org>")).startsWith("501 5.1.7 sender ")
                .endsWith(" contains a domain with no valid MX records");
        conversation.run("""
                C: MAIL FROM:<>
                S: 250 2.1.0 Sender ok
                """);
    }

    /** Remembers in memory whom it has seen. */
    private static final class Greylist extends AbstractGreylistHandler {

        private final Map<String, List<String>> seen = new HashMap<>();

        @Override
        protected Iterator<String> getGreyListData(String address, String sender, String recipient) {
            return seen.getOrDefault(address + sender + recipient, List.of()).iterator();
        }

        @Override
        protected void insertTriplet(String address, String sender, String recipient, int count, Instant at) {
            seen.put(address + sender + recipient, List.of(String.valueOf(at.toEpochMilli()), String.valueOf(count)));
        }

        @Override
        protected void updateTriplet(String address, String sender, String recipient, int count, Instant at) {
            insertTriplet(address, sender, recipient, count + 1, at);
        }

        @Override
        protected void cleanupAutoWhiteListGreyList(Instant time) {
            // nothing is that old
        }

        @Override
        protected void cleanupGreyList(Instant time) {
            // nothing is that old
        }
    }

    @Test
    void aSubclassOfAbstractGreylistHandler() {
        Greylist hook = new Greylist();
        hook.setTempBlockTime(Duration.ZERO);
        server.hook(hook).talk().ehlo().run("""
                C: MAIL FROM:<a@example.net>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<user@example.com>
                S: 451 4.4.3 Temporary rejected: Please try again later
                C: RCPT TO:<user@example.com>
                S: 250 2.1.5 Recipient ok
                """);
    }
}
