package io.smtpra.ra.authenticity.dkim.sign;

import io.smtpra.idna.DomainName;
import io.smtpra.ra.log.AuthenticityMessages;
import io.smtpra.ra.tls.TlsConfigurationException;
import io.smtpra.ra.tls.TlsProperty;
import io.smtpra.ra.tls.material.PrivateKeyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where private keys are. */
public sealed interface KeyFiles {

    /** All files and directories that it comes from: when one changes, something may have changed. */
    List<Path> all();

    /**
     * Reads the keys.
     *
     * @return who signs, by domain
     * @throws TlsConfigurationException if one cannot be used, and why
     */
    Map<String, MailSigner> load() throws TlsConfigurationException;

    /**
     * One domain, which signs whatever is sent.
     *
     * @param domain in ASCII
     * @param keys the files of its keys
     */
    record OneDomain(String domain, List<KeyFile> keys) implements KeyFiles {

        /** Copies the list. */
        public OneDomain {
            Objects.requireNonNull(domain, "domain");
            keys = List.copyOf(keys);
        }

        @Override
        public List<Path> all() {
            return keys.stream().map(KeyFile::path).toList();
        }

        @Override
        public Map<String, MailSigner> load() throws TlsConfigurationException {
            List<SigningKey> read = new ArrayList<>(keys.size());
            for (KeyFile key : keys) {
                read.add(key.read(TlsProperty.DKIM_KEY_FILE));
            }
            return Map.of(domain, new MailSigner(domain, read));
        }
    }

    /**
     * A directory with one for each domain, in which each file is a key: {@code example.com/s1.pem} has the selector
     * {@code s1}. What does not end in {@code .pem} is left alone.
     *
     * @param path the directory
     */
    record Directory(Path path) implements KeyFiles {

        private static final Logger LOG = LoggerFactory.getLogger(Directory.class);
        private static final String PEM = ".pem";
        /** A mistake rather than a directory of keys. */
        private static final int MOST_DOMAINS = 10_000;

        /** Refuses null. */
        public Directory {
            Objects.requireNonNull(path, "path");
        }

        @Override
        public List<Path> all() {
            List<Path> all = new ArrayList<>();
            all.add(path);
            try {
                for (Path domain : domains()) {
                    all.add(domain);
                    all.addAll(keys(domain));
                }
            } catch (IOException | TlsConfigurationException e) {
                // To load it says why.
                LOG.debug("The directory {} cannot be looked through", path, e);
            }
            return all;
        }

        @Override
        public Map<String, MailSigner> load() throws TlsConfigurationException {
            Map<String, MailSigner> signers = new HashMap<>();
            try {
                for (Path directory : domains()) {
                    List<SigningKey> keys = new ArrayList<>(2);
                    for (Path file : keys(directory)) {
                        String name = file.getFileName().toString();
                        String selector = name.substring(0, name.length() - PEM.length());
                        keys.add(new KeyFile(selector, file).read(TlsProperty.DKIM_DIRECTORY));
                    }
                    if (!keys.isEmpty()) {
                        String domain = domain(directory);
                        signers.put(domain, new MailSigner(domain, keys));
                    }
                }
            } catch (IOException e) {
                throw new TlsConfigurationException(TlsProperty.DKIM_DIRECTORY, path.toString(),
                        "the directory can't be read: " + e.getMessage(), e);
            }
            if (signers.isEmpty()) {
                throw new TlsConfigurationException(TlsProperty.DKIM_DIRECTORY, path.toString(),
                        "there is no key in it; a key is expected in a directory of its domain, with its selector as "
                                + "name: " + Path.of("example.com", "s1.pem"));
            }
            return Map.copyOf(signers);
        }

        private List<Path> domains() throws IOException, TlsConfigurationException {
            try (Stream<Path> entries = Files.list(path)) {
                List<Path> found = entries
                        .filter(entry -> Files.isDirectory(entry) && !entry.getFileName().toString().startsWith("."))
                        .sorted().limit(MOST_DOMAINS + 1L).toList();
                if (found.size() > MOST_DOMAINS) {
                    throw new TlsConfigurationException(TlsProperty.DKIM_DIRECTORY, path.toString(),
                            "there are more than " + MOST_DOMAINS + " directories in it");
                }
                return found;
            }
        }

        private static List<Path> keys(Path directory) throws IOException {
            try (Stream<Path> entries = Files.list(directory)) {
                return entries.filter(file -> file.getFileName().toString().endsWith(PEM)).sorted().toList();
            }
        }

        private static String domain(Path directory) throws TlsConfigurationException {
            try {
                return DomainName.parse(directory.getFileName().toString()).ascii();
            } catch (IllegalArgumentException e) {
                throw new TlsConfigurationException(TlsProperty.DKIM_DIRECTORY, directory.toString(),
                        "its name is no domain, and there are keys in it", e);
            }
        }
    }

    /**
     * The file of a key.
     *
     * @param selector the name under which its public key is published
     * @param path the file: PEM, PKCS#8 or PKCS#1
     */
    record KeyFile(String selector, Path path) {

        private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);

        /** Refuses nulls. */
        public KeyFile {
            Objects.requireNonNull(selector, "selector");
            Objects.requireNonNull(path, "path");
        }

        private SigningKey read(TlsProperty property) throws TlsConfigurationException {
            try {
                SigningKey key = SigningKey.of(
                        DomainName.parse(selector).ascii(), PrivateKeyReader.read(path, property));
                if (key.isShort()) {
                    AuthenticityMessages.LOG.weakKey(path, key.bits());
                }
                return key;
            } catch (IllegalArgumentException e) {
                throw new TlsConfigurationException(property, path.toString(), e.getMessage(), e);
            }
        }
    }
}
