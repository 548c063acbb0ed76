package io.smtpra.ra.outbound.settings;

import io.smtpra.ra.config.PropertyReader;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads those properties of a connection factory that say where its tokens come from. */
final class TokenReader {

    private static final String CLASS =
            "the name of a public class that is a java.util.function.Supplier of texts and can be "
            + "made without arguments, and that the adapter sees";
    private static final String ENDPOINT = "an address with https, or with http on this host; with tokenClientId and "
            + "tokenClientSecret";

    private final PropertyReader reader;

    TokenReader(PropertyReader reader) {
        this.reader = reader;
    }

    /** What gives the tokens; absent if nothing was configured. */
    Optional<Supplier<String>> supplier() {
        Optional<String> name = reader.text("tokenSupplier");
        Optional<String> endpoint = reader.text("tokenEndpoint");
        if (name.isPresent() && endpoint.isPresent()) {
            return reader.fault("tokenSupplier", name.get(), "not beside tokenEndpoint", Optional.empty());
        }
        if (name.isPresent()) {
            return reader.parsed("tokenSupplier", name.get(), CLASS, text -> Optional.of(made(text)), Optional.empty());
        }
        return endpoint.flatMap(address ->
                reader.parsed("tokenEndpoint", address, ENDPOINT, text -> Optional.of(endpoint(text)),
                        Optional.empty()));
    }

    private Supplier<String> endpoint(String address) {
        URI uri = URI.create(address);
        boolean here = "127.0.0.1".equals(uri.getHost()) || "localhost".equals(uri.getHost());
        if (uri.getHost() == null || !("https".equals(uri.getScheme()) || here && "http".equals(uri.getScheme()))) {
            throw new IllegalArgumentException();
        }
        return new TokenEndpoint(new TokenEndpoint.Client(uri,
                reader.text("tokenClientId").orElseThrow(IllegalArgumentException::new),
                reader.text("tokenClientSecret").orElseThrow(IllegalArgumentException::new),
                reader.text("tokenScope")));
    }

    // What the class supplies is checked when it is sent.
    @SuppressWarnings("unchecked")
    private static Supplier<String> made(String name) {
        try {
            return (Supplier<String>) loaded(name).asSubclass(Supplier.class).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
            throw new IllegalArgumentException(e.toString(), e);
        }
    }

    private static Class<?> loaded(String name) throws ClassNotFoundException {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        try {
            return Class.forName(name, true, TokenReader.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            return Class.forName(name, true, context);
        }
    }
}
