package io.smtpra.ra.outbound.settings;

import io.smtpra.ra.sasl.RenewableToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An OAuth 2.0 token by the client credentials grant (RFC 6749 section 4.4), asked for when it is needed and renewed
 * before it expires. Equal to another for the same client, so that the connections of both match.
 */
final class TokenEndpoint implements RenewableToken {

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int MOST_OCTETS = 64 << 10;
    /** RFC 6749 section 5.1 leaves the lifetime out where it is told otherwise. */
    private static final Duration USUAL_LIFETIME = Duration.ofMinutes(5);
    private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([\\x21-\\x7e&&[^\"\\\\]]+)\"");
    private static final Pattern EXPIRES = Pattern.compile("\"expires_in\"\\s*:\\s*\"?(\\d{1,9})");

    private final Client client;
    private Optional<String> token = Optional.empty();
    private long renewAt;

    /**
     * Who asks where.
     *
     * @param endpoint where: HTTPS
     * @param id the client's id
     * @param secret its secret
     * @param scope what the token is to be good for, if it must be said
     */
    record Client(URI endpoint, String id, String secret, Optional<String> scope) {

        Client {
            Objects.requireNonNull(scope, "scope");
        }

        @Override
        public String toString() {
            return id + " at " + endpoint;
        }
    }

    TokenEndpoint(Client client) {
        this.client = client;
    }

    @Override
    public synchronized String get() {
        if (token.isEmpty() || System.nanoTime() - renewAt >= 0) {
            try {
                renew();
            } catch (IOException e) {
                throw new IllegalStateException("No token for " + client + ": " + e.getMessage(), e);
            }
        }
        return token.orElseThrow();
    }

    @Override
    public synchronized void refused() {
        token = Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenEndpoint that && client.equals(that.client);
    }

    @Override
    public int hashCode() {
        return client.hashCode();
    }

    @Override
    public String toString() {
        return "token for " + client;
    }

    private void renew() throws IOException {
        String answer = answer();
        Matcher found = TOKEN.matcher(answer);
        if (!found.find()) {
            throw new IOException("the answer has no access_token");
        }
        Matcher expires = EXPIRES.matcher(answer);
        Duration lifetime = expires.find() ? Duration.ofSeconds(Long.parseLong(expires.group(1))) : USUAL_LIFETIME;
        token = Optional.of(found.group(1));
        // A tenth of its time, a minute at most, is left for the way to the next hop.
        Duration reserve = lifetime.dividedBy(10);
        Duration use = lifetime.minus(reserve.compareTo(Duration.ofMinutes(1)) < 0 ? reserve : Duration.ofMinutes(1));
        renewAt = System.nanoTime() + use.toNanos();
    }

    private String answer() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) client.endpoint.toURL().openConnection();
        try {
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setInstanceFollowRedirects(false);
            connection.setDoOutput(true);
            connection.setRequestProperty("Accept", "application/json");
            connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
            // RFC 6749 section 2.3.1
            connection.setRequestProperty("Authorization", "Basic " + Base64.getEncoder().encodeToString(
                    (form(client.id) + ":" + form(client.secret)).getBytes(StandardCharsets.US_ASCII)));
            String body = "grant_type=client_credentials"
                    + client.scope.map(scope -> "&scope=" + form(scope)).orElse("");
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body.getBytes(StandardCharsets.US_ASCII));
            }
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new IOException("the endpoint answers " + connection.getResponseCode());
            }
            try (InputStream in = connection.getInputStream()) {
                return new String(in.readNBytes(MOST_OCTETS), StandardCharsets.UTF_8);
            }
        } finally {
            connection.disconnect();
        }
    }

    private static String form(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
