package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.it.app.LoggingBean;
import java.util.Map;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.controller.client.helpers.Operations;
import org.jboss.dmr.ModelNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A mail's id finds all that the server's log says about it. */
@ExtendWith(ArquillianExtension.class)
class MailIdIT {

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    @Test
    void theIdIsInAllThatABeanLogs() throws Exception {
        showTheContext();
        WILDFLY.deploy(Archives.rar());
        bean("one", "*@one.example.com");
        bean("two", "*@two.example.com");

        String alone = id(Dialogue.send("alone", "a@one.example.com"));
        String both = id(Dialogue.send("both", "a@one.example.com", "b@two.example.com"));

        for (String said : new String[] {"is called", "commits", "has ended"}) {
            assertThat(WILDFLY.log().await("alone " + said)).contains("[" + alone + "]");
            assertThat(WILDFLY.log().await("both " + said)).contains("[" + both + "]");
        }
        assertThat(WILDFLY.log().lines()).filteredOn(line -> line.contains("both "))
                .hasSize(6).allMatch(line -> line.contains("[" + both + "]"));
        // What follows is not about that mail any more.
        assertThat(WILDFLY.log().await("mail id=" + alone)).contains("INFO").doesNotContain("[" + both + "]");
        WILDFLY.undeploy("one.jar");
        assertThat(WILDFLY.log().await("takes no mail any more")).contains("[]");
    }

    private static void bean(String name, String recipients) throws Exception {
        WILDFLY.deploy(Archives.beans(name + ".jar", Archives.RAR, Map.of("recipients", recipients),
                LoggingBean.class));
    }

    private static String id(String reply) {
        assertThat(reply).startsWith("250 2.0.0");
        return reply.substring(reply.lastIndexOf(' ') + 1);
    }

    /** Has the server log the mail's id, as the documentation says. */
    private static void showTheContext() {
        ModelNode formatter = Operations.createAddress("subsystem", "logging", "pattern-formatter", "PATTERN");
        String before = WILDFLY.execute(Operations.createReadAttributeOperation(formatter, "pattern")).asString();
        WILDFLY.execute(
                Operations.createWriteAttributeOperation(formatter, "pattern",
                        before.replace("%s%e%n", "[%X{smtpra.mail}] %s%e%n")),
                Operations.createWriteAttributeOperation(formatter, "pattern", before));
    }
}
