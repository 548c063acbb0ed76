package io.smtpra.authenticity;

import java.util.List;
import java.util.Optional;

/**
 * What was found out about who sent a mail. Nothing, where it was not asked: with the checks switched off, for users
 * that have authenticated, and for hosts of {@code trustedNetworks}.
 *
 * @param verdicts one of SPF, one of each signature of DKIM in the order of the mail, one of DMARC; and those of kinds
 *     that are yet to come
 */
public record Authenticity(List<Verdict> verdicts) {

    private static final Authenticity UNKNOWN = new Authenticity(List.of());

    /** Copies the list. */
    public Authenticity {
        verdicts = List.copyOf(verdicts);
    }

    /**
     * What is said of a mail that was not checked.
     *
     * @return no verdict at all
     */
    public static Authenticity unknown() {
        return UNKNOWN;
    }

    /**
     * Whether the mail was checked.
     *
     * @return false if there is no verdict
     */
    public boolean isChecked() {
        return !verdicts.isEmpty();
    }

    /**
     * The verdict of SPF.
     *
     * @return the verdict; absent if the mail was not checked
     */
    public Optional<SpfVerdict> spf() {
        return of(SpfVerdict.class).stream().findFirst();
    }

    /**
     * The verdicts of DKIM.
     *
     * @return one of each signature, in the order of the mail; empty if it bears none, or was not checked
     */
    public List<DkimVerdict> dkim() {
        return of(DkimVerdict.class);
    }

    /**
     * The verdict of DMARC.
     *
     * @return the verdict; absent if the mail was not checked
     */
    public Optional<DmarcVerdict> dmarc() {
        return of(DmarcVerdict.class).stream().findFirst();
    }

    /**
     * The domain in {@code From:}, if it is proved that the mail comes from there: DMARC passed.
     *
     * @return the domain in lower case and ASCII; absent if nobody may rely on {@code From:}
     */
    public Optional<String> provenAuthorDomain() {
        return dmarc().filter(Verdict::passed).map(Verdict::domain);
    }

    /**
     * The verdicts of a kind.
     *
     * @param kind the kind
     * @param <T> the kind
     * @return in the order of {@link #verdicts()}; possibly none
     */
    public <T extends Verdict> List<T> of(Class<T> kind) {
        return verdicts.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
