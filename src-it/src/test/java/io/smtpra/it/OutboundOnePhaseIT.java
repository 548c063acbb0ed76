package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.ResourceAdapterArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Mail as the last resource of a transaction, as an administrator may choose. */
@ExtendWith(ArquillianExtension.class)
class OutboundOnePhaseIT {

    @RegisterExtension
    private static final WildFly WILDFLY = new WildFly();

    @Test
    void mailIsSentWhenAllElseIsPrepared() throws Exception {
        WILDFLY.deploy(onePhaseRar());
        WILDFLY.deploy(SendingApplication.archive());
        SendingApplication application = new SendingApplication(WILDFLY);
        try (SmtpPeer peer = SmtpPeer.plain()) {
            assertThat(application.transaction("xa", "commit", "one"))
                    .contains("before [PENDING]", "outcome committed", "after [SENT]", "rows 0 1");
            assertThat(application.transaction("xa", "rollback", "two")).contains("after [ROLLED_BACK]", "rows 0 0");
            peer.answering(".", "554 5.7.1 not this one");
            assertThat(application.transaction("xa", "commit", "three")).contains("after [FAILED]", "rows 0 0");
            assertThat(SendingApplication.subjects(peer)).containsExactly("one");
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
