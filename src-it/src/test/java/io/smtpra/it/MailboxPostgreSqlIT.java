package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.Driver;

/** The mailbox in PostgreSQL. */
@ExtendWith(ArquillianExtension.class)
class MailboxPostgreSqlIT {

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    private static final String DATA_SOURCE = "java:/mailbox";
    private static PostgreSql database;

    private final MailboxClient mona = new MailboxClient(Ports.HTTP);

    @BeforeAll
    static void deploy() throws Exception {
        database = PostgreSql.start();
        JavaArchive driver = ShrinkWrap.createFromZipFile(JavaArchive.class,
                new File(Driver.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
        WILDFLY.deploy(driver);
        WILDFLY.deploy(dataSource(driver.getName()));
        WILDFLY.property("smtpra.mailbox.data.source", DATA_SOURCE);
        WILDFLY.property("smtpra.queue.data.source", DATA_SOURCE);
        WILDFLY.property("smtpra.mailbox.retention", "old@example.com 1s; big@example.com 1K");
        WILDFLY.property("smtpra.mailbox.retention.interval", "1s");
        MailboxUsers.setUp(WILDFLY);
        WILDFLY.deploy(Archives.ear());
    }

    @AfterAll
    static void stop() throws IOException {
        if (database != null) {
            // the server gives its connections back later
            database.close();
        }
    }

    @Test
    void aMailIsFoundAndReadAndRemoved() throws Exception {
        mona.logIn(MailboxUsers.MONA, MailboxUsers.MONAS_PASSWORD);
        assertThat(send("anna@example.com", "Übersicht", "Die Größe.\r\n")).startsWith("250 ");

        JsonObject mail = mona.await("über größ anna");
        String path = "api/mails/" + mail.getString("id");
        assertThat(mona.octets(path + "/raw").body()).asString(StandardCharsets.UTF_8).endsWith("Die Größe.\r\n");
        assertThat(mona.change("PUT", path + "/read", "{\"read\":true}").statusCode()).isEqualTo(204);
        assertThat(mona.json(path).getBoolean("read")).isTrue();
        assertThat(mona.change("DELETE", path, "").statusCode()).isEqualTo(204);
        assertThat(mona.found("größ")).isEmpty();
    }

    @Test
    void whatIsTooOldOrTooMuchGoes() throws Exception {
        assertThat(send("old@example.com", "Old", "text\r\n")).startsWith("250 ");
        assertThat(send("big@example.com", "Big", "line of text\r\n".repeat(1000))).startsWith("250 ");

        Await.until("both to be gone", () -> database
                .query("select id from smtpra_mail where subject in ('Old', 'Big')")
                .isEmpty());
        assertThat(database.query("select count(*) from smtpra_mail_content c where not exists"
                + " (select 1 from smtpra_mail m where m.id = c.mail_id)")).containsExactly("0");
    }

    /** The octets lie on a disk of 24 MB. */
    @Test
    void aFullDatabaseAsksForAnotherTryAndLosesNothing() throws Exception {
        Path disk = smallDisk();
        try {
            execute("create tablespace small location '" + disk.resolve("data") + "'");
            execute("alter table smtpra_mail_content set tablespace small");
            byte[] large = new byte[6_000_000];
            new Random(1).nextBytes(large);
            String text = Base64.getMimeEncoder().encodeToString(large) + "\r\n";
            int stored = 0;
            String reply = "250 ";
            for (int i = 0; i < 10 && reply.startsWith("250 "); i++) {
                reply = send("full@example.com", "Full " + i, text);
                stored += reply.startsWith("250 ") ? 1 : 0;
            }
            assertThat(reply).startsWith("452 4.3.1 ");
            assertThat(stored).isPositive();
            assertThat(database.query("select count(*) from smtpra_mail where subject like 'Full %'"))
                    .containsExactly(String.valueOf(stored));
            assertThat(database.query("select count(*) from (select mail_id from smtpra_mail_content c"
                    + " join smtpra_mail m on m.id = c.mail_id where subject like 'Full %' group by mail_id, size_octets"
                    + " having sum(length(octets)) = size_octets) whole")).containsExactly(String.valueOf(stored));
            execute("alter table smtpra_mail_content set tablespace pg_default");
            execute("drop tablespace small");
            assertThat(send("full@example.com", "Full again", text)).startsWith("250 ");
        } finally {
            tool("umount", disk.toString());
        }
    }

    /** A file system of its own; a test that wants it is skipped where nothing may be mounted,
            but fails where CI=true. */
    private static Path smallDisk() throws IOException {
        Path disk = Files.createTempDirectory("smtp-ra-small-disk");
        Tool.Outcome mounted = tool("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString());
        assumeTrue(mounted.status() == 0 || "true".equals(System.getenv("CI")), mounted.output());
        assertThat(mounted.status()).as(mounted.output()).isZero();
        Path data = Files.createDirectory(disk.resolve("data"));
        Files.setOwner(data, data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
        Files.setPosixFilePermissions(disk, PosixFilePermissions.fromString("rwxr-xr-x"));
        return disk;
    }

    private static Tool.Outcome tool(String... command) {
        return Tool.run(Duration.ofSeconds(20), List.of(command));
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), "postgres", "none");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A deployment, for a server that wants to be reloaded starts nothing that its subsystem is given. */
    private static JavaArchive dataSource(String driver) {
        return ShrinkWrap.create(JavaArchive.class, "mailbox-source.jar").addAsManifestResource(new StringAsset("""
                <datasources xmlns="http://www.jboss.org/ironjacamar/schema">
                  <datasource jndi-name="%s" pool-name="mailbox">
                    <connection-url>%s</connection-url>
                    <driver>%s</driver>
                    <security>
                      <user-name>postgres</user-name>
                      <password>none</password>
                    </security>
                  </datasource>
                </datasources>
                """.formatted(DATA_SOURCE, database.url().replace("&", "&amp;"), driver)), "mailbox-ds.xml");
    }

    private static String send(String to, String subject, String text) throws IOException {
        try (OctetClient client = new OctetClient(Ports.SMTP)) {
            return client.send(to, ("From: author@example.org\r\nSubject: " + subject
                    + "\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + text)
                    .getBytes(StandardCharsets.UTF_8));
        }
    }
}
