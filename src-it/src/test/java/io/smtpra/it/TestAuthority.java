package io.smtpra.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A certificate authority of the tests, by openssl: it issues certificates to servers and clients, as PEM files. */
final class TestAuthority {

    private final Path folder;

    TestAuthority(Path folder, String name) throws IOException {
        this.folder = folder;
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30",
                "-subj", "/CN=" + name, "-keyout", file("authority.key"), "-out", file("authority.pem"));
    }

    /** Its own certificate. */
    Path certificate() {
        return folder.resolve("authority.pem");
    }

    /** Issues {@code NAME.pem} with {@code NAME.key}; alternative names as {@code DNS:localhost}. */
    Path issue(String name, String alternativeNames) throws IOException {
        Path extensions = Files.writeString(folder.resolve(name + ".ext"), "subjectAltName=" + alternativeNames + "\n");
        openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-subj", "/CN=" + name, "-keyout", file(name + ".key"), "-out", file(name + ".csr"));
        openssl("x509", "-req", "-in", file(name + ".csr"), "-CA", file("authority.pem"),
                "-CAkey", file("authority.key"), "-CAcreateserial", "-days", "30",
                "-extfile", extensions.toString(), "-out", file(name + ".pem"));
        return folder.resolve(name + ".pem");
    }

    static Path keyOf(Path certificate) {
        return certificate.resolveSibling(certificate.getFileName().toString().replace(".pem", ".key"));
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private static void openssl(String... arguments) throws IOException {
        ClientTool.run("", "openssl", arguments).succeeded();
    }
}
