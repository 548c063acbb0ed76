package io.smtpra.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Postfix from the distribution's package, as an instance of its own: configuration, queue and mailbox in a directory
 * of the test, on ports of the loopback address. Its daemons give up root's rights, so the directory is one that
 * everybody may enter, which a build's directory need not be.
 */
final class Postfix implements AutoCloseable {

    static final String USER = "app@example.com";
    static final String PASSWORD = "correct horse";
    static final int MAX_SIZE = 300_000;

    private static final String NOBODY = "65534";
    private static final String DAEMONS = "/usr/lib/postfix/sbin";

    private final Path home;

    private Postfix(Path home) {
        this.home = home;
    }

    /**
     * Starts it.
     *
     * @param certificate what it shows, its key beside it
     * @param authority who issues certificates to its clients
     * @param ports a port each, and which extensions it does not offer there, as {@code chunking,8bitmime}
     */
    static Postfix start(Path certificate, Path authority, Map<Integer, String> ports) throws IOException {
        ClientTool.require("postfix");
        ClientTool.require("saslpasswd2");
        // master(8) is root's
        assumeTrue(System.getProperty("user.name").equals("root"), "Postfix is started by root alone");
        Path home = Files.createTempDirectory("smtp-ra-postfix",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Postfix postfix = new Postfix(home);
        try {
            postfix.configure(certificate, authority, ports);
            postfix.control("start");
        } catch (IOException | RuntimeException | Error e) {
            postfix.close();
            throw e;
        }
        return postfix;
    }

    /** Ends it, with all connections, and starts it again. */
    void restart() throws IOException {
        control("stop");
        control("start");
    }

    /** Waits for a mail with this subject, and returns it without what Postfix put before its header, with LF. */
    String awaitMail(String subject) {
        return header(awaitFile(subject)).replaceFirst("");
    }

    /** Waits for a mail with this subject, and returns what Postfix put before its header. */
    String awaitTrace(String subject) {
        return header(awaitFile(subject)).results().findFirst().orElseThrow().group();
    }

    /** The mails with this subject, up to now. */
    List<String> mails(String subject) {
        Path inbox = home.resolve("mail/inbox/new");
        if (!Files.isDirectory(inbox)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(inbox)) {
            return files.map(Postfix::read).filter(mail -> mail.contains("\nSubject: " + subject + "\n")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a line of its log in which the pattern is found. */
    String awaitLog(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return Await.value("a line in Postfix's log with " + regex,
                () -> read(home.resolve("log/mail")).lines().filter(line -> pattern.matcher(line).find()).findFirst());
    }

    @Override
    public void close() throws IOException {
        try {
            if (Files.exists(home.resolve("queue/pid/master.pid"))) {
                control("stop");
            }
        } finally {
            try (Stream<Path> files = Files.walk(home)) {
                files.sorted(Comparator.reverseOrder()).forEach(Postfix::delete);
            }
        }
    }

    private String awaitFile(String subject) {
        return Await.value("mail " + subject + " at Postfix", () -> mails(subject).stream().findFirst());
    }

    /** What Postfix adds, the last of it is its Received. */
    private static Matcher header(String mail) {
        return Pattern.compile("\\A(?s).*?\nReceived: [^\n]*\n([ \t][^\n]*\n)*").matcher(mail);
    }

    private void configure(Path certificate, Path authority, Map<Integer, String> ports) throws IOException {
        for (String folder : List.of("etc/sasl", "queue", "data", "mail", "log")) {
            Files.createDirectories(home.resolve(folder));
        }
        owner("postfix", "data");
        owner("nobody", "mail");
        for (Path file : List.of(certificate, TestAuthority.keyOf(certificate), authority)) {
            Files.copy(file, home.resolve("etc").resolve(file.getFileName()));
        }
        Files.writeString(home.resolve("etc/main.cf"), main(certificate, authority));
        StringBuilder services = new StringBuilder();
        ports.forEach((port, without) -> services.append(Ports.LOOPBACK + ":" + port
                + " inet n - n - - smtpd -o smtpd_discard_ehlo_keywords=" + without + "\n"));
        Files.writeString(home.resolve("etc/master.cf"), services + MASTER);
        Files.writeString(home.resolve("etc/sasl/smtpd.conf"), """
                pwcheck_method: auxprop
                auxprop_plugin: sasldb
                sasldb_path: %s/etc/sasl/users
                mech_list: PLAIN LOGIN SCRAM-SHA-256
                """.formatted(home));
        ClientTool.run(PASSWORD, "saslpasswd2", "-p", "-c", "-f", home + "/etc/sasl/users",
                "-u", "example.com", "app").succeeded();
        Files.setPosixFilePermissions(home.resolve("etc/sasl/users"), PosixFilePermissions.fromString("rw-r--r--"));
    }

    private String main(Path certificate, Path authority) {
        Path key = TestAuthority.keyOf(certificate);
        return """
                compatibility_level = 3.6
                queue_directory = %1$s/queue
                data_directory = %1$s/data
                command_directory = /usr/sbin
                daemon_directory = %2$s
                maillog_file_prefixes = %1$s/log
                maillog_file = %1$s/log/mail
                inet_interfaces = 127.0.0.1
                inet_protocols = ipv4
                myhostname = mx.example.org
                mydestination =
                mynetworks =
                local_recipient_maps =
                alias_maps =
                alias_database =
                virtual_mailbox_domains = example.org, example.com
                virtual_mailbox_base = %1$s/mail
                virtual_mailbox_maps = static:inbox/
                virtual_uid_maps = static:%3$s
                virtual_gid_maps = static:%3$s
                smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
                smtpd_forbid_bare_newline = yes
                smtpd_tls_security_level = may
                smtpd_tls_cert_file = %1$s/etc/%4$s
                smtpd_tls_key_file = %1$s/etc/%5$s
                smtpd_tls_CAfile = %1$s/etc/%6$s
                smtpd_tls_ask_ccert = yes
                smtpd_tls_protocols = >=TLSv1.2
                smtpd_tls_ciphers = high
                smtpd_tls_exclude_ciphers = aNULL
                smtpd_tls_received_header = yes
                smtpd_sasl_auth_enable = yes
                smtpd_sasl_path = smtpd
                cyrus_sasl_config_path = %1$s/etc/sasl
                smtpd_sasl_authenticated_header = yes
                smtputf8_enable = yes
                message_size_limit = %7$d
                """.formatted(home, DAEMONS, NOBODY, certificate.getFileName(), key.getFileName(),
                        authority.getFileName(), MAX_SIZE);
    }

    /** Nothing is chrooted: the services are those that it needs to take mail, deliver it here and report on it. */
    private static final String MASTER = """
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            tlsmgr unix - - n 1000? 1 tlsmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            proxymap unix - - n - - proxymap
            error unix - - n - - error
            retry unix - - n - - error
            virtual unix - n n - - virtual
            anvil unix - - n - 1 anvil
            postlog unix-dgram n - n - 1 postlogd
            """;

    private void control(String command) throws IOException {
        ClientTool.Result result = ClientTool.run("", "postfix", "-c", home.resolve("etc").toString(), command);
        if (result.status() != 0) {
            Path log = home.resolve("log/mail");
            throw new AssertionError(result.output() + (Files.exists(log) ? read(log) : ""));
        }
    }

    private void owner(String name, String folder) throws IOException {
        Path path = home.resolve(folder);
        Files.setOwner(path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
