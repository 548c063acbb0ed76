package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.ResourceAdapterArchive;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mail as the last resource of a transaction, as an administrator may choose. */
@ExtendWith(ArquillianExtension.class)
class OutboundOnePhaseIT {

    @RegisterExtension
    private static final WildFly WILDFLY = new WildFly();

    private final SendingApplication application = new SendingApplication(WILDFLY);

    @BeforeAll
    static void deploy() throws Exception {
        WILDFLY.deploy(onePhaseRar());
        WILDFLY.deploy(SendingApplication.archive());
    }

    @ParameterizedTest
    @CsvSource({"none, rows 0 0", "xa, rows 0 1"})
    void mailIsSentWhenAllElseIsPrepared(String databases, String rows) throws Exception {
        try (SmtpPeer peer = SmtpPeer.plain()) {
            assertThat(application.transaction(databases, "commit", "one"))
                    .containsExactly("before [PENDING]", "outcome committed", "after [SENT]", rows);
            assertThat(application.transaction(databases, "rollback", "two"))
                    .contains("after [ROLLED_BACK]", "rows 0 0");
            peer.answering(".", "554 5.7.1 not this one");
            assertThat(application.transaction(databases, "commit", "three"))
                    .contains("after [FAILED]", "rows 0 0").doesNotContain("outcome committed");
            assertThat(SendingApplication.subjects(peer)).containsExactly("one");
        }
    }

    /** Two resources that know one phase alone: the server takes the first of them and refuses the other. */
    @ParameterizedTest
    @ValueSource(strings = {"plain", "plain,xa"})
    void besideAnOrdinaryDatasourceTheTransactionFailsAndNothingIsSent(String databases) throws Exception {
        try (SmtpPeer peer = SmtpPeer.plain()) {
            assertThat(application.transaction(databases, "commit", "one")).contains("rows 0 0")
                    .doesNotContain("outcome committed");
            assertThat(peer.mails()).isEmpty();
        }
    }

    private static ResourceAdapterArchive onePhaseRar() throws IOException {
        ResourceAdapterArchive rar = Archives.rar();
        String path = "META-INF/ironjacamar.xml";
        try (InputStream in = rar.get(path).getAsset().openStream()) {
            String descriptor = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace(">XATransaction<", ">LocalTransaction<")
                    .replace("xa-pool>", "pool>");
            rar.add(new StringAsset(descriptor), path);
        }
        return rar;
    }
}
