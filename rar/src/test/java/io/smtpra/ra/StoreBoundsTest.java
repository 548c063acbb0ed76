package io.smtpra.ra;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where files of mails are made unless it is configured. */
class StoreBoundsTest {

    private static final String SERVER = "jboss.server.temp.dir";

    @AfterEach
    void forget() {
        System.clearProperty(SERVER);
    }

    @Test
    void inTheServersOwnDirectory() {
        System.setProperty(SERVER, "/srv/wildfly/tmp");
        assertThat(StoreBounds.read(AdapterProperties.with(Map.of())).spoolDirectory())
                .isEqualTo(Path.of("/srv/wildfly/tmp/smtp-ra"));
    }

    @Test
    void inOneOfTheUsersWhereTheServerNamesNone() {
        assertThat(StoreBounds.read(AdapterProperties.with(Map.of())).spoolDirectory())
                .isEqualTo(Path.of(System.getProperty("java.io.tmpdir"))
                        .resolve("smtp-ra-" + System.getProperty("user.name").replaceAll("\\W", "_")));
    }

    @Test
    void whereItIsToldTo() {
        assertThat(StoreBounds.read(AdapterProperties.with(Map.of("spoolDirectory", "/var/spool/mails")))
                .spoolDirectory()).isEqualTo(Path.of("/var/spool/mails"));
    }
}
