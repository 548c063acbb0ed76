package io.smtpra.ra.tls.openssl;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.OpenSslServerSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/** A context of the native library; lives in the class loader that stays. */
final class SharedContext {

    /** A {@link KeyManager}; may be missing. */
    static final String KEY_MANAGER = "keyManager";
    /** A {@link TrustManager}; if missing, nobody is trusted. */
    static final String TRUST_MANAGER = "trustManager";
    /** Whether clients are asked for certificates: a name of {@link ClientAuth}. */
    static final String CLIENT_AUTH = "clientAuth";
    /** A {@code List<String>}. */
    static final String PROTOCOLS = "protocols";
    /** A {@code List<String>} of IANA names. */
    static final String CIPHER_SUITES = "cipherSuites";
    /** An {@code Integer}. */
    static final String SESSION_SECONDS = "sessionSeconds";
    /** An {@code Integer}; 0 where no session is kept. */
    static final String MOST_SESSIONS = "mostSessions";
    /** A {@code byte[]}: a session is resumed only where it is the same. */
    static final String SESSION_ID_CONTEXT = "sessionIdContext";

    /**
     * Makes an engine for a host and port, which are for clients alone: a {@code BiFunction<String, Integer,
     * SSLEngine>}.
     */
    static final String ENGINE = "engine";
    /** Frees what an engine holds: a {@code Consumer<SSLEngine>}. */
    static final String RELEASE = "release";
    /** Takes the keys of session tickets, the first of which makes new ones: a {@code Consumer<List<byte[]>>}. */
    static final String TICKET_KEYS = "ticketKeys";
    /** Frees the context, once its engines are freed: a {@code Runnable}. */
    static final String CLOSE = "close";

    /** Temporary buffers alone: a pool would keep its memory for each thread of the server that ever came by. */
    private static final ByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(true, true);

    private final SslContext context;

    private SharedContext(SslContext context) {
        this.context = context;
    }

    static SharedContext server(Map<String, Object> settings) throws SSLException {
        SslContextBuilder builder = with(settings, SslContextBuilder.forServer((KeyManager) settings.get(KEY_MANAGER)))
                .clientAuth(ClientAuth.valueOf((String) settings.get(CLIENT_AUTH)));
        SharedContext made = new SharedContext(builder.build());
        OpenSslServerSessionContext sessions = (OpenSslServerSessionContext) made.context.sessionContext();
        sessions.setSessionIdContext((byte[]) settings.get(SESSION_ID_CONTEXT));
        sessions.setSessionCacheEnabled((Integer) settings.get(MOST_SESSIONS) > 0);
        return made;
    }

    static SharedContext client(Map<String, Object> settings) throws SSLException {
        SslContextBuilder builder = with(settings, SslContextBuilder.forClient()).endpointIdentificationAlgorithm(null);
        if (settings.get(KEY_MANAGER) != null) {
            builder.keyManager((KeyManager) settings.get(KEY_MANAGER));
        }
        return new SharedContext(builder.build());
    }

    @SuppressWarnings("unchecked")
    private static SslContextBuilder with(Map<String, Object> settings, SslContextBuilder builder) {
        // With finalizers: whatever is forgotten is freed in the end, be it when an adapter is undeployed.
        builder.sslProvider(SslProvider.OPENSSL)
                .protocols((List<String>) settings.get(PROTOCOLS))
                .ciphers((List<String>) settings.get(CIPHER_SUITES), IdentityCipherSuiteFilter.INSTANCE)
                .sessionCacheSize((Integer) settings.get(MOST_SESSIONS))
                .sessionTimeout((Integer) settings.get(SESSION_SECONDS));
        return settings.get(TRUST_MANAGER) == null ? builder.trustManager(List.of())
                : builder.trustManager((TrustManager) settings.get(TRUST_MANAGER));
    }

    /** What can be done with it. */
    Map<String, Object> ways() {
        BiFunction<String, Integer, SSLEngine> engine = (host, port) -> host.isEmpty()
                ? context.newEngine(ALLOCATOR) : context.newEngine(ALLOCATOR, host, port);
        Consumer<SSLEngine> release = ReferenceCountUtil::release;
        Consumer<List<byte[]>> ticketKeys = this::use;
        Runnable close = () -> ReferenceCountUtil.release(context);
        return Map.of(ENGINE, engine, RELEASE, release, TICKET_KEYS, ticketKeys, CLOSE, close);
    }

    private void use(List<byte[]> keys) {
        ((OpenSslServerSessionContext) context.sessionContext()).setTicketKeys(keys.stream()
                .map(SharedContext::ticketKey).toArray(OpenSslSessionTicketKey[]::new));
    }

    /** In the order in which nginx and others have the parts of such a key in a file. */
    private static OpenSslSessionTicketKey ticketKey(byte[] key) {
        int aes = OpenSslSessionTicketKey.NAME_SIZE;
        int hmac = aes + OpenSslSessionTicketKey.AES_KEY_SIZE;
        return new OpenSslSessionTicketKey(Arrays.copyOf(key, aes), Arrays.copyOfRange(key, hmac, key.length),
                Arrays.copyOfRange(key, aes, hmac));
    }
}
