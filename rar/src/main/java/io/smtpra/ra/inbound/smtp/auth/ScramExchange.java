package io.smtpra.ra.inbound.smtp.auth;

import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import io.smtpra.ra.sasl.SaslText;
import io.smtpra.ra.sasl.ScramKeys;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code SCRAM-SHA-256} (RFC 5802, RFC 7677): the password does not leave the client. Without channel binding. */
final class ScramExchange implements SaslExchange {

    /** RFC 5802 section 7: gs2-header, user name, nonce, extensions. */
    private static final Pattern FIRST = Pattern.compile(
            "((?:n|y),(?:a=([^,]*))?,)(n=([^,]+),r=([\\x21-\\x2B\\x2D-\\x7E]{8,256})(?:,.*)?)", Pattern.DOTALL);
    private static final Pattern FINAL = Pattern.compile("(c=([A-Za-z0-9+/=]+),r=([^,]+)(?:,.*)?),p=([A-Za-z0-9+/=]+)");

    private enum State { FIRST, FINAL, PROVEN }

    private State state = State.FIRST;
    private ClientCredentials.Proven user = new ClientCredentials.Proven("-");
    private String header = "";
    private String clientFirst = "";
    private String serverFirst = "";
    private String nonce = "";
    private Optional<ScramSecret> secret = Optional.empty();

    @Override
    public Step answer(byte[] response, SmtpSession session) {
        Optional<String> text = SaslText.text(response);
        if (text.isEmpty()) {
            return new Step.Malformed();
        }
        return switch (state) {
            case FIRST -> first(text.get());
            case FINAL -> proof(text.get());
            case PROVEN -> text.get().isEmpty() ? new Step.Complete(user) : new Step.Malformed();
        };
    }

    private Step first(String message) {
        Matcher fields = FIRST.matcher(message);
        Optional<String> name = fields.matches() ? SaslText.name(fields.group(4)) : Optional.empty();
        if (name.isEmpty()) {
            return new Step.Malformed();
        }
        user = new ClientCredentials.Proven(name.get());
        String asWhom = fields.group(2) == null ? "" : fields.group(2);
        if (!asWhom.isEmpty() && !SaslText.name(asWhom).equals(name)) {
            // To act as another user is a right that a server's security domain cannot be asked about.
            return new Step.Refused(user);
        }
        header = fields.group(1);
        clientFirst = fields.group(3);
        nonce = fields.group(5) + ScramKeys.nonce();
        return new Step.Lookup(user, this::salted);
    }

    private Step salted(ScramSecret found) {
        secret = Optional.of(found);
        serverFirst = "r=" + nonce + ",s=" + base64(found.salt()) + ",i=" + found.iterations();
        state = State.FINAL;
        return new Step.Challenge(serverFirst);
    }

    private Step proof(String message) {
        Matcher fields = FINAL.matcher(message);
        if (!fields.matches() || !fields.group(2).equals(SaslText.encode(header)) || !fields.group(3).equals(nonce)) {
            return new Step.Malformed();
        }
        byte[] exchanged = octets(clientFirst + "," + serverFirst + "," + fields.group(1));
        ScramSecret known = secret.orElseThrow();
        Optional<byte[]> proof = SaslText.decode(fields.group(4));
        if (proof.isEmpty() || !isProved(known, exchanged, proof.get())) {
            return new Step.Refused(user);
        }
        state = State.PROVEN;
        // RFC 4954 section 4: what the server has to say in the end is a challenge, to be answered with nothing.
        return new Step.Challenge("v=" + base64(ScramKeys.hmac(known.serverKey(), exchanged)));
    }

    private static boolean isProved(ScramSecret known, byte[] exchanged, byte[] proof) {
        byte[] key = ScramKeys.hmac(known.storedKey(), exchanged);
        if (proof.length != key.length) {
            return false;
        }
        for (int i = 0; i < key.length; i++) {
            key[i] ^= proof[i];
        }
        return MessageDigest.isEqual(ScramKeys.hash(key), known.storedKey());
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
