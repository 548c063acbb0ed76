package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import org.jboss.shrinkwrap.api.ArchivePath;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** What the application archive carries: a new line is a decision. */
class ApplicationArchiveIT {

    @Test
    void itCarriesWhatItNeedsAndNothingElse() {
        EnterpriseArchive ear = Archives.ear();

        assertThat(archives(ear.getContent().keySet().stream().map(ArchivePath::get).toList())).containsExactly(
                "/lib/org.flywaydb-flyway-core",
                "/lib/org.flywaydb-flyway-database-postgresql",
                "/smtp-ra-ejb",
                "/smtp-ra-queue",
                "/smtp-ra-web",
                "/smtp-ra");
        WebArchive page = ear.getAsType(WebArchive.class, "/smtp-ra-web.war");
        assertThat(archives(page.getContent().keySet().stream().map(ArchivePath::get).toList()))
                .containsExactly("/WEB-INF/lib/jsoup");
    }

    @Test
    void itHasANameOfItsOwn() throws IOException {
        try (var descriptor = Archives.ear().get("META-INF/application.xml").getAsset().openStream()) {
            assertThat(new String(descriptor.readAllBytes())).contains(
                    "<application-name>smtp-ra-mailbox</application-name>");
        }
    }

    @Test
    void itSaysUnderWhichLicences() {
        assertThat(Archives.ear().getContent().keySet()).extracting(ArchivePath::get)
                .contains("/META-INF/LICENSE", "/META-INF/NOTICE");
    }

    private static List<String> archives(List<String> paths) {
        return List.copyOf(new TreeSet<>(paths)).stream().filter(path -> path.matches(".*\\.[jwr]ar"))
                .map(path -> path.replaceFirst("(-\\d[^/]*)?\\.[jwr]ar$", "")).toList();
    }
}
