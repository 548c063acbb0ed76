package io.smtpra.ra.authenticity;

import io.smtpra.idna.DomainName;
import io.smtpra.ra.config.PropertyReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is checked, and what follows.
 *
 * @param spf what follows from SPF
 * @param dmarc what follows from DMARC, and whether DKIM is checked
 * @param time how long all checks of a mail may take
 * @param header whether the results are written on top of the mail
 * @param trustedSigners domains of mailing lists and forwarders: mail that they have signed is not refused
 */
public record AuthenticityConfig(
        CheckPolicy spf, CheckPolicy dmarc, Duration time, boolean header, List<String> trustedSigners) {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** Copies the list. */
    public AuthenticityConfig {
        trustedSigners = List.copyOf(trustedSigners);
    }

    /** Reads the properties of an adapter. */
    public static AuthenticityConfig read(PropertyReader reader) {
        return new AuthenticityConfig(
                reader.choice("spfPolicy", CheckPolicy.BY_NAME),
                reader.choice("dmarcPolicy", CheckPolicy.BY_NAME),
                reader.duration("authenticationTimeout", Duration.ofMillis(100), LONGEST),
                reader.flag("authenticationResults"),
                reader.list("trustedSigners").stream()
                        .flatMap(item -> reader.parsed("trustedSigners", item, "names of domains, separated by commas",
                                text -> Optional.of(DomainName.parse(text).ascii()), Optional.<String>empty()).stream())
                        .toList());
    }

    /** Whether anything is asked; DMARC needs SPF. */
    public boolean isOn() {
        return spf != CheckPolicy.OFF || dmarc != CheckPolicy.OFF;
    }
}
