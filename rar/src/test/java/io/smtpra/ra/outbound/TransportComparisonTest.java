package io.smtpra.ra.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ra.outbound.session.FactorySession;
import jakarta.mail.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What an application does with a transport is done to Angus' and to ours, each with a next hop that answers the same:
 * envelope, octets, exceptions, events and what the transport says of itself are the same, or differ as docs/session.md
 * says.
 */
class TransportComparisonTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "session.md");

    @TestFactory
    Stream<DynamicTest> oursDoesWhatAngusDoes() {
        return TransportCases.all().stream().map(each -> DynamicTest.dynamicTest(each.name(), () -> compare(each)));
    }

    @Test
    void thereAreSixtyAndMore() {
        assertThat(TransportCases.all()).hasSizeGreaterThanOrEqualTo(60);
        assertThat(TransportCases.all()).extracting(TransportCase::name).doesNotHaveDuplicates();
    }

    /** A difference is told to those whom it concerns. */
    @Test
    void eachDifferenceStandsInTheDocument() throws Exception {
        String document = Files.readString(DOCUMENT).replaceAll("\\s+", " ");
        List<String> reasons = TransportCases.all().stream()
                .flatMap(each -> each.difference().stream()).distinct().toList();
        assertThat(reasons).allSatisfy(reason -> assertThat(document).contains(reason));
    }

    private static void compare(TransportCase each) throws Exception {
        TransportCase.Seen angus = throughAngus(each);
        TransportCase.Seen ours = throughTheFactory(each);
        Set<TransportCase.Aspect> different = EnumSet.noneOf(TransportCase.Aspect.class);
        for (TransportCase.Aspect aspect : TransportCase.Aspect.values()) {
            if (!each.unsettled().contains(aspect) && !angus.of(aspect).equals(ours.of(aspect))) {
                different.add(aspect);
            }
        }
        assertThat(different).as("ours: %s%nAngus: %s", ours, angus).isEqualTo(each.differs());
        each.thrown().ifPresent(thrown -> assertThat(ours.thrown()).isEqualTo(thrown));
    }

    private static TransportCase.Seen throughAngus(TransportCase each) throws Exception {
        try (SmtpPeer peer = new SmtpPeer()) {
            each.prepare(peer);
            Properties properties = new Properties();
            properties.setProperty("mail.transport.protocol", "smtp");
            properties.setProperty("mail.smtp.host", "127.0.0.1");
            properties.setProperty("mail.smtp.port", Integer.toString(peer.port()));
            properties.setProperty("mail.smtp.localhost", "client.example.com");
            properties.setProperty("mail.smtp.timeout", "10000");
            properties.putAll(each.properties());
            return each.run(Session.getInstance(properties), peer);
        }
    }

    private static TransportCase.Seen throughTheFactory(TransportCase each) throws Exception {
        try (Outbound outbound = Outbound.joining(5)) {
            outbound.managedFactory.setPlainTextAuthentication("true");
            each.prepare(outbound.peer);
            Session session = FactorySession.of(outbound.factory());
            session.getProperties().putAll(each.properties());
            return each.run(session, outbound.peer);
        }
    }
}
