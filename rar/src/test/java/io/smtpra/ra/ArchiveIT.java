package io.smtpra.ra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.jboss.jca.validator.Validation;
import org.junit.jupiter.api.Test;

/** The archive as it is delivered. */
class ArchiveIT {

    private static final Path ARCHIVE = Path.of(System.getProperty("archive"));
    private static final Path REPORTS = Path.of(System.getProperty("validatorReports"));

    /** What each administrator gets into the server. A new line here is a decision: see the design's known traps. */
    private static final List<String> JARS = List.of(
            "dnsjava.jar",
            "guava.jar",
            "james-core.jar",
            "metrics-api.jar",
            "netty-buffer.jar",
            "netty-codec-base.jar",
            "netty-codec-haproxy.jar",
            "netty-common.jar",
            "netty-handler.jar",
            "netty-resolver.jar",
            "netty-transport.jar",
            "netty-transport-native-unix-common.jar",
            "protocols-api.jar",
            "protocols-smtp.jar",
            "smtp-ra-api.jar",
            "smtp-ra.jar",
            "wildfly-common.jar",
            "wildfly-elytron-asn1.jar",
            "wildfly-elytron-x500-cert-util.jar",
            "wildfly-elytron-x500-cert.jar",
            "wildfly-elytron-x500.jar");

    @Test
    void carriesExactlyTheseJars() throws IOException {
        try (ZipFile archive = new ZipFile(ARCHIVE.toFile())) {
            assertThat(archive.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".jar"))
                    .map(ArchiveIT::withoutVersion))
                    .containsExactlyInAnyOrderElementsOf(JARS);
        }
    }

    @Test
    void carriesTheClassesOfTheAdapter() throws IOException {
        assertThat(entriesOf("smtp-ra.jar")).contains("io/smtpra/ra/config/PropertyReader.class");
    }

    /**
     * Not as jars of the archive: on its class path the adapter's own Netty would load it, and the JVM unload it again.
     */
    @Test
    void carriesTheNativeLibraryOfTlsWhereOnlyOneFindsIt() throws IOException {
        assertThat(entriesOf("smtp-ra.jar")).filteredOn(name -> name.matches("META-INF/openssl/.+"))
                .containsExactlyInAnyOrder(
                        "META-INF/openssl/netty-tcnative-classes.jar",
                        "META-INF/openssl/netty-tcnative-boringssl-static-linux-x86_64.jar",
                        "META-INF/openssl/netty-tcnative-boringssl-static-linux-aarch_64.jar");
    }

    /** Else Jakarta Mail in the same class loader would take the old package's handlers of content for its own. */
    @Test
    void carriesTheOldMailClassesThatJamesNamesButNothingThatRegistersThem() throws IOException {
        assertThat(entriesOf("smtp-ra.jar")).contains("javax/mail/internet/InternetAddress.class")
                .doesNotContain("META-INF/mailcap", "META-INF/services/javax.mail.Provider");
    }

    @Test
    void carriesItsLicence() throws IOException {
        try (ZipFile archive = new ZipFile(ARCHIVE.toFile())) {
            assertThat(archive.getEntry("META-INF/LICENSE")).isNotNull();
            assertThat(archive.getEntry("META-INF/NOTICE")).isNotNull();
        }
        assertThat(entriesOf("smtp-ra.jar")).contains("META-INF/LICENSE", "META-INF/NOTICE");
    }

    @Test
    void isConfiguredByAnnotationsAlone() throws IOException {
        try (ZipFile archive = new ZipFile(ARCHIVE.toFile())) {
            assertThat(archive.getEntry("META-INF/ra.xml")).as("a second place for each property").isNull();
            assertThat(archive.getEntry("META-INF/ironjacamar.xml")).isNotNull();
        }
    }

    @Test
    void passesTheValidator() throws IOException {
        Files.createDirectories(REPORTS);
        int verdict = Validation.validate(ARCHIVE.toUri().toURL(), REPORTS.toString());
        assertThat(verdict).as("the validator's verdict; its report: %s", report()).isZero();
    }

    private static String report() throws IOException {
        StringBuilder text = new StringBuilder();
        try (var files = Files.list(REPORTS)) {
            for (Path file : files.sorted().toList()) {
                text.append(Files.readString(file, StandardCharsets.UTF_8));
            }
        }
        return text.toString();
    }

    private static List<String> entriesOf(String jar) throws IOException {
        try (ZipFile archive = new ZipFile(ARCHIVE.toFile());
                InputStream octets = archive.getInputStream(archive.getEntry(jar));
                ZipInputStream entries = new ZipInputStream(octets)) {
            List<String> names = new ArrayList<>();
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                names.add(entry.getName());
            }
            return names;
        }
    }

    private static String withoutVersion(String jar) {
        return jar.replaceFirst("-\\d.*\\.jar$", ".jar");
    }
}
