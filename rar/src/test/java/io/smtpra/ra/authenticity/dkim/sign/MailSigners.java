package io.smtpra.ra.authenticity.dkim.sign;

import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;

/** Signers out of keys. */
public final class MailSigners {

    private MailSigners() {}

    /** Selectors and key pairs in turn. */
    public static MailSigner with(String domain, Object... selectorsAndKeys) {
        List<SigningKey> keys = new ArrayList<>();
        for (int i = 0; i < selectorsAndKeys.length; i += 2) {
            keys.add(SigningKey.of((String) selectorsAndKeys[i], ((KeyPair) selectorsAndKeys[i + 1]).getPrivate()));
        }
        return new MailSigner(domain, keys);
    }
}
