package io.smtpra.ra.outbound.settings;

import io.smtpra.idna.DomainName;
import io.smtpra.ra.authenticity.dkim.sign.KeyFiles;
import io.smtpra.ra.authenticity.dkim.sign.SigningKeys;
import io.smtpra.ra.config.PropertyReader;
import io.smtpra.ra.tls.TlsConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Reads those properties of a connection factory that say by which keys it signs (DKIM). */
final class SigningReader {

    private static final String DOMAIN = "a domain, as example.com";
    private static final String SELECTOR = "one for each file of dkimKeyFile, each another, as s1, s2";

    private final PropertyReader reader;

    SigningReader(PropertyReader reader) {
        this.reader = reader;
    }

    /** The keys; absent if nothing is signed. */
    Optional<SigningKeys> keys() {
        Optional<Path> directory = reader.path("dkimDirectory", "a directory that can be read");
        boolean oneDomain = reader.text("dkimDomain").isPresent() || reader.text("dkimSelector").isPresent()
                || reader.text("dkimKeyFile").isPresent();
        if (directory.isPresent() && oneDomain) {
            return reader.fault("dkimDirectory", reader.value("dkimDirectory"),
                    "not beside dkimDomain, dkimSelector and dkimKeyFile", Optional.empty());
        }
        Optional<KeyFiles> files = oneDomain ? oneDomain() : directory.map(KeyFiles.Directory::new);
        return files.flatMap(this::open);
    }

    private Optional<SigningKeys> open(KeyFiles files) {
        try {
            return Optional.of(SigningKeys.open(files));
        } catch (TlsConfigurationException e) {
            return reader.unusable(e.property(), e.value(), e.reason(), Optional.empty());
        }
    }

    private Optional<KeyFiles> oneDomain() {
        String domain = name("dkimDomain", reader.required("dkimDomain", DOMAIN), DOMAIN);
        List<String> selectors = reader.list("dkimSelector").stream()
                .map(selector -> name("dkimSelector", selector, SELECTOR)).toList();
        List<Path> paths = new ArrayList<>();
        for (String path : reader.list("dkimKeyFile")) {
            paths.add(reader.parsed("dkimKeyFile", path, "files that can be read", Path::of, Path.of("")));
        }
        if (paths.isEmpty()) {
            return reader.fault("dkimKeyFile", "", "one or several PEM files of private keys", Optional.empty());
        }
        if (selectors.size() != paths.size() || new HashSet<>(selectors).size() != selectors.size()) {
            return reader.fault("dkimSelector", reader.value("dkimSelector"), SELECTOR, Optional.empty());
        }
        List<KeyFiles.KeyFile> keys = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            keys.add(new KeyFiles.KeyFile(selectors.get(i), paths.get(i)));
        }
        return domain.isEmpty() || selectors.contains("")
                ? Optional.empty() : Optional.of(new KeyFiles.OneDomain(domain, keys));
    }

    private String name(String property, String text, String allowed) {
        return text.isEmpty() ? "" : reader.parsed(property, text, allowed, name -> DomainName.parse(name).ascii(), "");
    }
}
