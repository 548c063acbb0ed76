package io.smtpra.ra.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ra.server.UnknownUserSalts.Form;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user who is not there must look to SCRAM like one who is. */
class UnknownUserSaltsTest {

    private static final Form OWN = new Form(20_000, 12);
    private static final Form STORED = new Form(10_000, 16);

    @TempDir
    private Path directory;

    @Test
    void aNameHasItsSaltForEver() {
        byte[] salt = salts().salt("nobody", 16);
        assertThat(salt).hasSize(16).isEqualTo(salts().salt("nobody", 16));
        assertThat(salts().salt("another", 16)).isNotEqualTo(salt);
        assertThat(salts().salt("nobody", 70)).hasSize(70).startsWith(salt);
    }

    @Test
    void theFormIsOneThatHasBeenSeenAlsoAfterARestart() {
        assertThat(salts().form("nobody")).isEqualTo(OWN);
        salts().seen(STORED);
        assertThat(salts().form("nobody")).isEqualTo(STORED);
        assertThat(salts().form("another")).isEqualTo(STORED);
    }

    @Test
    void ofSeveralFormsEachIsFoundAmongUnknownNamesAndEachNameKeepsItsOwn() {
        UnknownUserSalts salts = salts();
        salts.seen(OWN);
        salts.seen(STORED);
        List<String> names = IntStream.range(0, 100).mapToObj(i -> "user" + i).toList();
        Map<String, Form> before = new HashMap<>();
        names.forEach(name -> before.put(name, salts.form(name)));
        assertThat(before.values()).contains(OWN, STORED);
        Form third = new Form(4_096, 8);
        salts.seen(third);
        assertThat(names).allMatch(name -> salts.form(name).equals(third) || salts.form(name).equals(before.get(name)));
        assertThat(names).allMatch(name -> salts().form(name).equals(salts.form(name)));
    }

    @Test
    void formsAreFew() {
        UnknownUserSalts salts = salts();
        IntStream.range(0, 100).forEach(i -> salts.seen(new Form(1_000 + i, 12)));
        assertThat(IntStream.range(0, 1_000).mapToObj(i -> salts.form("user" + i)).distinct())
                .hasSizeLessThanOrEqualTo(16);
    }

    @Test
    void whatIsKeptIsForTheServerAlone() throws Exception {
        salts();
        Path file = directory.resolve("smtp-ra-scram-a_b.properties");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        Files.writeString(file, "secret=\\u00zz");
        assertThat(salts().salt("nobody", 12)).isEqualTo(salts().salt("nobody", 12));
        assertThat(directory).isDirectoryContaining("glob:**smtp-ra-scram-a_b.properties");
    }

    @Test
    void withoutADirectoryItLastsAsLongAsTheAdapter() {
        UnknownUserSalts salts = new UnknownUserSalts(Optional.empty(), "a", OWN);
        assertThat(salts.salt("nobody", 12)).isEqualTo(salts.salt("nobody", 12));
        salts.seen(STORED);
        assertThat(salts.form("nobody")).isEqualTo(STORED);
        UnknownUserSalts unwritable = new UnknownUserSalts(Optional.of(directory.resolve("missing")), "a", OWN);
        assertThat(unwritable.salt("nobody", 12)).isEqualTo(unwritable.salt("nobody", 12));
    }

    private UnknownUserSalts salts() {
        return new UnknownUserSalts(Optional.of(directory), "a/b", OWN);
    }
}
