package io.smtpra.ra.authenticity.dkim;

import io.smtpra.authenticity.DnsAnswer;
import io.smtpra.authenticity.VerdictResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The keys of domains. What was read once is kept by its text; whether that is still published, the DNS says anew. */
final class DomainKeys {

    private static final int MAX_KEPT = 500;
    /** Longer than the record of the longest key that may be used. */
    private static final int MAX_LENGTH = 4_096;
    /** There must be one; more than these are not even looked at. */
    private static final int MAX_RECORDS = 5;

    private final Map<String, KeyRecord> kept = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, KeyRecord> eldest) {
            return size() > MAX_KEPT;
        }
    };

    /** The name that the DNS is asked for (RFC 6376 section 3.6.2.1). */
    static String name(SignatureTags signature) {
        return signature.selector() + "._domainkey." + signature.domain();
    }

    /**
     * The key that was found.
     *
     * @throws DkimFault if there is none that can be read
     */
    KeyRecord of(DnsAnswer answer, SignatureTags signature) throws DkimFault {
        if (!answer.isAnswered()) {
            throw new DkimFault(VerdictResult.TEMPERROR, "its key was not found out: " + answer.reason());
        }
        Optional<DkimFault> first = Optional.empty();
        for (String text : answer.values().subList(0, Math.min(MAX_RECORDS, answer.values().size()))) {
            try {
                return read(text);
            } catch (DkimFault e) {
                first = first.or(() -> Optional.of(e));
            }
        }
        throw first.orElseGet(() -> DkimFault.permanent("there is no key at " + name(signature)));
    }

    private KeyRecord read(String text) throws DkimFault {
        if (text.length() > MAX_LENGTH) {
            throw DkimFault.permanent("the record of its key is longer than any key");
        }
        synchronized (kept) {
            KeyRecord known = kept.get(text);
            if (known != null) {
                return known;
            }
        }
        KeyRecord read = KeyRecord.parse(text);
        synchronized (kept) {
            kept.put(text, read);
        }
        return read;
    }
}
