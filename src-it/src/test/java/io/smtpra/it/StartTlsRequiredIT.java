package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.smtpra.it.Mails.StartTls;
import io.smtpra.it.app.InboxBean;
import jakarta.mail.MessagingException;
import java.util.Map;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code startTls=required}: no mail in plain text. */
@ExtendWith(ArquillianExtension.class)
class StartTlsRequiredIT {

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    @BeforeEach
    void deploy() throws Exception {
        WILDFLY.property("smtpra.start.tls", "required");
        WILDFLY.table("INBOX (ID varchar(64), SUBJECT varchar(998))");
        WILDFLY.deploy(Archives.rar());
        WILDFLY.deploy(Archives.beans("inbox.jar", Archives.RAR,
                Map.of("recipients", "*@example.com"), InboxBean.class));
    }

    @Test
    void plainClientIsRefused() throws Exception {
        assertThatExceptionOfType(MessagingException.class)
                .isThrownBy(() -> Mails.send(
                        Mails.message("a@example.org", "b@example.com", "In plain", "text"), StartTls.NEVER))
                .withMessageContaining("530 5.7.0");
        assertThat(WILDFLY.query("select * from INBOX")).isEmpty();
    }

    @Test
    void clientWithStartTlsIsServed() throws Exception {
        Mails.send(Mails.message("a@example.org", "b@example.com", "Over TLS", "text"), StartTls.REQUIRED);

        assertThat(WILDFLY.query("select SUBJECT from INBOX")).containsExactly(Map.of("SUBJECT", "Over TLS"));
    }
}
