package io.smtpra.ra.server;

import io.smtpra.ra.log.SessionMessages;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Salts and iteration counts for users who are not there, so that SCRAM does not tell who is (RFC 5802 section 9): of the
 * forms that stored passwords of the same domain have, the same for a name each time, also after a restart. What they are
 * made of is kept in the server's own directory; where there is none, it lasts as long as the adapter.
 */
final class UnknownUserSalts {

    /**
     * What can be seen of a stored password.
     *
     * @param iterations how often it was hashed
     * @param saltOctets how long its salt is
     */
    record Form(int iterations, int saltOctets) implements Comparable<Form> {

        static Form parse(String text) {
            String[] numbers = text.split("/");
            return new Form(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
        }

        @Override
        public int compareTo(Form other) {
            return Comparator.comparingInt(Form::iterations).thenComparingInt(Form::saltOctets).compare(this, other);
        }

        @Override
        public String toString() {
            return iterations + "/" + saltOctets;
        }
    }

    private static final String HMAC = "HmacSHA256";
    private static final int SECRET_OCTETS = 32;
    private static final int MOST_FORMS = 16;
    private static final String SECRET = "secret";
    private static final String FORMS = "forms";

    private final Form unlessSeen;
    private final Optional<Path> file;
    private final byte[] secret;
    private final Set<Form> forms = new TreeSet<>();

    /**
     * Takes up what was kept, or begins anew.
     *
     * @param directory of the server, for what outlives its stop
     * @param domain whose users they are
     * @param unlessSeen the form until one has been seen
     */
    UnknownUserSalts(Optional<Path> directory, String domain, Form unlessSeen) {
        this.unlessSeen = unlessSeen;
        this.file = directory.map(parent ->
                parent.resolve("smtp-ra-scram-" + domain.replaceAll("[^A-Za-z0-9_-]", "_") + ".properties"));
        Properties kept = file.map(UnknownUserSalts::read).orElseGet(Properties::new);
        this.secret = secret(kept).orElseGet(UnknownUserSalts::newSecret);
        Arrays.stream(kept.getProperty(FORMS, "").split(",")).filter(form -> form.matches("\\d{1,9}/\\d{1,4}"))
                .limit(MOST_FORMS).map(Form::parse).forEach(forms::add);
        if (secret(kept).isEmpty()) {
            keep();
        }
    }

    /** A user who is there has a password of this form. */
    synchronized void seen(Form form) {
        if (forms.size() < MOST_FORMS && forms.add(form)) {
            keep();
        }
    }

    /** The form that a user would have; a new form takes over a part of the names, and leaves the others as they were. */
    synchronized Form form(String user) {
        return forms.stream()
                .max(Comparator.comparing(form -> HexFormat.of().formatHex(mac("form " + form + " " + user))))
                .orElse(unlessSeen);
    }

    /** The salt that a user would have. */
    byte[] salt(String user, int octets) {
        byte[] salt = new byte[octets];
        for (int from = 0; from < octets; from += SECRET_OCTETS) {
            byte[] part = mac("salt " + from + " " + user);
            System.arraycopy(part, 0, salt, from, Math.min(part.length, octets - from));
        }
        return salt;
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JVM has no " + HMAC, e);
        }
    }

    private static byte[] newSecret() {
        byte[] random = new byte[SECRET_OCTETS];
        new SecureRandom().nextBytes(random);
        return random;
    }

    private static Optional<byte[]> secret(Properties kept) {
        String text = kept.getProperty(SECRET, "");
        return text.matches("[0-9a-f]{" + 2 * SECRET_OCTETS + "}")
                ? Optional.of(HexFormat.of().parseHex(text)) : Optional.empty();
    }

    private static Properties read(Path file) {
        Properties kept = new Properties();
        try {
            if (Files.exists(file)) {
                kept.load(new StringReader(Files.readString(file)));
            }
        } catch (IOException | IllegalArgumentException e) {
            SessionMessages.LOG.saltsNotRead(file, e.toString());
        }
        return kept;
    }

    private void keep() {
        file.ifPresent(path -> {
            try {
                Path written = Files.createTempFile(path.getParent(), "smtp-ra-scram", ".new");
                if (written.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                    Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rw-------"));
                }
                Files.writeString(written, SECRET + "=" + HexFormat.of().formatHex(secret) + "\n" + FORMS + "="
                        + forms.stream().map(Form::toString).collect(Collectors.joining(",")) + "\n");
                Files.move(written, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                SessionMessages.LOG.saltsNotWritten(path, e.toString());
            }
        });
    }
}
