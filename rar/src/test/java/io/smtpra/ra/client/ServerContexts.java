package io.smtpra.ra.client;

import io.smtpra.ra.tls.material.TestPki;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** TLS for the scripted server. */
public final class ServerContexts {

    private ServerContexts() {}

    public static SSLContext of(TestPki.Issued issued) throws GeneralSecurityException, IOException {
        KeyStore store = TestPki.emptyStore("PKCS12");
        issued.putInto(store, "key", "secret");
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, "secret".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
